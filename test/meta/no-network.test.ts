import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import { importsOf, nodes, parse, type SyntaxNode, sourceFiles } from './source-files.js';

const BUILT_IN = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));
/** Modules that reach another machine or start another program. */
const REACHING =
  /^(?:node:)?(?:https?|http2|net|dgram|tls|dns|dns\/promises|child_process|cluster|worker_threads|inspector|vm)$/;
/** A thread runs this program's own code, and only the command line starts one. */
const THREADS = new Set(['server/src/host/node/check-threads.ts', 'server/src/host/node/thread-main.ts']);
/** Globals that do the same, or run text as code. */
const GLOBALS = new Set(['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource', 'eval', 'Function', 'importScripts']);

const files = sourceFiles('server/src');
const imports = files.flatMap((file) => importsOf(file).map((name) => ({ path: file.path, name })));

describe('the server', () => {
  it('imports something', () => expect(imports.length).toBeGreaterThan(100));

  it('imports platform modules in host alone', () => {
    const outside = imports.filter(({ path, name }) => !path.startsWith('server/src/host/') && BUILT_IN.has(name));
    expect(outside).toEqual([]);
  });

  it('imports nothing that reaches the network or starts a program', () => {
    const reaching = imports.filter(({ name }) => REACHING.test(name));
    expect(reaching.filter(({ path, name }) => !(name === 'node:worker_threads' && THREADS.has(path)))).toEqual([]);
  });

  it('starts threads of its own program alone', () => {
    const started = files
      .filter(({ path }) => THREADS.has(path))
      .flatMap((file) => [...nodes(parse(file).module.body)])
      .filter((node) => node.type === 'NewExpression' && (node.callee as SyntaxNode).value === 'Worker')
      .map((node) => (node.arguments as { expression: SyntaxNode }[])[0]!.expression.value);
    expect(started).toEqual(['program']);
  });

  it('calls no global that does', () => {
    const calls = files.flatMap((file) => {
      const { module, lineAt } = parse(file);
      return [...nodes(module.body)].flatMap((node) => {
        if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return [];
        const { type, value } = node.callee as SyntaxNode;
        return type === 'Identifier' && GLOBALS.has(value as string)
          ? [`${file.path}:${lineAt(node.span!.start)} ${value}`]
          : [];
      });
    });
    expect(calls).toEqual([]);
  });
});
