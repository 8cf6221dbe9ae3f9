#!/usr/bin/env node
import * as nodeModule from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';

// Node 22.1 and later keep compiled code between runs. What is imported below profits, so nothing is imported above.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

/**
 * The compiler of Node 20 inlines so much that it takes a quarter of the processor time of a large check; later versions
 * gain nothing from less. Flags count for code that is compiled afterwards.
 */
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');

async function run(): Promise<void> {
  if (!isMainThread) {
    const { serveThread } = await import('./check-threads.js');
    return serveThread();
  }
  const { NodeCliHost } = await import('./cli-host.js');
  const { main } = await import('../../cli/main.js');
  process.exitCode = await main(process.argv.slice(2), new NodeCliHost(__filename), async () => {
    const { loadEngine } = await import('../../cli/engine.js');
    return loadEngine();
  });
}

run().catch((error: unknown) => {
  process.stderr.write(`Tidegate failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 2;
});
