import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Module, parseSync } from '@swc/core';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface SourceFile {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** TypeScript files below a folder of the repository, sorted; generated ones and fixtures left out. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /(?<!\.d|\.gen)\.m?ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
    .filter((path) => !path.includes('/fixtures/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Number of lines; the line break at the end of the last one starts none. */
export function lineCount(text: string): number {
  return text === '' ? 0 : text.trimEnd().split('\n').length;
}

/** Anything in a syntax tree. */
export interface SyntaxNode {
  readonly type?: string;
  readonly span?: { readonly start: number; readonly end: number };
  readonly [field: string]: unknown;
}

export interface Parsed {
  readonly module: Module;
  /** Line (from 1) of a position in a node's span. */
  lineAt(position: number): number;
}

/** Parses a file. An empty statement put before it tells where the parser starts to count. */
export function parse({ text }: SourceFile): Parsed {
  const source = `;${text.replace(/^#!/, '//')}`;
  const module = parseSync(source, { syntax: 'typescript', target: 'es2022' });
  const base = module.span.start;
  const bytes = Buffer.from(source);
  const breaks: number[] = [];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) breaks.push(at);
  return { module, lineAt: (position) => breaks.filter((at) => at < position - base).length + 1 };
}

/** Every node of a tree, parents first. */
export function* nodes(tree: unknown): Generator<SyntaxNode> {
  if (Array.isArray(tree)) {
    for (const item of tree) yield* nodes(item);
  } else if (typeof tree === 'object' && tree !== null) {
    yield tree as SyntaxNode;
    for (const [field, value] of Object.entries(tree)) if (field !== 'span') yield* nodes(value);
  }
}

/** Module names that a file imports or re-exports, dynamic imports included, types left out. */
export function importsOf(file: SourceFile): string[] {
  return [...nodes(parse(file).module.body)].flatMap((node) => {
    const { type } = node;
    if (type === 'ImportDeclaration' || type === 'ExportNamedDeclaration' || type === 'ExportAllDeclaration') {
      const source = node.source as { value: string } | null;
      return node.typeOnly === true || source === null ? [] : [source.value];
    }
    if (type !== 'CallExpression') return [];
    const callee = node.callee as SyntaxNode;
    const isLoad = callee.type === 'Import' || (callee.type === 'Identifier' && callee.value === 'require');
    const [argument] = node.arguments as { expression: SyntaxNode }[];
    return isLoad && argument?.expression.type === 'StringLiteral' ? [argument.expression.value as string] : [];
  });
}
