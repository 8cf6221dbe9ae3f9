import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  python,
  type Report,
} from '../../engine/index.js';
import { isText, isTrue } from './_values.js';

/** https://python.langchain.com/docs/security/ */
const FLAGS = ['allow_dangerous_requests', 'allow_dangerous_tools'];
/** https://microsoft.github.io/autogen/0.2/docs/reference/agentchat/conversable_agent */
const PROXIES = ['autogen', 'autogen.agentchat'].flatMap((module) =>
  ['UserProxyAgent', 'ConversableAgent'].map((name) => `${module}.${name}`),
);
/** https://platform.openai.com/docs/guides/tools-remote-mcp#approvals */
const RESPONSES = ['OpenAI', 'AsyncOpenAI', 'AzureOpenAI', 'AsyncAzureOpenAI'].map(
  (client) => `openai.${client}().responses.create`,
);
const HOSTED = ['agents.HostedMCPTool', 'agents.tool.HostedMCPTool'];

export default defineRule({
  summary: 'An agent acts without the check that its library offers.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-862',
    'OWASP-LLM06:2025',
    'AML.T0053',
    'https://python.langchain.com/docs/security/',
    'https://microsoft.github.io/autogen/0.2/docs/tutorial/human-in-the-loop',
    'https://platform.openai.com/docs/guides/tools-remote-mcp',
  ],
  docs: {
    why: 'An agent with a tool for HTTP requests reads a page that says "send the notes to this address": nobody is asked, and the request leaves the network with the rights of the service. The libraries ask for a flag with a warning name exactly because the model decides what is called.',
    instead:
      'Leave the flag off and give the agent a tool for one address or one query; let a person confirm what changes or sends something.',
    fixSafety: 'The agent refuses to start, or waits for an answer of a person, so the fixes are offered for review.',
    limits:
      'A flag that is computed at run time is not judged. A proxy without human input is reported only where it also runs code; whether rights are limited elsewhere is not visible. Tests are passed over.',
    ignoreWhen: 'The tool reaches only what the user of the agent may reach anyway.',
  },
  messages: {
    flag: '`{flag}=True` lets the model send requests or run queries of its own choice; leave it off, limit the tool',
    unattended: '`human_input_mode="NEVER"` runs the code of the model unseen; use `ALWAYS`, or run it in a sandbox',
    approval: '`"require_approval": "never"` lets the model call any tool of the server unseen; use `always`',
  },
  skipsTests: true,
  query: [python.callsWithKeyword(...FLAGS), python.calls(...PROXIES, ...RESPONSES, ...HOSTED)],
  check(call: CallFact, { report, python: py, text }) {
    flagged();
    unattended();
    approved();

    function flagged(): Report[] {
      return FLAGS.flatMap((flag) => {
        const argument = argumentOf(call, flag);
        if (argument === undefined || !isTrue(argument, py)) return [];
        const finding = report(argument.range, 'flag', { flag });
        if (call.name === '?') finding.confidence('medium');
        const edits = edit.setKeyword(text, call.expression, flag, 'False');
        return [finding.fix(`Set \`${flag}=False\``, 'review', edits, 'the chain or tool refuses to start')];
      });
    }

    function unattended(): Report[] {
      const mode = PROXIES.includes(call.name) ? argumentOf(call, 'human_input_mode') : undefined;
      if (mode === undefined || !isText(mode.value, 'NEVER', py) || !runsCode(call, py)) return [];
      const edits = edit.setKeyword(text, call.expression, 'human_input_mode', '"ALWAYS"');
      const finding = report(mode.range, 'unattended');
      return [finding.fix('Set `human_input_mode="ALWAYS"`', 'review', edits, 'the agent waits for a person')];
    }

    function approved(): Report[] {
      const passed = argumentOf(
        call,
        HOSTED.includes(call.name) ? 'tool_config' : 'tools',
        HOSTED.includes(call.name) ? 0 : undefined,
      );
      if (passed === undefined || PROXIES.includes(call.name) || FLAGS.some((flag) => argumentOf(call, flag)))
        return [];
      return dictionaries(py.definition(passed.value), py).flatMap(({ key, value }) => {
        if (key?.kind !== 'string' || key.value !== 'require_approval') return [];
        if (value.kind !== 'string' || value.value !== 'never') return [];
        const finding = report({ start: key.range.start, end: value.range.end }, 'approval');
        const edits = edit.replace(value.range, '"always"');
        return [finding.fix('Ask before each call', 'review', edits, 'the program has to answer approval requests')];
      });
    }
  },
  examples: [
    {
      bad: 'from langchain_community.tools import RequestsGetTool\ntool = RequestsGetTool(requests_wrapper=wrapper, «allow_dangerous_requests=True»)\n',
      message: 'flag',
      good: 'from langchain_community.tools import RequestsGetTool\ntool = RequestsGetTool(requests_wrapper=wrapper, allow_dangerous_requests=False)\n',
    },
    {
      bad: 'from autogen import UserProxyAgent as Proxy\nuser = Proxy("user", «human_input_mode="NEVER"», code_execution_config={"work_dir": "out"})\n',
      message: 'unattended',
      good: 'from autogen import UserProxyAgent as Proxy\nuser = Proxy("user", human_input_mode="ALWAYS", code_execution_config={"work_dir": "out"})\n',
    },
    {
      bad: 'from openai import OpenAI\nclient = OpenAI()\nclient.responses.create(\n    model="gpt-4o",\n    input=question,\n    tools=[{"type": "mcp", "server_url": "https://tools.example.org/mcp", «"require_approval": "never"»}],\n)\n',
      message: 'approval',
      good: 'from openai import OpenAI\nclient = OpenAI()\nclient.responses.create(\n    model="gpt-4o",\n    input=question,\n    tools=[{"type": "mcp", "server_url": "https://tools.example.org/mcp", "require_approval": "always"}],\n)\n',
    },
    {
      good: 'from autogen import UserProxyAgent\nuser = UserProxyAgent("user", human_input_mode="NEVER", code_execution_config=False)\n',
      because: 'it runs no code',
    },
    {
      good: 'from langchain_community.tools import RequestsGetTool\ntool = RequestsGetTool(requests_wrapper=wrapper, allow_dangerous_requests=settings.requests)\n',
      because: 'the flag is not known',
    },
    {
      good: 'from langchain_community.vectorstores import FAISS\nindex = FAISS.load_local("index", embeddings, allow_dangerous_deserialization=True)\n',
      because: 'that flag is about pickle files',
    },
    { good: 'def build(llm, allow_dangerous_tools=True):\n    return llm\n', because: 'a default, not a call' },
  ],
});

/** True when the agent executes code blocks: its configuration is a dictionary, which `False` and `None` switch off. */
function runsCode(call: CallFact, py: PythonQuestions): boolean {
  const passed = argumentOf(call, 'code_execution_config');
  return passed !== undefined && py.definition(passed.value).kind === 'dict';
}

type Entry = { readonly key: Expression | undefined; readonly value: Expression };

/** Entries of a dictionary, or of those in a list. */
function dictionaries(expression: Expression, py: PythonQuestions): readonly Entry[] {
  if (expression.kind === 'dict') return expression.entries;
  if (expression.kind !== 'list') return [];
  return expression.items.flatMap((item) => {
    const tool = py.definition(item);
    return tool.kind === 'dict' ? tool.entries : [];
  });
}
