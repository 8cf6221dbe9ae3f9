import { describe, expect, it } from 'vitest';
import { configCursor } from '../../../server/src/workspace/config-cursor.js';
import { configExplanation, configSuggestions } from '../../../server/src/workspace/config-help.js';

const RULES = [
  { name: 'loading', description: 'All rules of the family.' },
  { name: 'load-torch', description: 'A checkpoint is unpickled.' },
];

/** `|` marks the cursor. */
function at(marked: string, language: 'yaml' | 'toml' = 'yaml') {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const cursor = configCursor(text, offset, language);
  return { text, cursor, labels: cursor && configSuggestions(cursor, RULES).map(({ label }) => label) };
}

describe('suggestions for tidegate.yaml', () => {
  it.each<[string, string, string[], string[]]>([
    ['keys at the margin', 'prof|', ['profile', 'severity', 'per-file'], ['reason']],
    ['keys of a table', 'ignores:\n  |', ['require-reason', 'honour-foreign'], ['profile']],
    ['keys behind others', 'profile: strict\ntrusted:\n  hosts: [a]\n  |\nselect: []\n', ['extend-hosts'], ['profile']],
    ['keys of a glob', 'per-file:\n  "notebooks/**":\n    |', ['ignore', 'reason'], ['profile']],
    ['rules as keys', 'severity:\n  |', ['load-torch', 'loading'], ['profile']],
    ['choices', 'profile: |', ['essential', 'recommended', 'strict'], ['load-torch']],
    ['booleans', 'ignores:\n  require-reason: t|', ['true', 'false'], []],
    ['levels', 'severity:\n  load-torch: |', ['error', 'off'], ['load-torch']],
    ['levels on one line', 'severity: { load-torch: | }', ['error', 'off'], []],
    ['rules on one line', 'severity: { | }', ['load-torch'], ['error']],
    ['rules in a list', 'ignore: [load-torch, |]', ['loading'], ['error']],
    ['rules as items', 'ignore:\n  - load-torch\n  - |', ['loading'], ['profile']],
    ['rules as items at the margin of their key', 'ignore:\n- |', ['loading'], ['profile']],
    ['values of a list', 'ignores:\n  honour-foreign: [|]', ['nosec', 'noqa'], []],
    ['with CRLF', 'profile: strict\r\nignores:\r\n  |', ['require-reason'], ['profile']],
  ])('%s', (_, marked, wanted, unwanted) => {
    const { labels } = at(marked);
    expect(labels).toEqual(expect.arrayContaining(wanted));
    for (const label of unwanted) expect(labels).not.toContain(label);
  });

  it.each([
    ['a comment', '# prof|'],
    ['a comment behind a value', 'profile: strict # |'],
    ['a key that is not known', 'other:\n  |'],
    ['a text', 'per-file:\n  "a/**":\n    reason: |'],
    ['a number', 'max-size-kb: |'],
  ])('has none in %s', (_, marked) => {
    expect(at(marked).labels ?? []).toEqual([]);
  });
});

describe('suggestions for pyproject.toml', () => {
  it.each<[string, string, string[]]>([
    ['keys', '[tool.tidegate]\n|', ['profile']],
    ['choices', '[tool.tidegate]\nprofile = "|"', ['strict']],
    ['rules', '[tool.tidegate]\nignore = ["load-torch", "|"]', ['loading']],
    ['tables', '[tool.tidegate.severity]\n|', ['load-torch']],
    ['globs', '[tool.tidegate.per-file."notebooks/**"]\n|', ['reason']],
  ])('%s', (_, marked, wanted) => {
    expect(at(marked, 'toml').labels).toEqual(expect.arrayContaining(wanted));
  });

  it.each([
    ['another table', '[tool.ruff]\n|'],
    ['the head of the file', '|\n[tool.tidegate]\n'],
    ['a table with a like name', '[tool.tidegates]\n|'],
  ])('none in %s', (_, marked) => {
    expect(at(marked, 'toml').labels ?? []).toEqual([]);
  });
});

it('explains keys and rules', () => {
  const explained = (marked: string) => {
    const { text, cursor } = at(marked);
    return cursor && configExplanation(cursor, text, RULES);
  };
  expect(explained('pro|file: strict')).toMatchObject({ name: 'profile', range: { start: 0, end: 7 } });
  expect(explained('ignore: [load-|torch]')?.text).toBe('A checkpoint is unpickled.');
  expect(explained('profile: str|ict')).toBeUndefined();
  expect(explained('nothing: |')).toBeUndefined();
});
