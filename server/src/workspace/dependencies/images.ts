import type { DockerfileFacts } from '../../facts/dockerfile/instruction.js';
import { type Declaration, versionLike } from './declaration.js';

/** Images whose tag starts with the version of a library, by name without registry. */
const IMAGES: ReadonlyMap<string, string> = new Map([
  ['python', 'python'],
  ['library/python', 'python'],
  // https://hub.docker.com/r/pytorch/pytorch/tags and https://hub.docker.com/r/tensorflow/tensorflow/tags
  ['pytorch/pytorch', 'torch'],
  ['tensorflow/tensorflow', 'tensorflow'],
]);

/** What base images say about Python and frameworks: `FROM python:3.11-slim`, `FROM pytorch/pytorch:2.4.1-cuda12.1`. */
export function imageVersions(facts: DockerfileFacts, path: string): Declaration[] {
  return facts.stages.flatMap((stage) => {
    if (stage.variable || stage.baseStage !== undefined) return [];
    const image = stage.image.replace(/@.*$/, '');
    const colon = image.lastIndexOf(':');
    if (colon < 0) return [];
    const name = image.slice(0, colon).replace(/^(?:docker\.io|public\.ecr\.aws\/docker|mirror\.gcr\.io)\//, '');
    const library = IMAGES.get(name);
    const version = /^\d+(?:\.\d+){0,2}(?=$|-)/.exec(image.slice(colon + 1))?.[0];
    return library === undefined || version === undefined
      ? []
      : [versionLike(library, version, path, stage.imageRange)];
  });
}
