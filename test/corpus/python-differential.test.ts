import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parser as lezer } from '@lezer/python';
import { describe, expect, it } from 'vitest';
import { keywordName } from '../../server/src/syntax/python/accessors.js';
import { parsePython } from '../../server/src/syntax/python/parse.js';
import { Kind } from '../../server/src/syntax/python/tree.js';
import { type PythonSpans, pythonSpans, spanDifference } from './python-spans.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..', '..');
/** Every n-th file of the standard library is compared, about this many. */
const LIBRARY_FILES = 150;

/** Syntax that only later versions of CPython read. */
const NEEDS_VERSION: Readonly<Record<string, number>> = {
  'groups.py': 11,
  'matching.py': 10,
  'type_parameters.py': 13,
  'fstrings_nested.py': 12,
  'templates.py': 14,
  'except_unparenthesized.py': 14,
};

function pythonFiles(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py'))
    .sort()
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile());
}

const corpus = [...pythonFiles(join(here, 'python')), ...pythonFiles(join(root, 'samples'))];

function run(python: string[], input = ''): string | undefined {
  const result = spawnSync('python3', python, { input, encoding: 'utf8', maxBuffer: 1 << 29 });
  return result.error === undefined && result.status === 0 ? result.stdout : undefined;
}

function standardLibrary(): string[] {
  const directory = run(['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))'])?.trim();
  if (directory === undefined) return [];
  const files = pythonFiles(directory).filter((path) => !/site-packages|dist-packages|lib2to3.tests/.test(path));
  const step = Math.max(1, Math.floor(files.length / LIBRARY_FILES));
  return files.filter((_, i) => i % step === 0);
}

type Dump = PythonSpans & { readonly file: string; readonly error?: string };

function dumps(files: readonly string[]): { minor: number; files: Dump[] } {
  const output = run(['-W', 'ignore', join(here, 'ast_dump.py')], files.join('\n')) ?? '';
  const [head, ...lines] = output.trim().split('\n');
  const minor = (JSON.parse(head ?? '{"version":[3,0]}') as { version: [number, number] }).version[1];
  return { minor, files: lines.map((line) => JSON.parse(line) as Dump) };
}

const hasPython = run(['--version']) !== undefined;
if (!hasPython) console.warn('python-differential: skipped the comparison with CPython, python3 was not found');

describe.skipIf(!hasPython)('compared with the ast module of CPython', () => {
  const { minor, files } = dumps(corpus);
  // Before 3.9 the module had no exact positions for slices and parenthesised tuples.
  const canCompare = minor >= 9;

  it.skipIf(!canCompare).each(files.map((dump) => [relative(root, dump.file), dump] as const))('%s', (_name, dump) => {
    const text = readFileSync(dump.file, 'utf8');
    const tree = parsePython(text);
    if (dump.error !== undefined) {
      const needed = NEEDS_VERSION[basename(dump.file)] ?? 0;
      expect(minor, `CPython 3.${minor} rejects ${dump.file}: ${dump.error}`).toBeLessThan(needed);
      return;
    }
    expect(tree.errors).toEqual([]);
    expect(spanDifference(pythonSpans(tree, minor >= 12), dump)).toBeUndefined();
  });

  it.skipIf(!canCompare)('the standard library', () => {
    const library = dumps(standardLibrary());
    const differences: string[] = [];
    let calls = 0;
    let compared = 0;
    for (const dump of library.files) {
      if (dump.error !== undefined) continue;
      const tree = parsePython(readFileSync(dump.file, 'utf8'));
      const difference = spanDifference(pythonSpans(tree, library.minor >= 12), dump);
      if (difference !== undefined || tree.errors.length > 0) {
        differences.push(`${dump.file}: ${difference ?? tree.errors[0]?.message}`);
      }
      calls += dump.calls;
      compared++;
    }
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(50);
    expect(calls).toBeGreaterThan(1000);
  });
});

/** Files whose syntax, or whose use of it, the grammar of `@lezer/python` does not cover without error nodes. */
function lezerSpans(text: string): { calls: string[]; keywords: string[]; hasErrors: boolean } {
  const calls: string[] = [];
  const keywords: string[] = [];
  let hasErrors = false;
  lezer.parse(text).iterate({
    enter(node) {
      if (node.type.isError) hasErrors = true;
      if (node.name === 'CallExpression') calls.push(`${node.from}–${node.to}`);
      if (node.name === 'ArgList' && node.node.parent?.name !== 'ClassDefinition') {
        for (let child = node.node.firstChild; child !== null; child = child.nextSibling) {
          if (child.name === 'AssignOp' && child.prevSibling?.name === 'VariableName') {
            keywords.push(`${text.slice(child.prevSibling.from, child.prevSibling.to)} ${child.prevSibling.from}`);
          }
        }
      }
    },
  });
  return { calls: calls.sort(), keywords: keywords.sort(), hasErrors };
}

/** Calls and their named arguments. Lezer reads `@f(x)` as a decorator with arguments, not as a call. */
function ourSpans(text: string): { calls: string[]; keywords: string[] } {
  const tree = parsePython(text);
  const calls: string[] = [];
  const keywords: string[] = [];
  const parents = new Int32Array(tree.count).fill(-1);
  for (let node = 0; node < tree.count; node++) {
    for (let child = node - 1; child >= tree.first[node]!; child = tree.first[child]! - 1) parents[child] = node;
  }
  for (let node = 0; node < tree.count; node++) {
    const parent = parents[node]!;
    if (tree.kind[node] === Kind.Call) {
      if (tree.kind[parent] === Kind.Decorator && isDottedName(tree.kind, tree.aux[node]!, tree.first)) continue;
      calls.push(`${tree.from[node]}–${tree.to[node]}`);
    } else if (tree.kind[node] === Kind.Kwarg && tree.kind[parent] !== Kind.Class) {
      keywords.push(`${keywordName(tree, node)} ${tree.from[node]}`);
    }
  }
  return { calls: calls.sort(), keywords: keywords.sort() };
}

function isDottedName(kind: Uint8Array, node: number, first: Int32Array): boolean {
  for (let at = node; ; at--) {
    if (kind[at] === Kind.Name) return at === first[node];
    if (kind[at] !== Kind.Attr) return false;
  }
}

describe('compared with @lezer/python', () => {
  const texts = corpus.map((path) => ({ name: relative(root, path), text: readFileSync(path, 'utf8') }));
  const readable = texts.filter(({ text }) => !lezerSpans(text).hasErrors);

  it.each(readable.map(({ name, text }) => [name, text] as const))('%s', (_name, text) => {
    const { calls, keywords } = lezerSpans(text);
    expect(ourSpans(text)).toEqual({ calls, keywords });
  });

  it('covers most of the corpus', () => {
    expect(readable.length).toBeGreaterThanOrEqual(texts.length / 2);
  });
});

describe('the comparison itself', () => {
  const spans = (text: string): PythonSpans => pythonSpans(parsePython(text), true);

  it('notices a missing call, another span and another keyword', () => {
    expect(spanDifference(spans('f(g(1))'), spans('f(g[1])'))).toMatch(/^calls/);
    expect(spanDifference(spans('f( a)'), spans('f(a )'))).toMatch(/^Name/);
    expect(spanDifference(spans('f(a=1)'), spans('f(b=1)'))).toMatch(/^keyword/);
    expect(spanDifference(spans('f(a=1)'), spans('f(a=1)'))).toBeUndefined();
  });
});
