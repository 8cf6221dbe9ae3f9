import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';
import { BIGQUERY_WRITES } from '../../knowledge/cloud-sdk-options.js';

const DATASETS = ['google.cloud.bigquery.Dataset', 'google.cloud.bigquery.dataset.Dataset'];
const KEYED = /^google\.cloud\.bigquery\.(?:encryption_configuration\.)?EncryptionConfiguration$/;
const TABLE_OPTION = 'destination_encryption_configuration';
const DATASET_OPTION = 'default_encryption_configuration';

export default defineRule({
  summary: 'A file that keys some BigQuery tables with its own KMS key writes others without it.',
  stages: ['feature-engineering', 'training'],
  severity: 'info',
  confidence: 'medium',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-311',
    'OWASP-LLM02:2025',
    'https://cloud.google.com/bigquery/docs/customer-managed-encryption',
    'https://cloud.google.com/python/docs/reference/bigquery/latest/google.cloud.bigquery.job.LoadJobConfig',
  ],
  docs: {
    why: 'A project protects its customer table with a key in Cloud KMS, and then the feature table that is derived from it is written without. The copy holds the same people, and whoever may read the data set reads it although the key was withdrawn from them.',
    instead:
      'Pass one `EncryptionConfiguration` to every job that writes a table, or set it as the default of the data set.',
    fixSafety:
      'The service account of BigQuery has to be allowed to use the key, and a job that appends to a table with another key fails, so the fix is offered for review.',
    limits:
      'Only files that use a key themselves are judged, since they show that the project has that policy. The default key of an existing data set cannot be seen. Queries count when they name a destination; calls with unknown arguments and tests are passed over.',
    ignoreWhen: 'The data set has a default key, or the table holds nothing about people.',
  },
  messages: {
    table: '`{callee}` writes a table without the KMS key other tables of this file have; pass `{option}`',
    dataset: '`Dataset` is created without the KMS key other tables of this file have; set `{option}`',
  },
  query: python.calls(...BIGQUERY_WRITES, ...DATASETS),
  check(call: CallFact, { report, python: py, text, path }) {
    if (isTestFile(path) || passesUnknown(call) || !text.includes('EncryptionConfiguration')) return;
    const keyed = py.callsIn({ start: 0, end: text.length }).find(({ name }) => KEYED.test(name));
    if (keyed === undefined) return;
    const statement = text.slice(call.statement.start, call.statement.end);
    const variable = /^\s*(\w+)\s*(?::[^=]+)?=[^=]/.exec(statement)?.[1];
    const sets = (attribute: string): boolean =>
      variable !== undefined && new RegExp(`\\b${variable}\\.${attribute}\\s*=[^=]`).test(text);
    const constant = constantOf(keyed, text, call.statement.start);
    const reason = 'the service account has to be allowed to use the key';
    const title = 'Use the key of this file';
    if (DATASETS.includes(call.name)) {
      const created = variable !== undefined && new RegExp(`\\bcreate_dataset\\(\\s*${variable}\\b`).test(text);
      if (!created || sets(DATASET_OPTION)) return;
      const finding = report(call.calleeRange, 'dataset', { option: DATASET_OPTION });
      finding.related(keyed.calleeRange, 'a key is used here');
      if (constant === undefined) return;
      const line = `${variable}.${DATASET_OPTION} = ${constant}`;
      const indent = edit.indentAt(text, call.statement.start);
      finding.fix(title, 'review', edit.insertLinesBelow(text, call.statement.end, indent + line, ''), reason);
      return;
    }
    const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
    const writes = callee !== 'QueryJobConfig' || argumentOf(call, 'destination') !== undefined || sets('destination');
    if (!writes || argumentOf(call, TABLE_OPTION) !== undefined || sets(TABLE_OPTION)) return;
    const finding = report(call.calleeRange, 'table', { callee, option: TABLE_OPTION });
    finding.related(keyed.calleeRange, 'a key is used here');
    if (constant === undefined) return;
    finding.fix(title, 'review', edit.setKeyword(text, call.expression, TABLE_OPTION, constant), reason);
  },
  examples: [
    {
      bad: 'from google.cloud import bigquery\nENC = bigquery.EncryptionConfiguration(kms_key_name=key)\nload = bigquery.LoadJobConfig(destination_encryption_configuration=ENC)\nfeatures = «bigquery.QueryJobConfig»(destination=table)\n',
      message: 'table',
      good: 'from google.cloud import bigquery\nENC = bigquery.EncryptionConfiguration(kms_key_name=key)\nload = bigquery.LoadJobConfig(destination_encryption_configuration=ENC)\nfeatures = bigquery.QueryJobConfig(destination=table, destination_encryption_configuration=ENC)\n',
    },
    {
      bad: 'from google.cloud import bigquery as bq\nENC = bq.EncryptionConfiguration(kms_key_name=key)\ndataset = «bq.Dataset»("p.features")\nclient.create_dataset(dataset)\n',
      message: 'dataset',
      good: 'from google.cloud import bigquery as bq\nENC = bq.EncryptionConfiguration(kms_key_name=key)\ndataset = bq.Dataset("p.features")\ndataset.default_encryption_configuration = ENC\nclient.create_dataset(dataset)\n',
    },
    {
      good: 'from google.cloud import bigquery\nload = bigquery.LoadJobConfig(autodetect=True)\n',
      because: 'nothing says that the project uses keys of its own',
    },
    {
      good: 'from google.cloud import bigquery\nENC = bigquery.EncryptionConfiguration(kms_key_name=key)\nquery = bigquery.QueryJobConfig(use_query_cache=False)\n',
      because: 'the query writes no table',
    },
    {
      good: 'from google.cloud import bigquery\nload = bigquery.LoadJobConfig()\nload.destination_encryption_configuration = bigquery.EncryptionConfiguration(kms_key_name=key)\n',
      because: 'the key is set afterwards',
    },
  ],
});

/** The variable of the module that holds an encryption configuration, when it is set above an offset. */
function constantOf(keyed: CallFact, text: string, before: number): string | undefined {
  const { start, end } = keyed.statement;
  const name = /^(\w+)\s*(?::[^=]+)?=\s*(?:\w+\.)*EncryptionConfiguration\(/.exec(text.slice(start, end))?.[1];
  return edit.indentAt(text, start) === '' && end <= before ? name : undefined;
}
