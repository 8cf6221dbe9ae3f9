import type { Range } from '../../base/range.js';
import type { Learns } from '../../knowledge/learning/roles.js';

/**
 * One mistake in the order of splitting, fitting and judging.
 * `fit-before-split`: a transformer learnt from rows that are divided later; `resample-before-split`: rows were drawn or made
 * up before that; `fit-on-test`: what was fitted on training rows is fitted again on held-out ones; `score-on-fitted`: a
 * metric of rows the model was fitted on; `tune-on-test`: rows that decided on the model are the ones it is judged by;
 * `generator-in-workers`: a data set draws from a generator that every worker process has a copy of.
 */
export interface SplitEvent {
  readonly kind: SplitEventKind;
  /** The smallest useful span: the name of the method or function, or the argument that carries the rows. */
  readonly range: Range;
  /** Whole call. */
  readonly call: Range;
  /** The arguments of the call are one positional one: it can be renamed. */
  readonly plain: boolean;
  /** Class of the estimator, or name of the function. */
  readonly subject: string;
  readonly method: string;
  readonly learns: Learns;
  /** Resampling: rows are only left out. Scores: no split is known, the rows are the fitted ones themselves. Tuning: a search. */
  readonly mild: boolean;
  /** The split, the earlier fit or the later metric. */
  readonly other: Range | undefined;
  readonly otherName: string;
}

export type SplitEventKind =
  | 'fit-before-split'
  | 'resample-before-split'
  | 'fit-on-test'
  | 'score-on-fitted'
  | 'tune-on-test'
  | 'generator-in-workers';
