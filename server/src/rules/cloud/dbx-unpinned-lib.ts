import { type ConfigEntry, child, config, defineRule } from '../../engine/index.js';
import { gradeOpen, openPackages } from '../_python-packages.js';
import { literal } from './_azureml.js';

const FORMATS = ['databricks-bundle', 'databricks-job'] as const;

export default defineRule({
  summary: 'A Databricks job installs a package in whatever version is newest.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-1357',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://docs.databricks.com/dev-tools/bundles/library-dependencies.html',
  ],
  docs: {
    why: 'The job installs its packages on each start, with the rights of the production identity: a release of this morning, forged or only different, runs tonight on the customer table, and the model it trains differs from the one that was tested.',
    instead: 'Write `package==version`, or install a wheel or a locked requirements file of the project.',
    fixSafety:
      'The version found in a lock file or pin of the workspace may be older than what is installed today, so the fix is offered for review. Where none is found, the fix leaves a place for one.',
    limits:
      'A name without a version is a warning, an open range information, a bounded range a hint. Wheels, requirements files, paths and variables are not looked at here.',
    ignoreWhen: 'The workspace installs from an index that holds one version of each package.',
  },
  messages: {
    noVersion: '`{name}` is installed in its newest release on each start, with the rights of the job; add `==version`',
    range: '`{name}{specifier}` may be another release on the next start of the job; pin one version',
  },
  query: [
    config.entries(FORMATS, '**.libraries.*.pypi'),
    config.entries(FORMATS, '**.environments.*.spec'),
    config.entries(FORMATS, '**.pipelines.*.environment'),
  ],
  check(entry: ConfigEntry, context) {
    const isLibrary = entry.key === 'pypi';
    const list = isLibrary ? entry : child(entry, 'dependencies');
    for (const open of openPackages(list)) {
      if ((isLibrary && open.entry.key !== 'package') || literal(open.entry) === undefined) continue;
      const name = open.name.slice(0, 30);
      const specifier = open.specifier.slice(0, 20);
      const finding =
        specifier === ''
          ? context.report(open.entry.valueRange, 'noVersion', { name })
          : context.report(open.entry.valueRange, 'range', { name, specifier });
      gradeOpen(finding, open, context);
    }
  },
  examples: [
    {
      path: 'resources/train.yml',
      bad: 'resources:\n  jobs:\n    train:\n      tasks:\n        - task_key: train\n          libraries:\n            - pypi:\n                package: «scikit-learn»  # newest\n',
      message: 'noVersion',
      good: 'resources:\n  jobs:\n    train:\n      tasks:\n        - task_key: train\n          libraries:\n            - pypi:\n                package: scikit-learn==1.7.2  # newest\n',
      files: { 'requirements.txt': 'scikit-learn==1.7.2\n' },
    },
    {
      path: 'resources/train.yml',
      bad: 'resources:\n  jobs:\n    train:\n      environments:\n        - {environment_key: default, spec: {client: "2", dependencies: [«mlflow>=2.9», ./dist/loans.whl]}}\n',
      message: 'range',
      good: 'resources:\n  jobs:\n    train:\n      environments:\n        - {environment_key: default, spec: {client: "2", dependencies: [mlflow==3.1.0, ./dist/loans.whl]}}\n',
      files: { 'requirements.txt': 'mlflow==3.1.0\n' },
    },
    {
      path: 'resources/train.yml',
      bad: 'resources:\n  jobs:\n    train:\n      tasks:\n        - task_key: train\n          libraries:\n            - pypi:\n                package: «optuna»\n',
      message: 'noVersion',
      good: 'resources:\n  jobs:\n    train:\n      tasks:\n        - task_key: train\n          libraries:\n            - pypi:\n                package: optuna==4.6.0\n',
      fill: ['4.6.0'],
    },
    {
      path: 'resources/train.yml',
      good: 'resources:\n  jobs:\n    train:\n      tasks:\n        - task_key: train\n          libraries: [{pypi: {package: mlflow==3.1.0}}, {whl: ../dist/*.whl}]\n',
      because: 'the package has its version, the wheel is built here',
    },
    {
      path: 'resources/train.yml',
      good: 'resources:\n  jobs:\n    train:\n      environments:\n        - environment_key: default\n          spec:\n            dependencies: [--editable ../src, -r ../requirements.txt, "mlflow==${var.mlflow}"]\n',
      because: 'files that are judged themselves, and a variable',
    },
    {
      path: 'resources/train.yml',
      good: 'resources:\n  jobs:\n    train:\n      tasks:\n        - task_key: train\n          libraries: [{pypi: {package: "mlflow==3.1.0", repo: https://pypi.example.com/simple}}, {maven: {coordinates: "com.example:a:1.0"}}]\n',
      because: 'a version, an index and a package of Maven',
    },
  ],
});
