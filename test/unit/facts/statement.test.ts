import { describe, expect, it } from 'vitest';
import { PythonModule } from '../../../server/src/facts/python/module.js';
import { type Statement, statementsOf } from '../../../server/src/facts/python/statement.js';
import { withPythonTree } from '../../../server/src/syntax/python/parse.js';

/** A statement as nested lists of kinds, with the source of what matters. */
function outline(text: string): unknown {
  const source = (range: { start: number; end: number } | undefined): string =>
    range === undefined ? '' : text.slice(range.start, range.end);
  const list = (body: readonly Statement[]): unknown[] => body.map(one);
  const one = (statement: Statement): unknown => {
    switch (statement.kind) {
      case 'assign':
        return [
          statement.augmented ? 'augment' : 'assign',
          statement.targets.map((target) => source(target.range)),
          source(statement.annotation?.range),
          source(statement.value?.range),
        ];
      case 'if':
        return ['if', statement.branches.map((branch) => [source(branch.condition?.range), list(branch.body)])];
      case 'for':
        return [
          'for',
          source(statement.target.range),
          source(statement.iterable.range),
          list(statement.body),
          list(statement.otherwise),
        ];
      case 'while':
        return ['while', source(statement.condition.range), list(statement.body), list(statement.otherwise)];
      case 'with':
        return [
          'with',
          statement.items.map((item) => [source(item.context.range), source(item.target?.range)]),
          list(statement.body),
        ];
      case 'try':
        return [
          'try',
          list(statement.body),
          statement.handlers.map((handler) => [source(handler.type?.range), list(handler.body)]),
          list(statement.otherwise),
          list(statement.finally),
        ];
      case 'function':
        return [
          'function',
          statement.name,
          statement.parameters.map((p) => [p.kind, p.name, source(p.annotation?.range), source(p.default?.range)]),
          statement.decorators.map((decorator) => source(decorator.range)),
          list(statement.body),
        ];
      case 'class':
        return ['class', statement.name, statement.bases.map((base) => source(base.range)), list(statement.body)];
      case 'match':
        return ['match', source(statement.subject.range), statement.cases.map((part) => list(part.body))];
      case 'delete':
        return ['delete', statement.targets.map((target) => source(target.range))];
      case 'assert':
        return ['assert', source(statement.condition.range), source(statement.message?.range)];
      case 'other':
        return statement.word;
      default:
        return [statement.kind, source(statement.value?.range)];
    }
  };
  return withPythonTree(text, (tree) => list(statementsOf(new PythonModule(tree))));
}

describe('statementsOf', () => {
  it.each<[string, unknown]>([
    ['f(x)', [['expression', 'f(x)']]],
    ['a = b = c', [['assign', ['a', 'b'], '', 'c']]],
    [
      'a: int = 1\nb: str',
      [
        ['assign', ['a'], 'int', '1'],
        ['assign', ['b'], 'str', ''],
      ],
    ],
    ['x[0] += 2', [['augment', ['x[0]'], '', '2']]],
    ['a, (b, *c) = d', [['assign', ['a, (b, *c)'], '', 'd']]],
    ['del a, b["c"]', [['delete', ['a', 'b["c"]']]]],
    ['assert x, "why"', [['assert', 'x', '"why"']]],
    ['raise E from c', [['raise', 'E']]],
    ['raise', [['raise', '']]],
    ['pass\nimport a\nglobal b', ['pass', 'import', 'global']],
    [
      'if a:\n  b\nelif c:\n  d\nelse:\n  e',
      [
        [
          'if',
          [
            ['a', [['expression', 'b']]],
            ['c', [['expression', 'd']]],
            ['', [['expression', 'e']]],
          ],
        ],
      ],
    ],
    ['for i, j in k:\n  break\nelse:\n  pass', [['for', 'i, j', 'k', ['break'], ['pass']]]],
    ['while a:\n  continue\nelse:\n  b', [['while', 'a', ['continue'], [['expression', 'b']]]]],
    [
      'with a as b, c():\n  d',
      [
        [
          'with',
          [
            ['a', 'b'],
            ['c()', ''],
          ],
          [['expression', 'd']],
        ],
      ],
    ],
    [
      'try:\n  a\nexcept E as e:\n  b\nexcept:\n  c\nelse:\n  d\nfinally:\n  f',
      [
        [
          'try',
          [['expression', 'a']],
          [
            ['E', [['expression', 'b']]],
            ['', [['expression', 'c']]],
          ],
          [['expression', 'd']],
          [['expression', 'f']],
        ],
      ],
    ],
    ['try:\n  a\nfinally:\n  f', [['try', [['expression', 'a']], [], [], [['expression', 'f']]]]],
    [
      '@d(1)\nasync def f(a, /, b: int = 2, *args, c=3, **kw) -> str:\n  return a',
      [
        [
          'function',
          'f',
          [
            ['positional', 'a', '', ''],
            ['positional', 'b', 'int', '2'],
            ['variadic', 'args', '', ''],
            ['keywordOnly', 'c', '', '3'],
            ['variadic', 'kw', '', ''],
          ],
          ['d(1)'],
          [['return', 'a']],
        ],
      ],
    ],
    [
      'class A(B, metaclass=M):\n  x: int\n  def m(self): ...',
      [
        [
          'class',
          'A',
          ['B'],
          [
            ['assign', ['x'], 'int', ''],
            ['function', 'm', [['positional', 'self', '', '']], [], [['expression', '...']]],
          ],
        ],
      ],
    ],
    ['match v:\n  case 1:\n    a\n  case _:\n    b', [['match', 'v', [[['expression', 'a']], [['expression', 'b']]]]]],
  ])('%s', (text, expected) => {
    expect(outline(text)).toEqual(expected);
  });

  it('reads what is left of broken text', () => {
    expect(() => outline('def f(\nif x\n  y = = 3\nfor in z:\n\nclass :\n  pass')).not.toThrow();
  });
});
