import type { LineIndex } from '../base/line-index.js';
import type { CheckResult, Finding } from '../engine/finding.js';
import type { EffectiveConfig } from '../workspace/config.js';
import type { SourceDocument } from '../workspace/source-document.js';
import type { Folder } from './folder.js';

/** A document of the client that shows findings: the text document, or a notebook's cell. */
export interface Part {
  readonly uri: string;
  /** Null: not open. */
  readonly version: number | null;
  readonly text: string;
  readonly lines: LineIndex;
  /** Index among all cells; undefined for a whole file. */
  readonly cell: number | undefined;
}

/** A check's result with what it was computed from. */
export interface Checked {
  /** The text document, or the notebook. */
  readonly uri: string;
  readonly path: string;
  readonly folder: Folder;
  readonly source: SourceDocument;
  readonly config: EffectiveConfig;
  readonly result: CheckResult;
  readonly parts: readonly Part[];
  /** Revision of the open document that was checked; undefined: read from disk. */
  readonly revision: number | undefined;
  readonly ms: number;
}

/** The part that shows a finding. A notebook without the named cell shows it in its first one. */
export function partOf(checked: Checked, finding: Pick<Finding, 'place'>): Part | undefined {
  const { cell } = finding.place;
  const named = cell === undefined ? undefined : checked.parts.find((part) => part.cell === cell.index);
  return named ?? checked.parts[0];
}
