import type { Language } from '../../base/language.js';
import type { Severity } from '../../base/severity.js';

interface Files {
  has(path: string): boolean;
}

const EXPLORING =
  /(?:^|\/)(?:examples?|tutorials?|notebooks?|scripts|demos?|docs?|samples|playground|sandbox|experiments?|homework|exercises|kaggle|benchmarks?|lessons?)(?:\/|$)/i;
const PIPELINE_FILES = ['dvc.yaml', 'MLproject', 'kedro.yml', 'dagster.yaml', 'prefect.yaml', 'databricks.yml'];
const PACKAGE_FILES = ['pyproject.toml', 'setup.cfg', 'setup.py'];
const WORKFLOWS = [
  'ci',
  'test',
  'tests',
  'main',
  'build',
  'train',
  'training',
  'python-app',
  'python-package',
  'deploy',
  'cd',
  'mlops',
];
const CI_FILES = [
  ...WORKFLOWS.flatMap((name) => [`.github/workflows/${name}.yml`, `.github/workflows/${name}.yaml`]),
  '.gitlab-ci.yml',
  'Jenkinsfile',
  'azure-pipelines.yml',
  '.circleci/config.yml',
];
/** Libraries whose programs run unattended. */
const UNATTENDED =
  /^[ \t]*(?:from|import)[ \t]+(?:airflow|kfp|dagster|prefect|metaflow|zenml|sagemaker|kedro|flytekit|fastapi|flask|celery|luigi|mlrun)\b/m;
const CHECKING_MODULES = [
  'validate',
  'validation',
  'validate_data',
  'data_validation',
  'check_data',
  'schema_check',
  'data_checks',
];

/** How much an unchecked training weighs: people watch notebooks and examples, nobody watches a pipeline. */
export function exposureOf(path: string, language: Language, text: string, files: Files): Severity {
  if (language === 'notebook' || EXPLORING.test(path)) return 'hint';
  if (UNATTENDED.test(text)) return 'warning';
  const folders = foldersAbove(path);
  if (folders.some((folder) => PIPELINE_FILES.some((name) => files.has(folder + name)))) return 'warning';
  const isPackage = folders.some((folder) => PACKAGE_FILES.some((name) => files.has(folder + name)));
  return isPackage && folders.some((folder) => CI_FILES.some((name) => files.has(folder + name))) ? 'warning' : 'hint';
}

/** True when a module beside this one is there to validate: a step before this one may have done it. */
export function hasCheckingStep(path: string, files: Files): boolean {
  const [folder = ''] = foldersAbove(path);
  return CHECKING_MODULES.some((name) => files.has(`${folder}${name}.py`));
}

/** The folder of a file and those above it, each ready to be put in front of a name. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  const folders: string[] = [];
  for (let length = parts.length; length >= 0; length--) {
    folders.push(length === 0 ? '' : `${parts.slice(0, length).join('/')}/`);
  }
  return folders;
}
