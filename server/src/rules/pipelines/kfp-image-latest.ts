import { containers, defineRule } from '../../engine/index.js';
import { isMovingImage, mayBeLocal } from '../../knowledge/container-images.js';
import { imageOf, offerVersion, shownImage } from '../_images.js';
import { compiled } from './_kfp.js';

/** What `kfp-kubernetes` writes for steps without a container: the driver makes the volume, nothing is pulled. */
const STAND_IN = /^argostub\//;

export default defineRule({
  summary: 'A step of a Kubeflow pipeline runs an image that moves.',
  stages: ['preprocessing', 'training', 'evaluation'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://www.kubeflow.org/docs/components/pipelines/user-guides/components/lightweight-python-components/#base_image',
  ],
  docs: {
    why: 'A compiled pipeline is kept so that a training can be repeated. With `latest` the second run takes whatever was pushed since: another version of the library that reads the data, or the image of somebody who got the password of the registry and now sees the data and the credentials of the step.',
    instead:
      'Name a version, better with its digest, in `base_image` or `image` of the component, and compile the pipeline again.',
    fixSafety:
      'A tag that the same file uses elsewhere for this image may have been chosen for another reason, so the fix is offered for review. Another fix leaves a place for a version.',
    limits:
      'Compiled pipelines of Kubeflow Pipelines v2 and files of components are read. Pipelines of version 1 are workflows of Argo, which `k8s-image-latest` judges. Names with variables are not known; a bare name that is no official image may be a local one and is reported with low confidence.',
    ignoreWhen: 'The registry makes tags immutable, and this one is replaced before each compilation.',
  },
  messages: {
    untagged: '`{image}` has no tag, so a repeated run may get another build; name a version and compile again',
    latest: '`{image}` moves with every push, so no run can be repeated; name a version and compile again',
  },
  words: ['image'],
  query: containers.all(),
  check(container, { report, text, facts }) {
    const image = container.image;
    const known = container.origin === 'kfp' ? imageOf(container) : undefined;
    if (image === undefined || known === undefined || !isMovingImage(known.reference)) return;
    if (STAND_IN.test(known.reference.repository)) return;
    const shown = { image: shownImage(known.written) };
    const finding = report(image.valueRange, known.reference.tag === undefined ? 'untagged' : 'latest', shown);
    if (mayBeLocal(known.reference)) finding.confidence('low');
    offerVersion(finding, image, known.reference, { facts, text }, 'the next compilation overwrites it');
  },
  examples: [
    {
      path: 'train_pipeline.yaml',
      bad: compiled(
        '        image: «registry.example.com/ml/train:latest»\n    exec-prepare:\n      container:\n        image: registry.example.com/ml/train:1.4 # CPU\n',
      ),
      message: 'latest',
      good: compiled(
        '        image: registry.example.com/ml/train:1.4\n    exec-prepare:\n      container:\n        image: registry.example.com/ml/train:1.4 # CPU\n',
      ),
    },
    {
      path: 'component.yaml',
      bad: 'name: train\nimplementation:\n  container: {image: «"pytorch/pytorch"», command: [python, train.py]}\n',
      message: 'untagged',
      good: 'name: train\nimplementation:\n  container: {image: "pytorch/pytorch:2.4.1-cuda12.4-cudnn9-runtime", command: [python, train.py]}\n',
      fill: ['2.4.1-cuda12.4-cudnn9-runtime'],
    },
    {
      path: 'pipeline.json',
      bad: '{"pipelineSpec": {"deploymentSpec": {"executors": {"exec-a": {"container": {"image": «"python:latest"»}}, "exec-b": {"container": {"image": "python:3.11"}}}}, "root": {"dag": {}}}}\n',
      message: 'latest',
      good: '{"pipelineSpec": {"deploymentSpec": {"executors": {"exec-a": {"container": {"image": "python:3.11"}}, "exec-b": {"container": {"image": "python:3.11"}}}}, "root": {"dag": {}}}}\n',
    },
    {
      path: 'train_pipeline.yaml',
      good: compiled("        image: '{{$.inputs.parameters[''image'']}}'\n"),
      because: 'given with each run',
    },
    {
      path: 'train_pipeline.yaml',
      good: compiled('        image: python:3.9\n'),
      because: 'a version, though its patches move',
    },
    {
      path: 'train_pipeline.yaml',
      good: compiled('        image: argostub/createpvc\n', 'exec-createpvc'),
      because: 'stands for a step without a container',
    },
    {
      path: 'k8s/pod.yaml',
      good: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: example/a:latest\n',
      because: 'reported by `k8s-image-latest`',
    },
  ],
});
