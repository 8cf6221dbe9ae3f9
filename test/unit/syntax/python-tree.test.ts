import { describe, expect, it } from 'vitest';
import { nodeText } from '../../../server/src/syntax/python/accessors.js';
import { parsePython, withPythonTree } from '../../../server/src/syntax/python/parse.js';
import { Token } from '../../../server/src/syntax/python/tokens.js';
import { Kind, MAX_PROBLEMS, type PythonTree } from '../../../server/src/syntax/python/tree.js';
import { outline, shapeProblem } from './python-shape.js';

function comments(tree: PythonTree): string[] {
  return Array.from({ length: tree.commentCount }, (_, i) =>
    tree.text.slice(tree.commentStart[i]!, tree.commentEnd[i]!),
  );
}

function messages(text: string): string[] {
  return parsePython(text).errors.map(({ range, message }) => `${range.start}–${range.end} ${message}`);
}

function statementTexts(text: string): string[] {
  const tree = parsePython(text);
  const list: string[] = [];
  for (let node = tree.root - 1; node >= 0; node = tree.first[node]! - 1) list.push(nodeText(tree, node));
  return list.reverse();
}

describe('the tree', () => {
  it.each<[string, string]>([
    ['', 'Module'],
    ['a', 'Module(Expr(Name a))'],
    [
      'a.b(c, *d, e=1, **f)',
      'Module(Expr(Call(Attr(Name a), Name c, Star(Name d), Kwarg(Num 1), DoubleStar(Name f))))',
    ],
    ['a + b * c - d', 'Module(Expr(Bin(Bin(Name a, Bin(Name b, Name c)), Name d)))'],
    ['a ** b ** -c', 'Module(Expr(Bin(Name a, Bin(Name b, Unary(Name c)))))'],
    ['-a ** b', 'Module(Expr(Unary(Bin(Name a, Name b))))'],
    ['not a == b and c', 'Module(Expr(Bool(Not(Compare(Name a, Name b)), Name c)))'],
    ['a if b else c if d else e', 'Module(Expr(Ternary(Name a, Name b, Ternary(Name c, Name d, Name e))))'],
    ['(a)', 'Module(Expr(Group(Name a)))'],
    ['(a,)', 'Module(Expr(Tuple(Name a)))'],
    ['()', 'Module(Expr(Tuple ()))'],
    ['{a: b, **c}', 'Module(Expr(Dict(Entry(Name a, Name b), DoubleStar(Name c))))'],
    ['{a, *b}', 'Module(Expr(Set(Name a, Star(Name b))))'],
    ['a = b = c', 'Module(Assign(Name a, Name b, Name c))'],
    ['del a, b', 'Module(Del(Name a, Name b))'],
    ['print >>f, x', 'Module(Expr(Tuple(Bin(Name print, Name f), Name x)))'],
    ['await a ** b', 'Module(Expr(Bin(Await(Name a), Name b)))'],
    ['lambda x, y=1: x', 'Module(Expr(Lambda(Params(Param x, Param(Num 1)), Name x)))'],
    ["f'{x!r:{w}}' 'b'", 'Module(Expr(FStr(Field(Name x, Field(Name w)))))'],
    ['type X[T] = int', 'Module(TypeAlias(Name X, TypeParams(Param T), Name int))'],
    ['@a\ndef f(): pass', 'Module(Def(Decorator(Name a), Params, Block(Pass pass)))'],
    ['try: a\nexcept B: c', 'Module(Try(Block(Expr(Name a)), Except(Name B, Block(Expr(Name c)))))'],
    ['with a as b: pass', 'Module(With(WithItem(Name a, Name b), Block(Pass pass)))'],
    [
      'match x:\n  case A(1, b=_) | [c, *d] as e if f(): g',
      'Module(Match(Name x, Case(PatternAs(PatternOr(PatternClass(Name A, PatternValue(Num 1), PatternKeyword(PatternCapture _)), ' +
        'PatternSequence(PatternCapture c, PatternStar *d))), Call(Name f), Block(Expr(Name g)))))',
    ],
    [
      'match x:\n  case {"k": v, **r}: pass\n  case a.B: pass\n  case (-1): pass',
      'Module(Match(Name x, Case(PatternMapping(PatternEntry(Str "k", PatternCapture v), PatternRest **r), Block(Pass pass)), ' +
        'Case(PatternValue(Attr(Name a)), Block(Pass pass)), Case(PatternGroup(PatternValue(Unary(Num 1))), Block(Pass pass))))',
    ],
    [
      'match = 1\nmatch(x)\nmatch[x]',
      'Module(Assign(Name match, Num 1), Expr(Call(Name match, Name x)), Expr(Subscript(Name match, Name x)))',
    ],
    ['type(x)\ntype = 1', 'Module(Expr(Call(Name type, Name x)), Assign(Name type, Num 1))'],
  ])('%j', (text, expected) => {
    const tree = parsePython(text);
    expect(outline(tree).replaceAll(/Params (?=,|\))/g, 'Params')).toBe(expected);
    expect(tree.errors).toEqual([]);
    expect(shapeProblem(tree)).toBeUndefined();
  });

  it('keeps class patterns apart from calls', () => {
    const tree = parsePython('match f(x):\n  case Point(x=0) if g(y):\n    h(Point(1))\n');
    const calls: string[] = [];
    for (let node = 0; node < tree.count; node++) if (tree.kind[node] === Kind.Call) calls.push(nodeText(tree, node));
    expect(calls).toEqual(['f(x)', 'g(y)', 'Point(1)', 'h(Point(1))']);
  });

  it('ends statements before their line break and blocks with their last statement', () => {
    expect(statementTexts('x = 1  # a\nif x:\n    y()\n\n# b\nz; w;\n')).toEqual(['x = 1', 'if x:\n    y()', 'z', 'w']);
    expect(statementTexts('def f():\n  if a:\n    b\n  # c\n\nd')).toEqual(['def f():\n  if a:\n    b', 'd']);
  });
});

describe('tokens', () => {
  it.each<[string, string[]]>([
    [
      '0x1F 0o17 0b1_0 1_000 1.5e-3 1e5 .5 5. 3j 1.5J',
      ['0x1F', '0o17', '0b1_0', '1_000', '1.5e-3', '1e5', '.5', '5.', '3j', '1.5J'],
    ],
    ['1if 1else 0x1for', ['1', '1', '0x1f']],
    ['1..real', ['1.']],
    ['1_a', ['1_']],
  ])('reads the numbers of %s', (text, expected) => {
    const tree = parsePython(text);
    const numbers: string[] = [];
    for (let token = 0; token < tree.tokenCount; token++) {
      if (tree.tokenKind[token] === Token.Number)
        numbers.push(text.slice(tree.tokenStart[token]!, tree.tokenEnd[token]!));
    }
    expect(numbers).toEqual(expected);
  });

  it('does not take names for keywords whose hash they share', () => {
    // The rolling hash of "jG" equals that of "if".
    expect(outline(parsePython('jG = 1'))).toBe('Module(Assign(Name jG, Num 1))');
  });

  it('records comments without their line break', () => {
    const text =
      '#!first\nx = [  # second\n  1, # third\n]\r\n  # fourth\rif x: # fifth\n  """# no"""\n  f"#no{y}" # last';
    expect(comments(parsePython(text))).toEqual(['#!first', '# second', '# third', '# fourth', '# fifth', '# last']);
    expect(comments(parsePython('f"{\n  x # inner "\n}"'))).toEqual(['# inner "']);
  });

  it('records each comment once where a text is read again', () => {
    const text = 'x = foo(  # a\n  # b\nimport os  # c\n# d\ny = """  # no\ndef f(): pass  # e\n';
    expect(comments(parsePython(text))).toEqual(['# a', '# b', '# c', '# d', '# e']);
  });

  it('understands every line break, tabs, form feeds, marks and odd characters', () => {
    for (const lineBreak of ['\n', '\r\n', '\r']) {
      const text = ['if a:', '\tb()', '        c()', '\f', 'd = (1,', '2)', ''].join(lineBreak);
      expect(outline(parsePython(text))).toBe(
        'Module(If(Name a, Block(Expr(Call(Name b)), Expr(Call(Name c)))), Assign(Name d, Tuple(Num 1, Num 2)))',
      );
    }
    expect(outline(parsePython('\ufeffx = 1'))).toBe('Module(Assign(Name x, Num 1))');
    expect(outline(parsePython('é = 変数(名=1)'))).toBe('Module(Assign(Name é, Call(Name 変数, Kwarg(Num 1))))');
    expect(messages('a\0b')).toEqual(['1–2 unexpected character']);
    expect(messages('x = $a')).toEqual(['4–5 unexpected character']);
  });

  it('joins lines by backslash', () => {
    expect(outline(parsePython('x = 1 + \\\n  2\ny'))).toBe('Module(Assign(Name x, Bin(Num 1, Num 2)), Expr(Name y))');
    expect(messages('x = 1 \\ + 2')).toEqual(['6–7 unexpected character after the line continuation']);
  });
});

describe('problems', () => {
  it.each<[string, string[]]>([
    ['x = 1', []],
    ['f(', ['1–2 bracket is never closed']],
    ['x = "a', ['4–6 string is not closed']],
    ['x = """a', ['4–7 string is never closed']],
    ['if x\n  y', ['4–5 expected ":"']],
    ['if x:\ny', ['5–6 expected an indented block']],
    ['  x', ['2–2 unexpected indentation']],
    ['else: x', ['0–4 no statement for this clause']],
    ['a b', ['2–3 expected the end of the statement']],
    ['def f(a b): pass', ['8–9 expected "," or ")"']],
    ['f(a=1 b=2)', ['6–7 expected "," or ")"']],
    ['@a\nx = 1', ['3–4 expected a function or class after the decorator']],
    ['f"{x"', ['4–5 expected "}"']],
    ['f"}"', ['2–3 a single "}" is not allowed here']],
    ['try: x', ['6–6 expected "except" or "finally"']],
  ])('%j', (text, expected) => {
    expect(messages(text).slice(0, Math.max(1, expected.length))).toEqual(expected);
  });

  it('come in order and never exceed the cap', () => {
    const tree = parsePython(`${'x = = 1\n'.repeat(500)}f(`);
    expect(tree.errors.length).toBe(MAX_PROBLEMS);
    const starts = tree.errors.map(({ range }) => range.start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  it('are reported beyond the nesting limit, and the rest is still read', () => {
    const tree = parsePython(`${'('.repeat(300)}x${')'.repeat(300)}\nf(1)\n`);
    expect(tree.errors.map(({ message }) => message)).toContain('nested too deeply');
    expect(nodeText(tree, tree.root - 1)).toBe('f(1)');
    expect(parsePython(`${'('.repeat(100)}x${')'.repeat(100)}`).errors).toEqual([]);
  });
});

describe('reuse', () => {
  it('keeps the tree of an outer callback while inner texts are parsed', () => {
    const seen = withPythonTree('outer(1)', (outer) => {
      const before = outline(outer);
      const inner = withPythonTree('inner(2, x)\n'.repeat(5000), (tree) => {
        parsePython('third(3)');
        return outline(tree).length;
      });
      expect(inner).toBeGreaterThan(100_000);
      expect(outline(outer)).toBe(before);
      return before;
    });
    expect(seen).toBe('Module(Expr(Call(Name outer, Num 1)))');
  });

  it('gives the arena back when a callback throws', () => {
    expect(() =>
      withPythonTree('x', () => {
        throw new Error('from the callback');
      }),
    ).toThrow('from the callback');
    withPythonTree('a', (a) => {
      withPythonTree('b', () => undefined);
      expect(outline(a)).toBe('Module(Expr(Name a))');
    });
  });

  it('reads large texts after small ones and small ones after large ones', () => {
    const line = 'value = call(argument, key="text")  # comment\n';
    const large = parsePython(line.repeat(50_000));
    expect(large.errors).toEqual([]);
    expect(large.commentCount).toBe(50_000);
    expect(shapeProblem(parsePython(line))).toBeUndefined();
  });
});
