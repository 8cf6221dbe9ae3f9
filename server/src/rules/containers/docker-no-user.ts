import {
  type DockerfileFacts,
  type DockerInstruction,
  type DockerStage,
  defineRule,
  dockerfile,
  edit,
} from '../../engine/index.js';
import { hasUseradd, imageReference, runsAsRoot } from '../../knowledge/container-images.js';

const NEW_USER = 'RUN useradd --uid 10001 --create-home app\nUSER 10001';

/** Servers and tools that drop root themselves before they run anything. */
const DROPS_ROOT = /\b(?:gosu|su-exec|setpriv|runuser|chpst|s6-setuidgid)\b/;

export default defineRule({
  summary: 'The process of an image runs as root.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: ['CWE-250', 'OWASP-ML06:2023', 'https://docs.docker.com/build/building/best-practices/#user'],
  docs: {
    why: 'A model server that unpickles a poisoned model, or a training job that runs code from a hub, hands its own rights to the attacker. As root these reach every file and mounted data set of the container, and one kernel or runtime flaw away the host.',
    instead:
      'Create a user and switch to it before `CMD`: `RUN useradd --uid 10001 --create-home app` and `USER 10001`.',
    fixSafety: 'Files that the process writes have to belong to the new user, so the fix is offered for review.',
    limits:
      'Only base images that are known to run as root are judged; others are reported with low confidence. Kubernetes and compose can set the user too. Images that serve a port are reported as information, others as a hint.',
    ignoreWhen:
      'The platform sets the user, or the image is built for SageMaker, which starts training containers as root.',
  },
  messages: {
    root: 'Image runs its process as root, so code that gets in owns the container; switch to another `USER`',
    backToRoot: '`USER {user}` makes the process run as root, so code that gets in owns the container',
  },
  query: dockerfile.file(),
  check(facts, { report, path, text }) {
    const last = facts.stages[facts.stages.length - 1];
    if (last === undefined || last.variable || /(^|\/)\.devcontainer\//.test(path)) return;
    const chain = stagesBelow(facts, last);
    const base = chain[chain.length - 1]!;
    if (base.variable) return;
    const own = facts.instructions.filter(({ stage }) => stage === last.index);
    if (own.some(({ argument }) => DROPS_ROOT.test(argument))) return;
    const user = userOf(facts, chain);
    const start = own.findLast(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
    const served = own.some(({ keyword }) => keyword === 'EXPOSE');
    if (user !== undefined) {
      if (isRoot(user))
        report(user, 'backToRoot', { user: user.argument.trim().slice(0, 40) }).severity(served ? 'info' : 'hint');
      return;
    }
    const image = imageReference(base.image);
    const root = runsAsRoot(image);
    if (root === false || image.repository === 'scratch' || start === undefined) return;
    const finding = report(start.keywordRange, 'root').severity(served ? 'info' : 'hint');
    if (root === undefined) finding.confidence('low');
    if (root === true && hasUseradd(image) && !/\b(?:useradd|adduser)\b/.test(text)) {
      const first = own.find(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT') ?? start;
      finding.fix(
        'Create a user and switch to it',
        'review',
        edit.insertLinesAbove(text, first.range.start, NEW_USER),
        'files written at run time must belong to it',
      );
    }
  },
  examples: [
    {
      path: 'Dockerfile',
      bad: 'FROM python:3.11-slim\nCOPY src/ src/\nEXPOSE 8000\n«CMD» ["python", "-m", "serve"]\n',
      message: 'root',
      good: 'FROM python:3.11-slim\nCOPY src/ src/\nEXPOSE 8000\nRUN useradd --uid 10001 --create-home app\nUSER 10001\nCMD ["python", "-m", "serve"]\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM jupyter/scipy-notebook:2024-10-07\n«USER root»\nRUN apt-get update && apt-get install -y graphviz\nCMD ["start-notebook.sh"]\n',
      message: 'backToRoot',
      good: 'FROM jupyter/scipy-notebook:2024-10-07\nUSER root\nRUN apt-get update && apt-get install -y graphviz\nUSER 1000\nCMD ["start-notebook.sh"]\n',
      byHand: true,
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.11-slim AS base\nUSER 10001\n\nFROM base\nCMD ["python", "-m", "serve"]\n',
      because: 'the stage below has left root',
    },
    {
      path: 'Dockerfile',
      good: 'FROM gcr.io/distroless/python3-debian12:nonroot\nCMD ["serve.py"]\n',
      because: 'the base image has a user of its own',
    },
    {
      path: 'Dockerfile',
      good: 'FROM python:3.11-slim\nENTRYPOINT ["gosu", "app", "python", "-m", "serve"]\n',
      because: 'the entry point leaves root',
    },
    {
      path: 'Dockerfile',
      good: 'ARG BASE\nFROM ${BASE}\nCMD ["python", "-m", "serve"]\n',
      because: 'the base image is not known',
    },
    {
      path: '.devcontainer/Dockerfile',
      good: 'FROM python:3.11-slim\nCMD ["bash"]\n',
      because: 'a development container',
    },
  ],
});

/** The stage and the stages it is built on, nearest first. */
function stagesBelow(facts: DockerfileFacts, stage: DockerStage): readonly DockerStage[] {
  const chain = [stage];
  for (let at = stage.baseStage; at !== undefined && chain.length < 50; at = chain[chain.length - 1]!.baseStage) {
    const next = facts.stages[at];
    if (next === undefined || chain.includes(next)) break;
    chain.push(next);
  }
  return chain;
}

/** The `USER` that counts at the end: the last one of the nearest stage that has any. */
function userOf(facts: DockerfileFacts, chain: readonly DockerStage[]): DockerInstruction | undefined {
  for (const stage of chain) {
    const user = facts.instructions.findLast(({ keyword, stage: of }) => keyword === 'USER' && of === stage.index);
    if (user !== undefined) return user;
  }
  return undefined;
}

function isRoot(user: DockerInstruction): boolean {
  return /^(?:root|0)(?::|$)/.test(user.argument.trim());
}
