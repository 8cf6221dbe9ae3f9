import { describe, expect, it } from 'vitest';
import * as python from '../../../server/src/syntax/python/accessors.js';
import { parsePython } from '../../../server/src/syntax/python/parse.js';
import { Kind, type NodeKind, type PythonTree } from '../../../server/src/syntax/python/tree.js';

/** The tree of a text and its first node of a kind, in source order of ends. */
function find(text: string, kind: NodeKind): [tree: PythonTree, node: number] {
  const tree = parsePython(text);
  for (let node = 0; node < tree.count; node++) if (tree.kind[node] === kind) return [tree, node];
  throw new Error('no such node');
}

/** The last node of a kind, which is the outermost one that ends last. */
function findLast(text: string, kind: NodeKind): [tree: PythonTree, node: number] {
  const tree = parsePython(text);
  for (let node = tree.count - 1; node >= 0; node--) if (tree.kind[node] === kind) return [tree, node];
  throw new Error('no such node');
}

/** Replaces node numbers by source text, so that expectations can be read. */
function texts(tree: PythonTree, value: unknown): unknown {
  if (typeof value === 'number') return python.nodeText(tree, value);
  if (Array.isArray(value)) return value.map((item) => texts(tree, item));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([key, item]) => item !== undefined && !/[rR]ange$/.test(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, texts(tree, item)]));
}

describe('nodes and tokens', () => {
  it('lists children in source order', () => {
    const [tree, list] = find('[a, b.c, d(1)]', Kind.List);
    expect(texts(tree, python.children(tree, list))).toEqual(['a', 'b.c', 'd(1)']);
    expect(python.childCount(tree, list)).toBe(3);
    expect(texts(tree, python.firstChild(tree, list))).toBe('a');
    expect(texts(tree, python.lastChild(tree, list))).toBe('d(1)');
    const leaf = python.firstChild(tree, list)!;
    expect([python.children(tree, leaf), python.firstChild(tree, leaf), python.lastChild(tree, leaf)]).toEqual([
      [],
      undefined,
      undefined,
    ]);
    expect(python.nodeRange(tree, leaf)).toEqual({ start: 1, end: 2 });
  });

  it('finds tokens by offset', () => {
    const tree = parsePython('a = b + c\n');
    expect(python.tokenText(tree, python.tokenFrom(tree, 0))).toBe('a');
    expect(python.tokenText(tree, python.tokenFrom(tree, 5))).toBe('+');
    expect(python.tokenRange(tree, python.tokenFrom(tree, 8))).toEqual({ start: 8, end: 9 });
  });

  it('reads names in the form Python compares them in', () => {
    const [tree, attribute] = find('x.ｅval(ｋey=1)', Kind.Attr);
    expect(python.attributeName(tree, attribute)).toBe('eval');
    const [same, keyword] = find('x.ｅval(ｋey=1)', Kind.Kwarg);
    expect(python.keywordName(same, keyword)).toBe('key');
    expect(python.identifier(tree, -1)).toBe('');
  });

  it('gives an empty name for an attribute that is still missing', () => {
    const [tree, attribute] = find('model.\nx = 1', Kind.Attr);
    expect(python.attributeName(tree, attribute)).toBe('');
    expect(tree.aux[attribute]).toBe(-1);
  });
});

describe('calls', () => {
  it('has a callee and arguments', () => {
    const [tree, call] = findLast('a.b(1, *c, k=2, **d, *e, (f for f in g))', Kind.Call);
    expect(texts(tree, python.calleeOf(tree, call))).toBe('a.b');
    const list = python.argumentsOf(tree, call);
    expect(texts(tree, list)).toEqual(['1', '*c', 'k=2', '**d', '*e', '(f for f in g)']);
    expect(list.map((node) => tree.kind[node])).toEqual([
      Kind.Num,
      Kind.Star,
      Kind.Kwarg,
      Kind.DoubleStar,
      Kind.Star,
      Kind.Comp,
    ]);
  });

  it('leaves out arguments that are still missing', () => {
    const [tree, call] = findLast('f(a, , b=, c', Kind.Call);
    expect(texts(tree, python.argumentsOf(tree, call))).toEqual(['a', 'b=', 'c']);
  });

  it('works for classes too', () => {
    const [tree, node] = find('@d\nclass A[T](B, metaclass=M, **k): pass', Kind.Class);
    expect(texts(tree, python.argumentsOf(tree, node))).toEqual(['B', 'metaclass=M', '**k']);
  });

  it('takes a keyword of the language for a name where it names an argument, with a problem', () => {
    const [tree, keyword] = find('f(async=1)', Kind.Kwarg);
    expect(python.keywordName(tree, keyword)).toBe('async');
    expect(tree.errors.length).toBe(1);
  });
});

describe('operators', () => {
  it.each<[string, NodeKind, string]>([
    ['a + b', Kind.Bin, '+'],
    ['a // b', Kind.Bin, '//'],
    ['a ** b', Kind.Bin, '**'],
    ['a @ b', Kind.Bin, '@'],
    ['-a', Kind.Unary, '-'],
    ['~a', Kind.Unary, '~'],
    ['not a', Kind.Not, 'not'],
    ['a and b', Kind.Bool, 'and'],
    ['a or b or c', Kind.Bool, 'or'],
    ['a < b', Kind.Compare, '<'],
    ['a is b', Kind.Compare, 'is'],
    ['a is  not b', Kind.Compare, 'is not'],
    ['a in b', Kind.Compare, 'in'],
    ['a not\\\n in b', Kind.Compare, 'not in'],
    ['a <<= b', Kind.AugAssign, '<<='],
    ['a', Kind.Name, ''],
  ])('%s', (text, kind, expected) => {
    const [tree, node] = find(text, kind);
    expect(python.operatorText(tree, node)).toBe(expected);
  });

  it('lists the operators of a chain', () => {
    const [tree, compare] = findLast('a < (b) not in c is not d == e', Kind.Compare);
    expect(python.comparisonOperators(tree, compare)).toEqual(['<', 'not in', 'is not', '==']);
    expect(texts(tree, python.children(tree, compare))).toEqual(['a', '(b)', 'c', 'd', 'e']);
  });
});

describe('collections and comprehensions', () => {
  it('reads dict entries', () => {
    const [tree, dict] = findLast('{"a": f(1), **rest, b.c: {1: 2}}', Kind.Dict);
    expect(texts(tree, python.dictEntries(tree, dict))).toEqual([
      { key: '"a"', value: 'f(1)' },
      { value: 'rest' },
      { key: 'b.c', value: '{1: 2}' },
    ]);
  });

  it('keeps the entries around one that is still being typed', () => {
    const [tree, dict] = findLast('x = {"a": 1, "b", "c": 3}', Kind.Dict);
    expect(texts(tree, python.dictEntries(tree, dict))).toEqual([
      { key: '"a"', value: '1' },
      { key: '"b"', value: '' },
      { key: '"c"', value: '3' },
    ]);
  });

  it('reads subscripts and slices', () => {
    const read = (text: string): unknown => {
      const [tree, node] = findLast(text, Kind.Subscript);
      return [texts(tree, python.subscriptParts(tree, node)), tree.aux[node]];
    };
    expect(read('a[1]')).toEqual([{ value: 'a', index: ['1'] }, 0]);
    expect(read('a[1,]')).toEqual([{ value: 'a', index: ['1'] }, 1]);
    expect(read('a.b[1:2, x]')).toEqual([{ value: 'a.b', index: ['1:2', 'x'] }, 1]);
    expect(read('a[(1, 2)]')).toEqual([{ value: 'a', index: ['(1, 2)'] }, 0]);
    expect(read('a[*b]')).toEqual([{ value: 'a', index: ['*b'] }, 1]);
    expect(read('a[')).toEqual([{ value: 'a', index: [''] }, 0]);
    const slice = (text: string): unknown => {
      const [tree, node] = findLast(text, Kind.Slice);
      return texts(tree, python.sliceParts(tree, node));
    };
    expect(slice('a[1:2:3]')).toEqual({ lower: '1', upper: '2', step: '3' });
    expect(slice('a[:]')).toEqual({});
    expect(slice('a[::x]')).toEqual({ step: 'x' });
    expect(slice('a[:x:]')).toEqual({ upper: 'x' });
    expect(slice('a[x:]')).toEqual({ lower: 'x' });
  });

  it('reads comprehensions', () => {
    const read = (text: string): unknown => {
      const [tree, node] = findLast(text, Kind.Comp);
      return texts(tree, python.comprehensionParts(tree, node));
    };
    expect(read('[f(x) for x in y if x if z]')).toEqual({
      type: 'list',
      element: ['f(x)'],
      clauses: [{ target: 'x', iterable: 'y', conditions: ['x', 'z'], isAsync: false }],
    });
    expect(read('{k: v for k, v in y async for z in w}')).toEqual({
      type: 'dict',
      element: ['k', 'v'],
      clauses: [
        { target: 'k, v', iterable: 'y', conditions: [], isAsync: false },
        { target: 'z', iterable: 'w', conditions: [], isAsync: true },
      ],
    });
    expect(read('{x for x in y}')).toMatchObject({ type: 'set' });
    expect(read('f(x for x in y)')).toMatchObject({ type: 'generator' });
    expect(read('(x for x in y)')).toMatchObject({ type: 'generator' });
  });
});

describe('definitions', () => {
  it('reads a function', () => {
    const text =
      '@a.b(1)\n@c\nasync def f[T: int](x, /, y: int, z=1, *args: str, k: "q" = 2, **kw) -> dict[str, int]:\n  pass\n';
    const [tree, def] = findLast(text, Kind.Def);
    expect(python.functionName(tree, def)).toBe('f');
    expect(python.isAsync(tree, def)).toBe(true);
    expect(texts(tree, python.decoratorsOf(tree, def))).toEqual(['@a.b(1)', '@c']);
    expect(texts(tree, python.parametersOf(tree, def))).toEqual([
      { name: 'x', kind: 'positional' },
      { name: 'y', kind: 'positional', annotation: 'int' },
      { name: 'z', kind: 'positional', default: '1' },
      { name: 'args', kind: 'star', annotation: 'str' },
      { name: 'k', kind: 'keywordOnly', annotation: '"q"', default: '2' },
      { name: 'kw', kind: 'doubleStar' },
    ]);
    expect(python.parametersOf(tree, def).map(({ nameRange }) => text.slice(nameRange.start, nameRange.end))).toEqual([
      'x',
      'y',
      'z',
      'args',
      'k',
      'kw',
    ]);
    expect(texts(tree, python.typeParametersOf(tree, def))).toEqual([
      { name: 'T', kind: 'positional', annotation: 'int' },
    ]);
    expect(texts(tree, python.returnAnnotation(tree, def))).toBe('dict[str, int]');
    expect(texts(tree, python.bodyOf(tree, def))).toBe('pass');
  });

  it('knows keyword-only parameters behind a bare star', () => {
    const [tree, def] = find('def f(a, *, b): pass', Kind.Def);
    expect(texts(tree, python.parametersOf(tree, def))).toEqual([
      { name: 'a', kind: 'positional' },
      { name: 'b', kind: 'keywordOnly' },
    ]);
    expect(python.returnAnnotation(tree, def)).toBeUndefined();
    expect(python.isAsync(tree, def)).toBe(false);
  });

  it('reads a lambda, whose last colon annotates nothing', () => {
    const [tree, lambda] = findLast('lambda a, *b, c=1, **d: a', Kind.Lambda);
    expect(texts(tree, python.parametersOf(tree, lambda))).toEqual([
      { name: 'a', kind: 'positional' },
      { name: 'b', kind: 'star' },
      { name: 'c', kind: 'keywordOnly', default: '1' },
      { name: 'd', kind: 'doubleStar' },
    ]);
  });

  it('reads a class', () => {
    const [tree, node] = find('@x\nclass A(B):\n  y = 1\n', Kind.Class);
    expect(python.className(tree, node)).toBe('A');
    expect(texts(tree, python.decoratorsOf(tree, node))).toEqual(['@x']);
    expect(texts(tree, python.bodyOf(tree, node))).toBe('y = 1');
    expect(tree.from[node]).toBe(0);
  });

  it('gives empty names to definitions without one', () => {
    const [tree, def] = find('def (x): pass', Kind.Def);
    expect(python.functionName(tree, def)).toBe('');
    const [same, node] = find('class : pass', Kind.Class);
    expect(python.className(same, node)).toBe('');
  });
});

describe('imports', () => {
  const read = (text: string): unknown => {
    const tree = parsePython(text);
    const node = Array.from(tree.kind.subarray(0, tree.count)).findIndex(
      (kind) => kind === Kind.Import || kind === Kind.ImportFrom,
    );
    const imported = python.importedNames(tree, node);
    const slice = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
    return {
      ...imported,
      names: imported.names.map(({ range, nameRange, ...name }) => ({
        ...name,
        range: slice(range),
        nameRange: slice(nameRange),
      })),
    };
  };

  it('reads import statements', () => {
    expect(read('import a.b as c, d . e')).toEqual({
      level: 0,
      module: '',
      star: false,
      names: [
        { name: 'a.b', asName: 'c', range: 'a.b as c', nameRange: 'a.b' },
        { name: 'd.e', range: 'd . e', nameRange: 'd . e' },
      ],
    });
  });

  it('reads from imports', () => {
    expect(read('from a.b import (c as d,  # x\n e,)')).toEqual({
      level: 0,
      module: 'a.b',
      star: false,
      names: [
        { name: 'c', asName: 'd', range: 'c as d', nameRange: 'c' },
        { name: 'e', range: 'e', nameRange: 'e' },
      ],
    });
    expect(read('from ....a import *')).toEqual({ level: 4, module: 'a', star: true, names: [] });
    expect(read('from . import x')).toMatchObject({ level: 1, module: '', names: [{ name: 'x' }] });
  });

  it('copes with imports that are still being typed', () => {
    expect(read('from torch import ')).toEqual({ level: 0, module: 'torch', star: false, names: [] });
    expect(read('from torch')).toMatchObject({ module: 'torch', names: [] });
    expect(read('import ')).toMatchObject({ names: [] });
    expect(read('import a as ')).toMatchObject({ names: [{ name: 'a' }] });
    expect(read('from a import (b,\nx = 1\ny(2)')).toMatchObject({ names: [{ name: 'b' }] });
  });
});

describe('statements', () => {
  const read = (text: string, kind: NodeKind, accessor: (tree: PythonTree, node: number) => unknown): unknown => {
    const [tree, node] = findLast(text, kind);
    return texts(tree, accessor(tree, node));
  };

  it('reads assignments', () => {
    expect(read('a = b, c = f(1)', Kind.Assign, python.assignmentParts)).toEqual({
      targets: ['a', 'b, c'],
      value: 'f(1)',
    });
    expect(read('a: int = 1', Kind.AnnAssign, python.assignmentParts)).toEqual({
      targets: ['a'],
      annotation: 'int',
      value: '1',
    });
    expect(read('a: int', Kind.AnnAssign, python.assignmentParts)).toEqual({ targets: ['a'], annotation: 'int' });
    expect(read('a.b += 1', Kind.AugAssign, python.assignmentParts)).toEqual({ targets: ['a.b'], value: '1' });
    expect(read('f(a := 1)', Kind.Walrus, python.assignmentParts)).toEqual({ targets: ['a'], value: '1' });
    expect(read('a = ', Kind.Assign, python.assignmentParts)).toEqual({ targets: ['a'], value: '' });
  });

  it('reads loops and conditions', () => {
    expect(read('for a, b in c: d\nelse: e', Kind.For, python.forParts)).toEqual({
      target: 'a, b',
      iterable: 'c',
      body: 'd',
      orElse: 'e',
    });
    expect(read('while a: b\nelse: c', Kind.While, python.whileParts)).toEqual({
      condition: 'a',
      body: 'b',
      orElse: 'c',
    });
    expect(read('if a: b\nelif c: d\nelif e: f\nelse: g', Kind.If, python.ifParts)).toEqual({
      branches: [
        { condition: 'a', body: 'b' },
        { condition: 'c', body: 'd' },
        { condition: 'e', body: 'f' },
      ],
      orElse: 'g',
    });
    expect(read('if a: b', Kind.If, python.ifParts)).toEqual({ branches: [{ condition: 'a', body: 'b' }] });
    expect(read('if a: b', Kind.If, python.conditionOf)).toBe('a');
    expect(read('while a: b', Kind.While, python.conditionOf)).toBe('a');
    expect(read('x if a else b', Kind.Ternary, python.conditionOf)).toBe('a');
    expect(read('assert a, b', Kind.Assert, python.conditionOf)).toBe('a');
    expect(read('match x:\n  case y if z: pass', Kind.Case, python.conditionOf)).toBe('z');
    expect(read('match x:\n  case y: pass', Kind.Case, python.conditionOf)).toBeUndefined();
    const [tree, loop] = find('async for x in y: pass', Kind.For);
    expect(python.isAsync(tree, loop)).toBe(true);
  });

  it('reads with, try and except', () => {
    expect(read('with a as b, c(1): pass', Kind.With, python.withItems)).toEqual([
      { context: 'a', target: 'b' },
      { context: 'c(1)' },
    ]);
    expect(read('with (a as b, c,): pass', Kind.With, python.withItems)).toEqual([
      { context: 'a', target: 'b' },
      { context: 'c' },
    ]);
    expect(read('with (a, b) as c: pass', Kind.With, python.withItems)).toEqual([{ context: '(a, b)', target: 'c' }]);
    const text = 'try: a\nexcept (B, C) as d: e\nexcept: f\nelse: g\nfinally: h';
    expect(read(text, Kind.Try, python.tryParts)).toEqual({
      body: 'a',
      handlers: ['except (B, C) as d: e', 'except: f'],
      orElse: 'g',
      finalBody: 'h',
    });
    expect(read('try: a\nfinally: b', Kind.Try, python.tryParts)).toEqual({ body: 'a', handlers: [], finalBody: 'b' });
    const [tree, handler] = find(text, Kind.Except);
    expect(texts(tree, python.exceptParts(tree, handler))).toEqual({ type: '(B, C)', name: 'd', body: 'e' });
    expect(read(text, Kind.Except, python.exceptParts)).toEqual({ body: 'f' });
    const [asyncTree, block] = find('async with a: pass', Kind.With);
    expect(python.isAsync(asyncTree, block)).toBe(true);
  });

  it('reads return, global and match', () => {
    expect(read('def f(): return a, b', Kind.Return, python.returnValue)).toBe('a, b');
    expect(read('def f(): return', Kind.Return, python.returnValue)).toBeUndefined();
    expect(read('global a, b', Kind.Global, python.declaredNames)).toEqual(['a', 'b']);
    expect(read('match f(x):\n  case [a, *_] if b: c\n  case _:\n    d', Kind.Match, python.matchParts)).toEqual({
      subject: 'f(x)',
      cases: [
        { pattern: '[a, *_]', guard: 'b', body: 'c' },
        { pattern: '_', body: 'd' },
      ],
    });
  });
});
