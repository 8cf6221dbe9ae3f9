import { type ConfigEntry, config, defineRule } from '../../engine/index.js';
import { dependOn, validateStage } from './_dvc-edits.js';
import { ancestors, trains, validates } from './_roles.js';
import { checksInside } from './_scripts.js';
import { pipelinesOf } from './_steps.js';

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
      'Training waits for the validation and is run again, and the script of a new stage has to be written, so the fix is offered for review.',
    limits:
      'Steps are told by the words of their names, commands and components. A script that a step starts counts as a check when it imports a library for checks of data; what it calls elsewhere is not visible here. Pipelines of Azure Machine Learning and SageMaker count from two steps on. An MLproject has no order: it is reported when none of several entry points validates. Compiled Kubeflow pipelines are reported here but repaired in their Python source.',
    ignoreWhen: 'The training code or the system that delivers the data validates it.',
  },
  messages: {
    missing: 'Step `{step}` trains on data that no step before it validates; add a validation step it depends on',
    unordered: 'Step `{step}` does not wait for `{check}`, so it trains on data that may have failed validation',
  },
  skipsTests: true,
  query: config.entries(
    ['dvc-pipeline', 'mlproject', 'kfp', 'argo-workflow', 'databricks-bundle', 'azureml', 'sagemaker-pipeline'],
    '',
  ),
  check(root: ConfigEntry, context) {
    const { report, facts, text, path } = context;
    if (path.endsWith('.lock')) return;
    const format = facts?.formats[root.document]?.id;
    for (const { steps, ordered } of pipelinesOf(root, format)) {
      const checks = steps.filter(validates);
      if (!ordered && (steps.length < 2 || checks.length > 0)) continue;
      for (const step of steps) {
        if (!trains(step) || validates(step)) continue;
        const before = ancestors(step, steps);
        if (before.some(validates) || [step, ...before].some((one) => checksInside(one, context))) continue;
        const apart = checks.find((check) => !ancestors(check, steps).includes(step));
        const target = step.entry.keyRange ?? step.entry.valueRange;
        const name = step.name.slice(0, 40);
        if (apart === undefined) {
          const finding = report(target, 'missing', { step: name });
          const stage = format === 'dvc-pipeline' ? validateStage(step, steps, text) : undefined;
          if (stage !== undefined)
            finding.fix(
              `Add a \`validate\` stage that \`${name}\` depends on`,
              'review',
              stage.edits,
              `\`${stage.script}\` has to be written`,
            );
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
      good: 'stages:\n  train:\n    cmd: python src/train.py --epochs 3\n    deps:\n      - data/clean.csv\n',
      files: { 'src/train.py': 'import pandas as pd\nimport pandera.pandas as pa\n' },
      because: 'the script that it starts checks the data',
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
