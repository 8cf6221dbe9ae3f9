import { defineRule, dockerfile } from '../../engine/index.js';
import { imageReference } from '../../knowledge/container-images.js';
import { endedImage } from '../../knowledge/image-support.js';
import { isDevelopmentContainer, shippedStages } from './_stages.js';

export default defineRule({
  summary: 'A Dockerfile builds on a release that gets no security fixes any more.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-1104',
    'OWASP-A06:2021',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'https://endoflife.date/',
    'https://devguide.python.org/versions/',
    'https://wiki.debian.org/LTS',
    'https://ubuntu.com/about/release-cycle',
    'https://gitlab.com/nvidia/container-images/cuda/-/blob/master/doc/support-policy.md',
  ],
  docs: {
    why: 'A model server on an ended release keeps every hole that is found in its interpreter, OpenSSL or image libraries, however often the image is built again. New releases of PyTorch and scikit-learn no longer install there either, so the fixes of the loaders for models stay out as well, and NVIDIA deletes the tags of ended CUDA releases half a year later.',
    instead:
      'Move to a release that is maintained, test the training and the saved models with it, and let a bot raise the tag.',
    fixSafety:
      'There is no fix: another release of Python or CUDA needs other versions of the libraries, which has to be tested.',
    limits:
      'The table of releases is part of this tool and knows what had ended by November 2026. It covers the official images of Python, Debian and Ubuntu, CUDA up to 11, and images with the name of a Debian release in their tag. Debian counts with its long-term support, Ubuntu without the paid extension. Stages that are not part of the shipped image and development containers are information.',
    ignoreWhen: 'An extended support contract covers the release, or the image only rebuilds an old experiment.',
  },
  messages: {
    ended: '{product} went out of support in {ended}, so its holes stay open; move to a maintained release',
  },
  skipsTests: true,
  query: dockerfile.file(),
  check(facts, { report, path }) {
    const shipped = shippedStages(facts);
    for (const { index, image, imageRange, variable, baseStage } of facts.stages) {
      if (variable || baseStage !== undefined) continue;
      const ended = endedImage(imageReference(image));
      if (ended === undefined) continue;
      const finding = report(imageRange, 'ended', { product: ended.product, ended: ended.ended });
      if (!shipped.has(index) || isDevelopmentContainer(path)) finding.severity('info');
    }
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: 'FROM «python:3.8-slim»\nCMD ["python", "train.py"]\n',
      message: 'ended',
      good: 'FROM python:3.13-slim\nCMD ["python", "train.py"]\n',
      byHand: true,
    },
    {
      path: 'Dockerfile',
      bad: 'FROM «nvidia/cuda:11.8.0-cudnn8-devel-ubuntu22.04»\nCMD ["python3", "train.py"]\n',
      message: 'ended',
      good: 'FROM nvidia/cuda:13.0.1-cudnn-devel-ubuntu24.04\nCMD ["python3", "train.py"]\n',
      byHand: true,
    },
    {
      path: 'serve.Dockerfile',
      bad: 'ARG BASE=ubuntu:20.04\nFROM «$BASE» AS base\n\nFROM base\nCMD ["serve"]\n',
      message: 'ended',
    },
    { path: 'Dockerfile', good: 'FROM python:3.12-slim-bookworm\n', because: 'both are maintained' },
    { path: 'Dockerfile', good: 'ARG BASE\nFROM ${BASE}:18.04\n', because: 'the image is not known' },
    {
      path: 'Dockerfile',
      good: 'FROM 763104351884.dkr.ecr.us-west-2.amazonaws.com/pytorch-training:2.0-gpu-py310-ubuntu20.04-sagemaker\n',
      because: 'another vendor maintains this image',
    },
    { path: 'Dockerfile', good: 'FROM bank/python:3.8\n', because: 'not the official image' },
    { path: 'Dockerfile', good: 'FROM python:3\nFROM debian:stable-slim\n', because: 'tags that move on' },
  ],
});
