import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  type CommandFact,
  commands,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  programIndex,
  python,
} from '../../engine/index.js';

/** Where the mode is passed. `masked`: the umask of the process takes bits away from it. */
const MODES: Readonly<Record<string, { readonly position: number; readonly masked?: boolean }>> = {
  'os.chmod': { position: 1 },
  'os.fchmod': { position: 1 },
  'pathlib.Path().chmod': { position: 0 },
  'os.mkdir': { position: 1, masked: true },
  'os.makedirs': { position: 1, masked: true },
  'pathlib.Path().mkdir': { position: 0, masked: true },
  'os.open': { position: 2, masked: true },
};
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

export default defineRule({
  summary: 'Files or folders are made writable for every user of the machine.',
  stages: ['preprocessing', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-732',
    'OWASP-ML10:2023',
    'https://docs.python.org/3/library/os.html#os.chmod',
    'https://docs.python.org/3/library/pathlib.html#pathlib.Path.chmod',
  ],
  overlaps: ['bandit:B103', 'ruff:S103'],
  docs: {
    why: 'On a shared training server any account, or any service that was broken into, can exchange the prepared data or the checkpoint; the next run trains on it or ships it.',
    instead:
      'Share through a group: `0o770` for folders, `0o660` for files, and `0o755` or `0o644` where others only read.',
    fixSafety:
      'Accounts outside of the group can no longer read or write, which a job under another account may rely on, so the fix is offered for review.',
    limits:
      'A mode that is not constant is not judged, nor is a folder with the sticky bit. The mode of a new file or folder is cut by the umask, so its level is lower.',
    ignoreWhen: 'The path lies in a container or virtual machine that nobody else uses.',
  },
  messages: {
    mode: '`{callee}` with mode `{mode}` lets every user of the machine swap files here; use `0o770` or less',
    masked: '`{callee}` asks for mode `{mode}`; only the umask keeps others from swapping files, use `0o770` or less',
    umask: '`os.umask(0)` lets new files be writable for every user of the machine; use `0o027`',
    commandLine: '`chmod {mode}` lets every user of the machine swap files here; use `770` or less',
  },
  query: [python.calls(...Object.keys(MODES), 'os.umask'), commands.named('chmod')],
  check(fact: CallFact | CommandFact, { report: reportAt, python: py, text, path }) {
    // A test makes its folders in a place of its own.
    const report: typeof reportAt = (...finding) => {
      const made = reportAt(...finding);
      return isTestFile(path) ? made.severity('info') : made;
    };
    if (fact.kind === 'command') {
      if (fact.origin !== 'notebook' && fact.origin !== 'python') return;
      const word = openMode(fact);
      if (word !== undefined) report(word.range, 'commandLine', { mode: word.text });
      return;
    }
    if (fact.name === 'os.umask') {
      const mask = argumentOf(fact, undefined, 0);
      const value = mask === undefined ? undefined : py.value(mask.value);
      if (value?.kind !== 'number' || value.value !== 0 || onlyReads(text, fact)) return;
      report(fact.range, 'umask');
      return;
    }
    const place = MODES[fact.name];
    const argument = place === undefined ? undefined : argumentOf(fact, 'mode', place.position);
    if (place === undefined || argument === undefined) return;
    const bits = knownBits(argument.value, py);
    if ((bits & OTHERS_WRITE) === 0 || (bits & STICKY) !== 0) return;
    // Without a mask the folder is open, and the call that drops the mask has a finding of its own.
    if (place.masked && /\bumask\(0(?:o0+)?\)/.test(text)) return;
    const literal = py.definition(argument.value);
    const octal = (mode: number): string => `0o${mode.toString(8).padStart(3, '0')}`;
    const mode = literal.kind === 'number' ? octal(literal.value) : 'o+w';
    const callee = fact.name.replace('pathlib.', '').replace('()', '');
    const finding = report(argument.value.range, place.masked ? 'masked' : 'mode', { callee, mode });
    if (place.masked) finding.severity('info');
    if (literal !== argument.value) finding.related(literal.range, 'the mode is written here');
    if (literal.kind !== 'number') return;
    const closed = octal(literal.value & ~0o007);
    const because = 'accounts outside of the group lose access';
    finding.fix(`Use \`${closed}\``, 'review', edit.replace(literal.range, closed), because);
  },
  examples: [
    {
      bad: 'import os\nos.chmod("data/train.csv", «0o666»)\n',
      message: 'mode',
      good: 'import os\nos.chmod("data/train.csv", 0o660)\n',
    },
    {
      bad: 'from pathlib import Path\nPath("models").chmod(mode=«0o777»)\n',
      message: 'mode',
      good: 'from pathlib import Path\nPath("models").chmod(mode=0o770)\n',
    },
    {
      bad: 'import os\nos.makedirs("features", mode=«0o777»)\n',
      message: 'masked',
      good: 'import os\nos.makedirs("features", mode=0o770)\n',
    },
    {
      bad: 'import os\n«os.umask(0)»\n',
      message: 'umask',
      good: 'import os\nos.umask(0o027)\n',
      byHand: true,
    },
    {
      bad: 'import subprocess\nsubprocess.run(["chmod", "-R", «"777"», "models"])\n',
      message: 'commandLine',
      good: 'import subprocess\nsubprocess.run(["chmod", "-R", "770", "models"])\n',
      byHand: true,
    },
    { good: 'import os\nos.chmod("run.sh", 0o755)\n', because: 'others only read and run it' },
    { good: 'import os\nos.chmod("models", 0o775)\n', because: 'only the group may write' },
    { good: 'import os\nos.chmod("scratch", 0o1777)\n', because: 'the sticky bit keeps the files of others safe' },
    {
      good: 'import os\nmask = os.umask(0)\nos.umask(mask)\n',
      because: 'the mask can only be read by setting it; it is put back at once',
    },
  ],
});

/** The bits of a mode that are certain: of a number, of names from `stat`, and of what `|` puts together. */
function knownBits(expression: Expression, py: PythonQuestions, depth = 0): number {
  const value = py.value(expression);
  if (value.kind === 'number') return value.value;
  const written = py.definition(expression);
  if (written.kind === 'operation' && written.operator === '|' && depth < 8)
    return written.operands.reduce((bits, operand) => bits | knownBits(operand, py, depth + 1), 0);
  const names = py.names(expression);
  if (names.length !== 1) return 0;
  if (names[0] === 'stat.S_IWOTH' || names[0] === 'stat.S_IRWXO') return OTHERS_WRITE;
  return names[0] === 'stat.S_ISVTX' ? STICKY : 0;
}

/** `mask = os.umask(0)` with another `umask` right after it, or around it. */
function onlyReads(text: string, call: CallFact): boolean {
  const inside = text.slice(call.statement.start, call.range.start).includes('umask(');
  return inside || /^[^\n]*?(?:;|\n)\s*(?:#[^\n]*\n\s*)*(?:\w+\.)*umask\(/.test(text.slice(call.range.end));
}

/** The mode of a `chmod` that gives others the right to write, without the sticky bit. */
function openMode({ command }: CommandFact) {
  const words = command.words.slice(programIndex(command) + 1);
  const mode = words.find(({ text }) => !/^-(?:[Rvcf]+|-.*)$/.test(text));
  if (mode === undefined) return undefined;
  if (/^[0-7]{3,4}$/.test(mode.text)) {
    const bits = Number.parseInt(mode.text, 8);
    return (bits & OTHERS_WRITE) !== 0 && (bits & STICKY) === 0 ? mode : undefined;
  }
  const clauses = mode.text.split(',');
  if (!clauses.every((clause) => /^[ugoa]*[-+=][rwxXstugo]*$/.test(clause))) return undefined;
  if (clauses.some((clause) => /[+=].*t/.test(clause))) return undefined;
  return clauses.some((clause) => /^[ug]*[oa][ugoa]*[+=].*w/.test(clause)) ? mode : undefined;
}
