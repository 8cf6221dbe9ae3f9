import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  type CommandFact,
  commands,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  python,
} from '../../engine/index.js';

const METRIC = 'code_eval';
const LOADERS = ['evaluate.load', 'datasets.load_metric'];
const VARIABLE = 'HF_ALLOW_CODE_EVAL';
const SETTERS = ['os.environ.setdefault', 'os.putenv'];
/** https://github.com/openai/human-eval, https://github.com/evalplus/evalplus */
const HARNESSES = [
  'human_eval.execution.check_correctness',
  'human_eval.evaluation.evaluate_functional_correctness',
  'evalplus.evaluate.evaluate',
];
const LM_EVAL = ['lm_eval.simple_evaluate', 'lm_eval.evaluator.simple_evaluate'];
const PROGRAMS = ['lm_eval', 'lm-eval', 'accelerate', 'export'];
const FLAGS: ReadonlySet<string> = new Set(['--confirm_run_unsafe_code', '--allow_code_execution']);
const CONTAINER_FILES = ['Dockerfile', 'docker-compose.yml', 'docker-compose.yaml', 'compose.yaml', 'compose.yml'];

export default defineRule({
  summary: 'Code that a model wrote is run in order to score it.',
  stages: ['evaluation'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-94',
    'OWASP-LLM05:2025',
    'OWASP-LLM06:2025',
    'https://huggingface.co/spaces/evaluate-metric/code_eval',
    'https://github.com/openai/human-eval',
    'https://github.com/EleutherAI/lm-evaluation-harness/blob/main/docs/interface.md',
  ],
  docs: {
    why: 'A benchmark of generated programs runs every candidate next to the training data and the tokens of the account. A model that was tuned on a poisoned repository answers one of the tasks with a line that uploads the home folder; the tests of the task pass.',
    instead:
      'Run the benchmark in a container without network and credentials (gVisor or a virtual machine for foreign models) and copy only the scores out.',
    fixSafety: 'The metric or the harness refuses to run generated code, so the fixes are offered for review.',
    limits:
      'The time limits of these tools and their disabled functions are no sandbox. Where a Dockerfile or a compose file stands beside the script or above it, the level is lower: the job may run in that container. A flag that is computed is not judged.',
    ignoreWhen: 'The job runs only in a container without network and credentials.',
  },
  messages: {
    metric: '`code_eval` runs the programs a model wrote on this machine; score them in a container without network',
    harness: '`{callee}` runs the programs a model wrote on this machine; score them in a container without network',
    switched:
      '`{setting}` lets the benchmark run programs a model wrote on this machine; use a container without network',
  },
  query: [
    python.calls(...LOADERS, ...SETTERS, ...HARNESSES, ...LM_EVAL),
    python.stores('os.environ[]'),
    commands.named(...PROGRAMS),
  ],
  words: ['code_eval', 'human_eval', 'evalplus', 'unsafe_code', 'allow_code_execution'],
  check(fact, { report, python: py, path, text, workspace }) {
    const folders = path.split('/').map((_, i, parts) =>
      parts
        .slice(0, i)
        .map((part) => `${part}/`)
        .join(''),
    );
    const contained = folders.some((folder) => CONTAINER_FILES.some((name) => workspace.has(folder + name)));
    const found =
      fact.kind === 'call'
        ? called(fact)
        : fact.kind === 'store'
          ? stored(fact.target, fact.key, fact.value)
          : commanded(fact);
    if (found === undefined) return;
    if (isTestFile(path)) found.severity('info');
    else if (contained) found.severity('warning');

    function called(call: CallFact) {
      if (LOADERS.includes(call.name)) {
        const name = argumentOf(call, 'path', 0);
        return name !== undefined && isText(name.value, METRIC, py) ? report(name.range, 'metric') : undefined;
      }
      if (SETTERS.includes(call.name)) {
        const [key, value] = [argumentOf(call, 'key', 0), argumentOf(call, 'value', 1)];
        const name = key === undefined ? undefined : py.value(key.value);
        return name?.kind === 'string' && value ? stored(call.range, name.value, value.value) : undefined;
      }
      if (HARNESSES.includes(call.name))
        return report(call.calleeRange, 'harness', { callee: call.name.slice(call.name.lastIndexOf('.') + 1) });
      const flag = argumentOf(call, 'confirm_run_unsafe_code');
      const value = flag === undefined ? undefined : py.value(flag.value);
      if (flag === undefined || value?.kind !== 'boolean' || !value.value) return undefined;
      const finding = report(flag.range, 'switched', { setting: 'confirm_run_unsafe_code=True' });
      return finding.fix(
        'Remove `confirm_run_unsafe_code=True`',
        'review',
        edit.removeArgument(text, call.expression, flag),
        'tasks that run code are refused',
      );
    }

    function stored(range: { start: number; end: number }, key: string | undefined, value: Expression) {
      if (key !== VARIABLE || !isText(value, '1', py)) return undefined;
      const finding = report(range, 'switched', { setting: `${VARIABLE}=1` });
      if (value.kind === 'string')
        finding.fix(
          `Set \`${VARIABLE}\` to 0`,
          'review',
          edit.replace(value.range, '"0"'),
          '`code_eval` refuses to run',
        );
      return finding;
    }

    function commanded({ command }: CommandFact) {
      const word = command.words.find(({ text }) => FLAGS.has(text) || text === `${VARIABLE}=1`);
      return word === undefined ? undefined : report(word.range, 'switched', { setting: word.text });
    }
  },
  examples: [
    {
      bad: 'import evaluate\nscore = evaluate.load(«"code_eval"»)\n',
      message: 'metric',
      good: 'import evaluate\nscore = evaluate.load("exact_match")\n',
      byHand: true,
    },
    {
      bad: 'import os\n«os.environ["HF_ALLOW_CODE_EVAL"]» = "1"\n',
      message: 'switched',
      good: 'import os\nos.environ["HF_ALLOW_CODE_EVAL"] = "0"\n',
    },
    {
      bad: 'from human_eval.execution import check_correctness as check\nresult = «check»(problem, completion, timeout=3.0)\n',
      message: 'harness',
      good: 'import subprocess\nsubprocess.run(["docker", "run", "--rm", "--network=none", "scorer", "tasks.jsonl"], check=True)\n',
      byHand: true,
    },
    {
      bad: 'import lm_eval\nlm_eval.simple_evaluate(model="hf", tasks=["humaneval"], «confirm_run_unsafe_code=True»)\n',
      message: 'switched',
      good: 'import lm_eval\nlm_eval.simple_evaluate(model="hf", tasks=["humaneval"])\n',
    },
    {
      bad: 'FROM python:3.12-slim\nRUN lm_eval --model hf --tasks humaneval «--confirm_run_unsafe_code»\n',
      path: 'Dockerfile',
      message: 'switched',
      good: 'FROM python:3.12-slim\nRUN lm_eval --model hf --tasks gsm8k\n',
      byHand: true,
    },
    { good: 'import evaluate\nscore = evaluate.load("accuracy")\n', because: 'a metric that compares labels' },
    { good: 'import lm_eval\nlm_eval.simple_evaluate(model="hf", tasks=["gsm8k"])\n', because: 'the switch is off' },
    {
      good: 'import os\nos.environ["HF_ALLOW_CODE_EVAL"] = "0"\n',
      because: 'the variable keeps generated code from running',
    },
    {
      good: 'def code_eval(rows):\n    return rows\n\ncode_eval(["code_eval"])\n',
      because: "a function of the program's own",
    },
  ],
});

function isText(expression: Expression, wanted: string, py: PythonQuestions): boolean {
  const value = py.value(expression);
  return value.kind === 'string' && value.value === wanted;
}
