import { containers, defineRule } from '../../engine/index.js';
import { namedByTag, offerDigest } from '../_images.js';
import { compiled } from './_kfp.js';

const DIGEST = 'sha256:57c72fd2a128e416c7fcc499958864df5301e940bca0a56f58fddf30ffc07777';

export default defineRule({
  summary: 'A step of a Kubeflow pipeline names its image by the tag alone.',
  stages: ['preprocessing', 'training', 'evaluation'],
  severity: 'info',
  confidence: 'high',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://www.kubeflow.org/docs/components/pipelines/user-guides/components/lightweight-python-components/#base_image',
  ],
  docs: {
    why: 'Whoever may push to the registry can replace `train:1.4`. The next run of the same compiled pipeline trains with their code, and the lineage still names the version that was reviewed.',
    instead: 'Add the digest behind the tag: `base_image="registry.example.com/ml/train:1.4@sha256:…"`.',
    fixSafety: 'The digest has to be asked from the registry, so the fix leaves a place for it.',
    limits:
      'Only for teams that pin digests everywhere: the rule belongs to the strict profile. Images without a tag or with `latest` are those of `kfp-image-latest`. Names with variables and bare names that may be local are passed over.',
  },
  messages: { tag: '`{image}` can be replaced under its tag; add its digest to the component' },
  words: ['image'],
  query: containers.all(),
  check(container, { report, text }) {
    const image = container.origin === 'kfp' ? namedByTag(container) : undefined;
    if (image !== undefined)
      offerDigest(report(image.place.valueRange, 'tag', { image: image.shown }), image.place, text);
  },
  examples: [
    {
      path: 'train_pipeline.yaml',
      bad: compiled('        image: «python:3.11»\n'),
      message: 'tag',
      good: compiled(`        image: python:3.11@${DIGEST}\n`),
      fill: [DIGEST],
    },
    {
      path: 'component.yaml',
      bad: 'name: a\nimplementation: {container: {image: «"example.com/a:1"»}}\n',
      message: 'tag',
      good: `name: a\nimplementation: {container: {image: "example.com/a:1@${DIGEST}"}}\n`,
      fill: [DIGEST],
    },
    {
      path: 'train_pipeline.yaml',
      good: compiled('        image: python:latest\n'),
      because: 'reported by `kfp-image-latest`',
    },
    {
      path: 'train_pipeline.yaml',
      good: compiled('        image: trainer:1.4\n'),
      because: 'a bare name may be a local build',
    },
    {
      path: 'component.yaml',
      good: 'name: a\nimplementation:\n  container:\n    image: {inputValue: image}\n',
      because: 'given with each run',
    },
  ],
});
