import type { Language } from '../base/language.js';
import type { Place } from '../base/place.js';
import type { Range } from '../base/range.js';
import { isTestFile } from '../base/test-files.js';
import type { ConfigFacts } from '../facts/config/entry.js';
import type { NotebookCell } from '../facts/notebook/notebook.js';
import { UNKNOWN } from '../semantics/value.js';
import type { CheckEnvironment } from './check-environment.js';
import type { PythonQuestions, RuleContext } from './context.js';
import { Draft } from './draft.js';
import type { EnabledRule } from './enabled-rules.js';
import type { CheckProblem } from './finding.js';
import type { Messages } from './message.js';
import type { RuleIndex } from './rule-index.js';
import type { TriggerWords } from './trigger-words.js';

/** After as many calls of rules, the time budget is looked at once in so many. */
const CLOCK_EVERY = 16;

/** Thrown to leave a check whose time is over; what was found until then is published. */
class BudgetExceeded extends Error {}

const NO_PYTHON: PythonQuestions = {
  value: () => UNKNOWN,
  names: () => [],
  origin: () => ({ tier: 'T2', operator: false, description: '', trail: [] }),
  definition: (expression) => expression,
  optionDefault: () => undefined,
  callsIn: () => [],
};

/** What a document's checker knows about its text beyond the facts it hands to rules. */
export interface DocumentShape {
  /** Statements (or entries, instructions, lines) by position: what ignores bind to and fingerprints name. */
  statements(): readonly Range[];
  /** Comments, in order. */
  comments(): readonly Range[];
  place(range: Range): Place;
}

/** One check of one document: runs rules on facts, keeps what they report, survives their errors. */
export class CheckRun {
  readonly drafts: Draft[] = [];
  readonly problems: CheckProblem[] = [];
  python: PythonQuestions = NO_PYTHON;
  facts: ConfigFacts | undefined;
  cells: readonly NotebookCell[] | undefined;
  /** False as soon as the document does not parse: findings stay, fixes are not offered. */
  fixable = true;
  shape: DocumentShape;
  readonly #contexts = new Map<string, RuleContext<Messages>>();
  readonly #failed = new Set<string>();
  readonly #mayFire = new Map<string, boolean>();
  readonly #started: number;
  readonly #inTests: boolean;
  #invoked = 0;

  constructor(
    readonly path: string,
    readonly language: Language,
    readonly text: string,
    readonly index: RuleIndex,
    readonly words: TriggerWords,
    readonly environment: CheckEnvironment,
    shape: DocumentShape,
  ) {
    this.shape = shape;
    this.#inTests = isTestFile(path);
    this.#started = environment.now?.() ?? 0;
  }

  /** Gives a fact to a rule. A throw costs this rule the rest of this document and is listed. */
  invoke(rule: EnabledRule, fact: unknown): void {
    if (this.#isSilent(rule)) return;
    const { onRuleTime, budgetMs } = this.environment;
    const before = onRuleTime === undefined ? undefined : this.environment.now?.();
    try {
      (rule.rule.check as (fact: unknown, context: RuleContext<Messages>) => void)(fact, this.#context(rule));
    } catch (error) {
      this.#fail(rule, error);
    }
    if (before !== undefined) onRuleTime!(rule.id, this.environment.now!() - before);
    // Asking the clock costs more than most rules do.
    if (budgetMs === undefined || (++this.#invoked > CLOCK_EVERY && this.#invoked % CLOCK_EVERY !== 0)) return;
    const now = this.environment.now?.();
    if (now !== undefined && now - this.#started > budgetMs) throw new BudgetExceeded();
  }

  #isSilent(rule: EnabledRule): boolean {
    return (this.#inTests && rule.rule.skipsTests === true) || this.#failed.has(rule.id);
  }

  /** True when this rule may find something: its trigger words occur. */
  mayFire(rule: EnabledRule): boolean {
    let may = this.#mayFire.get(rule.id);
    if (may === undefined) {
      may =
        !this.#isSilent(rule) &&
        (this.environment.useTriggerWords === false || this.words.in(this.text).mayReport(rule.id));
      this.#mayFire.set(rule.id, may);
    }
    return may;
  }

  /**
   * Offsets of the text at which words of these rules, and of others about texts, end, ascending; undefined when any place may
   * hold something for one of them.
   */
  textPlaces(rules: readonly EnabledRule[]): readonly number[] | undefined {
    if (this.environment.useTriggerWords === false || rules.some(({ rule }) => rule.words === undefined))
      return undefined;
    return this.words.in(this.text).textPlaces;
  }

  /** False when no comment of the text can be an ignore. */
  mayHoldDirectives(): boolean {
    return this.words.in(this.text).directives;
  }

  /** Those of the given rules that may find something. */
  mayFireOf<T extends { readonly rule: EnabledRule }>(subscriptions: readonly T[]): readonly T[] {
    return subscriptions.filter(({ rule }) => this.mayFire(rule));
  }

  /** Runs a part of the check; a budget that is over ends it with a note, an error of ours too: the document stays published. */
  guarded(part: () => void): void {
    const at = { start: 0, end: 0 };
    try {
      part();
    } catch (error) {
      if (error instanceof BudgetExceeded) {
        this.problem('budget', 'The check of this file took too long and was stopped; findings may be missing', at);
      } else {
        const reason = error instanceof Error ? error.message : String(error);
        this.problem('internal', `This file could not be checked completely: ${reason}`, at);
      }
    }
  }

  problem(kind: CheckProblem['kind'], message: string, at: Range, ruleId?: string): void {
    this.problems.push({ kind, message, place: this.shape.place(at), ...(ruleId === undefined ? {} : { ruleId }) });
  }

  #fail(rule: EnabledRule, error: unknown): void {
    this.#failed.add(rule.id);
    const reason = error instanceof Error ? error.message : String(error);
    this.problem(
      'internal',
      `Rule \`${rule.id}\` failed on this file and was skipped: ${reason}`,
      { start: 0, end: 0 },
      rule.id,
    );
  }

  #context(rule: EnabledRule): RuleContext<Messages> {
    let context = this.#contexts.get(rule.id);
    if (context === undefined) {
      context = this.#newContext(rule);
      this.#contexts.set(rule.id, context);
    }
    return context;
  }

  #newContext(rule: EnabledRule): RuleContext<Messages> {
    const { workspace, config } = this.environment;
    return {
      path: this.path,
      language: this.language,
      text: this.text,
      config,
      workspace,
      python: this.python,
      facts: this.facts,
      cells: this.cells,
      version: (library) => workspace.version(library, this.path),
      report: (target, message, ...values) => {
        const draft = new Draft(
          rule,
          this.path,
          target,
          message,
          (values as readonly unknown[])[0] as Readonly<Record<string, string | number>> | undefined,
          this.fixable,
        );
        this.drafts.push(draft);
        return draft;
      },
    };
  }
}
