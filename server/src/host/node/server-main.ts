import * as nodeModule from 'node:module';

// Node 22.1 and later keep compiled code between runs. What is imported below profits, so nothing is imported above.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

/** Entry of the language server: `--node-ipc` for VS Code, `--stdio` (also the default) for other editors. */
async function run(): Promise<void> {
  const { serveIpc, serveStdio } = await import('./lsp-main.js');
  if (process.argv.includes('--node-ipc')) serveIpc();
  else await serveStdio();
}

run().catch((error: unknown) => {
  process.stderr.write(`Tidegate failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
