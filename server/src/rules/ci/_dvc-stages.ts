import { at, type ConfigEntry, child, items, placeIn, type RuleContext, text as textOf } from '../../engine/index.js';
import { trainsModel } from '../../knowledge/model-releases.js';
import type { CiJob } from './_jobs.js';

/** Commands of DVC that move data, and actions that install it: neither runs a stage. */
const MOVES = /\bdvc (?:-\w+ )*(?:pull|push|fetch|checkout|status|remote|add|config)\b[^\n;&|]*|\bsetup-dvc\b\S*/g;
const RUNS = /\bdvc (?:-\w+ )*(?:repro|exp run)\b[^\n;&|]*/g;

/** The stages that a job runs with `dvc repro` in the root of the repository. */
export interface DvcRun {
  readonly trains: boolean;
  /** A stage judges the model or writes metrics, or may: what the scripts do is not known. */
  readonly mayCheck: boolean;
  readonly place: ReturnType<typeof placeIn>;
}

/** What a job says besides moving data and running stages. */
export function withoutDvc(word: string): string {
  return word.replace(MOVES, '').replace(RUNS, '');
}

/**
 * What the `dvc.yaml` of the root does for jobs that run all of it; undefined when none does, or when it is not known which file is
 * run. `checks` tells whether a stage may check something by its name and commands.
 */
export function dvcRunOf(
  jobs: readonly CiJob[],
  checks: (words: string) => boolean,
  { workspace }: Pick<RuleContext<never>, 'workspace'>,
): DvcRun | undefined {
  const runs = jobs.flatMap(({ words }) => words.flatMap((word) => word.match(RUNS) ?? []));
  const moved = jobs.some(
    ({ words, entry }) => words.some((word) => /(?:^|[\s;&])cd \S/.test(word)) || hasFolder(entry),
  );
  // Stages that are named, and files, leave out others.
  if (runs.length === 0 || moved || runs.some((run) => /(?:repro|run)\s+[^-\s]/.test(run))) return undefined;
  const file = workspace.configsBeside('_').find(({ path }) => path === 'dvc.yaml');
  const stages = items(child(file?.facts.roots[0], 'stages'));
  const [first] = stages;
  if (file === undefined || first === undefined) return undefined;
  const words = stages.map((stage) => wordsOf(stage));
  return {
    trains: stages.some((stage, i) => /^(?:re)?train/.test(stage.key ?? '') || trainsModel(words[i]!)),
    mayCheck: stages.some((stage, i) => checks(words[i]!) || at(stage, 'do') !== undefined || hasMetrics(stage)),
    place: placeIn(file.path, file.text, first.parent?.keyRange ?? first.range),
  };
}

function wordsOf(stage: ConfigEntry): string {
  const command = child(stage, 'cmd');
  const lines = command?.kind === 'list' ? items(command).map((line) => textOf(line) ?? '') : [textOf(command) ?? ''];
  return [stage.key ?? '', ...lines].join('\n');
}

function hasMetrics(stage: ConfigEntry): boolean {
  return child(stage, 'metrics') !== undefined || child(stage, 'plots') !== undefined;
}

/** A job or step that runs in another folder. */
function hasFolder(job: ConfigEntry): boolean {
  const places = [job, at(job, 'defaults', 'run'), ...items(child(job, 'steps'))];
  return places.some((one) => child(one, 'working-directory') !== undefined || child(one, 'dir') !== undefined);
}
