import { Workspace, type WorkspaceOptions } from '../../workspace/workspace.js';
import type { CliHost } from '../host.js';
import { CheckSession, type Clock, type Engine } from './session.js';
import type { Share, SharedRun } from './share.js';

/** Files a thread takes at a time: few enough that all end together. */
const STRETCH = 16;
/** A thread costs as much as checking some two hundred files. */
const FILES_PER_THREAD = 400;

/** How many threads beside the main one are worth starting. */
export function helpfulThreads(files: number, available: number): number {
  return Math.max(0, Math.min(available - 1, Math.floor(files / FILES_PER_THREAD)));
}

export function sharedRun(root: string, options: WorkspaceOptions, paths: readonly string[]): SharedRun {
  return { root, options, paths, taken: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
}

/** Takes the next stretch of files that no thread has taken; empty when all are taken. */
function take({ paths, taken }: SharedRun): readonly string[] {
  const start = Atomics.add(taken, 0, 1) * STRETCH;
  return paths.slice(start, start + STRETCH);
}

/**
 * Checks all files of a run with the help of threads; false when it was interrupted. What a thread took and could not
 * finish is checked here.
 */
export async function checkTogether(
  session: CheckSession,
  run: SharedRun,
  host: CliHost,
  threads: number,
): Promise<boolean> {
  const helpers = await host.startThreads(run, threads, (share) => session.add(share));
  for (let paths = take(run); paths.length > 0; paths = take(run)) {
    if (!(await session.checkAll(paths))) {
      helpers.stop();
      return false;
    }
  }
  await helpers.done;
  return session.checkAll(run.paths.filter((path) => !session.knows(path)));
}

/** A thread's part of a run: checks what nobody has taken until nothing is left. */
export async function checkShares(
  run: SharedRun,
  host: Pick<CliHost, 'files'> & Clock,
  engine: Engine,
  send: (share: Share) => void,
): Promise<void> {
  const workspace = new Workspace(host.files(run.root), run.options);
  await workspace.prepare();
  for (let paths = take(run); paths.length > 0; paths = take(run)) {
    const session = new CheckSession(workspace, engine, host, 'hint');
    for (const path of paths) session.check(path);
    send({ checked: [...session.checked.values()], unreadable: [...session.unreadable] });
  }
}
