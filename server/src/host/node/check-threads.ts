import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { CheckThreads, Share, SharedRun } from '../../cli/check/share.js';

/**
 * The compiler of Node 20 inlines so much that it takes a quarter of the processor time of a large check; later versions
 * gain nothing from less.
 */
const LESS_INLINING = '--max-inlined-bytecode-size-cumulative=200';

/** The heap of each thread may outgrow what lives in it by half, not by four times: a quarter less memory for the same time. */
const SMALLER_HEAPS = '--heap-growing-percent=50';

/** Every core has a thread of ours: helpers of their collectors would only take turns with them. */
const NO_HELPERS = '--no-parallel-scavenge';

/** A check keeps little of what it makes; what Node 24 takes by itself costs a third more memory and saves no time. */
const YOUNG_MB = 24;

/**
 * Starts threads that check their part of a run.
 *
 * @param program file of the thread's program
 */
export function startThreads(
  program: string,
  run: SharedRun,
  count: number,
  receive: (share: Share) => void,
): CheckThreads {
  if (process.versions.v8.startsWith('11.')) {
    for (const flag of [LESS_INLINING, SMALLER_HEAPS, NO_HELPERS]) setFlagsFromString(flag);
  }
  const threads = Array.from({ length: count }, () => {
    const thread = new Worker(program, { workerData: run, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    thread.on('message', receive);
    return thread;
  });
  // A thread that fails ends; what it had taken stays unchecked, which its starter notices.
  const ended = threads.map(
    (thread) => new Promise<void>((end) => thread.on('error', () => end()).on('exit', () => end())),
  );
  return {
    done: Promise.all(ended).then(() => undefined),
    stop: () => {
      for (const thread of threads) void thread.terminate();
    },
  };
}
