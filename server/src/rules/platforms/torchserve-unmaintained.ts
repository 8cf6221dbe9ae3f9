import {
  type ContainerFact,
  child,
  containers,
  type DockerfileFacts,
  defineRule,
  dockerfile,
  type Requirement,
  requirements,
  text as textOf,
} from '../../engine/index.js';
import { imageReference } from '../../knowledge/container-images.js';
import { isTorchServeImage } from '../../knowledge/torchserve.js';

const PACKAGES = new Set(['torchserve', 'torchserve-nightly']);

export default defineRule({
  summary: 'Models are served with TorchServe, which gets no security fixes any more.',
  stages: ['deployment'],
  severity: 'hint',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-1104',
    'OWASP-A06:2021',
    'OWASP-ML06:2023',
    'https://github.com/pytorch/serve',
    'https://github.com/pytorch/serve/security/advisories',
  ],
  docs: {
    why: 'The project was archived in August 2025, and its page says that there are no further security patches. The next hole of the kind of ShellTorch, which let strangers run code through the management API, stays open in every server that is left.',
    instead:
      'Plan a move to a server that is maintained: Triton, KServe with its own runtimes, Ray Serve, BentoML or vLLM for language models. Until then keep management on loopback, tokens on and the model API off.',
    fixSafety: 'There is no fix: another server needs another way to pack the models, and tests.',
    limits:
      'Official images and the package are recognised, not images that are built on them elsewhere. Locked files say what a resolver chose, and runtimes that a cluster offers need no model that uses them, so both stay silent.',
    ignoreWhen: 'A vendor maintains the build in use, or the move is planned.',
  },
  messages: {
    used: '`{name}` gets no security fixes since August 2025, so new holes stay open; plan a move to another server',
  },
  words: ['torchserve'],
  query: [containers.all(), dockerfile.file(), requirements.all()],
  check(fact: ContainerFact | DockerfileFacts | Requirement, { report }) {
    if ('stages' in fact) {
      for (const { image, imageRange, baseStage } of fact.stages) {
        const { repository } = imageReference(image);
        if (baseStage === undefined && isTorchServeImage(repository)) report(imageRange, 'used', { name: repository });
      }
    } else if (fact.kind === 'container') {
      // A catalogue of runtimes offers servers; it does not say that a model uses one.
      if (textOf(child(fact.root, 'kind')) === 'ClusterServingRuntime') return;
      const { repository } = imageReference(textOf(fact.image) ?? '');
      if (fact.image !== undefined && fact.image.alias === undefined && isTorchServeImage(repository))
        report(fact.image.valueRange, 'used', { name: repository });
    } else if (fact.name !== undefined && PACKAGES.has(fact.name) && fact.source !== 'lock') {
      report(fact.nameRange ?? fact.range, 'used', { name: fact.name });
    }
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: 'FROM «pytorch/torchserve:0.12.0-cpu»\nCOPY model.mar /models/\n',
      message: 'used',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  scoring:\n    image: «pytorch/torchserve:0.12.0-cpu» # scores\n',
      message: 'used',
      good: 'services:\n  scoring:\n    image: nvcr.io/nvidia/tritonserver:25.09-py3 # scores\n',
      byHand: true,
    },
    {
      path: 'Dockerfile',
      bad: 'ARG BASE=pytorch/torchserve\nFROM «${BASE}:0.12.0-gpu» AS base\n\nFROM base\nCMD ["torchserve", "--start"]\n',
      message: 'used',
    },
    { path: 'requirements.txt', bad: 'torch==2.8.0\n«torchserve»==0.12.0\n', message: 'used' },
    { path: 'Dockerfile', good: 'FROM pytorch/pytorch:2.8.0-cuda12.8-cudnn9-runtime\n', because: 'another project' },
    { path: 'requirements.txt', good: 'torch-model-archiver==0.12.0\n', because: 'packs models, serves nobody' },
    {
      path: 'k8s/runtimes.yaml',
      good: 'apiVersion: serving.kserve.io/v1alpha1\nkind: ClusterServingRuntime\nmetadata:\n  name: torch\nspec:\n  containers:\n    - name: kserve-container\n      image: pytorch/torchserve-kfs:0.9.0\n',
      because: 'offered by the cluster, used by nobody yet',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  scoring:\n    image: bank/torchserve:1.4\n',
      because: 'a build of the bank, which may maintain it',
    },
  ],
});
