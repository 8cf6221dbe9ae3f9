import { type ConfigEntry, defineRule, edit } from '../../engine/index.js';
import { isClusterHost, isPrivateHost, plainHttpHost } from '../../knowledge/http-clients.js';
import { modelUriOf, modelUris } from './_model-uris.js';

const ISVC = 'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nspec:\n  predictor:\n    sklearn:\n';
const SELDON = 'apiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeployment\nspec:\n  predictors:\n    - graph:\n';

export default defineRule({
  summary: 'A model server fetches its model without TLS.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'CWE-494',
    'OWASP-ML06:2023',
    'AML.T0010.003',
    'https://kserve.github.io/website/docs/model-serving/storage/overview',
  ],
  docs: {
    why: 'Whoever sits between the cluster and the host answers with a model of their own. A scikit-learn or PyTorch server unpickles it when the pod starts, which runs the stranger’s code beside the credentials of the service.',
    instead: 'Fetch the model over https, from object storage or as an OCI image whose digest is named.',
    fixSafety: 'The host may not answer over https, so the fix is offered for review.',
    limits:
      'Hosts inside of the cluster, such as `minio.kubeflow`, and of private networks are passed over, and so are addresses with variables.',
  },
  messages: {
    http: '`{key}` fetches the model over http, so anyone on the way can replace it; use https',
  },
  words: ['http://'],
  query: modelUris,
  check(entry: ConfigEntry, { report, text }) {
    const host = plainHttpHost(modelUriOf(entry) ?? '', true);
    if (host === undefined || isClusterHost(host) || isPrivateHost(host)) return;
    const at = text.slice(entry.valueRange.start, entry.valueRange.end).search(/http:\/\//i);
    const start = entry.valueRange.start + at;
    const finding = report(entry.valueRange, 'http', { key: entry.key ?? 'uri' });
    if (at >= 0)
      finding.fix(
        'Use https',
        'review',
        edit.replace({ start, end: start + 4 }, 'https'),
        'the host has to answer over https',
      );
  },
  examples: [
    {
      path: 'k8s/serving.yaml',
      bad: `${ISVC}      storageUri: «http://models.acme.com/loans/model.joblib»\n`,
      message: 'http',
      good: `${ISVC}      storageUri: https://models.acme.com/loans/model.joblib\n`,
    },
    {
      path: 'k8s/seldon.yaml',
      bad: `${SELDON}        {name: loans, implementation: SKLEARN_SERVER, modelUri: «"http://models.acme.com/loans"»}\n`,
      message: 'http',
      good: `${SELDON}        {name: loans, implementation: SKLEARN_SERVER, modelUri: "https://models.acme.com/loans"}\n`,
    },
    {
      path: 'k8s/serving.yaml',
      good: `${ISVC}      storageUri: http://minio.storage.svc.cluster.local:9000/loans/model.joblib\n`,
      because: 'inside of the cluster',
    },
    {
      path: 'k8s/serving.yaml',
      good: `${ISVC}      storageUri: s3://models/loans\n`,
      because: 'object storage is reached over https',
    },
    {
      path: 'k8s/serving.yaml',
      good: `${ISVC}      storageUri: http://\${MODEL_HOST}/loans\n`,
      because: 'the host is not known',
    },
    {
      path: 'k8s/other.yaml',
      good: 'apiVersion: example.com/v1\nkind: Backup\nspec:\n  storageUri: http://backup.acme.com/x\n',
      because: 'no model server',
    },
  ],
});
