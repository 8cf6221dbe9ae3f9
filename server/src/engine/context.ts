import type { Language } from '../base/language.js';
import type { Place } from '../base/place.js';
import type { Range, TextEdit } from '../base/range.js';
import type { Confidence, Severity } from '../base/severity.js';
import type { ConfigFacts } from '../facts/config/entry.js';
import type { NotebookCell } from '../facts/notebook/notebook.js';
import type { CallFact } from '../facts/python/call.js';
import type { Expression } from '../facts/python/expression.js';
import type { Origin, SourceKind } from '../semantics/origin.js';
import type { Value } from '../semantics/value.js';
import type { EffectiveConfig } from '../workspace/config.js';
import type { LibraryVersion, WorkspaceModel } from '../workspace/model.js';
import type { FileEdit, FixSafety } from './finding.js';
import type { Messages, Placeholders, Target } from './message.js';

/** What a rule may ask and say. Rules do no I/O and see no tree. */
export interface RuleContext<M extends Messages> {
  readonly path: string;
  readonly language: Language;
  /** The analysis text: module text for notebooks. */
  readonly text: string;
  readonly config: EffectiveConfig;
  readonly workspace: WorkspaceModel;
  /** Python and notebooks: what expressions stand for. */
  readonly python: PythonQuestions;
  /** Config documents only. */
  readonly facts: ConfigFacts | undefined;
  /** Notebooks only. */
  readonly cells: readonly NotebookCell[] | undefined;
  /** Version of a library for this document; undefined when nothing names it. */
  version(library: string): LibraryVersion | undefined;
  report<K extends keyof M & string>(target: Target, message: K, ...values: ReportValues<M[K]>): Report;
}

export type ReportValues<T extends string> = [Placeholders<T>] extends [never]
  ? []
  : [values: Readonly<Record<Placeholders<T>, string | number>>];

/** Questions about Python expressions; answers are bounded in depth and say "unknown" rather than guess. */
export interface PythonQuestions {
  /** Constant value as far as it is known. */
  value(expression: Expression): Value;
  /** Resolved dotted names of an expression (`torch.load`, `open()`); empty when unknown. */
  names(expression: Expression): readonly string[];
  /**
   * Where a value comes from: untrusted source, parameter, same project, constant. `kinds`: the only kinds of sources that are
   * looked for in other modules; a rule that cares for few of them is faster with them.
   */
  origin(expression: Expression, kinds?: readonly SourceKind[]): Origin;
  /** Follows one assignment: the expression a name stands for, itself when it is not a name or not known. */
  definition(expression: Expression): Expression;
  /** The default of the command-line option (`args.x` of argparse) an expression stands for; undefined for anything else. */
  optionDefault(expression: Expression): Expression | undefined;
  /** Calls inside a range, in text order, under the first name each has; calls without a name are left out. O(nodes). */
  callsIn(range: Range): readonly CallFact[];
}

/** A reported finding that is still being described. */
export interface Report {
  /** Overrides the rule's level for this finding. */
  severity(severity: Severity): Report;
  confidence(confidence: Confidence): Report;
  /** Another place worth showing: same document by range, or anywhere by place. */
  related(place: Range | Place, message: string): Report;
  /**
   * A fix. `reason` becomes part of the title: for review fixes why to look twice, for those with placeholders what to fill in,
   * by default the words of the placeholders. Dropped when the document has syntax errors, and when a `placeholder` fix has no
   * placeholder.
   */
  fix(title: string, safety: FixSafety, edits: readonly TextEdit[], reason?: string): Report;
  /**
   * A review fix that also touches other files, or makes them. They are written in this order, so that what moves arrives before
   * it leaves. `confidential`: an edit carries a secret, which no report may show.
   */
  fixFiles(title: string, files: readonly FileEdit[], reason: string, confidential?: 'confidential'): Report;
}
