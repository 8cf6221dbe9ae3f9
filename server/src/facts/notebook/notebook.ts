import type { Range } from '../../base/range.js';

/**
 * Where decoded text stands in the raw file. Text of a notebook is written as JSON strings, often one per line; segment i
 * covers decoded offsets `decoded[i] … decoded[i+1]` and starts at `raw[i]`. Inside a segment offsets run in step.
 */
export interface TextMap {
  readonly decoded: readonly number[];
  readonly raw: readonly number[];
}

export interface NotebookOutput {
  readonly mime: string;
  readonly text: string;
  /** Undefined when the notebook did not come from a file. */
  readonly map: TextMap | undefined;
  /** Range of the whole output object in the raw file. */
  readonly rawRange: Range | undefined;
}

export interface NotebookCell {
  /** 0-based among all cells. */
  readonly index: number;
  readonly kind: 'code' | 'markdown' | 'raw';
  /** nbformat 4.5 cell id. */
  readonly id: string | undefined;
  readonly source: string;
  readonly map: TextMap | undefined;
  readonly outputs: readonly NotebookOutput[];
  /** Raw range of the whole `outputs` array value, for clearing it. */
  readonly outputsRange: Range | undefined;
  /** Ids and reasons from `metadata.tidegate.ignore`. */
  readonly ignores: readonly {
    readonly rules: readonly string[];
    readonly reason: string | undefined;
    readonly until: string | undefined;
  }[];
}

export interface Notebook {
  readonly cells: readonly NotebookCell[];
  /** Kernel language, lower case; `python` when not said. */
  readonly language: string;
  readonly errors: readonly { readonly range: Range; readonly message: string }[];
}

/** An IPython magic or shell line, blanked to equal length in the module text. */
export interface NotebookMagic {
  readonly cell: number;
  /** `!cmd`, `%name args`, `%%name args` + body. */
  readonly kind: 'shell' | 'line' | 'cell';
  /** Magic name without `%`; for shell lines the empty string. */
  readonly name: string;
  /** Text after the name, or the shell line without `!`; for cell magics the body lines too. */
  readonly argument: string;
  readonly range: Range;
  readonly argumentRange: Range;
  /** Variable that takes the result: `x = !ls`, `x = %sql …`. */
  readonly assignedTo: string | undefined;
}

/** A notebook as one Python module: code cells in order joined by one `\n`, magics blanked. */
export interface NotebookModule {
  readonly text: string;
  /** Start of each code cell in `text`; same order as `cellIndexes`. */
  readonly starts: readonly number[];
  readonly cellIndexes: readonly number[];
  readonly magics: readonly NotebookMagic[];
}
