import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, child, config, defineRule, edit } from '../../engine/index.js';
import { isClusterHost, isLocalHost, isPrivateHost, plainHttpHost } from '../../knowledge/http-clients.js';
import { TRACKING_VARIABLES } from '../../knowledge/tracking-servers.js';
import { settingOf, wordsOfName } from './_config-settings.js';

/** What an address leads to: data, models, stores of either, and servers that answer for them. */
const SUBJECT =
  /^(?:data|dataset|datasets|corpus|model|models|weights|checkpoint|checkpoints|artifact|artifacts|storage|registry|tracking|mlflow|wandb|clearml|feature|features|feast|s3|minio|oss|bucket|buckets|object|hub|hf|huggingface|pypi|vector|vectordb|qdrant|weaviate|milvus|chroma|triton|embedding|embeddings|inference|predictor|prediction|llm|openai|ollama|vllm|kaggle|labelstudio)$/;
const ADDRESS = /^(?:url|urls|uri|endpoint|address|host|server|mirror|base)$/;
/** What describes an address instead of being asked. */
const DESCRIBES =
  /^(?:license|homepage|docs|documentation|doc|source|reference|citation|issue|issues|proxy|callback|redirect|issuer)$/;
/** Formats whose addresses have rules of their own, and lock files. */
const OTHERS: ReadonlySet<string> = new Set([
  'dvc-config',
  'uv-lock',
  'poetry-lock',
  'pdm-lock',
  'pipfile-lock',
  'pylock',
  'conda-lock',
  'pixi-lock',
]);
/** Settings with rules of their own about plain HTTP, by format. */
const OTHER_SETTINGS: Readonly<Record<string, RegExp>> = {
  kserve: /^(?:storageUri|modelUri|uri)$/,
  seldon: /^(?:storageUri|modelUri|uri)$/,
  'kedro-catalog': /^(?:filepath|path|url)$/,
};
const STAND_IN = /(?:^|\.)example\.(?:com|org|net)$|^(?:your|my)[-_.]|<|^x+\./i;

export default defineRule({
  summary: 'A configuration names a data, model or registry address over plain HTTP.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-319',
    'OWASP-A02:2021',
    'OWASP-ML02:2023',
    'OWASP-ML06:2023',
    'AML.T0020',
    'https://kserve.github.io/website/docs/model-serving/storage/overview',
    'https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html',
  ],
  docs: {
    why: 'The serving manifest names its model by an `http://` address. Somebody on the way, in a shared network or at a proxy, answers with a file of their own, and the server unpickles it; or copies the key of the object store from the header of the first request.',
    instead: 'Use the `https://` address, or a connection that stays inside the cluster.',
    fixSafety: 'The server may not answer over HTTPS, so the fix is offered for review.',
    limits:
      'Names of settings tell what an address is for: one word for data, models or their stores and one for an address, in the key itself or in the key above it. Loopback, service names and cluster DNS are not judged; private networks are an info. Variables of trackers, DVC remotes, models of KServe and Seldon, data sets of Kedro and commands have rules of their own, and long lists in JSON are data.',
    ignoreWhen: 'The connection goes through an encrypted tunnel or a service mesh with mutual TLS.',
  },
  messages: {
    plain: '`{name}` asks `{host}` over plain HTTP, where data and models can be read and replaced; use `https`',
  },
  words: ['http://'],
  query: config.entries('any', '**'),
  check(entry: ConfigEntry, { report, path, text, facts }) {
    if (typeof entry.value !== 'string' || !/http:\/\//i.test(entry.value) || isTestFile(path)) return;
    const setting = settingOf(entry, text);
    const format = facts?.formats[entry.document]?.id ?? '';
    if (setting === undefined || OTHERS.has(format)) return;
    const { name, value, range } = setting;
    if (OTHER_SETTINGS[format]?.test(name)) return;
    const host = /[\s${}]/.test(value) ? undefined : plainHttpHost(value, true);
    if (host === undefined || isLocalHost(host) || STAND_IN.test(host) || !/^[\w.[\]:-]+$/.test(host)) return;
    if (TRACKING_VARIABLES.includes(name) || !isAsked(name, entry) || isData(entry, path)) return;
    if (child(facts?.roots[entry.document], 'apiVersion') !== undefined && isClusterHost(host)) return;
    const finding = report(range, 'plain', { name: name.slice(0, 40), host: host.slice(0, 40) });
    if (isPrivateHost(host)) finding.severity('info');
    if (!text.startsWith(value, range.start)) return;
    finding.fix(
      'Use `https://`',
      'review',
      edit.replace({ start: range.start, end: range.start + 7 }, 'https://'),
      `check that ${host} answers over HTTPS`,
    );
  },
  examples: [
    {
      path: 'serving.yaml',
      bad: 'model_server:\n  registry_uri: «http://models.lending.eu»  # nightly\n',
      message: 'plain',
      good: 'model_server:\n  registry_uri: https://models.lending.eu  # nightly\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  trainer: {build: ., environment: ["AWS_REGION=eu-central-1", "MLFLOW_S3_ENDPOINT_URL=«http://minio.lending.eu:9000»"]}\n',
      message: 'plain',
      good: 'services:\n  trainer: {build: ., environment: ["AWS_REGION=eu-central-1", "MLFLOW_S3_ENDPOINT_URL=https://minio.lending.eu:9000"]}\n',
    },
    {
      path: 'conf/data.yaml',
      bad: 'dataset:\n  name: bureau\n  url: "«http://files.lending.eu/bureau.csv»"\n',
      message: 'plain',
      good: 'dataset:\n  name: bureau\n  url: "https://files.lending.eu/bureau.csv"\n',
    },
    {
      path: 'conf/data.yaml',
      good: 'storage:\n  endpoint: http://minio:9000\nmodel_url: http://models.ml.svc.cluster.local/v1\n',
      because: 'services of the same network',
    },
    {
      path: 'conf/data.yaml',
      good: 'dataset:\n  homepage: http://files.lending.eu\n  license_url: http://opendatacommons.org/licenses/odbl\n',
      because: 'pages for people',
    },
    {
      path: 'conf/data.yaml',
      good: 'model_url: http://${MODEL_HOST}/default\ndata_url: https://files.lending.eu/rows.csv\n',
      because: 'a host that is not known, and TLS',
    },
    {
      path: 'schema.json',
      good: '{"$schema": "http://json-schema.org/draft-07/schema#", "$id": "http://lending.eu/model.json"}\n',
      because: 'names of schemas',
    },
  ],
});

/** An address that a program asks for data or models, by the words of its key and of the key above. */
function isAsked(name: string, entry: ConfigEntry): boolean {
  const own = wordsOfName(name);
  if (own.some((word) => DESCRIBES.test(word)) || !own.some((word) => ADDRESS.test(word))) return false;
  if (own.some((word) => SUBJECT.test(word))) return true;
  const list = entry.parent?.key === undefined ? entry.parent?.parent : entry.parent;
  return own.length <= 2 && wordsOfName(list?.key ?? '').some((word) => SUBJECT.test(word));
}

/** Records of data rather than settings: deep in JSON, or one of many items. */
function isData(entry: ConfigEntry, path: string): boolean {
  for (let up: ConfigEntry | undefined = entry; up !== undefined; up = up.parent)
    if (up.kind === 'list' && up.children.length > 20) return true;
  return path.endsWith('.json') && entry.path.length > 5;
}
