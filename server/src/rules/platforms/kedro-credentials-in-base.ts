import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, config, defineRule } from '../../engine/index.js';
import { secretNameTriggerWords } from '../../knowledge/secrets/index.js';
import { referTo, relate, secretsOf, variableName } from './_data-secrets.js';

const SECRET = 'dYKObZGCyPu3xxfBmU';

export default defineRule({
  summary: 'A credentials file of a Kedro project holds secrets and is not ignored by Git.',
  stages: ['data-collection', 'preprocessing', 'feature-engineering'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-312',
    'CWE-538',
    'OWASP-A02:2021',
    'OWASP-ML02:2023',
    'AML.T0055',
    'https://docs.kedro.org/en/stable/configure/credentials/',
    'https://docs.kedro.org/en/stable/configure/advanced_configuration/#how-to-load-credentials-through-environment-variables',
  ],
  docs: {
    why: '`conf/base` is the part of the configuration that every clone shares. With the keys of the lake in it, whoever reads the repository, today or in its history, copies the applicants and replaces the table that the next training run loads.',
    instead:
      'Change the secrets. Keep new ones in `conf/local/credentials.yml`, which the template of Kedro tells Git to ignore, or refer to the environment with `${oc.env:NAME}`.',
    fixSafety:
      'The variables have to be set, and the project has to use `OmegaConfigLoader`, so the fix is offered for review.',
    limits:
      'Files that `.gitignore` names are not checked at all, so a finding means that nothing keeps the file out. In `conf/local` it is a warning, as the file may not be tracked yet. Key ids are no secret; tokens of known shape and addresses with a password have rules of their own.',
    ignoreWhen: 'The values only open containers that are started for tests.',
  },
  messages: {
    shared: '`{name}` is a literal secret in the shared `{file}`; change it and read it from the environment',
    local: '`{name}` is a literal secret in `{file}`, which Git does not ignore; name the file in `.gitignore`',
  },
  words: secretNameTriggerWords,
  query: config.entries(['kedro-credentials'], ''),
  check(root: ConfigEntry, { report, path }) {
    const secrets = isTestFile(path) ? [] : secretsOf(root);
    const [first, ...others] = secrets;
    if (first === undefined) return;
    const local = /(?:^|\/)conf\/local\//.test(path);
    const file = (/(?:^|\/)(conf\/.*)$/.exec(path)?.[1] ?? path).slice(-32);
    const finding = report(first.entry.valueRange, local ? 'local' : 'shared', { name: first.name.slice(0, 24), file });
    relate(finding, others);
    if (local) {
      finding.severity('warning');
      return;
    }
    const edits = secrets.map(({ entry }) => referTo(`\${oc.env:${variableOf(entry)}}`, entry));
    if (edits.some((one) => one.length === 0)) return;
    const title = secrets.length === 1 ? `Read \`${variableOf(first.entry)}\`` : `Read all ${secrets.length} secrets`;
    finding.fix(`${title} from the environment`, 'review', edits.flat(), 'the variables have to be set');
  },
  examples: [
    {
      path: 'conf/base/credentials.yml',
      bad: `# lake\ndev_s3:\n  key: minio-reader\n  secret: «${SECRET}»  # rotate\ndev_sql:\n  username: etl\n  password: '${SECRET}2'\n`,
      message: 'shared',
      good: "# lake\ndev_s3:\n  key: minio-reader\n  secret: ${oc.env:DEV_S3_SECRET}  # rotate\ndev_sql:\n  username: etl\n  password: '${oc.env:DEV_SQL_PASSWORD}'\n",
    },
    {
      path: 'conf/prod/credentials.yml',
      bad: `lake: {account_name: loans, account_key: «${SECRET}»}\n`,
      message: 'shared',
      good: 'lake: {account_name: loans, account_key: "${oc.env:LAKE_ACCOUNT_KEY}"}\n',
    },
    {
      path: 'conf/local/credentials.yml',
      bad: `warehouse:\n  username: etl\n  password: «${SECRET}»\n`,
      message: 'local',
      good: 'warehouse:\n  username: etl\n  password:\n',
      byHand: true,
    },
    {
      path: 'conf/base/credentials.yml',
      good: 'dev_s3:\n  key: ${oc.env:AWS_ACCESS_KEY_ID}\n  secret: ${oc.env:AWS_SECRET_ACCESS_KEY}\n',
      because: 'read from the environment',
    },
    {
      path: 'conf/base/credentials.yml',
      good: 'dev_sql:\n  username: admin\n  password: <password>\nopenai:\n  token: your-token\n',
      because: 'placeholders',
    },
    {
      path: 'conf/base/credentials.yml',
      good: 'lake:\n  account_name: loans\n  key: reader\n  token_path: /run/secrets/token\n',
      because: 'an account, an id and a path',
    },
  ],
});

function variableOf(entry: ConfigEntry): string {
  return variableName(...entry.path.map(String));
}
