import { type ConfigEntry, config, defineRule, edit, items, text as textOf } from '../../engine/index.js';
import { isClusterHost, isPrivateHost } from '../../knowledge/http-clients.js';

const SETTING = /^serving\.(?:kserve\.io|kubeflow\.org)\/s3-(usehttps|verifyssl|endpoint)$/;
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s3\n  annotations:\n';

export default defineRule({
  summary: 'KServe reads models from S3 without TLS or without checking who answers.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'CWE-295',
    'OWASP-A02:2021',
    'OWASP-ML06:2023',
    'https://kserve.github.io/website/docs/model-serving/storage/providers/s3',
    'https://kserve.github.io/website/docs/model-serving/storage/certificate/self-signed',
  ],
  docs: {
    why: 'The pod that fetches the model talks to whoever answers for the endpoint. Somebody on the way keeps the signed requests and sends a model of their own, which the server loads into every replica.',
    instead:
      'Leave both settings at `"1"`, their default. For a certificate of your own name its authority with `serving.kserve.io/s3-cabundle-configmap`.',
    fixSafety:
      'The endpoint has to answer over https with a certificate the pod trusts, so the fix is offered for review.',
    limits:
      'Only the annotations of a Secret or service account are read. Endpoints inside of the cluster are passed over, and without an endpoint `s3-usehttps` has no effect.',
  },
  messages: {
    http: '`s3-usehttps` is off for `{endpoint}`, so anyone on the way can replace the model; set it to `"1"`',
    unverified: '`s3-verifyssl` is off, so anyone on the way can pose as the store; set it to `"1"`',
  },
  words: ['s3-usehttps', 's3-verifyssl'],
  query: config.entries(['kubernetes'], 'metadata.annotations.*'),
  check(entry: ConfigEntry, { report, text }) {
    const setting = SETTING.exec(entry.key ?? '')?.[1];
    if (entry.alias !== undefined || (setting !== 'usehttps' && setting !== 'verifyssl')) return;
    const written = textOf(entry);
    if (written !== '0' && !(setting === 'verifyssl' && written === 'false')) return;
    const endpoint = endpointOf(entry.parent);
    if (endpoint === undefined ? setting === 'usehttps' : /[${}<>]/.test(endpoint) || isInside(endpoint)) return;
    const finding =
      setting === 'usehttps'
        ? report(entry.valueRange, 'http', { endpoint: (endpoint ?? '').slice(0, 40) })
        : report(entry.valueRange, 'unverified');
    const edits = edit.setScalar(text, entry, /^["']/.test(text.slice(entry.valueRange.start)) ? '1' : '"1"');
    finding.fix('Set it to `"1"`', 'review', edits, 'the endpoint needs a certificate that is trusted');
  },
  examples: [
    {
      path: 'k8s/s3.yaml',
      bad: `${SECRET}    serving.kserve.io/s3-endpoint: s3.eu-central-1.amazonaws.com\n    serving.kserve.io/s3-usehttps: «"0"»\n`,
      message: 'http',
      good: `${SECRET}    serving.kserve.io/s3-endpoint: s3.eu-central-1.amazonaws.com\n    serving.kserve.io/s3-usehttps: "1"\n`,
    },
    {
      path: 'k8s/s3.yaml',
      bad: `${SECRET}    serving.kserve.io/s3-endpoint: store.acme.com\n    serving.kserve.io/s3-verifyssl: «'0'»\n`,
      message: 'unverified',
      good: `${SECRET}    serving.kserve.io/s3-endpoint: store.acme.com\n    serving.kserve.io/s3-verifyssl: '1'\n`,
    },
    {
      path: 'k8s/s3.yaml',
      good: `${SECRET}    serving.kserve.io/s3-endpoint: minio.kubeflow.svc.cluster.local:9000\n    serving.kserve.io/s3-usehttps: "0"\n`,
      because: 'inside of the cluster',
    },
    {
      path: 'k8s/s3.yaml',
      good: `${SECRET}    serving.kserve.io/s3-endpoint: minio-service.kubeflow:9000\n    serving.kserve.io/s3-usehttps: "0"\n`,
      because: 'a Service and its namespace',
    },
    {
      path: 'k8s/s3.yaml',
      good: `${SECRET}    serving.kserve.io/s3-usehttps: "0"\n`,
      because: 'without an endpoint it has no effect',
    },
    {
      path: 'k8s/s3.yaml',
      good: `${SECRET}    serving.kserve.io/s3-endpoint: store.acme.com\n    serving.kserve.io/s3-useanoncredential: "0"\n`,
      because: 'another setting',
    },
  ],
});

/** A store of the cluster or of a private network. */
function isInside(endpoint: string): boolean {
  const host = endpoint.replace(/:\d+$/, '');
  return isClusterHost(host) || isPrivateHost(host);
}

function endpointOf(annotations: ConfigEntry | undefined): string | undefined {
  const found = items(annotations).find(({ key }) => SETTING.exec(key ?? '')?.[1] === 'endpoint');
  return textOf(found)
    ?.replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '');
}
