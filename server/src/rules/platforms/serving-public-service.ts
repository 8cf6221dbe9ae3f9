import type { TextEdit } from '../../base/range.js';
import {
  at,
  type ConfigEntry,
  config,
  configEdit,
  defineRule,
  edit,
  items,
  placeIn,
  text as textOf,
} from '../../engine/index.js';
import { imageReference } from '../../knowledge/container-images.js';
import { MODEL_SERVERS } from '../../knowledge/model-servers.js';
import { podsOf, publicType, workloadsBehind } from '../_services.js';

export default defineRule({
  summary: 'A Kubernetes Service opens a model server to the outside.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-668',
    'OWASP-A05:2021',
    'OWASP-ML05:2023',
    'AML.T0040',
    'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
  ],
  docs: {
    why: 'Triton, TorchServe and their like sign nobody in: they are made to stand behind something that does. A load balancer straight in front of them lets anybody copy the model answer by answer, tune adversarial inputs against it and reach its management calls.',
    instead:
      'Keep the Service a `ClusterIP`, and publish an Ingress or a gateway that signs callers in and limits their rate.',
    fixSafety: 'Callers from outside can no longer connect, so the fix is offered for review.',
    limits:
      'The selected pods are looked for in this file, in the files beside it, and then in the nearest files of the workspace; a model server is known by its official image or its command. Internal load balancers and those with source ranges are passed over. A `NodePort` is information, since it is reached from the network of the nodes only.',
    ignoreWhen: 'A firewall lets only the gateway reach the address.',
  },
  messages: {
    open: '`{type}` opens {server}, which signs nobody in, to the outside; use `ClusterIP` behind a gateway',
  },
  words: ['loadbalancer', 'nodeport'],
  query: config.entries(['kubernetes'], 'spec.type'),
  check(entry: ConfigEntry, context) {
    const service = entry.parent?.parent;
    const type = service === undefined ? undefined : publicType(service);
    if (service === undefined || type === undefined || entry.alias !== undefined) return;
    const servers = workloadsBehind({ path: context.path, text: context.text, root: service }, context).flatMap(
      (one) => {
        const found = serverIn(podsOf(one.root)!.spec);
        return found === undefined ? [] : [{ ...one, ...found }];
      },
    );
    const [server] = servers;
    if (server === undefined) return;
    const { label } = server;
    const finding = context.report(entry.valueRange, 'open', { type, server: label });
    if (type === 'NodePort') finding.severity('info');
    finding.related(placeIn(server.path, server.text, server.image.valueRange), 'This server is opened');
    finding.fix(
      'Make it a `ClusterIP`',
      'review',
      toClusterIp(entry, context.text),
      'callers from outside can no longer connect',
    );
  },
  examples: [
    {
      path: 'k8s/triton.yaml',
      bad: 'apiVersion: v1\nkind: Service\nmetadata: {name: triton}\nspec:\n  type: «LoadBalancer» # demo\n  selector:\n    app: triton\n  ports:\n    - port: 8000\n      nodePort: 30800\n---\napiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    metadata:\n      labels:\n        app: triton\n    spec:\n      containers:\n        - name: triton\n          image: nvcr.io/nvidia/tritonserver:24.08-py3\n',
      message: 'open',
      good: 'apiVersion: v1\nkind: Service\nmetadata: {name: triton}\nspec:\n  type: ClusterIP # demo\n  selector:\n    app: triton\n  ports:\n    - port: 8000\n---\napiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    metadata:\n      labels:\n        app: triton\n    spec:\n      containers:\n        - name: triton\n          image: nvcr.io/nvidia/tritonserver:24.08-py3\n',
    },
    {
      path: 'k8s/service.yaml',
      bad: 'apiVersion: v1\nkind: Service\nspec: {type: «"NodePort"», selector: {app: llm}, ports: [{port: 80}]}\n',
      message: 'open',
      good: 'apiVersion: v1\nkind: Service\nspec: {type: "ClusterIP", selector: {app: llm}, ports: [{port: 80}]}\n',
      files: {
        'k8s/deployment.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    metadata: {labels: {app: llm}}\n    spec:\n      containers:\n        - {name: llm, image: "vllm/vllm-openai:v0.6.3"}\n',
      },
    },
    {
      path: 'k8s/service.yaml',
      good: 'apiVersion: v1\nkind: Service\nspec:\n  type: LoadBalancer\n  selector: {app: web}\n',
      files: {
        'k8s/deployment.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    metadata: {labels: {app: llm}}\n    spec:\n      containers:\n        - {name: llm, image: "vllm/vllm-openai:v0.6.3"}\n',
      },
      because: 'another workload is selected',
    },
    {
      path: 'k8s/service.yaml',
      good: 'apiVersion: v1\nkind: Service\nmetadata:\n  annotations:\n    service.beta.kubernetes.io/aws-load-balancer-internal: "true"\nspec:\n  type: LoadBalancer\n  selector: {app: llm}\n---\napiVersion: v1\nkind: Pod\nmetadata: {labels: {app: llm}}\nspec:\n  containers:\n    - {name: llm, image: "vllm/vllm-openai:v0.6.3"}\n',
      because: 'an internal load balancer',
    },
    {
      path: 'k8s/service.yaml',
      good: 'apiVersion: v1\nkind: Service\nspec:\n  selector: {app: llm}\n---\napiVersion: v1\nkind: Pod\nmetadata: {labels: {app: llm}}\nspec:\n  containers:\n    - {name: llm, image: "vllm/vllm-openai:v0.6.3"}\n',
      because: 'reached inside the cluster alone',
    },
  ],
});

/** The model server among the containers of a pod. */
function serverIn(spec: ConfigEntry): { readonly label: string; readonly image: ConfigEntry } | undefined {
  for (const container of items(at(spec, 'containers'))) {
    const image = at(container, 'image') ?? container;
    const { repository } = imageReference(textOf(image) ?? '-');
    const line = [...items(at(container, 'command')), ...items(at(container, 'args'))].map(
      (word) => textOf(word) ?? '',
    );
    const found = MODEL_SERVERS.find(({ image, command }) => image.test(repository) || command.test(line.join(' ')));
    if (found !== undefined) return { label: found.label, image };
  }
  return undefined;
}

/** Without the ports of nodes, which a `ClusterIP` may not name; none with other fields of load balancers. */
function toClusterIp(entry: ConfigEntry, text: string): TextEdit[] {
  const spec = entry.parent!;
  if (
    spec.children.some(({ key }) =>
      /^(?:loadBalancer|externalTraffic|healthCheckNodePort|allocateLoad)/.test(key ?? ''),
    )
  )
    return [];
  const nodePorts = items(at(spec, 'ports')).flatMap((port) => at(port, 'nodePort') ?? []);
  const removals = nodePorts.map((port) => configEdit.removeEntry(text, port));
  if (removals.some((edits) => edits.length === 0)) return [];
  return [...edit.setScalar(text, entry, 'ClusterIP'), ...removals.flat()];
}
