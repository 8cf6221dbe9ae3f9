import { at, type ConfigEntry, child, descendants, items, text as textOf } from '../../engine/index.js';

/** One job of a pipeline, or one step where steps are all there is. */
export interface CiJob {
  readonly name: string;
  /** What to underline. */
  readonly entry: ConfigEntry;
  /** Name, title and commands, in the order of the file. */
  readonly words: readonly string[];
  /** Names of the jobs that have to succeed before; undefined where another file says it. */
  readonly after: readonly string[] | undefined;
  /** A person starts or approves it, or may. */
  readonly approved: boolean;
}

/** Keys under which the formats keep what a job runs. */
const RUNS =
  /^(?:run|uses|script|before_script|bash|pwsh|powershell|task|inlineScript|scriptPath|args|entrypoint|name|displayName|template|id|trigger|include)$/;

/** Scalars under those keys, lists of them included. */
function wordsOf(name: string, body: ConfigEntry): string[] {
  const found = [name];
  for (const entry of descendants(body)) {
    const value = textOf(entry);
    const key = entry.key ?? entry.parent?.key ?? '';
    if (value !== undefined && RUNS.test(key)) found.push(value);
  }
  return found;
}

function namesIn(entry: ConfigEntry | undefined, key: string): string[] {
  if (entry?.kind === 'scalar') return [textOf(entry) ?? ''];
  return items(entry).flatMap((one) => textOf(one.kind === 'map' ? child(one, key) : one) ?? []);
}

function githubJobs(root: ConfigEntry): CiJob[] {
  return items(child(root, 'jobs')).map((job) => ({
    name: job.key ?? '',
    entry: job,
    words: wordsOf(job.key ?? '', job),
    after: namesIn(child(job, 'needs'), ''),
    approved: child(job, 'environment') !== undefined,
  }));
}

/** Keys of a GitLab file that are no jobs: https://docs.gitlab.com/ci/yaml/#global-keywords. */
const GLOBAL =
  /^(?:default|include|stages|variables|workflow|spec|image|services|cache|before_script|after_script|\..*)$/;

/** A field of a GitLab job: its own, or that of a hidden job of the same file. Undefined too where another file has it. */
function inherited(job: ConfigEntry, key: string, root: ConfigEntry, depth = 0): ConfigEntry | undefined {
  const own = child(job, key);
  if (own !== undefined || depth > 4) return own;
  for (const name of namesIn(child(job, 'extends'), '').reverse()) {
    const base = child(root, name);
    const found = base === undefined ? undefined : inherited(base, key, root, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function gitlabJobs(root: ConfigEntry): CiJob[] {
  const listed = namesIn(child(root, 'stages'), '');
  const stages = ['.pre', ...(listed.length > 0 ? listed : ['build', 'test', 'deploy']), '.post'];
  const jobs = items(root).filter((job) => job.kind === 'map' && !GLOBAL.test(job.key ?? '.'));
  const stageOf = (job: ConfigEntry): number => stages.indexOf(textOf(inherited(job, 'stage', root)) ?? 'test');
  return jobs.map((job) => {
    const needs = inherited(job, 'needs', root);
    const stage = stageOf(job);
    const earlier = jobs.filter((other) => stageOf(other) >= 0 && stageOf(other) < stage);
    const bases = namesIn(child(job, 'extends'), '').map((name) => child(root, name));
    const unknown = stage < 0 || bases.includes(undefined);
    const text = [job, ...bases.flatMap((base) => base ?? [])].flatMap((body) => wordsOf(job.key ?? '', body));
    const rules = items(inherited(job, 'rules', root));
    return {
      name: job.key ?? '',
      entry: job,
      words: text,
      after: unknown ? undefined : needs === undefined ? earlier.map(({ key }) => key ?? '') : namesIn(needs, 'job'),
      approved: [job, ...rules].some((one) => textOf(inherited(one, 'when', root)) === 'manual'),
    };
  });
}

function azureJobs(root: ConfigEntry): CiJob[] {
  const stages = items(child(root, 'stages'));
  if (stages.length === 0) return azureStage(root, []);
  const found = new Map<string, CiJob[]>();
  let previous: string[] = [];
  for (const stage of stages) {
    const name = textOf(child(stage, 'stage')) ?? '';
    const written = child(stage, 'dependsOn');
    const waits = written === undefined ? previous : namesIn(written, '');
    const before = waits.flatMap((one) => found.get(one) ?? []).map((job) => job.name);
    found.set(name, azureStage(stage, before));
    previous = [name];
  }
  return [...found.values()].flat();
}

function azureStage(stage: ConfigEntry, before: readonly string[]): CiJob[] {
  const prefix = textOf(child(stage, 'stage')) ?? '';
  return items(child(stage, 'jobs')).map((job) => {
    const named = child(job, 'deployment') ?? child(job, 'job') ?? child(job, 'template');
    const local = namesIn(child(job, 'dependsOn'), '').map((one) => `${prefix}/${one}`);
    return {
      name: `${prefix}/${textOf(named) ?? ''}`,
      entry: named ?? job,
      words: [prefix, ...wordsOf(textOf(named) ?? '', job)],
      after: [...before, ...local],
      // Approvals of an environment are kept outside of the file.
      approved: child(job, 'environment') !== undefined || child(job, 'deployment') !== undefined,
    };
  });
}

function cloudBuildJobs(root: ConfigEntry): CiJob[] {
  const steps = items(child(root, 'steps'));
  const nameOf = (step: ConfigEntry): string => textOf(child(step, 'id')) ?? `step ${steps.indexOf(step) + 1}`;
  return steps.map((step, index) => {
    const waits = child(step, 'waitFor');
    return {
      name: nameOf(step),
      entry: child(step, 'id') ?? child(step, 'name') ?? step,
      words: wordsOf(textOf(child(step, 'id')) ?? '', step),
      after: waits === undefined ? steps.slice(0, index).map(nameOf) : namesIn(waits, ''),
      approved: false,
    };
  });
}

/** Jobs of a pipeline with their order; none where the file leaves parts of them to others. */
export function jobsOf(root: ConfigEntry, format: string | undefined): readonly CiJob[] {
  switch (format) {
    case 'github-workflow':
      return githubJobs(root);
    case 'gitlab-ci':
      return child(root, 'include') === undefined ? gitlabJobs(root) : [];
    case 'azure-pipelines':
      return azureJobs(root);
    case 'cloud-build':
      return cloudBuildJobs(root);
    default:
      return [];
  }
}

/** Jobs that succeed before a job starts; undefined where that is not known. */
export function jobsBefore(job: CiJob, jobs: readonly CiJob[]): readonly CiJob[] | undefined {
  const byName = new Map(jobs.map((one) => [one.name, one]));
  const found = new Set<CiJob>();
  const pending: CiJob[] = [job];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.after === undefined) return undefined;
    for (const name of next.after) {
      const before = byName.get(name);
      if (before === undefined || found.has(before)) continue;
      found.add(before);
      pending.push(before);
    }
  }
  return [...found];
}

/** What starts the pipeline is a person, or another pipeline that has been through its own jobs. */
export function isStartedByHand(root: ConfigEntry): boolean {
  const on = child(root, 'on') ?? child(root, 'true');
  const events =
    on === undefined ? [] : on.kind === 'scalar' ? [textOf(on)] : items(on).map((one) => one.key ?? textOf(one));
  const byHand = /^(?:workflow_dispatch|workflow_run|workflow_call|release|deployment)$/;
  return (
    (events.length > 0 && events.every((event) => byHand.test(event ?? ''))) || textOf(at(root, 'trigger')) === 'none'
  );
}
