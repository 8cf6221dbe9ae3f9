import type { Place } from '../base/place.js';
import type { Position } from '../base/range.js';
import type { CompleteSafety, Finding } from '../engine/finding.js';
import type { RuleSet } from '../engine/rule-set.js';

/** What a run found, ready to be written in any format. Paths are relative with `/`; everything is sorted. */
export interface RunReport {
  /** Version of Tidegate. */
  readonly version: string;
  readonly rules: RuleSet;
  /** By path, then position, then rule. */
  readonly findings: readonly ReportedFinding[];
  /** Findings that an ignore comment took back, with its reason. */
  readonly suppressed: readonly Finding[];
  readonly files: { readonly checked: number; readonly skipped: readonly SkippedFile[] };
  readonly errors: readonly ReportError[];
}

export interface ReportedFinding {
  readonly finding: Finding;
  /** Those that are complete: a program that applies what it reads would write placeholders into the file. */
  readonly fixes: readonly ReportedFix[];
}

/** A fix with the positions its edits have in the files as they are on disk. */
export interface ReportedFix {
  readonly title: string;
  readonly safety: CompleteSafety;
  /** None when an edit holds a secret. */
  readonly edits: readonly ReportedEdit[];
}

/** Zero-based positions in the raw file (for notebooks the JSON text). */
export interface ReportedEdit {
  readonly path: string;
  readonly start: Position;
  readonly end: Position;
  readonly newText: string;
}

export interface SkippedFile {
  readonly path: string;
  readonly reason: string;
}

/** Something that went wrong without ending the run. */
export interface ReportError {
  /** `file`: a file could not be read or written; `encoding`: it is not UTF-8. */
  readonly kind: 'internal' | 'syntax' | 'budget' | 'config' | 'file' | 'encoding';
  readonly message: string;
  readonly path: string;
  readonly place?: Place;
  readonly ruleId?: string;
}

/** Source lines around a place: for notebooks those of the cell. */
export interface Frame {
  readonly lines: readonly string[];
  /** Position of the place in `lines`. */
  readonly start: Position;
  readonly end: Position;
}
