import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../server/src/engine/apply-fixes.js';
import { addBlockBelow, addLines, setArgument } from '../../../server/src/engine/hcl-edits.js';
import { readHcl } from '../../../server/src/facts/config/hcl.js';

const block = (text: string) => readHcl(text).roots[0]!.children[0]!;
const set = (text: string, value = 'true') => applyEdits(text, setArgument(text, block(text), 'x', value));

describe('setArgument', () => {
  it.each([
    ['a value', 'r {\n  x = false # c\n}\n', 'r {\n  x = true # c\n}\n'],
    ['a new line', 'r {\n  a = 1\n}\n', 'r {\n  a = 1\n  x = true\n}\n'],
    ['CRLF', 'r {\r\n\ta = 1\r\n}\r\n', 'r {\r\n\ta = 1\r\n\tx = true\r\n}\r\n'],
    ['behind a block', 'r {\n  a = 1 # c\n  b {\n  }\n}\n', 'r {\n  a = 1 # c\n  b {\n  }\n  x = true\n}\n'],
    ['behind labelled blocks', 'r {\n  d "e" {\n  }\n}\n', 'r {\n  d "e" {\n  }\n  x = true\n}\n'],
    ['an empty block', 'r {}\n', 'r {\n  x = true\n}\n'],
    ['a block of blank lines', 'r {\n\n}\n', 'r {\n  x = true\n}\n'],
  ])('%s', (_, before, after) => expect(set(before)).toBe(after));

  it('keeps quotes', () => expect(set('r {\n  x = "no"\n}\n', '"yes"')).toBe('r {\n  x = "yes"\n}\n'));

  it.each(['r { a = 1 }\n', 'r {\n  x = var.y\n}\n', 'r {\n  # only a comment\n}\n', 'r {\n  a = 1 }\n'])(
    'leaves %j',
    (text) => expect(setArgument(text, block(text), 'x', 'true')).toEqual([]),
  );
});

it('adds blocks inside and below', () => {
  const text = 'r {\n  a = 1\n}\nz = 2\n';
  expect(applyEdits(text, addLines(text, block(text), 'b {\n  c = 1\n}'))).toBe(
    'r {\n  a = 1\n  b {\n    c = 1\n  }\n}\nz = 2\n',
  );
  expect(applyEdits(text, addBlockBelow(text, block(text), 's {\n}'))).toBe('r {\n  a = 1\n}\n\ns {\n}\nz = 2\n');
});
