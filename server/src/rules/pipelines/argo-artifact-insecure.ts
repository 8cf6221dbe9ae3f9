import type { Range } from '../../base/range.js';
import { type ConfigEntry, child, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { isClusterHost, isPrivateHost } from '../../knowledge/http-clients.js';

/** Object stores of clouds, which answer over TLS at every address. */
const CLOUD = /(?:^|\.)(?:amazonaws\.com|storage\.googleapis\.com|digitaloceanspaces\.com|cloudflarestorage\.com)$/;
const artifact = (s3: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nspec:\n  templates:\n    - name: train\n      inputs:\n        artifacts:\n          - name: data\n${s3}`;

export default defineRule({
  summary: 'A workflow of Argo fetches or stores artifacts without TLS.',
  stages: ['data-collection', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'OWASP-A02:2021',
    'OWASP-ML02:2023',
    'AML.T0020',
    'https://argo-workflows.readthedocs.io/en/latest/configure-artifact-repository/',
  ],
  docs: {
    why: 'Artifacts are the training data and the models that one step hands to the next. On a path without TLS somebody in between reads them, and answers the training step with rows or a pickled model of their own.',
    instead: 'Leave `insecure` out, or set it to `false`, and give the store a certificate.',
    fixSafety:
      'The stores of the large clouds answer over TLS at every address, so the change is safe for them. Other servers may not offer TLS at that port, so it is offered for review.',
    limits:
      'Artifacts in workflows and repositories in ConfigMaps are read. Service names and cluster DNS are passed over, and so are entries without an endpoint, which take that of the repository. Addresses of private networks are information.',
    ignoreWhen: 'The connection goes through an encrypted tunnel or a mesh.',
  },
  messages: {
    plain: '`insecure: true` sends artifacts to `{host}` in clear text, where they can be replaced; set it to `false`',
  },
  words: ['insecure'],
  query: [config.entries(['argo-workflow', 'kubernetes'], '**.s3.insecure'), config.entries(['kubernetes'], 'data.*')],
  check(entry: ConfigEntry, { report, text }) {
    const found = entry.key === 'insecure' ? inWorkflow(entry) : inConfigMap(entry, text);
    const host = found?.endpoint.replace(/^https?:\/\//, '').replace(/[:/].*$/, '') ?? '';
    if (found === undefined || host === '' || /[{}$<>*]/.test(host) || isClusterHost(host)) return;
    const finding = report(found.range, 'plain', { host: host.slice(0, 30) });
    if (isPrivateHost(host)) finding.severity('info');
    const edits = edit.replace(found.value, 'false');
    if (CLOUD.test(host)) finding.fix('Set `insecure: false`', 'safe', edits);
    else finding.fix('Set `insecure: false`', 'review', edits, 'the store has to offer TLS at this port');
  },
  examples: [
    {
      path: 'workflow.yaml',
      bad: artifact(
        '            s3:\n              endpoint: minio.example.com:9000\n              «insecure: true» # for now\n              bucket: loans\n',
      ),
      message: 'plain',
      good: artifact(
        '            s3:\n              endpoint: minio.example.com:9000\n              insecure: false # for now\n              bucket: loans\n',
      ),
    },
    {
      path: 'workflow.yaml',
      bad: artifact('            s3: {endpoint: s3.eu-west-1.amazonaws.com, «insecure: true», bucket: loans}\n'),
      message: 'plain',
      good: artifact('            s3: {endpoint: s3.eu-west-1.amazonaws.com, insecure: false, bucket: loans}\n'),
    },
    {
      path: 'controller.yaml',
      bad: 'apiVersion: v1\nkind: ConfigMap\ndata:\n  artifactRepository: |\n    s3:\n      endpoint: minio.example.com\n      «insecure: true»\n',
      message: 'plain',
      good: 'apiVersion: v1\nkind: ConfigMap\ndata:\n  artifactRepository: |\n    s3:\n      endpoint: minio.example.com\n      insecure: false\n',
    },
    {
      path: 'workflow.yaml',
      good: artifact('            s3: {endpoint: "minio-service.kubeflow:9000", insecure: true}\n'),
      because: 'a service of the cluster',
    },
    {
      path: 'workflow.yaml',
      good: artifact('            s3: {bucket: loans, key: data.csv, insecure: true}\n'),
      because: 'the address stands in the repository',
    },
    {
      path: 'workflow.yaml',
      good: artifact('            s3: {endpoint: "{{workflow.parameters.endpoint}}", insecure: true}\n'),
      because: 'the address is given with each run',
    },
  ],
});

interface Insecure {
  readonly endpoint: string;
  /** Key and value. */
  readonly range: Range;
  readonly value: Range;
}

function inWorkflow(entry: ConfigEntry): Insecure | undefined {
  const endpoint = textOf(child(entry.parent, 'endpoint'));
  if (entry.value !== true || entry.alias !== undefined || endpoint === undefined) return undefined;
  return { endpoint, range: entry.range, value: entry.valueRange };
}

/** The repository of artifacts is YAML inside a text; with two stores in it, which one is meant is not clear. */
function inConfigMap(entry: ConfigEntry, text: string): Insecure | undefined {
  if (entry.style !== 'literal' || entry.parent?.parent?.parent !== undefined) return undefined;
  const source = text.slice(entry.valueRange.start, entry.valueRange.end);
  const endpoints = [...source.matchAll(/^[ \t]*endpoint:[ \t]*["']?([^\s"'#]+)/gm)];
  const [line, ...more] = [...source.matchAll(/^([ \t]*)insecure:([ \t]*)true[ \t]*(?:#.*)?$/gm)];
  if (line === undefined || more.length > 0 || endpoints.length !== 1 || !/^[ \t]*s3:/m.test(source)) return undefined;
  const start = entry.valueRange.start + line.index + line[1]!.length;
  const value = start + 'insecure:'.length + line[2]!.length;
  return { endpoint: endpoints[0]![1]!, range: { start, end: value + 4 }, value: { start: value, end: value + 4 } };
}
