import type { Range } from '../base/range.js';

/** A rule id in an ignore comment. */
export interface IgnoredId {
  readonly id: string;
  readonly range: Range;
  /** A rule of ours has this id. */
  readonly known: boolean;
  /** That rule ran on this document. */
  readonly enabled: boolean;
  /** It suppressed a finding. */
  readonly used: boolean;
  /** For an unknown id the one known id that is hardly different, when there is one. */
  readonly closest: string | undefined;
}

/** The ids an ignore comment may name. */
export interface RuleNames {
  known(id: string): boolean;
  enabled(id: string): boolean;
  closest(id: string): string | undefined;
}

/** One ignore comment, ours or another tool's, with what it did. */
export interface IgnoreFact {
  readonly kind: 'ignore';
  readonly tool: 'tidegate' | 'nosec' | 'noqa';
  readonly scope: 'statement' | 'file' | 'cell';
  /** Ids as written, each with its place. */
  readonly ids: readonly IgnoredId[];
  readonly until: { readonly date: string; readonly range: Range; readonly expired: boolean } | undefined;
  readonly reason: string | undefined;
  /** The whole comment, or the part of it that is the directive when other text stands before. */
  readonly range: Range;
  /** What deleting the directive removes: the comment with the blank before it, or the whole line when it is alone there. */
  readonly removal: Range;
  /** Offset span the directive covers. */
  readonly target: Range;
}
