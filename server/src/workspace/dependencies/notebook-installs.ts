import { LineIndex } from '../../base/line-index.js';
import type { Place } from '../../base/place.js';
import type { Range } from '../../base/range.js';
import { toRaw } from '../../facts/notebook/map.js';
import { cellAt, notebookModule } from '../../facts/notebook/module.js';
import type { NotebookMagic } from '../../facts/notebook/notebook.js';
import { readNotebook } from '../../facts/notebook/read.js';
import { packagesOfPipInstall } from '../../facts/shell/install.js';
import { readShell } from '../../facts/shell/read.js';
import { placeIn } from '../place-in.js';
import { type Declaration, declarationOf } from './declaration.js';

const INSTALLERS = new Set(['pip', 'uv', 'conda', 'mamba', 'micromamba']);
const SHELLS = new Set(['bash', 'sh', 'script', 'system', 'sx', '!']);

/** What `%pip install`, `!pip install` and `%%bash` cells of a notebook install, with ranges in the cells' sources. */
export function notebookDeclarations(path: string, text: string): Declaration[] {
  if (!/pip|conda|mamba|uv /.test(text)) return [];
  const { cells, language } = readNotebook(text);
  const module = notebookModule(cells, language);
  return module.magics.flatMap((magic) =>
    commandsOf(magic)
      .flatMap((command) => packagesOfPipInstall(command))
      .flatMap((requirement) => {
        const declaration = declarationOf(requirement, path);
        const start = cellAt(module, requirement.range.start);
        if (declaration === undefined || start === undefined) return [];
        const length = requirement.range.end - requirement.range.start;
        return [{ ...declaration, cell: start.cell, range: { start: start.offset, end: start.offset + length } }];
      }),
  );
}

function commandsOf(magic: NotebookMagic) {
  if (INSTALLERS.has(magic.name)) {
    const name = `${magic.name} `;
    return readShell(name + magic.argument, magic.argumentRange.start - name.length);
  }
  const isShell = magic.kind === 'shell' || SHELLS.has(magic.name);
  return isShell ? readShell(magic.argument, magic.argumentRange.start) : [];
}

/** Place of a range of a cell's source in a notebook file. */
export function placeInNotebook(path: string, text: string, index: number, range: Range): Place {
  const cell = readNotebook(text).cells[index];
  if (cell === undefined) return placeIn(path, text, { start: 0, end: 0 });
  const lines = new LineIndex(cell.source);
  const raw = cell.map === undefined ? [] : toRaw(cell.map, range);
  const span = { start: raw[0]?.start ?? 0, end: raw.at(-1)?.end ?? 0 };
  return {
    ...placeIn(path, text, span),
    cell: { index, start: lines.position(range.start), end: lines.position(range.end) },
  };
}
