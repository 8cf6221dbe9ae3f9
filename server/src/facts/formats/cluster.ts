import { type ConfigEntry, child, type FormatId, items, text } from '../config/entry.js';
import {
  type FormatRow,
  type FormatSubject,
  hasAny,
  hasTwo,
  isList,
  isMap,
  some,
  when,
  YAML,
  YAML_OR_JSON,
} from './row.js';

/**
 * Every format of resources that may describe pods: rules about containers ask for all of them, whatever the kind.
 */
export const KUBERNETES_LIKE = [
  'kubernetes',
  'kserve',
  'argo-workflow',
  'kubeflow',
  'ray-kubernetes',
  'seldon',
  'spark-operator',
  'tekton',
] as const satisfies readonly FormatId[];

/** Evidence for a resource whose API group, and perhaps kind, is one of these. */
function resource({ root }: FormatSubject, group: RegExp, kinds = /./): string | undefined {
  const version = text(child(root, 'apiVersion'));
  const kind = text(child(root, 'kind'));
  return when(
    version !== undefined && kind !== undefined && group.test(version) && kinds.test(kind),
    `apiVersion is ${version} and kind is ${kind}`,
  );
}

/** Custom resources, each in front of the row for resources in general. */
const CUSTOM: readonly (readonly [id: FormatId, label: string, group: RegExp, kinds?: RegExp])[] = [
  ['crd', 'Definition of a Kubernetes resource', /^apiextensions\.k8s\.io\//, /^CustomResourceDefinition$/],
  [
    'kustomization',
    'Kustomization',
    /^kustomize\.(?:config\.k8s|toolkit\.fluxcd)\.io\//,
    /^(?:Kustomization|Component)$/,
  ],
  // KFServing is the name KServe had before.
  ['kserve', 'KServe resource', /^serving\.(?:kserve\.io|kubeflow\.org)\//],
  // Argo CD's applications are of the same group.
  ['argo-workflow', 'Argo workflow', /^argoproj\.io\//, /^(?:Cron|Cluster)?Workflow(?:Template)?$/],
  ['kubeflow', 'Kubeflow resource', /^(?:[\w-]+\.)*kubeflow\.org\//],
  ['ray-kubernetes', 'Ray resource', /^ray\.io\//],
  ['seldon', 'Seldon resource', /^(?:machinelearning|mlops)\.seldon\.io\//],
  ['spark-operator', 'Spark resource', /^(?:sparkoperator\.k8s\.io|spark\.apache\.org)\//],
  ['tekton', 'Tekton resource', /^(?:[\w-]+\.)?tekton\.dev\//],
];

const HELM_VALUES = [
  ...['replicaCount', 'nameOverride', 'fullnameOverride', 'imagePullSecrets', 'podAnnotations', 'podSecurityContext'],
  ...['securityContext', 'serviceAccount', 'nodeSelector', 'tolerations', 'affinity', 'autoscaling', 'ingress'],
] as const;

const isService = (entry: ConfigEntry): boolean => hasAny(entry, 'image', 'build', 'extends');

/** What a cluster runs, and what is made into it. */
const TERRAFORM_BLOCKS: readonly string[] = ['resource', 'module', 'data', 'provider', 'variable', 'terraform'];

export const CLUSTER_FORMATS: readonly FormatRow[] = [
  ...CUSTOM.map(
    ([id, label, group, kinds]): FormatRow => ({
      id,
      label,
      languages: YAML_OR_JSON,
      keys: (file) => resource(file, group, kinds),
    }),
  ),
  {
    id: 'kubernetes',
    label: 'Kubernetes resource',
    languages: YAML_OR_JSON,
    // A custom resource definition describes keys such as `hostPath`; it does not use them.
    keys: (file) => resource(file, /^[\w.-]+(\/[\w.-]+)?$/, /^(?!CustomResourceDefinition$)/),
  },
  {
    id: 'kustomization',
    label: 'Kustomization',
    languages: YAML,
    name: /^kustomization\.ya?ml$|^Kustomization$/,
    keys: ({ root, name }) =>
      when(
        hasAny(root, 'resources', 'bases', 'patches', 'patchesStrategicMerge', 'configMapGenerator', 'images'),
        `the file is named ${name} and has resources or patches`,
      ),
  },
  {
    id: 'helm-chart',
    label: 'Helm chart',
    languages: YAML,
    keys: ({ root, has }) =>
      when(
        !has('kind') && has('name') && has('version') && /^v[12]$/.test(text(child(root, 'apiVersion')) ?? ''),
        '`name` and `version` with `apiVersion` v1 or v2',
      ),
  },
  {
    id: 'jupyterhub-values',
    label: 'Values of the JupyterHub chart',
    languages: YAML,
    keys: ({ root }) => {
      const hub = child(root, 'jupyterhub') ?? root;
      return when(
        isMap(child(hub, 'hub')) && isMap(child(hub, 'singleuser')),
        '`hub` and `singleuser` of the JupyterHub chart',
      );
    },
  },
  {
    id: 'helm-values',
    label: 'Values of a Helm chart',
    languages: YAML,
    name: /^(?:[\w.-]*[-_.])?values(?:[-_.][\w.-]*)?\.ya?ml$/,
    keys: ({ root, beside, has, path }) =>
      when(root.kind === 'map' && !has('apiVersion') && beside('Chart.yaml'), 'it stands beside a `Chart.yaml`') ??
      when(
        root.kind === 'map' && !has('apiVersion') && /(?:^|\/)(?:helm|helm-values|charts)\//.test(path),
        'its name and that it stands in a folder of Helm',
      ) ??
      when(
        (hasTwo(root, ...HELM_VALUES) && !has('apiVersion')) ||
          (some(root, ({ key, kind }) => key === 'image' && kind === 'map') && hasAny(root, 'service', ...HELM_VALUES)),
        'its name and keys such as `replicaCount`, `nodeSelector` and `image`',
      ),
  },
  {
    id: 'compose',
    label: 'Docker Compose file',
    languages: YAML_OR_JSON,
    keys: ({ root, has }) =>
      when(
        !has('apiVersion') &&
          !has('resources') &&
          child(root, 'services')?.kind === 'map' &&
          some(child(root, 'services'), isService),
        '`services` with `image`, `build` or `extends`',
      ),
  },
  {
    id: 'cloudformation',
    label: 'CloudFormation template',
    languages: YAML_OR_JSON,
    keys: ({ root, has }) =>
      when(has('AWSTemplateFormatVersion'), '`AWSTemplateFormatVersion`') ??
      when(
        some(child(root, 'Resources'), (one) => text(child(one, 'Type'))?.startsWith('AWS::') === true),
        '`Resources` of an `AWS::` type',
      ),
  },
  {
    id: 'terraform',
    label: 'Terraform configuration',
    languages: ['hcl', 'json'],
    name: /\.tf(\.json)?$/,
    keys: ({ root }) => {
      const found = TERRAFORM_BLOCKS.find((block) => child(root, block)?.kind === 'map');
      return when(found !== undefined, `a \`${found}\` block`);
    },
  },
  {
    id: 'prometheus',
    label: 'Prometheus configuration',
    languages: YAML,
    keys: ({ root }) => when(isList(child(root, 'scrape_configs')), 'a list `scrape_configs`'),
  },
  {
    id: 'prometheus-rules',
    label: 'Prometheus rules',
    languages: YAML,
    keys: ({ root }) =>
      when(
        some(child(root, 'groups'), (group) => some(child(group, 'rules'), (rule) => hasAny(rule, 'alert', 'record'))),
        '`groups` of `rules` with `alert` or `record`',
      ),
  },
  {
    id: 'grafana-datasources',
    label: 'Grafana data sources',
    languages: YAML,
    keys: ({ root }) =>
      when(
        text(child(root, 'apiVersion')) === '1' && items(child(root, 'datasources')).length > 0,
        '`datasources` with `apiVersion: 1`',
      ),
  },
];
