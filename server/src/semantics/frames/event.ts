import type { Range } from '../../base/range.js';
import type { Category } from '../../knowledge/personal-data/index.js';

/** A column that holds personal data, and how it was recognised. */
export interface PersonalColumn {
  readonly name: string;
  readonly category: Category;
  /** 0–1. */
  readonly confidence: number;
  /** Where the name is written, when it is. */
  readonly range: Range | undefined;
  /** The name in the list literal that selects the columns. */
  readonly selected?: Range | undefined;
  /** Hashed, encoded or tokenised: `category` says what it was made of no longer. */
  readonly pseudonymised?: boolean;
  /** Historic or public records. */
  readonly publicRecord?: boolean;
}

/** A source of rows that reaches an event. */
export interface FrameRead {
  readonly range: Range;
  readonly name: string;
  /** The strongest check on every way from the read to the event. */
  readonly validated: 'gate' | 'schema' | 'inspection' | 'none';
  /**
   * Fits: position among the sources of the module that reach a training without a gate; undefined when an earlier training
   * of the module has this source already.
   */
  readonly rank?: number | undefined;
}

/** One thing that happens to tabular data, with what is known of the columns. */
export interface FrameEvent {
  readonly kind: 'write' | 'log' | 'fit';
  /** Resolved name of the call, e.g. `pandas.DataFrame().to_csv`. */
  readonly name: string;
  /** The smallest useful span: the method or function name. */
  readonly range: Range;
  readonly statement: Range;
  /** Personal columns that reach it. */
  readonly columns: readonly PersonalColumn[];
  /** The reads the data came from, each with whether a validation gate stood between. */
  readonly reads: readonly FrameRead[];
  /** Writes: the target is encrypted or a stream that encrypts. */
  readonly encrypted: boolean;
  /** Writes: literal target path or URL as far as it is known. */
  readonly target: string | undefined;
  /** 0–1: 0.9 same function, 0.8 same file, lower when a step was guessed. */
  readonly confidence: number;
  /** The expression that holds the data, and whether it is a frame with named columns, one column, rows or text. */
  readonly argument?:
    | { readonly range: Range; readonly shape: 'frame' | 'column' | 'row' | 'text' | 'array' | 'distinct' }
    | undefined;
  /** Fits: an earlier training of the module has the same personal columns. */
  readonly repeated?: boolean;
  /** Fits: the names of the last `drop` on the way here, where another name can be added. */
  readonly dropList?: Range | undefined;
  /** Steps from the source to here, in order. */
  readonly trail: readonly { readonly range: Range; readonly message: string }[];
}
