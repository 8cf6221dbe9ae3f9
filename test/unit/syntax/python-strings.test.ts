import { describe, expect, it } from 'vitest';
import {
  fstringParts,
  isBytes,
  isTemplate,
  nodeText,
  stringValue,
} from '../../../server/src/syntax/python/accessors.js';
import { parsePython } from '../../../server/src/syntax/python/parse.js';
import { Kind, type PythonTree } from '../../../server/src/syntax/python/tree.js';

/** The tree of a text that is one string expression, and the node of that string. */
function stringNode(text: string): { tree: PythonTree; node: number } {
  const tree = parsePython(text);
  for (let node = tree.count - 1; node >= 0; node--) {
    if (tree.kind[node] === Kind.Str || tree.kind[node] === Kind.FStr) return { tree, node };
  }
  throw new Error('no string');
}

function value(text: string): string | undefined {
  const { tree, node } = stringNode(text);
  return stringValue(tree, node);
}

function parts(text: string): string[] {
  const { tree, node } = stringNode(text);
  return fstringParts(tree, node).map((part) => ('node' in part ? `{${nodeText(tree, part.node)}}` : part.text));
}

describe('stringValue', () => {
  it.each<[string, string]>([
    [`'a'`, 'a'],
    [`"a'b"`, "a'b"],
    [`""`, ''],
    [`"""a"b"""`, 'a"b'],
    [`''''a\\''''`, "'a'"],
    [`"""\na\n"""`, '\na\n'],
    [`"""a\r\nb\rc"""`, 'a\nb\nc'],
    [String.raw`'\\ \' \" \a \b \f \n \r \t \v'`, '\\ \' " \x07 \b \f \n \r \t \v'],
    [String.raw`'\x41\u00e9\U0001F600'`, 'Aé😀'],
    [String.raw`'\101\60\7\0\777'`, 'A0\x07\0\u01ff'],
    [String.raw`'\1012'`, 'A2'],
    [String.raw`'a\N{EM DASH}b'`, 'a\ufffdb'],
    [String.raw`'\d\x4\u12\U123'`, String.raw`\d\x4\u12\U123`],
    [String.raw`'\UFFFFFFFF'`, '\ufffd'],
    ["'a\\\nb'", 'ab'],
    ["'a\\\r\nb'", 'ab'],
    [String.raw`r'\n\''`, String.raw`\n\'`],
    [String.raw`R"\\"`, String.raw`\\`],
    [`u'é'`, 'é'],
    [String.raw`b'\x41\xff\u0041\N{DASH}'`, 'A\xff\\u0041\\N{DASH}'],
    [String.raw`b'\777'`, '\xff'],
    [String.raw`rb'\d'`, String.raw`\d`],
    [String.raw`Br'\d'`, String.raw`\d`],
    [String.raw`'a' "b" r'\c' """d"""`, String.raw`ab\cd`],
    [`('a'  # comment "x"\n 'b')`, 'ab'],
    [`b'a' b"b"`, 'ab'],
  ])('%s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('is undefined for formatted strings and for mixtures', () => {
    expect(value(`f'a'`)).toBeUndefined();
    expect(value(`'a' f'b'`)).toBeUndefined();
    expect(value(`t'a'`)).toBeUndefined();
    expect(value(`'a' b'b'`)).toBeUndefined();
    const tree = parsePython('x');
    expect(stringValue(tree, tree.root)).toBeUndefined();
  });

  it('reads what is there of a string that is not closed', () => {
    expect(value(`x = 'abc`)).toBe('abc');
    expect(value(`x = "`)).toBe('');
    expect(value(`x = '''abc\ndef`)).toBe('abc\ndef');
  });

  it('stays fast on many escapes', () => {
    const before = process.cpuUsage();
    expect(value(`'${'\\n'.repeat(100_000)}'`)).toBe('\n'.repeat(100_000));
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
  });
});

describe('string kinds', () => {
  it('tells bytes and templates from text', () => {
    const is = (text: string): [boolean, boolean] => {
      const { tree, node } = stringNode(text);
      return [isBytes(tree, node), isTemplate(tree, node)];
    };
    expect(is(`b'a'`)).toEqual([true, false]);
    expect(is(`Rb'a'`)).toEqual([true, false]);
    expect(is(`'b'`)).toEqual([false, false]);
    expect(is(`f'a'`)).toEqual([false, false]);
    expect(is(`t'a'`)).toEqual([false, true]);
    expect(is(`rT'a'`)).toEqual([false, true]);
  });
});

describe('fstringParts', () => {
  it.each<[string, string[]]>([
    [`f''`, []],
    [`f'a'`, ['a']],
    [`f'{x}'`, ['{x}']],
    [`f'a{x}b{y.z()}c'`, ['a', '{x}', 'b', '{y.z()}', 'c']],
    [`f'{{a}}{x}{{'`, ['{a}', '{x}', '{']],
    [`f'{x!r:>{width}}!'`, ['{x}', '!']],
    [`f'{x=}'`, ['x=', '{x}']],
    [`f'{ x = !r}'`, [' x = ', '{x}']],
    [`f'{x==1}'`, ['{x==1}']],
    [`f'{a, b}'`, ['{a, b}']],
    [`f'{ {1: 2}[1] }'`, ['{{1: 2}[1]}']],
    [String.raw`f'\n\x41\N{DASH}{x}\u00e9'`, ['\nA\ufffd', '{x}', 'é']],
    [String.raw`f'\{x}'`, ['\\', '{x}']],
    [String.raw`rf'\n{x}\{{'`, ['\\n', '{x}', '\\{']],
    [`'a' f'{x}' "b" f"c{y}"`, ['a', '{x}', 'b', 'c', '{y}']],
    [String.raw`r'\a' rf'\b'`, ['\\a', '\\b']],
    [`f"{f"{x}"}{y["k"]}"`, ['{f"{x}"}', '{y["k"]}']],
    [`f"""a\n{\n  x\n}\n"""`, ['a\n', '{x}', '\n']],
    [`t'{x!s}a'`, ['{x}', 'a']],
    [`'plain' "text"`, ['plain', 'text']],
  ])('%s', (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });

  it('gives ranges: literal text without quotes, fields with their braces', () => {
    const text = `x = f'ab{y!r}c'`;
    const { tree, node } = stringNode(text);
    expect(fstringParts(tree, node).map(({ range }) => text.slice(range.start, range.end))).toEqual([
      'ab',
      '{y!r}',
      'c',
    ]);
  });

  it('survives strings that are still being typed', () => {
    expect(parts(`f'a{x`)).toEqual(['a', '{x}']);
    expect(parts(`f'a{`)).toEqual(['a', '{}']);
    expect(parts(`print(f"a{x", b)`)).toEqual(['a', '{x}']);
    expect(parts(`f'a{x!`)).toEqual(['a', '{x}']);
    expect(parts(`f'a{x:{`)).toEqual(['a', '{x}']);
  });
});
