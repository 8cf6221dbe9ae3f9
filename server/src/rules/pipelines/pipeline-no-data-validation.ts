import type { TextEdit } from '../../base/range.js';
import { type ConfigEntry, child, config, defineRule, edit, items, text as textOf } from '../../engine/index.js';
import {
  argoPipelines,
  databricksPipelines,
  dvcPipeline,
  kfpPipelines,
  mlprojectPipeline,
  type Pipeline,
  type Step,
} from './_steps.js';

/** What a step does, by the words of its name and of what it runs. Splitting and preparing is no validation. */
const TRAINS = /^(?:train|trains|trainer|training|retrain|fit|finetune|finetuning|pretrain|pretraining|sft)$/;
const CHECKS =
  /^(?:validate|validates|validated|validator|validation|validations|verify|expectation|expectations|expect|pandera|soda|deepchecks|evidently|tfdv|gx|quality|dq|datacheck|sanity|drift)$/;
const CHECK_VERB = /^(?:check|checks|test|tests|assert|monitor|profile)$/;
const DATA_NOUN = /^(?:data|dataset|datasets|schema|schemas|input|inputs|features|table|rows)$/;
/** Validation of something else than data. */
const OTHER_CHECK = /^(?:cross|model|models|split|loss|score|scores|accuracy|config|params)$/;

export default defineRule({
  summary: 'A pipeline trains on data that no step has validated.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-20',
    'OWASP-ML02:2023',
    'AML.T0020',
    'https://doc.dvc.org/user-guide/project-structure/dvcyaml-files',
    'https://www.mlflow.org/docs/latest/ml/projects/',
  ],
  docs: {
    why: 'Training learns from whatever arrives. A poisoned export, a column in another unit or a join that doubled the rows goes straight into the model, and the first to notice are those about whom it decides.',
    instead:
      'Add a step that checks schema, ranges and volume (pandera, Great Expectations, Soda …) and let training depend on its report.',
    fixSafety:
      'The order of the steps changes: training waits for the validation and is run again, so the fix is offered for review.',
    limits:
      'Steps are told by the words of their names, commands and components. Checks inside the training code are not visible here. An MLproject has no order: it is reported when none of several entry points validates. Compiled Kubeflow pipelines are reported here but repaired in their Python source.',
    ignoreWhen: 'The training code or the system that delivers the data validates it.',
  },
  messages: {
    missing: 'Step `{step}` trains on data that no step before it validates; add a validation step it depends on',
    unordered: 'Step `{step}` does not wait for `{check}`, so it trains on data that may have failed validation',
  },
  query: config.entries('any', ''),
  check(root: ConfigEntry, { report, facts, text, path }) {
    if (path.endsWith('.lock')) return;
    const format = facts?.formats[root.document]?.id;
    for (const { steps, ordered } of pipelinesOf(root, format)) {
      const checks = steps.filter(validates);
      if (!ordered && (steps.length < 2 || checks.length > 0)) continue;
      for (const step of steps) {
        if (!trains(step) || validates(step)) continue;
        const before = ancestors(step, steps);
        if (before.some(validates)) continue;
        const apart = checks.find((check) => !ancestors(check, steps).includes(step));
        const target = step.entry.keyRange ?? step.entry.valueRange;
        const name = step.name.slice(0, 40);
        if (apart === undefined) {
          report(target, 'missing', { step: name });
          if (ordered) continue;
          break;
        }
        const finding = report(target, 'unordered', { step: name, check: apart.name.slice(0, 40) });
        finding.related(apart.entry.keyRange ?? apart.entry.valueRange, 'The validation step is here');
        if (format === 'dvc-pipeline')
          finding.fix(
            `Depend on the report of \`${apart.name}\``,
            'review',
            dependOn(step, apart, text),
            'training waits for the validation',
          );
      }
    }
  },
  examples: [
    {
      path: 'dvc.yaml',
      bad: 'stages:\n  prepare:\n    cmd: python src/prepare.py\n    deps:\n      - data/raw.csv\n    outs:\n      - data/clean.csv\n  «train»:\n    cmd: python src/train.py\n    deps:\n      - data/clean.csv\n    outs:\n      - model.skops\n',
      message: 'missing',
      good: 'stages:\n  prepare:\n    cmd: python src/prepare.py\n    deps:\n      - data/raw.csv\n    outs:\n      - data/clean.csv\n  validate:\n    cmd: python src/validate.py\n    deps:\n      - data/clean.csv\n    outs:\n      - reports/validation.json\n  train:\n    cmd: python src/train.py\n    deps:\n      - data/clean.csv\n      - reports/validation.json\n    outs:\n      - model.skops\n',
      byHand: true,
    },
    {
      path: 'dvc.yaml',
      bad: 'stages:\n  validate:\n    cmd: python src/validate.py\n    deps:\n      - data/clean.csv\n    outs:\n      - reports/validation.json\n  «train»:\n    cmd: python src/train.py\n    deps:\n      - data/clean.csv\n    outs:\n      - model.skops\n',
      message: 'unordered',
      good: 'stages:\n  validate:\n    cmd: python src/validate.py\n    deps:\n      - data/clean.csv\n    outs:\n      - reports/validation.json\n  train:\n    cmd: python src/train.py\n    deps:\n      - data/clean.csv\n      - reports/validation.json\n    outs:\n      - model.skops\n',
    },
    {
      path: 'dvc.yaml',
      good: 'stages:\n  prepare:\n    cmd: great_expectations checkpoint run raw && python src/prepare.py\n    outs:\n      - data/clean\n  train:\n    cmd: python src/train.py\n    deps:\n      - data/clean/rows.csv\n',
      because: 'the step before checks the data',
    },
    {
      path: 'dvc.yaml',
      good: 'stages:\n  prepare:\n    cmd: python src/split_train_test.py\n    outs:\n      - data/train.csv\n',
      because: 'splitting is not training',
    },
    {
      path: 'MLproject',
      good: 'name: churn\nentry_points:\n  main:\n    command: python train.py\n',
      because: 'a single entry point says nothing about what runs before',
    },
    { path: 'config.yaml', good: 'train:\n  epochs: 3\nstages: [prepare, train]\n', because: 'no pipeline' },
  ],
});

function pipelinesOf(root: ConfigEntry, format: string | undefined): readonly Pipeline[] {
  switch (format) {
    case 'dvc-pipeline':
      return [dvcPipeline(root)];
    case 'mlproject':
      return [mlprojectPipeline(root)];
    case 'kfp':
      return kfpPipelines(root);
    case 'kubernetes':
      return argoPipelines(root);
    case undefined:
      return databricksPipelines(root);
    default:
      return [];
  }
}

/** Words of names and commands; option names and paths of data say nothing about what a step does. */
function wordsOf(texts: readonly string[]): string[][] {
  return texts.flatMap((text) =>
    text
      .split(/[\s&|;]+/)
      .filter((word) => !word.startsWith('-') && !/\.(?:csv|parquet|json|ya?ml|pkl|joblib|skops|pt|txt)$/.test(word))
      .map((word) =>
        word
          .replace(/([a-z\d])([A-Z])/g, '$1 $2')
          .toLowerCase()
          .split(/[^a-z\d]+/),
      ),
  );
}

function trains(step: Step): boolean {
  const [name, ...commands] = step.words;
  const own = wordsOf([name ?? '']).flat();
  if (
    /\b(?:split|prep|prepare|preprocess|data|features|test|eval|evaluate|download|upload|deploy|register|plot|report)\b/.test(
      own.join(' '),
    )
  )
    return false;
  return (
    own.some((word) => TRAINS.test(word)) ||
    (own.includes('model') && own.includes('building')) ||
    wordsOf(commands.map(programs)).some(
      (words) =>
        words.some((word) => TRAINS.test(word)) && !words.some((word) => /^(?:test|split|data|eval|prep)/.test(word)),
    )
  );
}

/** The program and module names of a command line: what stands in front of its arguments. */
function programs(command: string): string {
  return command
    .split(/&&|\|\||[;|\n]/)
    .map((part) => part.trim().split(/\s+/).slice(0, 3).join(' '))
    .join(' ; ');
}

function validates(step: Step): boolean {
  return wordsOf(step.words).some((words) => {
    if (words.some((word) => OTHER_CHECK.test(word))) return false;
    return (
      words.some((word) => CHECKS.test(word)) ||
      (words.some((word) => CHECK_VERB.test(word)) && words.some((word) => DATA_NOUN.test(word)))
    );
  });
}

function ancestors(step: Step, steps: readonly Step[]): readonly Step[] {
  const byName = new Map(steps.map((one) => [one.name, one]));
  const found = new Set<Step>();
  const pending = [...step.after];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const before = byName.get(name);
    if (before === undefined || found.has(before)) continue;
    found.add(before);
    pending.push(...before.after);
  }
  return [...found];
}

/** Adds the first output of a stage to the dependencies of another. */
function dependOn(step: Step, check: Step, text: string): TextEdit[] {
  const first = items(child(check.entry, 'outs'))[0];
  const output = first === undefined ? undefined : (textOf(first) ?? first.children[0]?.key);
  const deps = child(step.entry, 'deps');
  const last = items(deps)[items(deps).length - 1];
  if (
    output === undefined ||
    deps === undefined ||
    last === undefined ||
    deps.flow ||
    child(step.entry, 'wdir') !== undefined
  )
    return [];
  return edit.insertLinesBelow(text, last.range.end, `- ${output}`, edit.indentAt(text, last.range.start));
}
