import type { Range } from '../base/range.js';
import { toRaw } from '../facts/notebook/map.js';
import type { NotebookMagic } from '../facts/notebook/notebook.js';
import { packagesOfPipInstall } from '../facts/shell/install.js';
import { readShell } from '../facts/shell/read.js';
import type { BoundDirective } from './bind-ignores.js';
import type { CheckRun } from './check-run.js';
import type { NotebookLayout } from './notebook-layout.js';
import type { OutputFact, StoreFact, TextFact } from './query.js';
import { checkCommands } from './shell-checker.js';

/** Magics whose argument is a shell command line. */
const SHELL_MAGICS: ReadonlySet<string> = new Set(['', 'sh', 'bash', 'system', 'sx', 'pip', 'conda', 'mamba', 'uv']);

/** Gives shell lines, `%pip`, `%env` and `%%bash` of a notebook to the rules. Linear in the magics. */
export function checkNotebookShell(run: CheckRun, layout: NotebookLayout): void {
  const texts = run.index.of('text').filter(({ rule }) => run.mayFire(rule));
  for (const magic of layout.module.magics) {
    if (magic.name === 'env' || magic.name === 'set_env') environmentMagic(run, magic);
    for (const { rule } of texts) run.invoke(rule, magicText(magic));
    if (!SHELL_MAGICS.has(magic.name)) continue;
    const prefix =
      magic.name === 'pip' || magic.name === 'conda' || magic.name === 'mamba' || magic.name === 'uv'
        ? `${magic.name} `
        : '';
    const commands = readShell(prefix + magic.argument, magic.argumentRange.start - prefix.length);
    checkCommands(run, commands, 'notebook');
    for (const requirement of commands.flatMap((command) => packagesOfPipInstall(command))) {
      for (const { rule } of run.index.of('requirement')) run.invoke(rule, requirement);
    }
  }
}

function magicText(magic: NotebookMagic): TextFact {
  const name = /^(\w+)=/.exec(magic.argument)?.[1];
  return { kind: 'text', text: magic.argument, range: magic.argumentRange, escaped: false, name };
}

/** `%env NAME=value` stores into the environment as `os.environ["NAME"] = "value"` does. */
function environmentMagic(run: CheckRun, magic: NotebookMagic): void {
  const match = /^(\w+)(?:=|\s+)(\S.*)$/.exec(magic.argument.trim());
  if (match === null || match[2]!.startsWith('$') || match[2]!.startsWith('{')) return;
  const start = magic.argumentRange.start + magic.argument.indexOf(match[2]!);
  const value: Range = { start, end: start + match[2]!.length };
  const fact: StoreFact = {
    kind: 'store',
    name: 'os.environ[]',
    key: match[1]!,
    target: magic.range,
    value: { kind: 'string', value: match[2]!, bytes: false, range: value },
    range: magic.range,
    scope: 0,
    statement: magic.range,
  };
  for (const rule of new Set(run.index.stores.match('os.environ[]'))) run.invoke(rule, fact);
}

/** Gives the text outputs of code cells to the rules. Linear in the outputs' text. */
export function checkNotebookOutputs(run: CheckRun, layout: NotebookLayout): void {
  const subscriptions = run.index.of('output');
  if (subscriptions.length === 0) return;
  for (const cell of layout.cells) {
    // Cells of another language are no part of the module, so there is no line to show a finding on.
    if (!layout.module.cellIndexes.includes(cell.index)) continue;
    for (const output of cell.outputs) {
      const { map } = output;
      const fact: OutputFact = {
        kind: 'output',
        cell: cell.index,
        text: output.text,
        mime: output.mime,
        range: layout.lastLine(cell.index),
        raw: (range) => (map === undefined ? undefined : toRaw(map, range)[0]),
      };
      for (const { rule } of subscriptions) run.invoke(rule, fact);
    }
  }
}

/** Ignores kept in cell metadata (`metadata.tidegate.ignore`), which cover their cell and its outputs. */
export function metadataIgnores(layout: NotebookLayout): readonly BoundDirective[] {
  return layout.cells.flatMap((cell) =>
    cell.ignores.map((ignore): BoundDirective => {
      const line = layout.lastLine(cell.index);
      const at: Range = { start: line.end, end: line.end };
      return {
        directive: {
          tool: 'tidegate',
          scope: 'cell',
          ids: ignore.rules.map((id) => ({ id, range: at })),
          until: ignore.until === undefined ? undefined : { date: ignore.until, range: at },
          reason: ignore.reason,
          range: at,
        },
        target: layout.cellRange(line.start),
        removal: at,
        used: new Set(),
      };
    }),
  );
}
