import {
  defineRule,
  type PackageList,
  placeIn,
  type Requirement,
  type RuleContext,
  requirements,
} from '../../engine/index.js';
import { nearest } from '../_nearest.js';

/** Whose saved models and arrays depend on the release: 2 where the minor version counts, 1 where the major one does. */
const COUNTED: ReadonlyMap<string, 1 | 2> = new Map([
  // https://scikit-learn.org/stable/model_persistence.html#security-maintainability-limitations
  ['scikit-learn', 2],
  // https://spacy.io/usage/v3#migrating: models are made for one minor version
  ['spacy', 2],
  ...['numpy', 'torch', 'tensorflow', 'keras', 'xgboost', 'lightgbm', 'catboost', 'transformers'].map(
    (name) => [name, 1] as const,
  ),
  ...['sentence-transformers', 'joblib', 'cloudpickle', 'mlflow', 'pandas', 'skops'].map((name) => [name, 1] as const),
]);
const SERVING =
  /^(?:serve|serving|server|inference|infer|predict|predictor|prediction|scoring|scorer|score|api|deploy|deployment|endpoint|backend)$/;
const TRAINING = /^(?:train|training|trainer|retrain|retraining|finetune|finetuning|fit)$/;
const OTHER = /^(?:tests?|dev|docs?|lint|client|frontend|load)$/;
const PIPELINES = ['dvc.yaml', 'MLproject'];

export default defineRule({
  summary: 'A model is served with another release of a library than it is trained with.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-1104',
    'OWASP-ML06:2023',
    'https://scikit-learn.org/stable/model_persistence.html',
    'https://numpy.org/doc/stable/release/2.0.0-notes.html',
  ],
  docs: {
    why: 'A pickled estimator is the memory of one release. Another one refuses it at best; at worst it loads, fills the new fields with defaults, and scores every customer a little differently from the model that was evaluated. Whoever audits the training cannot say what is running.',
    instead: 'Install the same lock on both sides, or save a format that does not depend on the release, such as ONNX.',
    fixSafety: 'Which of both versions was tested is not known here, so there is no fix.',
    limits:
      'The lists are told by their paths: `serving/`, `requirements-api.txt` on the one side, `training/`, or a folder with a `dvc.yaml` or `MLproject`, on the other. Only exact versions are compared, and only with the nearest list. For scikit-learn and spaCy the minor version counts, for the others the major one.',
    ignoreWhen: 'The served model is exported to a format that both releases read alike.',
  },
  messages: {
    drift: '`{name}` {serving} serves what {training} trained, which it may load as another model; use one version',
  },
  skipsTests: true,
  query: requirements.all(),
  check(requirement: Requirement, { report, path, workspace }) {
    const { name, exact, source, range } = requirement;
    const parts = name === undefined ? undefined : COUNTED.get(name);
    if (parts === undefined || exact === undefined || source === 'pip-install' || source === 'constraints') return;
    if (roleOf(path) !== 'serving') return;
    const lists = workspace.packageLists().filter((list) => list.path !== path && trains(list, path, workspace));
    const trained = nearest(path, lists).flatMap((list) =>
      list.packages.flatMap((one) =>
        one.library === name && one.exact !== undefined ? [{ exact: one.exact, range: one.range, list }] : [],
      ),
    );
    const [first] = trained;
    if (first === undefined || new Set(trained.map((one) => release(one.exact, parts))).size > 1) return;
    if (release(first.exact, parts) === release(exact, parts)) return;
    report(range, 'drift', { name: name!, serving: exact.slice(0, 20), training: first.exact.slice(0, 20) }).related(
      placeIn(first.list.path, first.list.text, first.range),
      'The model is trained with this version',
    );
  },
  examples: [
    {
      path: 'serving/requirements.txt',
      bad: 'fastapi==0.121.2\n«scikit-learn==1.5.2»\n',
      message: 'drift',
      good: 'fastapi==0.121.2\nscikit-learn==1.7.2\n',
      byHand: true,
      files: { 'training/requirements.txt': 'scikit-learn==1.7.2\n' },
    },
    {
      path: 'scoring/environment.yml',
      bad: 'channels: [conda-forge]\ndependencies:\n  - python=3.12\n  - «numpy=1.26.4»\n',
      message: 'drift',
      files: { 'requirements.txt': 'numpy==2.3.5\n', 'dvc.yaml': 'stages: {}\n' },
    },
    {
      path: 'serving/requirements.txt',
      good: 'numpy==2.1.0\nscikit-learn==1.7.0\n',
      files: { 'training/requirements.txt': 'numpy==2.3.5\nscikit-learn==1.7.2\n' },
      because: 'the format is the same',
    },
    {
      path: 'serving/requirements.txt',
      good: 'scikit-learn==1.5.2\n',
      files: {
        'training/a.requirements.txt': 'scikit-learn==1.7.2\n',
        'training/b.requirements.txt': 'scikit-learn==1.6.1\n',
      },
      because: 'which training it serves is not known',
    },
    {
      path: 'serving/requirements.txt',
      good: 'scikit-learn==1.5.2\n',
      files: { 'requirements.txt': 'scikit-learn==1.7.2\n' },
      because: 'nothing says that the other list trains',
    },
  ],
});

/** What a list is for, by the words of its path; undefined when they say nothing or both. */
function roleOf(path: string): 'serving' | 'training' | undefined {
  const words = path
    .replace(/\.\w+$/, '')
    .toLowerCase()
    .split(/[/_.-]+/);
  if (words.some((word) => OTHER.test(word))) return undefined;
  const [serving, training] = [SERVING, TRAINING].map((form) => words.some((word) => form.test(word)));
  return serving === training ? undefined : serving ? 'serving' : 'training';
}

/** Whether a list installs a training of the same project: beside the one that serves, around it, or one folder further up. */
function trains({ path }: PackageList, serving: string, workspace: RuleContext<never>['workspace']): boolean {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const around = serving.slice(0, serving.lastIndexOf('/') + 1).replace(/[^/]+\/$/, '');
  const beside = folder.startsWith(around) && folder.slice(around.length).split('/').length <= 2;
  if (!beside && !serving.startsWith(folder)) return false;
  if (roleOf(path) === 'training') return true;
  return (
    roleOf(path) === undefined &&
    serving.startsWith(folder) &&
    PIPELINES.some((name) => workspace.has(`${folder}${name}`))
  );
}
/** The first numbers of a version. */
function release(version: string, parts: number): string {
  return version.split('.').slice(0, parts).join('.');
}
