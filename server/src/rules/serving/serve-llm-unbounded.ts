import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';
import { LLM_CALLS } from '../../knowledge/llm-clients.js';

const CAPPED: ReadonlyMap<string, readonly string[]> = new Map(
  LLM_CALLS.flatMap(({ name, caps }): [string, readonly string[]][] => (caps === undefined ? [] : [[name, caps]])),
);
/** https://python.langchain.com/api_reference/langchain/agents/langchain.agents.agent.AgentExecutor.html: 15 by default */
const AGENTS = ['langchain.agents', 'langchain.agents.agent', 'langchain_classic.agents'].flatMap((module) => [
  `${module}.AgentExecutor`,
  `${module}.AgentExecutor.from_agent_and_tools`,
  `${module}.initialize_agent`,
]);

export default defineRule({
  summary: 'A language model is asked without a limit of its own on the answer.',
  stages: ['deployment'],
  severity: 'info',
  confidence: 'medium',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-770',
    'OWASP-LLM10:2025',
    'AML.T0034',
    'https://platform.openai.com/docs/api-reference/chat/create',
    'https://platform.openai.com/docs/api-reference/responses/create',
  ],
  docs: {
    why: 'Somebody asks the chat of a bank for "the numbers from one to a million in words" in a loop: every answer runs to the limit of the model, tokens are paid for each, and others wait. An agent without a limit on its steps does the same to itself when a tool keeps failing.',
    instead: 'Set the longest answer the page has use for, and the number of steps an agent may take.',
    fixSafety:
      'Longer answers are cut off and longer tasks stopped, so the fixes are offered for review; 1024 is a start, not a recommendation.',
    limits:
      'A limit that a proxy, the client or an unpacked dictionary sets is not visible, and calls with `**options` stay silent, as do tests and notebooks, whose author writes the prompts. Loops around a call are not judged.',
    ignoreWhen: 'The prompts are fixed, or a gateway limits tokens.',
  },
  messages: {
    answer: '`{callee}` sets no `{cap}`: one prompt can make the model write, and bill, up to its own limit',
    steps: '`max_iterations=None` lets the agent call the model and its tools without end; set a number of steps',
  },
  query: python.calls(...CAPPED.keys(), ...AGENTS),
  check(call: CallFact, { report, python: py, path, text, language }) {
    if (isTestFile(path) || language === 'notebook') return;
    const caps = CAPPED.get(call.name);
    if (caps === undefined) {
      const steps = argumentOf(call, 'max_iterations');
      if (steps === undefined || py.value(steps.value).kind !== 'none') return;
      report(steps.range, 'steps').fix(
        'Remove `max_iterations=None`',
        'review',
        edit.removeArgument(text, call.expression, steps),
        'the agent stops after its default of 15 steps',
      );
      return;
    }
    const known = [...caps, 'max_completion_tokens', 'max_output_tokens', 'extra_body', 'model_kwargs'];
    if (passesUnknown(call) || known.some((name) => argumentOf(call, name) !== undefined)) return;
    const [cap] = caps;
    const callee = call.name.replaceAll('()', '').split('.').slice(-2).join('.');
    report(call.calleeRange, 'answer', { callee, cap: cap! }).fix(
      `Add \`${cap}=1024\``,
      'review',
      edit.setKeyword(text, call.expression, cap!, '1024'),
      'longer answers are cut off',
    );
  },
  examples: [
    {
      bad: 'from openai import OpenAI\nclient = OpenAI()\nreply = «client.chat.completions.create»(model="gpt-4o", messages=messages)\n',
      message: 'answer',
      good: 'from openai import OpenAI\nclient = OpenAI()\nreply = client.chat.completions.create(model="gpt-4o", messages=messages, max_completion_tokens=1024)\n',
    },
    {
      bad: 'from langchain.agents import AgentExecutor as Executor\nagent = Executor(agent=plan, tools=tools, «max_iterations=None»)\n',
      message: 'steps',
      good: 'from langchain.agents import AgentExecutor as Executor\nagent = Executor(agent=plan, tools=tools)\n',
    },
    {
      good: 'from openai import OpenAI\nOpenAI().responses.create(model="gpt-4o", input=question, max_output_tokens=400)\n',
      because: 'the answer is limited',
    },
    {
      good: 'import anthropic\nanthropic.Anthropic().messages.create(model="claude", max_tokens=limit, messages=messages)\n',
      because: 'this client always asks for a limit',
    },
    {
      good: 'import litellm\n\ndef ask(messages, **options):\n    return litellm.completion(model="gpt-4o", messages=messages, **options)\n',
      because: 'the caller may set the limit',
    },
    {
      good: 'from langchain.agents import AgentExecutor\nagent = AgentExecutor(agent=plan, tools=tools)\n',
      because: 'agents stop after 15 steps by default',
    },
  ],
});
