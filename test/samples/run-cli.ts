import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface CliRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the bundled command line as a user would; the bundle is built by `npm run check` before the tests. */
export function tidegate(args: readonly string[], cwd = ROOT): CliRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${ROOT}dist/cli.cjs`, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

export interface JsonReport {
  readonly findings: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly severity: string;
    readonly path: string;
    readonly cell?: { readonly index: number; readonly line: number };
    readonly range: { readonly start: { readonly line: number; readonly column: number } };
    readonly fixes: readonly unknown[];
    readonly related: readonly { readonly path: string; readonly message: string }[];
  }[];
  readonly files: { readonly checked: number };
  readonly errors: readonly unknown[];
}

export function report(path: string, cwd = ROOT, ...options: string[]): JsonReport {
  return JSON.parse(tidegate(['check', path, '--format', 'json', ...options], cwd).stdout) as JsonReport;
}
