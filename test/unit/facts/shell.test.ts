import fc from 'fast-check';
import { expect, test } from 'vitest';
import { installCommand, packagesOfPipInstall } from '../../../server/src/facts/shell/install.js';
import { readShell } from '../../../server/src/facts/shell/read.js';

const words = (text: string) => readShell(text, 0).map((command) => command.words.map((word) => word.text));

test.each([
  ['a b; c && d || e & f', [['a', 'b'], ['c'], ['d'], ['e'], ['f']]],
  ['a \\\n  b\nc', [['a', 'b'], ['c']]],
  ['echo "a b" \'c d\' e\\ f "q\\"r"', [['echo', 'a b', 'c d', 'e f', 'q"r']]],
  ['a # no\nb#yes', [['a'], ['b#yes']]],
  ['X=1 Y="2 3" run z', [['run', 'z']]],
  ['a > f 2>&1 <in >>out b', [['a', 'b']]],
  ['a &> f b', [['a', 'b']]],
  ['echo $X ${Y:-a b} {z}', [['echo', '$X', '${Y:-a b}', '{z}']]],
  ['echo {{ inputs.x }}/y', [['echo', '{{ inputs.x }}/y']]],
  [
    'if test -f x; then pip install y; fi',
    [
      ['test', '-f', 'x'],
      ['pip', 'install', 'y'],
    ],
  ],
  ['(cd x; make)', [['cd', 'x'], ['make']]],
  ['a "$(b c | d)" `e`', [['a', '$(b c | d)', '`e`'], ['b', 'c'], ['d'], ['e']]],
  ['x=$(get it)', [[], ['get', 'it']]],
  ['echo $((1 + 2))', [['echo', '$((1 + 2))']]],
  ['diff <(a) <(b)', [['diff', '<(a)', '<(b)'], ['a'], ['b']]],
  ["bash -c 'pip install x && y'", [['bash', '-c', 'pip install x && y'], ['pip', 'install', 'x'], ['y']]],
  ['cat <<EOF > f\npip install no\nEOF\nb', [['cat'], ['b']]],
  ['bash <<-E\n\tpip install yes\n\tE\n', [['bash'], ['pip', 'install', 'yes']]],
  ['cat <<< "here" x', [['cat', 'x']]],
  ['', []],
])('reads %j', (text, expected) => {
  expect(words(text)).toEqual(expected);
});

test('ranges, assignments and pipes', () => {
  const text = 'A=1 curl -s "https://x" | sudo bash -s; wget y';
  const commands = readShell(text, 50);
  const cut = ({ start, end }: { start: number; end: number }) => text.slice(start - 50, end - 50);
  expect(commands.map(({ range }) => cut(range))).toEqual(['A=1 curl -s "https://x"', 'sudo bash -s', 'wget y']);
  expect(commands[0]!.words.map(({ range }) => cut(range))).toEqual(['curl', '-s', '"https://x"']);
  expect(commands[0]!.assignments.map(({ name, value, range }) => [name, value, cut(range)])).toEqual([
    ['A', '1', 'A=1'],
  ]);
  expect(commands.map(({ pipedInto }) => pipedInto)).toEqual([1, undefined, undefined]);
});

test('a pipe goes to the next command of the same level', () => {
  expect(readShell('a $(b) |\n c', 0).map((c) => [c.words[0]!.text, c.pipedInto])).toEqual([
    ['a', 2],
    ['b', undefined],
    ['c', undefined],
  ]);
});

test.each([
  ['pip install torch==2.1 "numpy>=1" -r req.txt', 'pip', ['torch==2.1', 'numpy>=1'], ['--requirement=req.txt']],
  ['python3.11 -m pip install -U --index-url=https://i pandas', 'pip', ['pandas'], ['-U=', '--index-url=https://i']],
  ['sudo -H pip3 install --trusted-host h x', 'pip', ['x'], ['--trusted-host=h']],
  ['/opt/v/bin/pip install .[dev] -e ./y', 'pip', ['undefined', 'undefined'], ['-e=./y']],
  ['uv pip install --system a', 'uv', ['a'], ['--system=']],
  ['uv add b>=1', 'uv', ['b'], []],
  ['uv add "b>=1" --dev', 'uv', ['b>=1'], ['--dev=']],
  ['conda install -y -c conda-forge numpy=1.2 python', 'conda', ['numpy==1.2.*', 'python'], ['-y=', '-c=conda-forge']],
  ['poetry add flask@^2 x@latest', 'poetry', ['flask>=2,<3', 'x'], []],
  ['pip install $PKG a', 'pip', ['a'], []],
  ['pip install git+https://h/p@v1#egg=p', 'pip', ['p'], []],
])('install command %s', (text, tool, requirements, options) => {
  const install = installCommand(readShell(text, 0)[0]!)!;
  expect(install.tool).toBe(tool);
  expect(install.requirements.slice(0, requirements.length).map((r) => `${r.name}${r.specifier}`)).toEqual(
    requirements,
  );
  expect(install.options.map(({ name, value }) => `${name}=${value}`)).toEqual(options);
});

test('requirement ranges lie on the words', () => {
  const text = 'pip install "torch>=2" numpy a\\>=1';
  const found = packagesOfPipInstall(readShell(text, 7)[0]!);
  expect(found.map((r) => text.slice(r.specifierRange.start - 7, r.specifierRange.end - 7))).toEqual([
    '>=2',
    '',
    'a\\>=1',
  ]);
  expect(found.map((r) => text.slice(r.range.start - 7, r.range.end - 7))).toEqual(['torch>=2', 'numpy', 'a\\>=1']);
  expect(found.every(({ source }) => source === 'pip-install')).toBe(true);
});

test.each([
  'pip list',
  'pip uninstall x',
  'python t.py',
  'python -m http.server',
  'echo pip install x',
  'uv run x',
  '',
])('%j installs nothing', (text) => {
  const command = readShell(text, 0)[0];
  expect(command === undefined ? [] : packagesOfPipInstall(command)).toEqual([]);
});

test('any text: no throw, ranges inside, pipes point forward', () => {
  const piece = fc.constantFrom(
    'a',
    ' ',
    '"',
    "'",
    '\\',
    '$(',
    ')',
    '`',
    '|',
    '&&',
    ';',
    '\n',
    '<<E',
    '\nE\n',
    '>',
    '#',
    '${',
    '}',
    '{{',
    'X=1',
    '\r\n',
    'sh -c ',
    'pip install ',
    '<(',
    '\ud800',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const commands = readShell(text, 3);
      for (const [index, command] of commands.entries()) {
        for (const { start, end } of [
          command.range,
          ...command.words.map((w) => w.range),
          ...command.assignments.map((a) => a.range),
        ]) {
          expect(3 <= start && start <= end && end <= text.length + 3).toBe(true);
        }
        if (command.pipedInto !== undefined) {
          expect(command.pipedInto).toBeGreaterThan(index);
          expect(command.pipedInto).toBeLessThan(commands.length);
        }
        packagesOfPipInstall(command);
      }
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ['substitutions', '$('.repeat(50_000)],
  ['backticks', '`'.repeat(50_001)],
  ['quotes', '"'.repeat(50_001)],
  ['quoted substitutions', '"$('.repeat(30_000)],
  ['nested and closed', '$('.repeat(20_000) + ')'.repeat(20_000)],
  ['heredocs', '<<E '.repeat(20_000)],
  ['bodies', 'a <<E\n'.repeat(10_000)],
  ['expansions', '${'.repeat(50_000)],
  ['braces', '{{'.repeat(50_000)],
  ['pipes', 'a|'.repeat(50_000)],
  ['continuations', '\\\n'.repeat(50_000)],
])('survives %s', (_, text) => {
  for (const { range } of readShell(text, 0)) expect(range.end).toBeLessThanOrEqual(text.length);
});
