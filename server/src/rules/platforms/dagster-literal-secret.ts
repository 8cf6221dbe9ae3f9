import { type ConfigEntry, config, configEdit, defineRule } from '../../engine/index.js';
import { secretNameTriggerWords } from '../../knowledge/secrets/index.js';
import { reportLiteral } from './_literal-secret.js';

/** Maps whose `password` may be `env: NAME` instead of a value, with a name in the style of Dagster's guides. */
const VARIABLES: Readonly<Record<string, string>> = {
  postgres_db: 'DAGSTER_POSTGRES_PASSWORD',
  mysql_db: 'DAGSTER_MYSQL_PASSWORD',
  registry: 'DAGSTER_REGISTRY_PASSWORD',
};

export default defineRule({
  summary: 'The instance file of Dagster holds a password or key.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  skipsTests: true,
  since: '0.1.0',
  references: [
    'CWE-798',
    'OWASP-A07:2021',
    'AML.T0055',
    'https://docs.dagster.io/deployment/oss/oss-instance-configuration',
    'https://docs.dagster.io/api/libraries/dagster-postgres',
  ],
  docs: {
    why: 'The file is copied into the image of every code location. Whoever pulls one of them, or clones the repository, opens the database of runs, changes what a partition of the training data is said to contain and starts jobs with settings of their choice.',
    instead: 'Change the value and write `env: DAGSTER_POSTGRES_PASSWORD` below the key; Dagster reads it from there.',
    fixSafety: 'The variable has to be set for every process of Dagster, so the fix is offered for review.',
    limits:
      'The name has to mean a secret and the value has to look like one, of six characters at least. Passwords made of words are warnings. Addresses with a password, such as `postgres_url`, and keys of known providers have rules of their own.',
    ignoreWhen: 'The database holds nothing and only this machine reaches it.',
  },
  messages: {
    literal:
      '`{name}` is a literal secret in the instance file of Dagster; change it and refer to a variable with `env:`',
    guessable: '`{name}` of Dagster is a secret that anybody guesses; set another one and refer to it with `env:`',
  },
  words: secretNameTriggerWords,
  query: config.entries(['dagster-instance'], '**'),
  check(entry: ConfigEntry, { report, text }) {
    const finding = reportLiteral(entry, report);
    const variable = entry.key === 'password' ? VARIABLES[entry.parent?.key ?? ''] : undefined;
    if (variable === undefined) return;
    const edits = configEdit.replaceEntry(text, entry, 'password', [['env', variable]]);
    finding?.fix(`Read it from \`${variable}\``, 'review', edits, 'the variable has to be set');
  },
  examples: [
    {
      path: 'dagster.yaml',
      bad: 'storage:\n  postgres:\n    postgres_db:\n      username: dagster\n      password: «G831qkKWTZ7navgwdAjQD1» # runs\n      hostname: db\n',
      message: 'literal',
      good: 'storage:\n  postgres:\n    postgres_db:\n      username: dagster\n      password:\n        env: DAGSTER_POSTGRES_PASSWORD # runs\n      hostname: db\n',
    },
    {
      path: 'dagster.yaml',
      bad: 'run_storage:\n  module: dagster_mysql.run_storage\n  class: MySQLRunStorage\n  config: {mysql_db: {username: dagster, password: «"dagster"», hostname: db}}\n',
      message: 'guessable',
      good: 'run_storage:\n  module: dagster_mysql.run_storage\n  class: MySQLRunStorage\n  config: {mysql_db: {username: dagster, password: {env: DAGSTER_MYSQL_PASSWORD}, hostname: db}}\n',
    },
    {
      path: 'deploy/dagster.yaml',
      bad: 'run_launcher:\n  module: dagster_docker\n  class: DockerRunLauncher\n  config:\n    env_vars:\n      - DAGSTER_POSTGRES_USER\n      - «FEATURE_STORE_PASSWORD=G831qkKWTZ7navgwdAjQD1»\n',
      message: 'literal',
      good: 'run_launcher:\n  module: dagster_docker\n  class: DockerRunLauncher\n  config:\n    env_vars:\n      - DAGSTER_POSTGRES_USER\n      - FEATURE_STORE_PASSWORD\n',
      byHand: true,
    },
    {
      path: 'dagster.yaml',
      good: 'storage:\n  postgres:\n    postgres_db:\n      username: dagster\n      password:\n        env: DAGSTER_POSTGRES_PASSWORD\n      hostname: db\n',
      because: 'read from the environment',
    },
    {
      path: 'dagster.yaml',
      good: 'storage:\n  postgres:\n    postgres_db:\n      password: my_password\n      hostname: my_hostname\ntelemetry:\n  enabled: false\n',
      because: 'the words of the guide',
    },
    {
      path: 'dagster.yaml',
      good: 'storage:\n  postgres:\n    postgres_db:\n      password: ${DAGSTER_PASSWORD}\nretention: {schedule: {purge_after_days: 90}}\n',
      because: 'filled in by another tool',
    },
  ],
});
