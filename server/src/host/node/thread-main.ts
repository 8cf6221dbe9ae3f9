import { parentPort, workerData } from 'node:worker_threads';
import type { SharedRun } from '../../cli/check/share.js';
import { checkShares } from '../../cli/check/shared-run.js';
import { engine } from '../../cli/engine.js';
import { NodeFileSystem } from './file-system.js';
import { today } from './today.js';

/** Entry of a thread that checks its part of a run of the command line. */
async function run(): Promise<void> {
  const host = {
    files: (root: string) => new NodeFileSystem(root),
    today,
    now: () => performance.now(),
    pause: () => Promise.resolve(),
    interrupted: () => false,
  };
  await checkShares(workerData as SharedRun, host, engine, (share) => parentPort!.postMessage(share));
}

void run();
