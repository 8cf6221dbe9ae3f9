import type { Range } from '../base/range.js';
import type { SourceKind } from '../knowledge/untrusted-sources.js';

export type { SourceKind } from '../knowledge/untrusted-sources.js';

/**
 * Trust in where a value comes from. T1: outside the project (request, upload, argv, environment, network, Hub, bucket).
 * T2: not known. T3: the same project (literal path, written earlier in the file). T0: a constant that is no path at all.
 */
export type Tier = 'T0' | 'T1' | 'T2' | 'T3';

export interface Origin {
  readonly tier: Tier;
  /**
   * True for a T1 value that whoever runs the program chose: command line, environment, prompt. Such a person is trusted
   * more than a network.
   */
  readonly operator: boolean;
  /** What kind of source a T1 value comes from; undefined for the other tiers. */
  readonly source?: SourceKind;
  /** In words, for messages: "downloaded over HTTP", "command-line argument". Empty for T0 and T2. */
  readonly description: string;
  /** Steps from the source to the use, in order. */
  readonly trail: readonly { readonly range: Range; readonly message: string }[];
}
