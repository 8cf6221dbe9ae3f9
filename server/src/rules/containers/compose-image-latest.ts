import { type ConfigEntry, child, config, defineRule, items, text as textOf } from '../../engine/index.js';
import { imageReference, isMovingImage, mayBeLocal } from '../../knowledge/container-images.js';
import { offerVersion, shownImage } from '../_images.js';

export default defineRule({
  summary: 'A compose service runs an image that moves.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://docs.docker.com/reference/compose-file/services/#image',
    'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
  ],
  docs: {
    why: 'A colleague pulls the stack next month and gets another major version of the tracking server: it migrates the database that holds every run, or drops a default that kept strangers out. Whoever steals the account of the image’s author reaches the same machines in the same way.',
    instead: 'Name the version, and the digest where it matters: `ghcr.io/mlflow/mlflow:v2.16.2@sha256:…`.',
    fixSafety:
      'A tag that another service of the file uses for the same image is offered for review, since the two may differ on purpose. Another fix leaves a place for a version.',
    limits:
      'Only a missing tag and `latest` are reported, though other tags move too. Images that a service of the file builds are passed over. A bare name that is no official image may be one built on this machine: information with low confidence. Names with variables are not known. Digests need the registry.',
    ignoreWhen: 'The image is built beside this file and never pulled.',
  },
  messages: {
    untagged: '`{image}` has no tag, so each pull may bring another version; name a version and digest',
    latest: '`{image}` moves with every push; name a version and digest',
  },
  skipsTests: true,
  query: config.entries(['compose'], 'services.*.image'),
  check(entry: ConfigEntry, { report, text, facts }) {
    const image = textOf(entry);
    const service = entry.parent;
    if (image === undefined || service === undefined || entry.alias !== undefined || image.includes('$')) return;
    const reference = imageReference(image);
    const policy = textOf(child(service, 'pull_policy'));
    if (!isMovingImage(reference) || policy === 'never' || policy === 'build') return;
    const isBuilt = items(service.parent).some(
      (one) =>
        child(one, 'build') !== undefined &&
        (one === service || imageReference(textOf(child(one, 'image')) ?? '').repository === reference.repository),
    );
    if (isBuilt) return;
    const shown = { image: shownImage(image) };
    const finding = report(entry.valueRange, reference.tag === undefined ? 'untagged' : 'latest', shown);
    if (mayBeLocal(reference)) finding.severity('info').confidence('low');
    offerVersion(finding, entry, reference, { facts, text }, 'the services may need different versions');
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  tracking:\n    image: «ghcr.io/mlflow/mlflow:latest»\n',
      message: 'latest',
      good: 'services:\n  tracking:\n    image: ghcr.io/mlflow/mlflow:v2.16.2\n',
      fill: ['v2.16.2'],
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  db:\n    image: postgres:16.4\n  results:\n    image: «postgres» # predictions\n',
      message: 'untagged',
      good: 'services:\n  db:\n    image: postgres:16.4\n  results:\n    image: postgres:16.4 # predictions\n',
    },
    {
      path: 'compose.yaml',
      bad: 'services: {a: {image: «"minio/minio:latest"»}, b: {image: "minio/minio:RELEASE.2024-10-13T13-34-11Z"}}\n',
      message: 'latest',
      good: 'services: {a: {image: "minio/minio:RELEASE.2024-10-13T13-34-11Z"}, b: {image: "minio/minio:RELEASE.2024-10-13T13-34-11Z"}}\n',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  api:\n    build: .\n    image: registry.example.com/risk/api:latest\n  worker:\n    image: registry.example.com/risk/api:latest\n',
      because: 'the name of an image that this file builds',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  api:\n    image: registry.example.com:5000/risk/api:${TAG:-latest}\n',
      because: 'the tag is set from outside',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  db:\n    image: postgres@sha256:57c72fd2a128e416c7fcc499958864df5301e940bca0a56f58fddf30ffc07777\n',
      because: 'a digest names one image',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  api:\n    image: risk-api\n    pull_policy: never\n',
      because: 'never pulled',
    },
  ],
});
