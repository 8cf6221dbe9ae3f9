import { containers, defineRule } from '../../engine/index.js';
import { namedByTag, offerDigest } from '../_images.js';

const pod = (lines: string): string => `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n${lines}`;

export default defineRule({
  summary: 'A Kubernetes resource names an image by its tag alone.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'high',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy',
  ],
  docs: {
    why: 'Most registries let a tag be pushed again. An attacker with the account of one maintainer replaces `1.4.2` of the serving image, and the next node that starts a replica runs it beside the model and its credentials.',
    instead:
      'Add the digest behind the tag: `scoring:1.4.2@sha256:…`. Renovate and similar tools keep both up to date.',
    fixSafety: 'The digest has to be asked from the registry, so the fix leaves a place for it.',
    limits:
      'Only for teams that pin digests everywhere: the rule belongs to the strict profile. Images without a tag or with `latest` are another rule’s. Names with variables are not judged, nor are bare names that may be local.',
  },
  messages: {
    tag: '`{image}` can be replaced under its tag; add its digest',
  },
  words: ['image'],
  query: containers.all(),
  check(container, { report, text }) {
    const image = container.origin === 'kubernetes' ? namedByTag(container) : undefined;
    if (image !== undefined)
      offerDigest(report(image.place.valueRange, 'tag', { image: image.shown }), image.place, text);
  },
  examples: [
    {
      path: 'k8s/serving.yaml',
      bad: pod('    - name: api\n      image: «registry.example.com/ml/scoring:1.4.2»\n'),
      message: 'tag',
      good: pod(
        '    - name: api\n      image: registry.example.com/ml/scoring:1.4.2@sha256:83e17edd8a4801bc0e4c16c1f585fab277d3f0f0457f444e583fb4b27dfcf271\n',
      ),
      fill: ['sha256:83e17edd8a4801bc0e4c16c1f585fab277d3f0f0457f444e583fb4b27dfcf271'],
    },
    {
      path: 'k8s/serving.yaml',
      good: pod('    - name: api\n      image: registry.example.com/ml/scoring:latest\n'),
      because: 'reported by `k8s-image-latest`',
    },
    {
      path: 'k8s/serving.yaml',
      good: pod('    - name: api\n      image: registry.example.com/ml/scoring:${VERSION}\n'),
      because: 'the version is filled in elsewhere',
    },
    {
      path: 'k8s/serving.yaml',
      good: pod('    - name: api\n      image: scoring:1.4.2\n'),
      because: 'a bare name may be a local build',
    },
  ],
});
