import { type ConfigEntry, child, config, defineRule, rootOf, text as textOf } from '../../engine/index.js';
import { type ImageReference, imageReference, isMovingImage, mayBeLocal } from '../../knowledge/container-images.js';
import { offerVersion, shownImage } from '../_images.js';

/** Names that are complete only when the job runs. */
const FILLED_IN = /[$%<>{}\s]|placeholder|your[-_]/i;
/** Steps that Google keeps for Cloud Build and that nobody gives a version: https://cloud.google.com/build/docs/cloud-builders. */
const CLOUD_BUILDERS =
  /^(?:gcr\.io\/(?:cloud-builders|google\.com\/cloudsdktool|cloud-marketplace-tools)\/|google\/cloud-sdk$)/;

export default defineRule({
  summary: 'A job of a pipeline runs in an image that moves.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CICD-SEC-3',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://docs.gitlab.com/ci/docker/using_docker_images/',
    'https://learn.microsoft.com/en-us/azure/devops/pipelines/process/container-phases',
    'https://cloud.google.com/build/docs/build-config-file-schema',
  ],
  docs: {
    why: 'The job that retrains the model reads the data and holds the token of the registry. It runs in whatever image was pushed last: a stolen account of its author is enough to reach both, and a new Python in it gives another model from the same commit.',
    instead: 'Name the version of the image, and the digest where the job holds secrets: `python:3.13-slim@sha256:…`.',
    fixSafety:
      'A version that another job of the file uses for the same image is offered for review, since the two may differ on purpose. Another fix leaves a place for a version.',
    limits:
      'Only a missing tag and `latest` are reported, though other tags move too. Images that the pipeline builds itself, names with variables, services beside a job and the steps that Google keeps for Cloud Build are passed over. A bare name that is no official image may be one of the runner: information with low confidence. Digests need the registry.',
    ignoreWhen: 'The job holds no secrets and nothing it makes is used.',
  },
  messages: {
    untagged: '`{image}` has no tag, so each run may use another image; name a version and digest',
    latest: '`{image}` moves with every push; name a version and digest',
  },
  skipsTests: true,
  query: [
    // Also the `image` of `default`, and of maps of jobs that `extends` and anchors use.
    config.entries(['gitlab-ci'], 'image'),
    config.entries(['gitlab-ci'], 'image.name'),
    config.entries(['gitlab-ci'], '*.image'),
    config.entries(['gitlab-ci'], '*.image.name'),
    config.entries(['azure-pipelines'], '**.container'),
    config.entries(['azure-pipelines'], '**.container.image'),
    config.entries(['azure-pipelines'], 'resources.containers.*.image'),
    config.entries(['cloud-build'], 'steps.*.name'),
    config.entries(['codebuild'], 'batch.*.*.env.image'),
  ],
  check(entry: ConfigEntry, { report, text, facts }) {
    const image = textOf(entry);
    if (image === undefined || entry.alias !== undefined || entry.tag !== undefined) return;
    if (entry.path[0] === 'variables' || FILLED_IN.test(image) || isResource(entry, image)) return;
    const reference = imageReference(image);
    if (!isMovingImage(reference) || CLOUD_BUILDERS.test(reference.repository)) return;
    if (textOf(child(entry.parent, 'pull_policy')) === 'never' || isBuiltHere(reference, text)) return;
    const shown = { image: shownImage(image) };
    const finding = report(entry.valueRange, reference.tag === undefined ? 'untagged' : 'latest', shown);
    if (mayBeLocal(reference)) finding.severity('info').confidence('low');
    offerVersion(finding, entry, reference, { facts, text }, 'the jobs may need different versions');
  },
  examples: [
    {
      path: '.gitlab-ci.yml',
      bad: 'train:\n  image: «pytorch/pytorch:latest»\n  script: [python train.py]\n',
      message: 'latest',
      good: 'train:\n  image: pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime\n  script: [python train.py]\n',
      fill: ['2.9.1-cuda12.8-cudnn9-runtime'],
    },
    {
      path: '.gitlab-ci.yml',
      bad: 'test:\n  image: python:3.13-slim\n  script: [pytest]\ntrain:\n  image: «python» # same as above\n  script: [python train.py]\n',
      message: 'untagged',
      good: 'test:\n  image: python:3.13-slim\n  script: [pytest]\ntrain:\n  image: python:3.13-slim # same as above\n  script: [python train.py]\n',
    },
    {
      path: 'cloudbuild.yaml',
      bad: 'steps:\n  - {name: «"python:latest"», args: [python, train.py]}\n  - {name: "python:3.13-slim", args: [python, evaluate.py]}\n',
      message: 'latest',
      good: 'steps:\n  - {name: "python:3.13-slim", args: [python, train.py]}\n  - {name: "python:3.13-slim", args: [python, evaluate.py]}\n',
    },
    {
      path: 'azure-pipelines.yml',
      bad: 'trigger: [main]\njobs:\n  - job: train\n    container: «mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:latest»\n    steps:\n      - script: python train.py\n',
      message: 'latest',
    },
    {
      path: '.gitlab-ci.yml',
      good: 'build:\n  image: docker:27.3.1\n  script: [docker build -t registry.example.com/risk/train . , docker push registry.example.com/risk/train]\ntrain:\n  image: registry.example.com/risk/train\n  script: [python train.py]\n',
      because: 'the pipeline builds the image itself',
    },
    {
      path: '.gitlab-ci.yml',
      good: 'train:\n  image: $CI_REGISTRY_IMAGE/train:latest\n  script: [python train.py]\n',
      because: 'a name that the run completes',
    },
    {
      path: 'cloudbuild.yaml',
      good: 'steps:\n  - name: gcr.io/cloud-builders/docker\n    args: [build, -t, "gcr.io/$PROJECT_ID/train", .]\n  - name: gcr.io/$PROJECT_ID/train\n    args: [python, train.py]\n',
      because: 'a builder of Cloud Build, and an image with a variable',
    },
    {
      path: 'azure-pipelines.yml',
      good: 'trigger: [main]\nresources:\n  containers:\n    - container: trainer\n      image: python:3.13-slim\njobs:\n  - job: train\n    container: trainer\n    steps:\n      - script: python train.py\n',
      because: 'the name of a resource, not of an image',
    },
  ],
});

/** Azure: the alias of a container resource, or its declaration. */
function isResource(entry: ConfigEntry, image: string): boolean {
  if (entry.key !== 'container') return false;
  const declared = child(child(rootOf(entry), 'resources'), 'containers');
  return (
    entry.path[0] === 'resources' ||
    declared?.children.some((one) => textOf(child(one, 'container')) === image) === true
  );
}

/** True when a command of the pipeline names the image, to build, tag or push it. */
function isBuiltHere({ repository }: ImageReference, text: string): boolean {
  if (!repository.includes('/')) return false;
  return text
    .split('\n')
    .some(
      (line) =>
        line.toLowerCase().includes(repository) &&
        /\b(?:build|push|tag)\b|--destination|--tag|\s-t\b|^\s*images?:\s*\[/.test(line),
    );
}
