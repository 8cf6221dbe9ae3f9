#!/usr/bin/env node
import * as nodeModule from 'node:module';

// Node 22.1 and later keep compiled code between runs. What is imported below profits, so nothing is imported above.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

async function run(): Promise<void> {
  const { NodeCliHost } = await import('./cli-host.js');
  const { main } = await import('../../cli/main.js');
  process.exitCode = await main(process.argv.slice(2), new NodeCliHost(__dirname), async () => {
    const { loadEngine } = await import('../../cli/engine.js');
    return loadEngine();
  });
}

run().catch((error: unknown) => {
  process.stderr.write(`Tidegate failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 2;
});
