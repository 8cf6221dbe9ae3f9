import { type CommandFact, type ConfigEntry, child, commands, config } from '../../engine/index.js';

/** Specifications of jobs in files, and the commands that start jobs. */
export const vertexJobs = [config.entries(['vertex-job'], ''), commands.named('gcloud')] as const;

/** The specification with the worker pools; undefined for other files. */
export function jobSpecOf(root: ConfigEntry): ConfigEntry | undefined {
  const spec = child(root, 'jobSpec') ?? child(root, 'job_spec') ?? root;
  return poolsOf(spec) === undefined ? undefined : spec;
}

export function poolsOf(spec: ConfigEntry): ConfigEntry | undefined {
  return child(spec, 'workerPoolSpecs') ?? child(spec, 'worker_pool_specs');
}

/** A key of the specification as REST and as Python write it. */
export function specKey(spec: ConfigEntry, name: string): ConfigEntry | undefined {
  return (
    child(spec, name) ??
    child(
      spec,
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    )
  );
}

type Words = CommandFact['command']['words'];

/** Words of `gcloud ai custom-jobs create` and the like; undefined for other commands. */
export function jobCommand({ command }: CommandFact): Words | undefined {
  const { words } = command;
  const at = words.findIndex(({ text }) => text === 'ai');
  const group = words[at + 1]?.text;
  if (at < 0 || (group !== 'custom-jobs' && group !== 'hp-tuning-jobs') || words[at + 2]?.text !== 'create')
    return undefined;
  return words;
}
