import type { Range } from '../base/range.js';

/** One ignore comment, ours or another tool's, with what it did. */
export interface IgnoreFact {
  readonly kind: 'ignore';
  readonly tool: 'tidegate' | 'nosec' | 'noqa';
  readonly scope: 'statement' | 'file' | 'cell';
  /** Ids as written, each with its place. */
  readonly ids: readonly { readonly id: string; readonly range: Range; readonly known: boolean; readonly used: boolean }[];
  readonly until: { readonly date: string; readonly range: Range; readonly expired: boolean } | undefined;
  readonly reason: string | undefined;
  /** The whole comment, or the part of it that is the directive when other text stands before. */
  readonly range: Range;
  /** What deleting the directive removes: the comment with the blank before it, or the whole line when it is alone there. */
  readonly removal: Range;
  /** Offset span the directive covers. */
  readonly target: Range;
}
