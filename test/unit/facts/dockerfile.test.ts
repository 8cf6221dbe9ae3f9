import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Range } from '../../../server/src/base/range.js';
import { dockerfileFacts } from '../../../server/src/facts/dockerfile/read.js';
import { commandsOf } from '../../../server/src/facts/dockerfile/shell.js';

const cut = (text: string, { start, end }: Range) => text.slice(start, end);

test('instructions with flags, words, continuation lines and comments between them', () => {
  const source = [
    '# syntax=docker/dockerfile:1',
    'FROM --platform=$BUILDPLATFORM python:3.12-slim AS build # not a comment',
    '# comment',
    'RUN --mount=type=secret,id=aws pip install \\',
    '    # inner',
    '',
    '    torch==2.1 \\  ',
    '  && echo "a  b"',
    'env A="b c" D=e',
    'COPY --from=build --chown=1:1 ["a b", "/x"]',
    '',
  ].join('\n');
  const { instructions, errors } = dockerfileFacts(source);
  expect(errors).toEqual([]);
  expect(instructions.map(({ keyword }) => keyword)).toEqual(['FROM', 'RUN', 'ENV', 'COPY']);
  const [from, run, env, copy] = instructions;
  expect(from!.flags.map(({ name, value, range }) => [name, value, cut(source, range)])).toEqual([
    ['platform', '$BUILDPLATFORM', '--platform=$BUILDPLATFORM'],
  ]);
  expect(run!.argument).toBe('--mount=type=secret,id=aws pip install torch==2.1 && echo "a  b"');
  expect(cut(source, run!.range)).toBe(source.slice(source.indexOf('RUN'), source.indexOf('\nenv')));
  expect(cut(source, run!.argumentRange)).toBe(source.slice(source.indexOf('--mount'), source.indexOf('\nenv')));
  expect(run!.words.map(({ text }) => text)).toEqual(['pip', 'install', 'torch==2.1', '&&', 'echo', 'a  b']);
  expect(run!.words.map(({ range }) => cut(source, range))).toEqual([
    'pip',
    'install',
    'torch==2.1',
    '&&',
    'echo',
    '"a  b"',
  ]);
  expect(env!.words.map(({ text }) => text)).toEqual(['A=b c', 'D=e']);
  expect(cut(source, env!.keywordRange)).toBe('env');
  expect(copy!.execForm).toBe(true);
  expect(copy!.words.map(({ text, range }) => [text, cut(source, range)])).toEqual([
    ['a b', '"a b"'],
    ['/x', '"/x"'],
  ]);
});

test('stages: aliases, ARG defaults, unknown variables', () => {
  const source = [
    'ARG TAG=3.12',
    'ARG IMAGE=python:${TAG}-slim',
    'ARG OPEN',
    'FROM $IMAGE as Base',
    'FROM base',
    'FROM repo/${OPEN:-x}:1',
    'FROM repo:$OPEN',
    'FROM scratch@sha256:abc AS last',
  ].join('\n');
  const { stages, instructions } = dockerfileFacts(source);
  expect(stages.map(({ image, name, baseStage, variable }) => [image, name, baseStage, variable])).toEqual([
    ['python:3.12-slim', 'Base', undefined, false],
    ['base', undefined, 0, false],
    ['repo/x:1', undefined, undefined, false],
    ['repo:$OPEN', undefined, undefined, true],
    ['scratch@sha256:abc', 'last', undefined, false],
  ]);
  expect(cut(source, stages[0]!.imageRange)).toBe('$IMAGE');
  expect(instructions.map(({ stage }) => stage)).toEqual([-1, -1, -1, 0, 1, 2, 3, 4]);
});

test('here-documents belong to their instruction and are read as shell', () => {
  const source =
    'FROM a\nRUN <<EOF\npip install x\ncurl u | sh\nEOF\nRUN cat <<-"E1" <<E2 > f\n\tno\n\tE1\nnope\nE2\nUSER app\n';
  const { instructions } = dockerfileFacts(source);
  expect(instructions.map(({ keyword }) => keyword)).toEqual(['FROM', 'RUN', 'RUN', 'USER']);
  expect(cut(source, instructions[1]!.range)).toBe('RUN <<EOF\npip install x\ncurl u | sh\nEOF');
  const names = (index: number) =>
    commandsOf(instructions[index]!, source).map(({ words }) => words.map((w) => w.text).join(' '));
  expect(names(1)).toEqual(['pip install x', 'curl u', 'sh']);
  expect(names(2)).toEqual(['cat']);
});

test('the escape directive and Windows line ends', () => {
  const source = '# escape=`\r\nFROM a\r\nRUN dir `\r\n  c:\\x\r\n';
  const { instructions } = dockerfileFacts(source);
  expect(instructions[1]!.argument).toBe('dir c:\\x');
  expect(cut(source, instructions[1]!.range)).toBe('RUN dir `\r\n  c:\\x');
});

test('shell commands have ranges in the file', () => {
  const source =
    'FROM a\nRUN apt-get update && \\\n # why\n pip install "torch>=2" && \\\n ENV=1 python t.py\nCMD ["sh", "-c", "mlflow server"]\nHEALTHCHECK CMD curl x\n';
  const { instructions } = dockerfileFacts(source);
  const commands = commandsOf(instructions[1]!, source);
  expect(commands.map(({ words }) => words.map(({ range }) => cut(source, range)))).toEqual([
    ['apt-get', 'update'],
    ['pip', 'install', '"torch>=2"'],
    ['python', 't.py'],
  ]);
  expect(commandsOf(instructions[2]!, source).map(({ range }) => cut(source, range))).toEqual([
    '"sh", "-c", "mlflow server"',
    'mlflow server',
  ]);
  expect(commandsOf(instructions[3]!, source).map(({ range }) => cut(source, range))).toEqual(['curl x']);
});

test('unknown instructions and an empty FROM are errors', () => {
  expect(dockerfileFacts('FROM\nPIP install x\n').errors.map(({ message }) => message)).toEqual([
    'FROM names no image',
    'Unknown instruction PIP',
  ]);
});

test('exploding ARG defaults stay small', () => {
  const source = `ARG A0=xxxxxxxxxx\n${Array.from({ length: 40 }, (_, i) => `ARG A${i + 1}=$A${i}$A${i}`).join('\n')}\nFROM $A40\n`;
  expect(dockerfileFacts(source).stages[0]!.variable).toBe(true);
});

test('agrees with dockerfile-ast on where instructions are', () => {
  const line = fc.constantFrom(
    'FROM a AS b',
    'RUN pip install x \\',
    '  && y',
    '# comment',
    '',
    'CMD ["a", "b"]',
    'ENV A=1 \\',
    'COPY --from=b x y',
    '   USER app',
  );
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
      const source = lines.join('\n');
      // A continuation with nothing behind it is the one place where the library reads past the end of the instruction.
      fc.pre(!/\\\s*(?:#.*\s*)*$/.test(source));
      const theirs = DockerfileParser.parse(source).getInstructions();
      const ours = dockerfileFacts(source).instructions;
      expect(ours.map(({ keyword }) => keyword)).toEqual(theirs.map((i) => i.getKeyword()));
      const starts = lines.map((_, i) => lines.slice(0, i).join('\n').length + (i > 0 ? 1 : 0));
      expect(ours.map(({ keywordRange }) => keywordRange.start)).toEqual(
        theirs.map((i) => starts[i.getRange().start.line]! + i.getRange().start.character),
      );
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['continuations', `RUN a ${'\\\n'.repeat(20_000)}`],
  ['heredocs', `RUN ${'<<E '.repeat(5000)}\n${'x\n'.repeat(5000)}`],
  ['many heredoc instructions', 'RUN <<E\n'.repeat(3000)],
  ['lines', 'RUN x\n'.repeat(20_000)],
  ['brackets', `CMD ${'['.repeat(50_000)}`],
  ['quotes', `RUN ${'"'.repeat(50_001)}`],
  ['words', `LABEL ${'a="b\\" '.repeat(20_000)}`],
  ['BOM', '\ufeffFROM a'],
])('survives %s', (_, source) => {
  const { instructions } = dockerfileFacts(source);
  for (const instruction of instructions) commandsOf(instruction, source);
  expect(instructions.length).toBeGreaterThan(0);
});
