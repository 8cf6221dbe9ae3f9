import { type ConfigEntry, config, defineRule, text as textOf } from '../../engine/index.js';
import { HTTPS_HOSTS, isLocalHost, isPrivateHost, plainHttpHost } from '../../knowledge/http-clients.js';
import { withTls } from '../_environment.js';

const FILES = ['train_file', 'validation_file', 'test_file'];
/** Their `data_files` go to `load_dataset`, which fetches any address; Axolotl itself takes a `path` over HTTPS only. */
const LISTED = ['axolotl', 'torchtune'] as const;

export default defineRule({
  summary: 'A configuration names a data set at a plain HTTP address.',
  stages: ['data-collection', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-319',
    'OWASP-ML02:2023',
    'AML.T0020',
    'https://docs.kedro.org/en/stable/catalog-data/data_catalog/',
    'https://docs.axolotl.ai/docs/dataset_loading.html',
    'https://learn.microsoft.com/azure/machine-learning/reference-yaml-data',
  ],
  docs: {
    why: 'What arrives over plain HTTP is whatever the network delivers. A proxy between the training node and the server adds a few hundred rows with a trigger word, the loss looks as always, and the model has learnt a backdoor.',
    instead:
      'Use the `https://` address, or copy the file once, note its digest and load it from your own storage under version control.',
    fixSafety: 'The server may not answer over HTTPS, so the fix is offered for review.',
    limits:
      'Catalogues of Kedro, `data_files` of Axolotl and torchtune, files of TRL and Transformers scripts, and data and inputs of Azure Machine Learning are read. Loopback, service names and cluster DNS are not judged; private addresses are information.',
    ignoreWhen: 'The server is on the same isolated network and its files are compared with digests later.',
  },
  messages: {
    plainHttp:
      '`{key}` fetches data from `{host}` over plain HTTP, where anybody on the way can change it; use `https`',
  },
  words: ['http:'],
  query: [
    ...['filepath', 'path', 'url'].map((key) => config.entries(['kedro-catalog'], `**.${key}`)),
    ...FILES.map((key) => config.entries(['trl', 'hf-training', 'llama-factory'], key)),
    config.entries(LISTED, '**.data_files'),
    config.entries(LISTED, '**.data_files.*'),
    config.entries(['azureml'], 'path'),
    config.entries(['azureml'], '**.inputs.*.path'),
  ],
  check(entry: ConfigEntry, { report, text }) {
    const address = textOf(entry);
    if (address === undefined || entry.alias !== undefined || entry.tag !== undefined) return;
    const key = entry.key ?? entry.parent?.key ?? '';
    const host = plainHttpHost(address, false);
    if (host === undefined || !/^[\w.-]+$/.test(host) || isLocalHost(host)) return;
    const finding = report(entry.valueRange, 'plainHttp', { key: key.slice(0, 20), host: host.slice(0, 40) });
    if (isPrivateHost(host)) finding.severity('info');
    const reason = HTTPS_HOSTS.has(host) ? 'the address changes' : `check that ${host} answers over HTTPS`;
    finding.fix('Use `https://`', 'review', withTls(text, entry.valueRange), reason);
  },
  examples: [
    {
      path: 'conf/base/catalog.yml',
      bad: 'letters:\n  type: pandas.CSVDataset\n  filepath: «http://data.example.org/letters.csv» # daily\n',
      message: 'plainHttp',
      good: 'letters:\n  type: pandas.CSVDataset\n  filepath: https://data.example.org/letters.csv # daily\n',
    },
    {
      path: 'qlora.yml',
      bad: 'base_model: lab/llm-7b\ndatasets: [{path: json, data_files: «"http://data.example.org/a.jsonl"», type: alpaca}]\n',
      message: 'plainHttp',
      good: 'base_model: lab/llm-7b\ndatasets: [{path: json, data_files: "https://data.example.org/a.jsonl", type: alpaca}]\n',
    },
    {
      path: 'train.yaml',
      bad: 'model_name_or_path: bert-base-uncased\noutput_dir: out\ntrain_file: «http://data.example.org/a.csv»\n',
      message: 'plainHttp',
      good: 'model_name_or_path: bert-base-uncased\noutput_dir: out\ntrain_file: https://data.example.org/a.csv\n',
    },
    {
      path: 'conf/base/catalog.yml',
      good: 'letters:\n  type: pandas.CSVDataset\n  filepath: https://data.example.org/letters.csv\n',
      because: 'already over HTTPS',
    },
    {
      path: 'conf/base/catalog.yml',
      good: 'letters:\n  type: api.APIDataset\n  url: http://feature-store.ml.svc.cluster.local/letters\n',
      because: 'cluster DNS',
    },
    {
      path: 'conf/base/catalog.yml',
      good: 'letters:\n  type: pandas.CSVDataset\n  filepath: http://${globals:host}/letters.csv\n',
      because: 'the host is not known',
    },
    {
      path: 'data.yaml',
      good: 'path: http://data.example.org/letters.csv\ntype: uri_file\n',
      because: 'nothing says which program reads this',
    },
  ],
});
