import { type ConfigEntry, config, configEdit, defineRule, rootOf } from '../../engine/index.js';
import { hasKnownShape, looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { literal, schemaOf } from './_azureml.js';

export default defineRule({
  summary: 'A datastore of Azure Machine Learning is defined with its key in the file.',
  stages: ['data-collection', 'training'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-798',
    'OWASP-A07:2021',
    'AML.T0055',
    'https://learn.microsoft.com/azure/machine-learning/how-to-datastore',
    'https://learn.microsoft.com/azure/machine-learning/reference-yaml-datastore-blob',
  ],
  docs: {
    why: 'The definition of the datastore is committed next to the training code. Everybody with a clone reads the raw data past the roles of the workspace, and writes: one changed file of labels trains the next model on what somebody else wants.',
    instead:
      'Change the key. Leave `credentials` out, so that jobs and people use their own identity with a role on the storage account.',
    fixSafety:
      'Jobs without a role on the storage account lose access, and a key has to be changed nevertheless, so the fix is offered for review.',
    limits:
      'Account keys, signatures and client secrets with the shape of their provider are reported by `secret-azure-key`, wherever they stand; this rule finds the others.',
    ignoreWhen: 'The store holds public data and the credential reads only.',
  },
  messages: {
    literal:
      '`{key}` of this datastore is a literal secret; change it and leave `credentials` out, so identities count',
  },
  query: [
    config.entries(['azureml'], 'credentials.account_key'),
    config.entries(['azureml'], 'credentials.sas_token'),
    config.entries(['azureml'], 'credentials.client_secret'),
  ],
  check(entry: ConfigEntry, { report, text }) {
    const value = literal(entry);
    const key = entry.key ?? '';
    const schema = schemaOf(rootOf(entry));
    if (value === undefined || !looksLikeSecretValue(value) || (schema !== undefined && !isStore(schema))) return;
    if (hasKnownShape(key, value)) return;
    const finding = report(entry.valueRange, 'literal', { key });
    if (entry.parent === undefined) return;
    finding.fix(
      'Remove `credentials` and use identities',
      'review',
      configEdit.removeEntry(text, entry.parent),
      'whoever reads the store needs a role on it, and the secret has to be changed',
    );
  },
  examples: [
    {
      path: 'azureml/datastore.yml',
      bad: '# raw files\n$schema: https://azuremlschemas.azureedge.net/latest/azureDataLakeGen2.schema.json\nname: loans\ntype: azure_data_lake_gen2\naccount_name: lake\nfilesystem: raw\ncredentials:\n  client_id: 5f3c2e60-70c8-4d6a-9a53-0c6cf2b9a0d1\n  client_secret: «G831qkKWTZ7navgwdAjQD1»\n',
      message: 'literal',
      good: '# raw files\n$schema: https://azuremlschemas.azureedge.net/latest/azureDataLakeGen2.schema.json\nname: loans\ntype: azure_data_lake_gen2\naccount_name: lake\nfilesystem: raw\n',
    },
    {
      path: 'azureml/datastore.yml',
      bad: '{$schema: https://azuremlschemas.azureedge.net/latest/azureBlob.schema.json, name: loans, account_name: lake, credentials: {account_key: «v7bNzgCoq5lEvXrC»}, container_name: raw}\n',
      message: 'literal',
      good: '{$schema: https://azuremlschemas.azureedge.net/latest/azureBlob.schema.json, name: loans, account_name: lake, container_name: raw}\n',
    },
    {
      path: 'azureml/datastore.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/azureBlob.schema.json\nname: loans\ncredentials:\n  account_key: XXXxxxXXXxXXXXxxXXXXXxXXXXXxXxxXxXXXxXXX\n',
      because: 'the key is only shown as a row of letters',
    },
    {
      path: 'azureml/datastore.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/azureBlob.schema.json\nname: loans\ncredentials:\n  account_key: ${STORAGE_KEY}\n',
      because: 'the pipeline fills the key in',
    },
    {
      path: 'azureml/datastore.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/azureBlob.schema.json\nname: loans\naccount_name: lake\ncontainer_name: raw\n',
      because: 'identities decide who reads the store',
    },
  ],
});

function isStore(schema: string): boolean {
  return /^(?:azure(?:Blob|File|DataLakeGen1|DataLakeGen2)|datastore)$/i.test(schema);
}
