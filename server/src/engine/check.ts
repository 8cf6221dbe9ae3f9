import type { EffectiveConfig } from '../workspace/config.js';
import type { WorkspaceModel } from '../workspace/model.js';
import type { SourceDocument } from '../workspace/source-document.js';
import type { CheckResult } from './finding.js';
import type { RuleSet } from './rule-set.js';

/** Everything a check depends on besides the document. */
export interface CheckEnvironment {
  readonly config: EffectiveConfig;
  readonly workspace: WorkspaceModel;
  /** `YYYY-MM-DD`: decides which ignores have expired. */
  readonly today: string;
  /** Milliseconds of a monotonic clock, for the time budget and `onRuleTime`; without it there is no budget. */
  readonly now?: () => number;
  readonly budgetMs?: number;
  /** False: the document's own ignores are listed, not obeyed (untrusted workspace). */
  readonly obeyIgnores?: boolean;
  readonly onRuleTime?: (ruleId: string, ms: number) => void;
}

/** Checks one document. Never throws; a rule that throws costs that rule on this document and is listed in `problems`. */
export declare function checkDocument(document: SourceDocument, rules: RuleSet, environment: CheckEnvironment): CheckResult;
