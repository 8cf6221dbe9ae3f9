import {
  type CallFact,
  type CommandFact,
  commands,
  defineRule,
  edit,
  python,
  type StoreFact,
} from '../../engine/index.js';
import { hasKnownShape, isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';

export default defineRule({
  summary: 'A secret is put into the environment by the code itself.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-798', 'OWASP-LLM02:2025', 'AML.T0055'],
  docs: {
    why: 'The line that sets `OPENAI_API_KEY` in a notebook is the line that gets shared with it. The key stays in the history of the repository after the line is gone.',
    instead:
      'Set the variable where the program is started, in a secret store or an ignored `.env` file; in a notebook ask for it with `getpass`.',
    fixSafety: 'The notebook asks for the value on each run, so the fix is offered for review.',
    limits:
      'Values that look like placeholders, paths or references are passed over, and so are names that only sound like a secret, e.g. `MAX_TOKENS`.',
  },
  messages: {
    stored: '`{name}` gets its secret from a literal in this file; set it outside and rotate the value',
  },
  words: ['environ', 'putenv', '%env', '%set_env', 'export'],
  query: [python.stores('os.environ[]'), python.calls('os.environ.setdefault', 'os.putenv'), commands.named('export')],
  check(fact: StoreFact | CallFact | CommandFact, { report, python: py, language, text }) {
    if (fact.kind === 'command') {
      for (const word of fact.command.words) {
        const match = /^(\w+)=(.+)$/s.exec(word.text);
        if (match !== null && isStoredSecret(match[1]!, match[2]!)) report(word.range, 'stored', { name: match[1]! });
      }
      return;
    }
    const key = fact.kind === 'store' ? fact.key : keyOf(fact.arguments[0] && py.value(fact.arguments[0].value));
    const target = fact.kind === 'store' ? fact.value : fact.arguments[1]?.value;
    if (key === undefined || target === undefined) return;
    const value = py.value(target);
    if (value.kind !== 'string' || !isStoredSecret(key, value.value)) return;
    const literal = py.definition(target);
    const finding = report(target.range, 'stored', { name: key });
    const inPython = literal === target && /^["']/.test(text.slice(target.range.start, target.range.end));
    if (language !== 'notebook' || !inPython) return;
    finding.fix(
      'Ask for the value with `getpass`',
      'review',
      [
        ...edit.replace(target.range, `getpass.getpass(${edit.quote(text, `${key}: `)})`),
        ...edit.addImport(text, 'import getpass'),
      ],
      'the notebook asks for the value on each run',
    );
  },
  examples: [
    {
      bad: 'import os\nos.environ["DB_PASSWORD"] = «"kX9-vTq2Lm_w"»\n',
      message: 'stored',
      good: 'import os\npassword = os.environ["DB_PASSWORD"]\n',
      byHand: true,
    },
    {
      bad: 'from os import environ as env\nenv.setdefault("MLFLOW_TRACKING_PASSWORD", «"kX9-vTq2Lm_w"»)\n',
      message: 'stored',
      good: 'from os import environ as env\npassword = env["MLFLOW_TRACKING_PASSWORD"]\n',
      byHand: true,
    },
    { good: 'import os\nos.environ["TOKENIZERS_PARALLELISM"] = "false"\n', because: 'a switch' },
    { good: 'import os\nos.environ["DB_PASSWORD"] = getpass.getpass()\n', because: 'asked for at run time' },
    { good: 'import os\nos.environ["OPENAI_API_KEY"] = "<your key here>"\n', because: 'a placeholder' },
    { good: 'import os\nos.environ["AWS_SECRET_FILE"] = "/run/secrets/aws"\n', because: 'a path' },
    { good: 'settings["DB_PASSWORD"] = "kX9-vTq2Lm_w"\n', because: 'not the environment' },
  ],
});

function keyOf(value: { readonly kind: string; readonly value?: unknown } | undefined): string | undefined {
  return value?.kind === 'string' ? String(value.value) : undefined;
}

/** Tokens of known providers and addresses with a password are left to the rules about them. */
function isStoredSecret(name: string, value: string): boolean {
  if (!isSecretName(name) || !looksLikeSecretValue(value)) return false;
  return !hasKnownShape(name, value);
}
