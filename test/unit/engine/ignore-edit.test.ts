import { describe, expect, it } from 'vitest';
import type { Language } from '../../../server/src/base/language.js';
import { applyEdits } from '../../../server/src/engine/apply-fixes.js';
import { ignoreEdits } from '../../../server/src/engine/ignore-edit.js';

const REASON = 'checked by the team';

/** Texts after each candidate; `§` in the text is where the finding is. */
function candidates(
  language: Language,
  marked: string,
  scope: 'statement' | 'file' = 'statement',
  reason = REASON,
): string[] {
  const start = marked.indexOf('§');
  const text = marked.replace('§', '');
  const range = { start, end: start + 1 };
  return ignoreEdits({ text, language, ruleId: 'r', range, scope, reason }).map((edit) => applyEdits(text, [edit]));
}

const NEW = `# tidegate: ignore[r] -- ${REASON}`;

describe('ignoreEdits for statements', () => {
  it.each<[string, Language, string, string]>([
    ['end of line', 'python', 'a\n§f(1)\nb\n', `a\nf(1)  ${NEW}\nb\n`],
    ['trailing blanks go', 'python', '§f(1)  \n', `f(1)  ${NEW}\n`],
    ['no final line break', 'python', '§f(1)', `f(1)  ${NEW}`],
    ['first line of brackets', 'python', 'f(\n  §g(),\n)\n', `f(  ${NEW}\n  g(),\n)\n`],
    ['behind a long string', 'python', 'x = """a\n# b\n§c"""; f()\n', `x = """a\n# b\nc"""; f()  ${NEW}\n`],
    ['a quote in a comment opens nothing', 'python', "a  # don't\n§f(1)\n", `a  # don't\nf(1)  ${NEW}\n`],
    ['an unfinished string ends with its line', 'python', "a = 'x\n§f(1)\n", `a = 'x\nf(1)  ${NEW}\n`],
    ['an escaped quote', 'python', "a = 'x\\''\n§f(1)\n", `a = 'x\\''\nf(1)  ${NEW}\n`],
    ['prefix strings', 'python', "a = rb'x#'; §f(1)\n", `a = rb'x#'; f(1)  ${NEW}\n`],
    ['behind a comment', 'python', '§f(1)  # noqa\n', `f(1)  # noqa  ${NEW}\n`],
    ['a backslash', 'python', '  a = \\\n  §f(1)\n', `  ${NEW}\n  a = \\\n  f(1)\n`],
    ['tabs', 'python', 'if a:\n\ta = \\\n\t§f(1)\n', `if a:\n\t${NEW}\n\ta = \\\n\tf(1)\n`],
    ['CRLF', 'python', 'a\r\nb = \\\r\n §f(1)\r\n', `a\r\n${NEW}\r\nb = \\\r\n f(1)\r\n`],
    ['a shell line of a cell', 'notebook', '!pip install "x\n§f(1)\n', `!pip install "x\nf(1)  ${NEW}\n`],
    ['on a shell line of a cell', 'notebook', 'a\n!§pip install x\n', `a\n${NEW}\n!pip install x\n`],
    ['an assignment from the shell', 'notebook', "x = !echo 'a\n§f(1)\n", `x = !echo 'a\nf(1)  ${NEW}\n`],
    ['YAML', 'yaml', 'a:\n  - §b: 1\n', `a:\n  ${NEW}\n  - b: 1\n`],
    ['TOML', 'toml', '[a]\n§b = 1\n', `[a]\n${NEW}\nb = 1\n`],
    ['HCL', 'hcl', 'a {\n  §b = 1\n}\n', `a {\n  ${NEW}\n  b = 1\n}\n`],
    ['INI', 'ini', '[a]\n§b = 1', `[a]\n${NEW}\nb = 1`],
    ['Dockerfile', 'dockerfile', 'FROM a\nRUN b \\\n  # c\n  && §d\n', `FROM a\n${NEW}\nRUN b \\\n  # c\n  && d\n`],
    ['requirements', 'requirements', 'a\n§b==1\n', `a\nb==1  ${NEW}\n`],
    [
      'hashes',
      'requirements',
      '§b==1 \\\n  --hash=x \\\n  --hash=y\nc\n',
      `b==1 \\\n  --hash=x \\\n  --hash=y  ${NEW}\nc\n`,
    ],
  ])('%s (%s)', (_, language, text, expected) => {
    expect(candidates(language, text)[0]).toBe(expected);
  });

  it('falls back to a line of its own', () => {
    expect(candidates('python', '  §f(1)\n')).toEqual([`  f(1)  ${NEW}\n`, `  ${NEW}\n  f(1)\n`]);
    expect(candidates('requirements', 'b==1 \\\n  §--hash=x\n')[1]).toBe(`${NEW}\nb==1 \\\n  --hash=x\n`);
  });

  it('YAML block scalars: above the key, when the line itself is text', () => {
    expect(candidates('yaml', 'a:\n  run: |\n    x\n    §y\n')).toEqual([
      `a:\n  run: |\n    x\n    ${NEW}\n    y\n`,
      `a:\n  ${NEW}\n  run: |\n    x\n    y\n`,
      `${NEW}\na:\n  run: |\n    x\n    y\n`,
    ]);
  });

  it.each<[string, Language, string, string]>([
    [
      'beside',
      'python',
      '§f()  # tidegate: ignore[a] -- some reason\n',
      `f()  # tidegate: ignore[a,r] -- some reason; ${REASON}\n`,
    ],
    [
      'in a later line',
      'python',
      '§f(\n  1,  # tidegate: ignore[a] -- some reason\n)\n',
      `f(\n  1,  # tidegate: ignore[a,r] -- some reason; ${REASON}\n)\n`,
    ],
    [
      'same reason',
      'python',
      `§f()  # tidegate: ignore[a] -- ${REASON}\n`,
      `f()  # tidegate: ignore[a,r] -- ${REASON}\n`,
    ],
    [
      'with a date',
      'python',
      '§f()  # tidegate: ignore[a] until=2027-01-01 -- why not\n',
      `f()  # tidegate: ignore[a,r] until=2027-01-01 -- why not; ${REASON}\n`,
    ],
    [
      'above',
      'yaml',
      '# x\n# tidegate: ignore[a] -- some reason\n§b: 1\n',
      `# x\n# tidegate: ignore[a,r] -- some reason; ${REASON}\nb: 1\n`,
    ],
    ['that lacks a reason', 'yaml', '# tidegate: ignore[r]\n§b: 1\n', `${NEW}\nb: 1\n`],
  ])('merges into a directive %s', (_, language, text, expected) => {
    expect(candidates(language, text)[0]).toBe(expected);
  });

  it('gives nothing without comments, without a reason, or in a cell magic', () => {
    expect(candidates('json', '§{}')).toEqual([]);
    expect(candidates('python', '§f()', 'statement', '  too\nshort ')).toEqual([]);
    expect(candidates('notebook', '%%bash\n§rm -rf /\n')).toEqual([]);
  });

  it('never throws, and every edit lies in the text', () => {
    const nasty = [
      '',
      '"""',
      "'''\n\\",
      '((((',
      '))))\n',
      '\\\n\\\n',
      '#',
      '\r\r\n\n',
      '%%',
      '!',
      'x = !',
      '"\\',
      '\u2028',
    ];
    for (const text of nasty) {
      for (const language of [
        'python',
        'notebook',
        'yaml',
        'dockerfile',
        'requirements',
        'toml',
        'ini',
        'hcl',
      ] as const) {
        for (const scope of ['statement', 'file'] as const) {
          for (const at of [0, text.length, text.length + 5]) {
            const range = { start: at, end: at };
            for (const edit of ignoreEdits({ text, language, ruleId: 'r', range, scope, reason: REASON })) {
              expect(edit.range.start).toBeGreaterThanOrEqual(0);
              expect(edit.range.end).toBeLessThanOrEqual(text.length);
              expect(edit.range.start).toBeLessThanOrEqual(edit.range.end);
            }
          }
        }
      }
    }
  });
});

describe('ignoreEdits for files', () => {
  const FILE = `# tidegate: ignore-file[r] -- ${REASON}`;

  it.each<[string, Language, string, string]>([
    ['at the top', 'python', '"""Doc."""\n§f()\n', `${FILE}\n"""Doc."""\nf()\n`],
    ['behind the interpreter', 'python', '#!/usr/bin/python\n§f()\n', `#!/usr/bin/python\n${FILE}\nf()\n`],
    [
      'behind the encoding',
      'python',
      '#!/usr/bin/python\n# -*- coding: utf-8 -*-\n§f()\n',
      `#!/usr/bin/python\n# -*- coding: utf-8 -*-\n${FILE}\nf()\n`,
    ],
    [
      'behind the encoding alone',
      'python',
      '# vim: set fileencoding=latin-1 :\n§f()\n',
      `# vim: set fileencoding=latin-1 :\n${FILE}\nf()\n`,
    ],
    [
      'behind parser directives',
      'dockerfile',
      '# syntax=docker/dockerfile:1\n# escape=`\n§FROM a\n',
      `# syntax=docker/dockerfile:1\n# escape=\`\n${FILE}\nFROM a\n`,
    ],
    ['YAML', 'yaml', '---\n§a: 1\n', `${FILE}\n---\na: 1\n`],
    ['cloud-init', 'yaml', '#cloud-config\n§a: 1\n', `#cloud-config\n${FILE}\na: 1\n`],
    ['a text of one line', 'python', '#!/bin/§x', `#!/bin/x\n${FILE}`],
    [
      'merges',
      'python',
      'x\n# tidegate: ignore-file[a] -- some reason\n§f()\n',
      `x\n# tidegate: ignore-file[a,r] -- some reason; ${REASON}\nf()\n`,
    ],
  ])('%s (%s)', (_, language, text, expected) => {
    expect(candidates(language, text, 'file')).toEqual([expected]);
  });

  it('does not take a directive further down for one', () => {
    const text = `${'\n'.repeat(30)}# tidegate: ignore-file[a] -- some reason\n§f()\n`;
    expect(candidates('python', text, 'file')[0]!.startsWith(`${FILE}\n`)).toBe(true);
  });
});
