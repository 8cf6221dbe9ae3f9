#!/usr/bin/env node
import * as nodeModule from 'node:module';
import { main } from '../../cli/main.js';
import { NodeCliHost } from './cli-host.js';

// Node 22.1 and later keep compiled code between runs: that of the commands, which are a file of their own.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

main(process.argv.slice(2), new NodeCliHost(__dirname), async () => (await import('../../cli/commands.js')).commands)
  .then((exit) => {
    process.exitCode = exit;
  })
  .catch((error: unknown) => {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`Tidegate failed: ${reason}\n`);
    process.exitCode = 2;
  });
