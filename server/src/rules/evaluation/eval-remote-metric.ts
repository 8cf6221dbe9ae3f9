import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  type CommandFact,
  commands,
  defineRule,
  edit,
  passesUnknown,
  programIndex,
  python,
} from '../../engine/index.js';
import { isHubId, movingRevision } from '../../knowledge/hub-references.js';

const LOAD = 'evaluate.load';
const LOAD_METRIC = ['datasets.load_metric', 'datasets.load.load_metric'];
const LM_EVAL = ['lm_eval.simple_evaluate', 'lm_eval.evaluator.simple_evaluate'];
/** Spaces of the library itself: what it loads for a name without an account. */
const OWN = /^evaluate-(metric|comparison|measurement)\//;
const FLAG = 'trust_remote_code';

export default defineRule({
  summary: "A metric's code is fetched from somebody's repository and run.",
  stages: ['evaluation'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-829',
    'CWE-494',
    'OWASP-LLM03:2025',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://huggingface.co/docs/evaluate/package_reference/loading_methods#evaluate.load',
    'https://github.com/EleutherAI/lm-evaluation-harness/blob/main/docs/interface.md',
  ],
  docs: {
    why: 'A community metric is a Python file in somebody\'s Space, and `evaluate.load("account/metric")` imports whatever stands there today. Whoever gets hold of that account runs code on every machine that evaluates with it, and can report the scores they like.',
    instead:
      'Use a metric of the library, copy the file into the project, or read it once and pass that commit as `revision`.',
    fixSafety:
      'Metrics and tasks whose code lives in their repository stop loading, so the fix is offered for review. No fix writes a commit: you have to read that code first.',
    limits:
      'A name that is computed is not known. Names without an account are metrics of the library and stay silent, as do folders of the project; in tests the level is lower.',
    ignoreWhen: 'The account is your own.',
  },
  messages: {
    moving: '`evaluate.load` runs the code of `{metric}` as it stands at `{revision}`; pin a commit you have read',
    community: '`load_metric` runs the code of `{metric}` as it stands on the Hub; pin a commit you have read',
    trusted: '`{flag}` runs Python from the repositories of metrics, tasks or models; review it and leave the flag off',
  },
  query: [python.calls(LOAD, ...LOAD_METRIC, ...LM_EVAL), commands.named('lm_eval', 'lm-eval')],
  check(fact: CallFact | CommandFact, { report, python: py, path, text, workspace }) {
    const finding =
      fact.kind === 'command' ? commanded(fact) : LM_EVAL.includes(fact.name) ? harness(fact) : loaded(fact);
    if (finding !== undefined && isTestFile(path)) finding.severity('info');

    function commanded({ command }: CommandFact) {
      const words = command.words.slice(programIndex(command));
      const word = words.find(
        ({ text: word }) =>
          word === `--${FLAG}` || (word.split(/[=,]/).includes(FLAG) && /trust_remote_code=true/i.test(word)),
      );
      return word === undefined
        ? undefined
        : report(word.range, 'trusted', { flag: word.text.startsWith('--') ? word.text : `${FLAG}=True` });
    }

    /** `model_args="pretrained=org/net,trust_remote_code=True"`; the flag itself is reported where models are loaded. */
    function harness(call: CallFact) {
      const argument = argumentOf(call, 'model_args');
      const value = argument === undefined ? undefined : py.value(argument.value);
      if (argument === undefined || value?.kind !== 'string' || !/(^|,)trust_remote_code=true(,|$)/i.test(value.value))
        return undefined;
      return report(argument.range, 'trusted', { flag: `${FLAG}=True` });
    }

    function loaded(call: CallFact) {
      const flag = argumentOf(call, FLAG);
      const trusted = flag === undefined ? undefined : py.value(flag.value);
      if (flag !== undefined && call.name !== LOAD && trusted?.kind === 'boolean' && trusted.value)
        return report(flag.range, 'trusted', { flag: `${FLAG}=True` }).fix(
          `Remove \`${FLAG}=True\``,
          'review',
          edit.removeArgument(text, call.expression, flag),
          'metrics whose code lives in their repository stop loading',
        );
      const name = argumentOf(call, 'path', 0);
      const metric = name === undefined ? undefined : py.value(name.value);
      if (name === undefined || metric?.kind !== 'string' || !metric.value.includes('/') || !isHubId(metric.value))
        return undefined;
      if (OWN.test(metric.value) || isLocal(metric.value)) return undefined;
      const given = argumentOf(call, 'revision');
      if (given === undefined && passesUnknown(call)) return undefined;
      const revision = given === undefined ? 'main' : movingRevision(py.value(given.value));
      if (revision === undefined) return undefined;
      const shown = metric.value.slice(0, 40);
      return call.name === LOAD
        ? report(name.range, 'moving', { metric: shown, revision })
        : report(name.range, 'community', { metric: shown });
    }

    function isLocal(id: string): boolean {
      const file = id.slice(id.lastIndexOf('/') + 1);
      return workspace.has(`${id}/${file}.py`) || workspace.has(`${id}.py`);
    }
  },
  examples: [
    {
      bad: 'import evaluate\nscore = evaluate.load(«"somebody/fair_score"»)\n',
      message: 'moving',
      good: `import evaluate\nscore = evaluate.load("somebody/fair_score", revision="${'0a1b2c3d'.repeat(5)}")\n`,
      byHand: true,
    },
    {
      bad: 'from datasets import load_metric as metric\nscore = metric(«"somebody/fair_score"»)\n',
      message: 'community',
      good: 'from datasets import load_metric as metric\nscore = metric("accuracy")\n',
      byHand: true,
    },
    {
      bad: 'from datasets import load_metric\nscore = load_metric("accuracy", «trust_remote_code=True»)\n',
      message: 'trusted',
      good: 'from datasets import load_metric\nscore = load_metric("accuracy")\n',
    },
    {
      bad: 'FROM python:3.12-slim\nRUN lm_eval --model hf --tasks gsm8k «--trust_remote_code»\n',
      path: 'Dockerfile',
      message: 'trusted',
      good: 'FROM python:3.12-slim\nRUN lm_eval --model hf --tasks gsm8k\n',
      byHand: true,
    },
    { good: 'import evaluate\nscore = evaluate.load("accuracy")\n', because: 'a metric of the library' },
    {
      good: 'import evaluate\nscore = evaluate.load("./metrics/fair_score")\n',
      because: 'a file of the project',
    },
    {
      good: 'import evaluate\nscore = evaluate.load("evaluate-measurement/toxicity")\n',
      because: 'an account of the library itself',
    },
    { good: 'import evaluate\nscore = evaluate.load(name)\n', because: 'the name is not known' },
  ],
});
