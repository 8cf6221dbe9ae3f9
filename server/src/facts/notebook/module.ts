import type { Range } from '../../base/range.js';
import { blankMagics } from '../../syntax/notebook/magics.js';
import type { NotebookCell, NotebookMagic, NotebookModule } from './notebook.js';

/**
 * Joins the code cells of a Python notebook to one module. All ranges of the magics are offsets in the module's text,
 * which has the length of the sources plus one line break between cells. A notebook in another language gives an empty
 * module. O(n).
 *
 * Cell magics with a Python body (`%%time`) keep it: only their first line is blanked and is their argument.
 */
export function notebookModule(cells: readonly NotebookCell[], language = 'python'): NotebookModule {
  const parts: string[] = [];
  const starts: number[] = [];
  const cellIndexes: number[] = [];
  const magics: NotebookMagic[] = [];
  let length = 0;
  for (const cell of language === 'python' ? cells : []) {
    if (cell.kind !== 'code') continue;
    if (parts.length > 0) length++;
    const start = length;
    const blanked = blankMagics(cell.source);
    for (const magic of blanked.magics) {
      const range = shifted(magic.range, start);
      magics.push({ ...magic, cell: cell.index, range, argumentRange: shifted(magic.argumentRange, start) });
    }
    starts.push(start);
    cellIndexes.push(cell.index);
    parts.push(blanked.text);
    length += blanked.text.length;
  }
  return { text: parts.join('\n'), starts, cellIndexes, magics };
}

/** The cell that holds a module offset, and the offset in its source. Undefined for a module without cells. O(log n). */
export function cellAt(module: NotebookModule, offset: number): { cell: number; offset: number } | undefined {
  let low = 0;
  let high = module.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (module.starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  const start = module.starts[low];
  return start === undefined ? undefined : { cell: module.cellIndexes[low]!, offset: offset - start };
}

function shifted({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}
