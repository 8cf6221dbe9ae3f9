import { type CallFact, defineRule, edit, python } from '../../engine/index.js';
import { LOG_CALLS, PAGE_CALLS, PRINT_CALLS, TRACKING_CALLS } from './_log-calls.js';
import { secretIn, underSecretKey } from './_shown-secrets.js';

export default defineRule({
  summary: 'A secret is printed, logged or stored with a run.',
  stages: ['training', 'deployment', 'monitoring'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-532',
    'CWE-312',
    'OWASP-LLM02:2025',
    'https://docs.python.org/3/library/logging.html',
    'https://docs.wandb.ai/ref/python/sdk/functions/log/',
    'https://owasp.org/www-project-top-ten/2017/A3_2017-Sensitive_Data_Exposure',
  ],
  docs: {
    why: 'The output of a training job goes to a collector, to the page of the run and into tickets. A line such as `print("token", hf_token)` that was to help once leaves the token of the Hub there for everybody who may read logs, and it still works months later.',
    instead: 'Log whether the secret is set, or the name of the variable it comes from.',
    fixSafety: 'The fix puts `***` in place of the value, so the text of the log changes.',
    limits:
      'A value is taken for a secret by its name; a bare `token`, counts of tokens and pieces of text are none. What a function of the project does with its arguments is not followed. Printing is a warning, as a tool may show a secret it has just made.',
    ignoreWhen: 'The program exists to show the secret once, e.g. when it makes a key.',
  },
  messages: {
    secret: '`{sink}` writes the secret `{name}` where others read it; leave it out or show `***`',
    environment: '`{sink}` writes the whole environment, keys and passwords too; name the variables that matter',
    headers: '`{sink}` writes the headers of a request, logins and cookies too; name the ones that matter',
  },
  skipsTests: true,
  query: python.calls(...LOG_CALLS, ...PAGE_CALLS, ...PRINT_CALLS, ...TRACKING_CALLS),
  check(call: CallFact, { report, python: py, text }) {
    for (const { name, value, position } of call.arguments) {
      if (position === undefined && name !== 'msg' && name !== 'value' && name !== 'extra') continue;
      const key = position === 1 && /\.(?:log_param|set_tag)$/.test(call.name) ? call.arguments[0]!.value : undefined;
      const found = (key && underSecretKey(key, value, py)) ?? secretIn(value, py, text, 0);
      if (found === undefined) continue;
      const sink = sinkOf(call.name);
      const finding =
        found.kind === 'secret'
          ? report(found.at, 'secret', { sink, name: found.name.slice(0, 30) })
          : report(found.at, found.kind, { sink });
      if (PRINT_CALLS.includes(call.name)) finding.severity('warning');
      if (found.kind !== 'secret') continue;
      const edits =
        found.braces === undefined
          ? edit.replace(found.at, edit.quote(text, '***'))
          : edit.replace(found.braces, '***');
      finding.fix('Show `***` instead', 'review', edits, 'the value is no longer shown');
    }
  },
  examples: [
    {
      bad: 'import logging\nimport os\n\nlogger = logging.getLogger(__name__)\nhf_token = os.environ["HF_TOKEN"]\nlogger.info("using %s", «hf_token»)\n',
      message: 'secret',
      good: 'import logging\nimport os\n\nlogger = logging.getLogger(__name__)\nhf_token = os.environ["HF_TOKEN"]\nlogger.info("using %s", "***")\n',
    },
    {
      bad: 'from loguru import logger as log\n\nlog.debug(f"login {user} with {«settings.db_password»}")\n',
      message: 'secret',
      good: 'from loguru import logger as log\n\nlog.debug(f"login {user} with ***")\n',
    },
    {
      bad: 'import os\n\nprint(«dict(os.environ)»)\n',
      message: 'environment',
      good: 'import os\n\nprint(os.environ["SEED"])\n',
      byHand: true,
    },
    {
      bad: 'import logging\nfrom flask import request\n\nlogging.info("request %s", «request.headers»)\n',
      message: 'headers',
      good: 'import logging\nfrom flask import request\n\nlogging.info("request %s", request.headers["User-Agent"])\n',
      byHand: true,
    },
    {
      good: 'print(f"{max_tokens} tokens, pad {tokenizer.pad_token}, {num_tokens}, next {next_token}")\n',
      because: 'tokens of a text',
    },
    {
      good: 'import logging\n\nlogging.info("key set: %s, %d characters", bool(api_key), len(api_key))\n',
      because: 'the secret itself is not shown',
    },
    { good: 'print("set the API_KEY variable and the password")\n', because: 'a text about a secret' },
    {
      good: 'from pydantic import SecretStr\n\ndef show(api_key: SecretStr):\n    print(api_key)\n',
      because: 'such a value prints as stars',
    },
    { good: 'store.put(api_key)\n', because: 'not a log' },
  ],
});

function sinkOf(name: string): string {
  const [last = name, before = ''] = name.replaceAll('()', '').split('.').reverse();
  if (PRINT_CALLS.includes(name) || before === '') return last;
  return `${before === 'getLogger' || before === 'get_logger' ? 'logger' : before}.${last}`.slice(0, 24);
}
