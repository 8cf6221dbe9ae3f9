import { defineRule, dockerfile, edit } from '../../engine/index.js';
import { imageReference, isMovingImage, mayBeLocal } from '../../knowledge/container-images.js';
import { shownImage, withVersion } from '../_images.js';

export default defineRule({
  summary: 'A Dockerfile builds on an image that moves.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.001',
    'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions',
  ],
  docs: {
    why: 'The next build of the training image takes whatever was pushed under the tag last: another CUDA, another framework with other defaults, or an image an attacker pushed with a stolen registry account. The model then cannot be reproduced, and nobody notices what runs.',
    instead: 'Name the version and its digest: `FROM python:3.11-slim@sha256:…`.',
    fixSafety:
      'A tag that the same Dockerfile uses elsewhere for this image is offered for review, since the two stages may differ on purpose. Another fix leaves a place for a version.',
    limits:
      'Tags other than `latest` can move too, but are not reported. A bare name that is no official image may be one built on this machine and is reported with low confidence. An image whose name comes from a build argument without a default is not known. Digests need the registry and cannot be worked out here.',
    ignoreWhen: 'The image is built beside this one and never leaves the machine.',
  },
  messages: {
    untagged: '`{image}` has no tag, so each build takes the last push; name a version and digest',
    latest: '`{image}` moves with every push; name a version and digest',
  },
  skipsTests: true,
  query: dockerfile.file(),
  check({ instructions, stages }, { report }) {
    const names = new Set(stages.flatMap(({ name }) => name?.toLowerCase() ?? []));
    const fixedTags = new Map<string, string>();
    for (const { image, variable } of stages) {
      const reference = imageReference(image);
      if (!variable && !isMovingImage(reference)) fixedTags.set(reference.repository, image);
    }
    const judge = (image: string, range: { start: number; end: number }, written: boolean): void => {
      const reference = imageReference(image);
      if (!isMovingImage(reference)) return;
      const shown = shownImage(image);
      const finding =
        reference.tag === undefined
          ? report(range, 'untagged', { image: shown })
          : report(range, 'latest', { image: shown });
      if (mayBeLocal(reference)) finding.confidence('low');
      const other = fixedTags.get(reference.repository);
      if (!written) return;
      if (other !== undefined) {
        finding.fix(
          `Use \`${other.slice(0, 60)}\``,
          'review',
          edit.replace(range, other),
          'the stages may need different versions',
        );
      }
      finding.fix('Name a version', 'placeholder', edit.replace(range, withVersion(image)));
    };
    for (const stage of stages) {
      if (stage.baseStage !== undefined || stage.variable) continue;
      judge(stage.image, stage.imageRange, stage.from.words[0]?.text === stage.image);
    }
    for (const { keyword, flags } of instructions) {
      const from = keyword === 'COPY' ? flags.find(({ name }) => name === 'from') : undefined;
      if (from === undefined || /^\d+$|\$/.test(from.value) || names.has(from.value.toLowerCase())) continue;
      const start = from.range.end - from.value.length;
      judge(from.value, { start, end: from.range.end }, true);
    }
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: 'FROM «pytorch/pytorch:latest»\nCMD ["python", "train.py"]\n',
      message: 'latest',
      good: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nCMD ["python", "train.py"]\n',
      fill: ['2.7.1-cuda12.6-cudnn9-runtime'],
    },
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.11-slim AS build\nRUN pip wheel -w /wheels .\n\nFROM «python»\nCOPY --from=build /wheels /wheels\n',
      message: 'untagged',
      good: 'FROM python:3.11-slim AS build\nRUN pip wheel -w /wheels .\n\nFROM python:3.11-slim\nCOPY --from=build /wheels /wheels\n',
    },
    {
      path: 'serve.Dockerfile',
      bad: 'ARG BASE=tensorflow/tensorflow:latest-gpu\nFROM «${BASE}»\n',
      message: 'latest',
      good: 'ARG BASE=tensorflow/tensorflow:2.19.0-gpu\nFROM ${BASE}\n',
      byHand: true,
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.11-slim AS build\n\nFROM build\nCMD ["python"]\n',
      because: 'a stage of the same file',
    },
    {
      path: 'Dockerfile',
      good: 'FROM pytorch/pytorch@sha256:9c900dea9e8fb7e16277c179b555cc72d29a352dbc33cff48ad5a0412fd5bfc7\n',
      because: 'a digest names one image',
    },
    { path: 'Dockerfile', good: 'FROM scratch\nCOPY model.onnx /\n', because: '`scratch` is no image' },
    { path: 'Dockerfile', good: 'ARG BASE\nFROM ${BASE}\n', because: 'the image is not known' },
    {
      path: 'Dockerfile',
      good: 'FROM registry.example.com:5000/ml/base:1.4\n',
      because: 'the colon of the port is no tag',
    },
  ],
});
