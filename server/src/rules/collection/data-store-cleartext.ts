import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  python,
  type Value,
} from '../../engine/index.js';
import { isLocalHost, plainHttpHost } from '../../knowledge/http-clients.js';

interface Store {
  readonly names: readonly string[];
  readonly flag: string;
  readonly position?: number;
  readonly endpoint: string;
  readonly endpointPosition?: number;
}

const AWS = [
  'boto3.client',
  'boto3.resource',
  'boto3.Session().client',
  'boto3.session.Session().client',
  'boto3.Session().resource',
  'boto3.session.Session().resource',
  'aioboto3.Session().client',
  'aioboto3.Session().resource',
];
const STORES: readonly Store[] = [
  { names: AWS, flag: 'use_ssl', endpoint: 'endpoint_url' },
  {
    names: ['minio.Minio', 'minio.api.Minio'],
    flag: 'secure',
    position: 4,
    endpoint: 'endpoint',
    endpointPosition: 0,
  },
  { names: ['s3fs.S3FileSystem', 's3fs.core.S3FileSystem'], flag: 'use_ssl', endpoint: 'endpoint_url' },
];

export default defineRule({
  summary: 'An object store is spoken to without TLS.',
  stages: ['data-collection', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-319', 'OWASP-ML02:2023', 'OWASP-ML05:2023', 'AML.T0020'],
  docs: {
    why: 'Training data and models travel in clear text, with the credentials of the store in every signed request: a reader on the network copies the data, a writer changes what is trained on.',
    instead:
      'Leave TLS on and use an `https://` endpoint; give the store a certificate of a private authority when it has no public name.',
    fixSafety: 'A store that speaks only plain HTTP stops answering, so the fix is offered for review.',
    limits: 'Loopback and cluster-internal stores are not judged; an endpoint from the configuration is not known.',
  },
  messages: {
    switchedOff: '`{flag}=False` sends data and credentials to the store in clear text; leave TLS on',
    plainEndpoint: 'The endpoint of `{callee}` is plain HTTP: data and credentials travel in clear text; use `https`',
  },
  query: python.calls(...STORES.flatMap((store) => store.names)),
  check(call: CallFact, { report, python: py, text }) {
    const store = STORES.find((entry) => entry.names.includes(call.name))!;
    const endpoint = argumentOf(call, store.endpoint, store.endpointPosition) ?? clientEndpoint(call, py);
    const address = endpoint === undefined ? undefined : py.value(endpoint.value);
    const known = address?.kind === 'string' ? address.value : address?.kind === 'partial' ? address.prefix : undefined;
    const flag = argumentOf(call, store.flag, store.position);
    const off = flag === undefined ? undefined : py.value(flag.value);
    const decides = store.flag === 'secure' || endpoint === undefined;
    if (decides && flag !== undefined && off?.kind === 'boolean' && !off.value) {
      if (store.flag === 'secure' && (known === undefined || isLocalHost(hostOf(known)))) return;
      report(flag.range, 'switchedOff', { flag: store.flag }).fix(
        flag.name === undefined ? 'Pass `True`' : `Remove \`${store.flag}=False\``,
        'review',
        flag.name === undefined
          ? edit.replace(flag.value.range, 'True')
          : edit.removeArgument(text, call.expression, flag),
        'a store without TLS stops answering',
      );
      return;
    }
    if (endpoint === undefined || known === undefined) return;
    const host = plainHttpHost(known, address?.kind === 'string');
    if (host === undefined || isLocalHost(host)) return;
    const finding = report(endpoint.range, 'plainEndpoint', {
      callee: call.name.slice(call.name.lastIndexOf('.') + 1),
    });
    const literal = py.definition(endpoint.value);
    const at = text.slice(literal.range.start, literal.range.end).indexOf('http://');
    if (at < 0) return;
    const start = literal.range.start + at;
    finding.fix(
      'Use `https://`',
      'review',
      edit.replace({ start, end: start + 7 }, 'https://'),
      'a store without TLS stops answering',
    );
  },
  examples: [
    {
      bad: 'from minio import Minio\nstore = Minio("data.example.org:9000", access_key=key, «secure=False»)\n',
      message: 'switchedOff',
      good: 'from minio import Minio\nstore = Minio("data.example.org:9000", access_key=key)\n',
    },
    {
      bad: 'import boto3 as b\ns3 = b.resource("s3", «use_ssl=False»)\n',
      message: 'switchedOff',
      good: 'import boto3 as b\ns3 = b.resource("s3")\n',
    },
    {
      bad: 'import boto3\ns3 = boto3.client("s3", «endpoint_url="http://data.example.org:9000"»)\n',
      message: 'plainEndpoint',
      good: 'import boto3\ns3 = boto3.client("s3", endpoint_url="https://data.example.org:9000")\n',
    },
    { good: 'from minio import Minio\nstore = Minio("localhost:9000", secure=False)\n', because: 'loopback' },
    {
      good: 'import boto3\ns3 = boto3.client("s3", use_ssl=False, endpoint_url="https://data.example.org")\n',
      because: 'with an endpoint its scheme decides, not `use_ssl`',
    },
    {
      good: 'from minio import Minio\nstore = Minio("minio:9000", secure=False)\n',
      because: 'a service of the same compose network',
    },
    {
      good: 'import boto3\ns3 = boto3.client("s3", endpoint_url=os.environ["ENDPOINT"])\n',
      because: 'the endpoint is not known',
    },
    { good: 'import boto3\ns3 = boto3.client("s3")\n', because: 'TLS is the default' },
    { good: 'client = make_client("s3", use_ssl=False)\n', because: 'nothing says which library this is' },
  ],
});

/** `client_kwargs={"endpoint_url": …}` of s3fs. */
function clientEndpoint(
  call: CallFact,
  py: { definition(e: Expression): Expression; value(e: Expression): Value },
): { value: Expression; range: Expression['range'] } | undefined {
  const options = argumentOf(call, 'client_kwargs')?.value;
  const dict = options === undefined ? undefined : py.definition(options);
  if (dict?.kind !== 'dict') return undefined;
  for (const { key, value } of dict.entries) {
    const name = key === undefined ? undefined : py.value(key);
    if (name?.kind === 'string' && name.value === 'endpoint_url') return { value, range: value.range };
  }
  return undefined;
}

/** Host of `host:port` or of an address. */
function hostOf(endpoint: string): string {
  return endpoint.replace(/^\w+:\/\//, '').replace(/[:/].*$/, '');
}
