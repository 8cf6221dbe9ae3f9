import type { Range } from '../../base/range.js';

export interface HclName {
  /** Decoded, without quotes. */
  readonly text: string;
  /** Quotes included. */
  readonly range: Range;
}

/** An expression as far as it is a constant; `unknown` is everything that must be computed. */
export type HclExpression = Range &
  (
    | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly quote: HclQuote }
    | { readonly kind: 'tuple'; readonly items: readonly HclExpression[] }
    | { readonly kind: 'object'; readonly pairs: readonly HclPair[] }
    /** `jsonencode(…)`: the constant that it writes out. */
    | { readonly kind: 'encoded'; readonly content: HclExpression }
    | { readonly kind: 'unknown' }
  );

export type HclQuote = 'none' | 'double' | 'heredoc';

export interface HclPair {
  readonly key: HclName;
  readonly value: HclExpression;
}

export interface HclAttribute {
  readonly kind: 'attribute';
  readonly name: HclName;
  readonly value: HclExpression;
}

export interface HclBlock {
  readonly kind: 'block';
  readonly type: HclName;
  readonly labels: readonly HclName[];
  /** From `{` to `}`. */
  readonly body: Range;
  readonly items: readonly HclItem[];
}

export type HclItem = HclAttribute | HclBlock;

export interface HclDocument {
  readonly items: readonly HclItem[];
  readonly errors: readonly { readonly range: Range; readonly message: string }[];
}
