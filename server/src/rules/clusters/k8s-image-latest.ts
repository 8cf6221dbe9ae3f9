import { child, containers, defineRule, text as textOf } from '../../engine/index.js';
import { isMovingImage, isToolImage, mayBeLocal } from '../../knowledge/container-images.js';
import { imageOf, offerVersion, shownImage } from '../_images.js';

const pod = (lines: string): string => `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n${lines}`;

export default defineRule({
  summary: 'A Kubernetes resource runs an image that moves.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  ],
  docs: {
    why: 'With `latest` the kubelet pulls again whenever a pod starts. A node that scales up overnight serves another build of the model than its neighbours, and whoever can push to the registry reaches the cluster without a change to any manifest.',
    instead: 'Name the version, better with its digest: `image: registry.example.com/scoring:1.4.2@sha256:…`.',
    fixSafety:
      'A tag that the same file uses elsewhere for this image may have been chosen for another reason, so the fix is offered for review. Another fix leaves a place for a version.',
    limits:
      'Any list of containers counts, whatever the kind of the resource. Names with variables or template holes are not judged, nor are images that are never pulled. A bare name that is no official image may be built for this cluster and is reported with low confidence. Images of a shell or a small tool, such as `busybox`, are information. Versions that a Kustomize file sets are respected when it stands in a folder around the manifest or in a variant beside it, as `base` or `overlays/prod`.',
    ignoreWhen: 'A throw-away cluster on the own machine runs what was just built.',
  },
  messages: {
    untagged: '`{image}` has no tag, so each pod may start another build; name a version',
    latest: '`{image}` moves with every push, so each pod may start another build; name a version',
  },
  skipsTests: true,
  words: ['image'],
  query: containers.all(),
  check(container, { report, text, facts, path, workspace }) {
    const image = container.image;
    const known = container.origin === 'kubernetes' ? imageOf(container) : undefined;
    if (image === undefined || known === undefined || !isMovingImage(known.reference)) return;
    if (textOf(child(container.entry, 'imagePullPolicy')) === 'Never') return;
    const { reference } = known;
    const bare = known.written.replace(/:latest$/, '');
    // A stand-in that is replaced before the pod starts.
    if (/overrid|placeholder|\bdummy\b/i.test(bare)) return;
    if (workspace.setsImage(path, bare)) return;
    const shown = { image: shownImage(known.written) };
    const finding =
      reference.tag === undefined
        ? report(image.valueRange, 'untagged', shown)
        : report(image.valueRange, 'latest', shown);
    if (mayBeLocal(reference)) finding.confidence('low');
    if (isToolImage(reference)) finding.severity('info');
    offerVersion(finding, image, reference, { facts, text }, 'the containers may need different versions');
  },
  examples: [
    {
      path: 'k8s/serving.yaml',
      bad: pod('    - name: api\n      image: «registry.example.com/ml/scoring:latest»\n'),
      message: 'latest',
      good: pod('    - name: api\n      image: registry.example.com/ml/scoring:1.4.2\n'),
      fill: ['1.4.2'],
    },
    {
      path: 'k8s/serving.yaml',
      bad: pod(
        '    - name: api\n      image: «nvcr.io/nvidia/tritonserver»\n  initContainers:\n    - name: convert\n      image: nvcr.io/nvidia/tritonserver:24.05-py3\n',
      ),
      message: 'untagged',
      good: pod(
        '    - name: api\n      image: nvcr.io/nvidia/tritonserver:24.05-py3\n  initContainers:\n    - name: convert\n      image: nvcr.io/nvidia/tritonserver:24.05-py3\n',
      ),
    },
    {
      path: 'k8s/serving.yaml',
      good: pod('    - name: api\n      image: registry.example.com:5000/ml/scoring:1.4.2\n'),
      because: 'a version',
    },
    {
      path: 'k8s/serving.yaml',
      good: pod(
        '    - name: api\n      image: registry.example.com/ml/scoring@sha256:83e17edd8a4801bc0e4c16c1f585fab277d3f0f0457f444e583fb4b27dfcf271\n',
      ),
      because: 'a digest names one image',
    },
    {
      path: 'k8s/serving.yaml',
      good: pod('    - name: api\n      image: ${REGISTRY}/scoring:latest\n'),
      because: 'the image is filled in by another tool',
    },
    {
      path: 'k8s/serving.yaml',
      good: pod('    - name: api\n      image: scoring:latest\n      imagePullPolicy: Never\n'),
      because: 'never pulled',
    },
  ],
});
