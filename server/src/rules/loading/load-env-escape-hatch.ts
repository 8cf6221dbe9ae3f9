import type { Range, TextEdit } from '../../base/range.js';
import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  commands,
  defineRule,
  dockerfile,
  edit,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { ESCAPE_HATCHES } from '../../knowledge/loaders/escape-hatches.js';

/** Parameters of the variable and its value. */
const SETTERS: Readonly<Record<string, readonly [string, string]>> = {
  'os.environ.setdefault': ['key', 'value'],
  'os.putenv': ['name', 'value'],
  'pytest.MonkeyPatch().setenv': ['name', 'value'],
};
/** Programs that are started with variables in front of them. */
const PROGRAMS = ['export', 'env', 'python', 'python3', 'torchrun', 'accelerate', 'vllm', 'mlflow', 'lm_eval', 'uv'];
const MESSAGES = { open: '`{name}` is set so that {effect}; leave it unset' } as const;
type Context = RuleContext<typeof MESSAGES>;

export default defineRule({
  summary: 'An environment variable switches the protection of a library off for the whole process.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-693',
    'CWE-502',
    'OWASP-ML06:2023',
    'https://docs.pytorch.org/docs/stable/notes/serialization.html#troubleshooting-weights-only',
    'https://docs.vllm.ai/en/stable/configuration/env_vars.html',
  ],
  docs: {
    why: "One line that made an old checkpoint load again also holds for every download that follows: the library of a colleague that fetches weights from the Hub now runs their author's code, and nothing in its own source tells.",
    instead:
      'Leave the variable unset and make the exception where it is needed: a list of safe classes for one checkpoint, a converted file, a sandbox for generated code.',
    fixSafety: 'What needed the exception stops working, so the fix is offered for review.',
    limits:
      'A value that is computed is not judged. A line under an `if` is an option of the program and lowers the level, as do tests. Environment sections of compose files and cluster manifests are not read.',
    ignoreWhen:
      'The process runs in a sandbox without network and credentials, as an evaluation of generated code does.',
  },
  messages: MESSAGES,
  words: [...ESCAPE_HATCHES.keys()].map((name) => name.toLowerCase()),
  query: [
    python.stores('os.environ[]'),
    python.calls(...Object.keys(SETTERS), 'os.environ.update'),
    commands.named(...PROGRAMS),
    dockerfile.instructions('ENV'),
  ],
  check(fact, context) {
    const { python: py, text } = context;
    if (!('kind' in fact)) {
      for (const { text: word, range } of fact.words) {
        const [, name, value] = /^(\w+)=(.*)$/s.exec(word) ?? [];
        if (name === undefined) continue;
        judge(context, name, value!, range, fact.words.length === 1 ? edit.deleteLines(text, fact.range) : []);
      }
      return;
    }
    if (fact.kind === 'command') {
      for (const { name, value, range } of fact.command.assignments) judge(context, name, value, range, []);
      for (const { text: word, range } of fact.command.words) {
        const [, name, value] = /^(\w+)=(.*)$/s.exec(word) ?? [];
        if (name !== undefined) judge(context, name, value!, range, []);
      }
      return;
    }
    if (fact.kind === 'store') {
      const value = py.value(fact.value);
      if (fact.key !== undefined && value.kind === 'string')
        judge(context, fact.key, value.value, fact.target, removal(text, fact.statement, fact.range));
      return;
    }
    const set = SETTERS[fact.name];
    if (set === undefined) checkUpdate(fact, context);
    else {
      const name = argumentOf(fact, set[0], 0);
      const value = argumentOf(fact, set[1], 1);
      const known = [name, value].map((argument) => (argument === undefined ? undefined : py.value(argument.value)));
      const [key, setting] = known;
      if (key?.kind === 'string' && setting?.kind === 'string')
        judge(context, key.value, setting.value, fact.range, removal(text, fact.statement, fact.range));
    }
  },
  examples: [
    {
      bad: 'import os\nimport torch\n«os.environ["TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"]» = "1"\nnet = torch.load("net.pt")\n',
      message: 'open',
      good: 'import os\nimport torch\nnet = torch.load("net.pt")\n',
    },
    {
      bad: 'from os import environ as env\n«env.setdefault("VLLM_ALLOW_INSECURE_SERIALIZATION", "1")»\n',
      message: 'open',
      good: 'from os import environ as env\n',
    },
    {
      bad: 'import os\nfrom datasets import load_dataset\nos.environ.update({"HF_HOME": "/data", «"HF_DATASETS_TRUST_REMOTE_CODE": "true"»})\n',
      message: 'open',
      good: 'import os\nfrom datasets import load_dataset\nos.environ.update({"HF_HOME": "/data"})\n',
      byHand: true,
      given: { datasets: '3.6.0' },
    },
    {
      bad: 'FROM python:3.12-slim\nENV «TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD=1»\n',
      path: 'Dockerfile',
      message: 'open',
      good: 'FROM python:3.12-slim\n',
    },
    { good: 'import os\nos.environ["TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"] = "0"\n', because: 'the protection stays on' },
    {
      good: 'import os\nos.environ["HF_DATASETS_TRUST_REMOTE_CODE"] = "1"\n',
      given: { datasets: '4.0.0' },
      because: 'scripts are gone since datasets 4.0',
    },
    { good: 'import os\nos.environ.pop("HF_ALLOW_CODE_EVAL", None)\n', because: 'the variable is removed' },
    { good: 'import os\nos.environ["HF_ALLOW_CODE_EVAL"] = flag\n', because: 'the value is not known' },
    { good: 'import os\nos.environ["TORCH_FORCE_WEIGHTS_ONLY_LOAD"] = "1"\n', because: 'the opposite switch' },
  ],
});

/** `os.environ.update({"NAME": "1"})` and `os.environ.update(NAME="1")`. */
function checkUpdate(call: CallFact, context: Context): void {
  for (const argument of call.arguments) {
    const entries =
      argument.name !== undefined
        ? [{ name: argument.name, value: argument.value, range: argument.range }]
        : argument.value.kind === 'dict'
          ? argument.value.entries.flatMap(({ key, value }) => {
              const name = key === undefined ? undefined : context.python.value(key);
              const range = { start: key?.range.start ?? value.range.start, end: value.range.end };
              return name?.kind === 'string' ? [{ name: name.value, value, range }] : [];
            })
          : [];
    for (const { name, value, range } of entries) {
      const known = context.python.value(value);
      if (known.kind === 'string') judge(context, name, known.value, range, []);
    }
  }
}

function judge(context: Context, name: string, value: string, range: Range, edits: readonly TextEdit[]): void {
  const hatch = ESCAPE_HATCHES.get(name);
  if (hatch === undefined || !hatch.opened.test(value) || /^\$|^\{/.test(value)) return;
  const library = context.version(hatch.library);
  if (hatch.ignoredFrom !== undefined && library !== undefined && isBelow(library, hatch.ignoredFrom) === false) return;
  const finding = context.report(range, 'open', { name, effect: hatch.effect });
  // Code evaluation has no other switch, and a later release of a library may pay no attention to the variable.
  const asked = name === 'HF_ALLOW_CODE_EVAL' || (hatch.ignoredFrom !== undefined && library === undefined);
  if (isTestFile(context.path)) finding.severity('info');
  else if (asked || underCondition(context.text, range.start)) finding.severity('warning');
  finding.fix(`Leave \`${name}\` unset`, 'review', edits, 'what needed the exception stops working');
}

/** Deletes a statement that is nothing but this; one that a block would be empty without becomes `pass`. */
function removal(text: string, statement: Range, range: Range): TextEdit[] {
  const lineStart = text.lastIndexOf('\n', statement.start - 1) + 1;
  const lineEnd = text.indexOf('\n', statement.end);
  const end = lineEnd < 0 ? text.length : lineEnd;
  const alone =
    text.slice(lineStart, statement.start).trim() === '' && /^\s*(#.*)?$/.test(text.slice(statement.end, end));
  if (!alone || range.start !== statement.start) return [];
  const indent = statement.start - lineStart;
  return indent === 0 ? edit.deleteLines(text, statement) : edit.replace(statement, 'pass');
}

/** True when the line of an offset is in a branch of an `if`. */
function underCondition(text: string, offset: number): boolean {
  const lines = text.slice(0, offset).split('\n');
  const indent = /^\s*/.exec(lines.pop()!)![0].length;
  const head = lines.findLast((line) => line.trim() !== '' && line.length - line.trimStart().length < indent);
  return head !== undefined && /^\s*(if|elif|else)\b/.test(head);
}
