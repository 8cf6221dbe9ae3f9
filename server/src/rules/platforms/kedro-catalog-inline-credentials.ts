import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, config, configEdit, defineRule, descendants } from '../../engine/index.js';
import { isHardCodedSecret, secretNameTriggerWords } from '../../knowledge/secrets/index.js';
import { type LiteralSecret, secretOf } from './_data-secrets.js';

const SECRET = 'dYKObZGCyPu3xxfBmU';

export default defineRule({
  summary: 'A data set of a Kedro catalog carries its credentials with it.',
  stages: ['data-collection', 'preprocessing', 'feature-engineering'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'CWE-312',
    'OWASP-A07:2021',
    'OWASP-ML02:2023',
    'AML.T0055',
    'https://docs.kedro.org/en/stable/catalog-data/data_catalog/',
    'https://docs.kedro.org/en/stable/configure/credentials/',
  ],
  docs: {
    why: 'The catalog says where the training table lies, and is committed for that. The key beside the address makes it a way in: a reader of the repository copies the table, or puts rows into it that the next training run learns from.',
    instead:
      'Change the secret. Write `credentials: NAME` in the catalog, and keep `NAME` in `conf/local/credentials.yml` or let it refer to the environment.',
    fixSafety:
      'The pipeline does not start before the credentials file has the name, so the fix is offered for review.',
    limits:
      'Secrets under `credentials`, and options elsewhere whose name and value leave no doubt; these have no fix. Tokens of known shape and addresses with a password have rules of their own. Dataset factories (`{name}`) have no fix, as one name would serve many data sets.',
    ignoreWhen: 'The values only open containers that are started for tests.',
  },
  messages: {
    inline: 'Data set `{dataset}` carries `{name}` as a literal; change it and refer to `credentials.yml` by name',
  },
  words: secretNameTriggerWords,
  query: config.entries(['kedro-catalog'], '**'),
  check(entry: ConfigEntry, { report, path, text }) {
    if (entry.alias !== undefined || isTestFile(path)) return;
    const whole = entry.kind === 'map' && entry.key === 'credentials';
    const secret = whole ? [...descendants(entry)].flatMap((one) => secretOf(one) ?? [])[0] : elsewhere(entry);
    const dataset = String(entry.path[0] ?? '');
    if (secret === undefined) return;
    const finding = report(secret.entry.valueRange, 'inline', {
      dataset: dataset.slice(0, 24),
      name: secret.name.slice(0, 24),
    });
    if (!whole || !/^[a-z_]\w*$/i.test(dataset) || hasAnchor(entry, text)) return;
    const name = `${dataset}_credentials`;
    finding.fix(
      `Refer to \`${name}\``,
      'review',
      configEdit.replaceEntry(text, entry, 'credentials', name),
      'credentials.yml needs the name with a new secret',
    );
  },
  examples: [
    {
      path: 'conf/base/catalog.yml',
      bad: `applicants:\n  type: pandas.CSVDataset\n  filepath: s3://loans/raw/applicants.csv\n  credentials:\n    key: reader\n    secret: «${SECRET}»\n  layer: raw # as delivered\n`,
      message: 'inline',
      good: 'applicants:\n  type: pandas.CSVDataset\n  filepath: s3://loans/raw/applicants.csv\n  credentials: applicants_credentials\n  layer: raw # as delivered\n',
    },
    {
      path: 'conf/base/catalog.yml',
      bad: `bureau: {type: pandas.CSVDataset, filepath: "abfs://loans/b.csv", credentials: {account_name: loans, account_key: «"${SECRET}"»}}\n`,
      message: 'inline',
      good: 'bureau: {type: pandas.CSVDataset, filepath: "abfs://loans/b.csv", credentials: bureau_credentials}\n',
    },
    {
      path: 'conf/base/catalog.yml',
      good: 'applicants:\n  type: pandas.CSVDataset\n  filepath: s3://loans/raw/applicants.csv\n  credentials: dev_s3\n',
      because: 'a name in the credentials file',
    },
    {
      path: 'conf/base/catalog.yml',
      good: 'applicants:\n  type: pandas.SQLTableDataset\n  table: applicants\n  credentials:\n    con: ${oc.env:WAREHOUSE}\n    password: "${globals:password}"\n',
      because: 'read from elsewhere',
    },
    {
      path: 'conf/base/catalog.yml',
      good: 'applicants:\n  type: pandas.CSVDataset\n  filepath: s3://loans/raw/applicants.csv\n  credentials:\n    anon: true\n    token: <token>\n',
      because: 'a switch and a placeholder',
    },
  ],
});

/** A secret among the other options, such as `load_args`: name and value have to leave no doubt. */
function elsewhere(entry: ConfigEntry): LiteralSecret | undefined {
  const secret = entry.path.includes('credentials') ? undefined : secretOf(entry);
  return secret !== undefined && isHardCodedSecret(secret.name, String(entry.value)) ? secret : undefined;
}

/** What other entries refer to has to stay. */
function hasAnchor(entry: ConfigEntry, text: string): boolean {
  return /[&]\w/.test(text.slice(entry.range.start, entry.range.end));
}
