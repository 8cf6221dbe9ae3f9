import { describe, expect, it } from 'vitest';
import { nodes, parse, type SourceFile, type SyntaxNode, sourceFiles } from './source-files.js';

/** Module-level state that is meant: the parser's arenas, reused so that parsing allocates nothing. */
const ARENAS: Readonly<Record<string, string>> = {
  'server/src/syntax/python/arena.ts': 'arrays that grow and are reused by every parse',
  'server/src/syntax/python/tokenizer.ts': 'the token arrays of the arena',
  'server/src/syntax/python/tree-builder.ts': 'the node arrays of the arena',
};

/** Objects whose answers depend on the moment or the machine. */
const OUTSIDE = new Set(['Date', 'console', 'performance', 'process', 'globalThis', 'crypto', 'window', 'self']);

const files = ['syntax', 'facts', 'semantics', 'rules'].flatMap((layer) => sourceFiles(`server/src/${layer}`));

function named(node: unknown): string | undefined {
  const { type, value } = (node ?? {}) as SyntaxNode;
  return type === 'Identifier' ? (value as string) : undefined;
}

/** What a node does that a pure function does not. */
function impurity(node: SyntaxNode): string | undefined {
  switch (node.type) {
    case 'AwaitExpression':
      return 'await';
    case 'MemberExpression': {
      const object = named(node.object);
      if (object === 'Math' && named(node.property) === 'random') return 'Math.random';
      return object !== undefined && OUTSIDE.has(object) ? object : undefined;
    }
    case 'NewExpression':
    case 'CallExpression': {
      const callee = named(node.callee);
      return callee !== undefined && (OUTSIDE.has(callee) || callee === 'eval' || callee === 'Function')
        ? callee
        : undefined;
    }
    default:
      return node.async === true || node.isAsync === true ? 'async' : undefined;
  }
}

function impurities(file: SourceFile): string[] {
  const { module, lineAt } = parse(file);
  const inside = [...nodes(module.body)].flatMap((node) => {
    const what = impurity(node);
    return what === undefined ? [] : [`${file.path}:${node.span === undefined ? '' : lineAt(node.span.start)} ${what}`];
  });
  if (ARENAS[file.path] !== undefined) return inside;
  const state = module.body.flatMap((item) => {
    const declaration = item.type === 'ExportDeclaration' ? item.declaration : item;
    if (declaration.type !== 'VariableDeclaration' || declaration.kind === 'const') return [];
    return [`${file.path}:${lineAt(declaration.span.start)} module-level ${declaration.kind}`];
  });
  return [...inside, ...state];
}

describe('purity', () => {
  it.each(['syntax', 'facts', 'semantics', 'rules'])('%s computes from its arguments alone', (layer) => {
    const own = files.filter(({ path }) => path.startsWith(`server/src/${layer}/`));
    expect(own.length).toBeGreaterThan(5);
    expect(own.flatMap(impurities)).toEqual([]);
  });

  it('sees what it looks for', () => {
    const text = [
      'let state = 0;',
      'export async function f() { await g(); }',
      'export const h = () => Date.now() + Math.random() + new Date().getTime();',
      'console.log(1);',
    ].join('\n');
    expect(impurities({ path: 'x.ts', text }).map((found) => found.replace(/^x\.ts:/, ''))).toEqual([
      '2 async',
      '2 await',
      '3 Date',
      '3 Math.random',
      '3 Date',
      '4 console',
      '1 module-level let',
    ]);
  });
});
