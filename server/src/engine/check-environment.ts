import type { EffectiveConfig } from '../workspace/config.js';
import type { WorkspaceModel } from '../workspace/model.js';

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
  /** False: every document is parsed even when no trigger word occurs. The result is the same; a test says so. */
  readonly useTriggerWords?: boolean;
  readonly onRuleTime?: (ruleId: string, ms: number) => void;
}
