import type { Place } from '../base/place.js';
import type { Range, TextEdit } from '../base/range.js';
import type { Confidence, Severity } from '../base/severity.js';

/**
 * `safe`: no working program changes its result, so it may run on save. `review`: offered with its reason, never on save.
 * `placeholder`: lacks a value that only a person knows, so it is offered where that person types it next, and nowhere else.
 */
export type FixSafety = 'safe' | 'review' | 'placeholder';

/** Kinds of fixes that are complete: what may be applied without anybody at the keyboard, and what reports list. */
export type CompleteSafety = Exclude<FixSafety, 'placeholder'>;

/**
 * Edits of one file; an insertion at 0 makes a file that does not exist. For notebooks ranges are offsets in the module text
 * (see `NotebookLayout`).
 */
export interface FileEdit {
  readonly path: string;
  readonly edits: readonly TextEdit[];
}

export interface Fix {
  /** Verb and object, e.g. "Add `weights_only=True`"; a review fix ends in "(review: …)", one to fill in in "(fill in: …)". */
  readonly title: string;
  readonly safety: FixSafety;
  readonly files: readonly FileEdit[];
  /** The edits carry a secret from one file to another: reports name the fix and leave its edits out. */
  readonly confidential?: true;
}

export interface RelatedPlace {
  readonly place: Place;
  readonly message: string;
}

/** Why a finding is not reported. */
export interface Suppression {
  readonly kind: 'inline' | 'foreign';
  readonly justification: string;
  /** The directive as shown to people, e.g. `ignore[load-torch]` or `nosec B614`. */
  readonly directive: string;
}

/** A rule's result. Holds no secret and no data value. */
export interface Finding {
  readonly ruleId: string;
  readonly messageId: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** One sentence without a final full stop. */
  readonly message: string;
  /** Offsets in the analysis text (module text for notebooks, file text otherwise). */
  readonly range: Range;
  readonly place: Place;
  /** Steps that led here, in order, and other places worth showing; at most four are shown in editors. */
  readonly related: readonly RelatedPlace[];
  /** At most one is safe; safe first. */
  readonly fixes: readonly Fix[];
  /** Structural: rule, normalised statement or key path, occurrence. 16 hexadecimal digits, stable when lines move. */
  readonly fingerprint: string;
  readonly tag?: 'unnecessary' | 'deprecated';
  readonly suppression?: Suppression;
}

/** A rule that threw, or a document that could only be read in part: shown, never swallowed. */
export interface CheckProblem {
  readonly kind: 'internal' | 'syntax' | 'budget' | 'config';
  readonly message: string;
  readonly place: Place;
  readonly ruleId?: string;
}

export interface CheckResult {
  /** Sorted by position, then rule. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Finding[];
  readonly problems: readonly CheckProblem[];
}
