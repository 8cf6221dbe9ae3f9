import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../tools/bundles.js';

/** Bundles the program as the package ships it; answers with the file. */
export async function bundleProgram(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'tidegate-cli-'));
  await bundle(folder);
  return join(folder, 'cli.cjs');
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a Node program to its end. `started` gets the process id as soon as there is one. */
export function runProgram(
  file: string,
  argv: readonly string[],
  cwd: string,
  options: {
    readonly stdin?: Buffer | string;
    readonly started?: (kill: (signal: NodeJS.Signals) => void) => void;
  } = {},
): Promise<Ended> {
  return new Promise((done, fail) => {
    const env = { ...process.env, NO_COLOR: '1' };
    const child = spawn(process.execPath, [file, ...argv], { cwd, env, stdio: 'pipe' });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
    });
    child.on('error', fail);
    child.on('close', (code, signal) => done({ code, signal, ...output }));
    child.stdin.end(options.stdin ?? '');
    options.started?.((signal) => void child.kill(signal));
  });
}
