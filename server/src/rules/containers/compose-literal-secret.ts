import { type ConfigEntry, config, defineRule } from '../../engine/index.js';
import { isAccountName, isGuessable, isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { fromEnvironment, hasRuleOfItsOwn, settingOf } from '../_compose.js';
import { withExample } from '../_env-example.js';

export default defineRule({
  summary: 'A compose file holds a secret as a literal environment variable.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'OWASP-A07:2021',
    'AML.T0055',
    'https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/',
    'https://docs.docker.com/compose/how-tos/use-secrets/',
  ],
  docs: {
    why: 'The compose file of the tracking server is committed with the password of its database. Everybody with a clone, a fork or an old backup opens the runs and the registry, and puts another model behind the name that the serving job loads.',
    instead:
      'Change the value, keep the new one in an ignored `.env` file or a compose secret, and write `${NAME:?set in .env}`, which stops compose when it is missing.',
    fixSafety:
      'The variable has to be set before the services start again, so the fix is offered for review. A `.env.example` in the folder gets the name of the variable, without a value.',
    limits:
      'The name has to mean a secret and the value has to look like one, of six characters at least. Passwords made of words, such as `mlflow123`, are warnings. Values with `${…}` are never judged, and neither are files for tests and continuous integration. Keys of known providers, addresses with a password and the first passwords that everybody tries on a server have rules of their own. An access key that is a plain word names an account.',
    ignoreWhen: 'The services hold no data and are reached from this machine alone.',
  },
  messages: {
    literal: '`{name}` is a literal secret in the compose file; change it and take the new one from `.env`',
    guessable: '`{name}` is a secret that anybody guesses, kept in the file; set another one outside of it',
  },
  skipsTests: true,
  query: [
    config.entries(['compose'], 'services.*.environment.*'),
    // Fields such as `x-common`, which services merge.
    config.entries(['compose'], '*.environment.*'),
  ],
  check(entry: ConfigEntry, { report, text, path, workspace }) {
    if (entry.path.length === 3 && entry.path[0] === 'services') return;
    if (/compose[.-](?:tests?|ci|e2e)\b/i.test(path)) return;
    const setting = settingOf(entry, text);
    if (setting === undefined || setting.value.includes('${')) return;
    const { name, value, range } = setting;
    if (!isSecretName(name) || !looksLikeSecretValue(value) || isAccountName(name, value)) return;
    if (hasRuleOfItsOwn(setting, text)) return;
    const shown = { name: name.slice(0, 40) };
    const finding = isGuessable(value)
      ? report(range, 'guessable', shown).severity('warning')
      : report(range, 'literal', shown);
    finding.fixFiles(
      `Read \`${shown.name}\` from the environment`,
      withExample(fromEnvironment(setting, text), name, { path, workspace }),
      'the variable has to be set in `.env`',
    );
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_USER: mlflow\n      POSTGRES_PASSWORD: «v7bNzgCoq5lEvXrC» # tracking\n',
      message: 'literal',
      good: 'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_USER: mlflow\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set in .env} # tracking\n',
    },
    {
      path: 'compose.yaml',
      bad: 'services:\n  features:\n    image: lending/features:1.4.2\n    environment:\n      - STORE_USER=etl\n      - "STORE_PASSWORD=«mlflow123»"\n',
      message: 'guessable',
      good: 'services:\n  features:\n    image: lending/features:1.4.2\n    environment:\n      - STORE_USER=etl\n      - "STORE_PASSWORD=${STORE_PASSWORD:?set in .env}"\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  api:\n    build: .\n    environment: {FEATURE_STORE_PASSWORD: «G831qkKWTZ7navgwdAjQD1», PORT: 8000}\n',
      message: 'literal',
      good: 'services:\n  api:\n    build: .\n    environment: {FEATURE_STORE_PASSWORD: "${FEATURE_STORE_PASSWORD:?set in .env}", PORT: 8000}\n',
    },
    {
      path: 'deploy/docker-compose.yml',
      bad: 'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: «v7bNzgCoq5lEvXrC»\n',
      message: 'literal',
      good: 'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set in .env}\n',
      files: { 'deploy/.env.example': '# copy to .env\nPOSTGRES_USER=mlflow\n' },
      goodFiles: { 'deploy/.env.example': '# copy to .env\nPOSTGRES_USER=mlflow\nPOSTGRES_PASSWORD=\n' },
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-postgres}\n',
      because: 'the value is set from outside',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/db\n      MAX_TOKENS: 4096\n',
      because: 'a path and a number',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  api:\n    build: .\n    environment:\n      - API_TOKEN\n      - DB_PASSWORD=<your password>\n',
      because: 'taken from the environment, and a placeholder',
    },
    {
      path: 'docker-compose.ci.yml',
      good: 'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: v7bNzgCoq5lEvXrC\n',
      because: 'a database that lives for one run of the tests',
    },
  ],
});
