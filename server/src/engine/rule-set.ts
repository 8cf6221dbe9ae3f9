import type { AnyRule } from './rule.js';

/** A rule with what its file name says about it. */
export interface RegisteredRule {
  /** File name. */
  readonly id: string;
  /** Folder name. */
  readonly family: string;
  readonly rule: AnyRule;
}

/** All rules, sorted by id. */
export type RuleSet = readonly RegisteredRule[];
