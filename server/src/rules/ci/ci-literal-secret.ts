import type { TextEdit } from '../../base/range.js';
import { type ConfigEntry, config, configEdit, defineRule, edit } from '../../engine/index.js';
import { hasKnownShape, isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { type CiVariable, variableIn } from './_variables.js';

/** Words with a number at most: what people give to databases that live as long as the job. */
const THROW_AWAY = /^(?=.{1,24}$)[a-z]+(?:[-_.@ ]?[a-z]+){0,3}[-_@!]?\d{0,4}!?$/i;
/** Set up by the images of databases and stores that a job starts beside itself. */
const OF_A_SERVICE = /^(?:POSTGRES|PG|MYSQL|MARIADB|MONGO|REDIS|RABBITMQ|MINIO|ELASTIC|CLICKHOUSE|NEO4J|SA|MSSQL)_?/;
const STARTS_SERVICES = /^[ \t]*(?:-[ \t]+)?services[ \t]*:|\bdocker(?:-compose| compose)? (?:run|up)\b/m;
/** `$VAR`, `$(var)`, `${{ … }}`, `$[[ … ]]`, `%VAR%`: filled in when the job runs. */
const FILLED_IN = /\$[\w({[]|%\w+%/;
const GITLAB = 'stages: [train]\ntrain:\n  stage: train\n  script: [python train.py]\n';

export default defineRule({
  summary: 'A pipeline of GitLab, Azure, Google or AWS holds a secret as a literal variable.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'CICD-SEC-6',
    'AML.T0055',
    'https://docs.gitlab.com/ci/variables/',
    'https://learn.microsoft.com/en-us/azure/devops/pipelines/process/set-secret-variables',
    'https://cloud.google.com/build/docs/securing-builds/use-secrets',
    'https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html',
  ],
  docs: {
    why: 'The password of the model registry stands in the pipeline that retrains at night. Every reader of the repository, of a fork and of the job log opens the registry with it and puts another model behind the name that the deployment loads.',
    instead:
      'Revoke the value. Keep the new one outside: a masked and protected variable in GitLab, a secret variable or key vault in Azure, `availableSecrets` with `secretEnv` in Cloud Build, `secrets-manager` in CodeBuild.',
    fixSafety:
      'The jobs miss the value until it is set in the project, and Azure hands secrets only to steps that name them, so the fixes are offered for review.',
    limits:
      'The name has to mean a secret and the value has to look like one. Values made of words and passwords of databases that the job starts itself are passed over. Keys of known providers and addresses with a password have rules of their own. Commands and files for tests are not read.',
    ignoreWhen: 'The value only opens something that the job creates and throws away.',
  },
  messages: {
    literal:
      '`{name}` is a literal secret that every reader of the pipeline has; revoke it and keep the new one outside',
  },
  skipsTests: true,
  query: [
    config.entries(['gitlab-ci', 'azure-pipelines', 'codebuild'], '**.variables.*'),
    config.entries(['gitlab-ci', 'azure-pipelines'], '**.variables.*.value'),
    config.entries(['azure-pipelines', 'cloud-build'], '**.env.*'),
    config.entries(['azure-pipelines'], '**.inputs.*'),
    config.entries(['cloud-build'], 'substitutions.*'),
  ],
  check(entry: ConfigEntry, { report, text, facts }) {
    const variable = variableIn(entry, text);
    if (variable === undefined) return;
    const { name, value, range } = variable;
    if (FILLED_IN.test(value) || !isSecretName(name) || !looksLikeSecretValue(value)) return;
    if (THROW_AWAY.test(value) || (OF_A_SERVICE.test(name) && STARTS_SERVICES.test(text))) return;
    if (hasKnownShape(name, value)) return;
    const finding = report(range, 'literal', { name: name.slice(0, 30) });
    const format = facts?.formats[entry.document]?.id;
    if (format === 'gitlab-ci')
      finding.fix(
        `Delete \`${name.slice(0, 30)}\``,
        'review',
        configEdit.removeEntry(text, variable.holder),
        'a masked variable of the project has to hold a new value',
      );
    if (format === 'azure-pipelines')
      finding.fix(
        `Read \`${name.slice(0, 30)}\` from a secret variable`,
        'review',
        fromSecretVariable(variable, text),
        'a secret variable of the pipeline has to hold a new value',
      );
  },
  examples: [
    {
      path: '.gitlab-ci.yml',
      bad: `variables:\n  PYTHON: "3.13"\n  MLFLOW_TRACKING_PASSWORD: «"v7bNzgCoq5lEvXrC"» # tracking\n${GITLAB}`,
      message: 'literal',
      good: `variables:\n  PYTHON: "3.13"\n${GITLAB}`,
    },
    {
      path: '.gitlab-ci.yml',
      bad: `${GITLAB}  variables: {REGISTRY_TOKEN: «G831qkKWTZ7navgwdAjQD1», STEP: train}\n`,
      message: 'literal',
      good: `${GITLAB}  variables: {STEP: train}\n`,
    },
    {
      path: 'azure-pipelines.yml',
      bad: 'trigger: [main]\nsteps:\n  - script: python register.py\n    env:\n      REGISTRY_TOKEN: «G831qkKWTZ7navgwdAjQD1» # until May\n',
      message: 'literal',
      good: 'trigger: [main]\nsteps:\n  - script: python register.py\n    env:\n      REGISTRY_TOKEN: $(REGISTRY_TOKEN) # until May\n',
    },
    {
      path: 'cloudbuild.yaml',
      bad: 'steps:\n  - name: python:3.13-slim\n    args: [python, register.py]\n    env: ["REGISTRY_TOKEN=«G831qkKWTZ7navgwdAjQD1»"]\n',
      message: 'literal',
      good: 'steps:\n  - name: python:3.13-slim\n    args: [python, register.py]\n    secretEnv: [REGISTRY_TOKEN]\navailableSecrets:\n  secretManager:\n    - versionName: projects/$PROJECT_ID/secrets/registry/versions/3\n      env: REGISTRY_TOKEN\n',
      byHand: true,
    },
    {
      path: 'buildspec.yml',
      bad: 'version: 0.2\nenv:\n  variables:\n    REGISTRY_TOKEN: «G831qkKWTZ7navgwdAjQD1»\nphases:\n  build:\n    commands: [python register.py]\n',
      message: 'literal',
      good: 'version: 0.2\nenv:\n  secrets-manager:\n    REGISTRY_TOKEN: registry:token\nphases:\n  build:\n    commands: [python register.py]\n',
      byHand: true,
    },
    {
      path: '.gitlab-ci.yml',
      good: `variables:\n  REGISTRY_TOKEN: $CI_JOB_TOKEN\n  SECRET_KEY: for-tests\n  MAX_TOKENS: "4096"\n${GITLAB}`,
      because: 'a variable of GitLab, words and a number',
    },
    {
      path: '.gitlab-ci.yml',
      good: `test:\n  stage: test\n  services: [postgres:16.4]\n  variables:\n    POSTGRES_PASSWORD: v7bNzgCoq5lEvXrC\n  script: [pytest]\n`,
      because: 'a database that lives as long as the job',
    },
    {
      path: '.gitlab-ci.yml',
      good: `${GITLAB}  id_tokens:\n    VAULT_ID_TOKEN:\n      aud: https://vault.example.com\n  secrets:\n    DB_PASSWORD:\n      vault: production/db/password@ops\n`,
      because: 'tokens that the run gets and secrets of a vault',
    },
    {
      path: 'cloudbuild.yaml',
      good: 'steps:\n  - name: python:3.13-slim\n    args: [python, register.py]\n    env: ["REGISTRY_TOKEN=$_REGISTRY_TOKEN"]\n    secretEnv: [API_KEY]\nsubstitutions:\n  _SECRET_NAME: registry-token\n',
      because: 'a substitution, a name of a secret and a secret of the build',
    },
  ],
});

/** `$(NAME)` where a step reads it; the declaration of a variable goes. */
function fromSecretVariable({ name, range, holder }: CiVariable, text: string): TextEdit[] {
  if (holder.path.includes('variables')) return configEdit.removeEntry(text, holder);
  if (!/^[A-Za-z_][\w.]*$/.test(name)) return [];
  const inFlow = holder.parent?.flow === true;
  return edit.replace(range, inFlow ? `"$(${name})"` : `$(${name})`);
}
