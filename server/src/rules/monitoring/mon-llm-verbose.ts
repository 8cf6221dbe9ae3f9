import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  python,
  type StoreFact,
} from '../../engine/index.js';
import { CHATTY_CALLS, LITELLM_DEBUG, VERBOSITY_MEMBERS, VERBOSITY_SETTERS } from '../../knowledge/llm-verbosity.js';

/** Packages that a module which answers requests imports. */
const SERVING =
  /^\s*(?:from|import)\s+(?:fastapi|flask|starlette|quart|sanic|aiohttp\.web|bentoml|chainlit|streamlit|gradio|litserve)\b/m;

export default defineRule({
  summary: 'Prompts and answers of a language model are printed in full.',
  stages: ['monitoring', 'deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-532',
    'OWASP-LLM02:2025',
    'https://python.langchain.com/api_reference/core/globals.html',
    'https://docs.litellm.ai/docs/debugging/local_debugging',
  ],
  docs: {
    why: 'The switch from the last debugging session stays in. In production every prompt, with the name and the account of the customer in it, is printed and collected with the logs, which far more people read than the database; litellm prints request headers as well.',
    instead: 'Leave the switch off in code that serves, and set it from the environment when you need it.',
    fixSafety:
      'Chains and clients no longer print what they do, which somebody may read, so the fix is offered for review.',
    limits:
      '`verbose=True` of one chain or agent counts only in a module that imports a web or user-interface framework. Notebooks, tests, and a switch in a branch of an `if` are passed over.',
    ignoreWhen: 'The program is never run with data of other people.',
  },
  messages: {
    switched:
      '`{setting}` prints every prompt and answer in full, with what users entered; leave it off where it serves',
  },
  query: [python.calls(...VERBOSITY_SETTERS, LITELLM_DEBUG, ...CHATTY_CALLS), python.stores(...VERBOSITY_MEMBERS)],
  check(fact: CallFact | StoreFact, { report, python: py, path, language, text }) {
    if (language === 'notebook' || isTestFile(path) || isOption(text, fact.statement.start)) return;
    if (fact.kind === 'store') {
      if (!isTrue(fact.value, py)) return;
      off(report(fact.target, 'switched', { setting: `${fact.name} = True` }), fact.value);
      return;
    }
    if (fact.name === LITELLM_DEBUG) {
      report(fact.calleeRange, 'switched', { setting: LITELLM_DEBUG });
      return;
    }
    const chatty = CHATTY_CALLS.includes(fact.name);
    const value = chatty ? argumentOf(fact, 'verbose') : argumentOf(fact, 'value', 0);
    if (value === undefined || !isTrue(value.value, py) || (chatty && !SERVING.test(text))) return;
    const setting = chatty ? 'verbose=True' : `${fact.name.slice(fact.name.lastIndexOf('.') + 1)}(True)`;
    off(report(chatty ? value.range : fact.calleeRange, 'switched', { setting }), value.value);

    function off(finding: ReturnType<typeof report>, value: Expression): void {
      if (value.kind === 'constant')
        finding.fix(
          'Switch it off',
          'review',
          edit.replace(value.range, 'False'),
          'prompts and answers are no longer printed',
        );
    }
  },
  examples: [
    {
      bad: 'from langchain.globals import set_debug\n«set_debug»(True)\n',
      message: 'switched',
      good: 'from langchain.globals import set_debug\nset_debug(False)\n',
    },
    {
      bad: 'import litellm as llm\n«llm.set_verbose» = True\n',
      message: 'switched',
      good: 'import litellm as llm\nllm.set_verbose = False\n',
    },
    {
      bad: 'import streamlit as st\nfrom langchain.agents import AgentExecutor\nagent = AgentExecutor(agent=plan, tools=tools, «verbose=True»)\n',
      message: 'switched',
      good: 'import streamlit as st\nfrom langchain.agents import AgentExecutor\nagent = AgentExecutor(agent=plan, tools=tools, verbose=False)\n',
    },
    {
      good: 'from langchain.agents import AgentExecutor\nagent = AgentExecutor(agent=plan, tools=tools, verbose=True)\n',
      because: 'nothing says that this module serves',
    },
    {
      good: 'import os\nfrom langchain.globals import set_debug\nset_debug(os.environ.get("DEBUG") == "1")\n',
      because: 'whoever starts the program decides',
    },
    {
      good: 'import sys\nfrom langchain.globals import set_debug\nif "--debug" in sys.argv:\n    set_debug(True)\n',
      because: 'an option of the program',
    },
    { good: 'from mylib import set_debug\nset_debug(True)\n', because: 'another library' },
  ],
});

function isTrue(expression: Expression, py: PythonQuestions): boolean {
  const value = py.value(expression);
  return value.kind === 'boolean' && value.value;
}

/** True in a branch of an `if` that asks for more than being the main module. */
function isOption(text: string, offset: number): boolean {
  const lines = text.slice(0, offset).split('\n');
  const indent = lines.pop()!.length;
  const head = lines.findLast((line) => line.trim() !== '' && line.length - line.trimStart().length < indent);
  return head !== undefined && /^\s*(if|elif|else)\b/.test(head) && !/__main__/.test(head);
}
