import type { Confidence, Profile, Severity } from '../base/severity.js';
import type { RuleContext } from './context.js';
import type { Messages } from './message.js';
import type { Query, QueryShape } from './query.js';

/** Lifecycle stages a weakness belongs to. */
export type Stage =
  | 'data-collection'
  | 'preprocessing'
  | 'feature-engineering'
  | 'training'
  | 'evaluation'
  | 'deployment'
  | 'monitoring';

export type { Messages } from './message.js';

/** Text before and after a rule: `«…»` marks where the finding is. Executed as a test, shown in docs and hover. */
export interface Example<M extends Messages> {
  readonly bad?: string;
  readonly message?: keyof M & string;
  /**
   * What the first complete fix, or with `fill` the first one with placeholders, makes of `bad`; or, without `bad`, code that
   * stays silent.
   */
  readonly good?: string;
  /** With `bad`: `good` is a rewrite by hand, not what the fix does. */
  readonly byHand?: boolean;
  /** What somebody types into the placeholders of the fix that makes `good` of `bad`, in order. */
  readonly fill?: readonly string[];
  /** Versions of libraries the workspace pins. */
  readonly given?: Readonly<Record<string, string>>;
  /** Other files of the workspace. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the fix makes of other files, and those it makes; files that are not named stay what they are. */
  readonly goodFiles?: Readonly<Record<string, string>>;
  /** Workspace-relative; decides the language. Default `train.py`. */
  readonly path?: string;
  readonly because?: string;
  /** Other rules that run with this one; they find nothing in the example. */
  readonly alongside?: readonly string[];
}

/** The fact a query yields; a list of queries yields any of theirs. */
export type FactOf<Q> = Q extends readonly (infer One)[]
  ? FactOf<One>
  : Q extends { readonly fact?: infer F }
    ? F
    : never;

export interface RuleDefinition<M extends Messages, Q extends QueryShape | readonly QueryShape[]> {
  /** One sentence with a full stop: what the rule finds. */
  readonly summary: string;
  readonly stages: readonly Stage[];
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Smallest profile that holds the rule; `recommended` when absent. */
  readonly profile?: Profile;
  readonly since: string;
  /** `CWE-502`, `OWASP-ML06:2023`, `OWASP-LLM03:2025`, `AML.T0010`, advisory ids or URLs. */
  readonly references: readonly string[];
  /** Rules of other tools about the same weakness, e.g. `ruff:S301`, `bandit:B301`; their ignores are honoured. */
  readonly overlaps?: readonly string[];
  readonly docs: {
    /** Why it matters in ML: one concrete attack or failure. */
    readonly why: string;
    readonly instead: string;
    readonly fixSafety: string;
    readonly limits: string;
    readonly ignoreWhen?: string;
  };
  readonly messages: M;
  /**
   * Substrings one of which, in any case, any text with a finding holds; for a finding in a string literal, the literal or what
   * it is given to. Absent: taken from the query.
   */
  readonly words?: readonly string[];
  /** True for rules that say nothing in files of tests, which run on made-up data. */
  readonly skipsTests?: boolean;
  readonly query: Q;
  check(fact: FactOf<Q>, context: RuleContext<M>): void;
  readonly examples: readonly Example<M>[];
}

/** A rule whose message and fact types have been forgotten, as the runner holds it. */
export type AnyRule = Omit<RuleDefinition<Messages, QueryShape>, 'check' | 'query' | 'examples'> & {
  readonly query: Query<unknown> | readonly Query<unknown>[];
  readonly check: (fact: never, context: RuleContext<Messages>) => void;
  readonly examples: readonly Example<Messages>[];
};

/** Types a rule: message ids and placeholders, and the fact `check` receives, are checked by the compiler. */
export function defineRule<const M extends Messages, const Q extends QueryShape | readonly QueryShape[]>(
  definition: RuleDefinition<M, Q>,
): AnyRule {
  return definition as unknown as AnyRule;
}
