import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareCorpus, root } from './corpus.js';

/**
 * `npm run bench:fixes`: applies every fix, safe or to be reviewed, to a copy of the corpus. CPython must read each file as
 * well as before, a second run must find nothing left to fix, and no file may end in an error of ours. Exit code 1 says
 * which ones do not hold.
 */
interface Report {
  readonly findings: readonly {
    readonly ruleId: string;
    readonly path: string;
    readonly range: { readonly start: { readonly line: number } };
    readonly fixes: readonly unknown[];
  }[];
  readonly files: { readonly checked: number };
  readonly errors: readonly { readonly kind: string; readonly message: string; readonly path: string }[];
}

const CLI = join(root, 'dist/cli.cjs');
const OPTIONS = ['--no-config', '--profile', 'strict', '--min-confidence', 'low', '--exit-zero', '-q', '-f', 'json'];
const MAX_OUTPUT = 1 << 30;

const SYNTAX = `
import ast, os, sys, warnings
warnings.simplefilter('ignore')
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if not name.endswith('.py'): continue
        path = os.path.join(folder, name)
        try:
            with open(path, 'rb') as file: ast.parse(file.read())
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            print(f'{os.path.relpath(path, sys.argv[1])}\\t{error}')
`;

function check(folder: string, ...more: readonly string[]): Report {
  const args = [CLI, 'check', ...OPTIONS, ...more, '.'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT,
  });
  if (stdout === '') throw new Error(`tidegate check ended with ${status}: ${stderr.slice(-1000)}`);
  return JSON.parse(stdout) as Report;
}

/** Files that CPython does not read, with its reason. Undefined where there is no Python. */
function unreadable(folder: string): ReadonlyMap<string, string> | undefined {
  const { stdout, status } = spawnSync('python3', ['-c', SYNTAX, folder], { encoding: 'utf8', maxBuffer: MAX_OUTPUT });
  if (status !== 0) return undefined;
  const lines = stdout.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => line.split('\t', 2) as [string, string]));
}

function list(title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  console.log(`\n${title}:`);
  for (const line of lines.slice(0, 50)) console.log(`  ${line}`);
  if (lines.length > 50) console.log(`  … and ${lines.length - 50} more`);
}

const built = spawnSync(process.execPath, ['--import', 'tsx', 'esbuild.ts'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
const corpus = prepareCorpus();
const copy = mkdtempSync(join(tmpdir(), 'tidegate-fixes-'));
try {
  cpSync(corpus.all, copy, { recursive: true });
  cpSync(join(root, 'samples'), join(copy, 'samples'), { recursive: true });
  const syntaxBefore = unreadable(copy);
  const before = check(copy);
  const fixing = check(copy, '--fix', '--review-fixes');
  const syntaxAfter = unreadable(copy);
  const after = check(copy);
  if (syntaxBefore === undefined || syntaxAfter === undefined) console.log('No python3 here: syntax was not compared.');
  const broken = [...(syntaxAfter ?? [])].filter(([path]) => !syntaxBefore?.has(path));
  const left = after.findings.filter(({ fixes }) => fixes.length > 0);
  const runs = { before, fixing, after };
  const internal = Object.entries(runs).flatMap(([name, { errors }]) =>
    errors.filter(({ kind }) => kind === 'internal' || kind === 'budget').map((error) => ({ name, ...error })),
  );
  const known = new Set(before.errors.map(({ path, message }) => `${path} ${message}`));
  const refused = fixing.errors.filter(
    ({ kind, path, message }) => kind === 'syntax' && !known.has(`${path} ${message}`),
  );
  const fixable = before.findings.filter(({ fixes }) => fixes.length > 0).length;
  console.log(`${before.files.checked} files, ${before.findings.length} findings, ${fixable} of them with a fix`);
  console.log(`after the fixes: ${after.findings.length} findings, ${left.length} of them with a fix`);
  console.log(`files that CPython does not read: ${syntaxBefore?.size} before, ${syntaxAfter?.size} after`);
  list(
    'Broken by a fix',
    broken.map(([path, reason]) => `${path}: ${reason}`),
  );
  list(
    'Refused because they would break the file',
    refused.map(({ path, message }) => `${path}: ${message}`),
  );
  list(
    'Still to be fixed',
    left.map(({ path, range, ruleId }) => `${path}:${range.start.line} ${ruleId}`),
  );
  list(
    'Errors of Tidegate',
    internal.map(({ name, path, message }) => `${name}: ${path}: ${message}`),
  );
  process.exitCode = broken.length + refused.length + left.length + internal.length > 0 ? 1 : 0;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
