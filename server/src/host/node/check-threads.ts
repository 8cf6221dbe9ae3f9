import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type CheckThreads, checkShares, type Share, type SharedRun } from '../../cli/check/shared-run.js';
import { loadEngine } from '../../cli/engine.js';
import { NodeFileSystem } from './file-system.js';
import { today } from './today.js';

/**
 * Starts threads of this very program.
 *
 * @param program file of the running bundle
 */
export function startThreads(
  program: string,
  run: SharedRun,
  count: number,
  receive: (share: Share) => void,
): CheckThreads {
  const threads = Array.from({ length: count }, () => {
    const thread = new Worker(program, { workerData: run });
    thread.on('message', receive);
    return thread;
  });
  // A thread that fails ends; what it had taken stays unchecked, which its starter notices.
  const ended = threads.map(
    (thread) => new Promise<void>((end) => thread.on('error', () => end()).on('exit', () => end())),
  );
  return {
    done: Promise.all(ended).then(() => undefined),
    stop: () => threads.forEach((thread) => void thread.terminate()),
  };
}

/** The program of a thread. */
export async function serveThread(): Promise<void> {
  const host = {
    files: (root: string) => new NodeFileSystem(root),
    today,
    now: () => performance.now(),
    pause: () => Promise.resolve(),
    interrupted: () => false,
  };
  await checkShares(workerData as SharedRun, host, await loadEngine(), (share) => parentPort!.postMessage(share));
}
