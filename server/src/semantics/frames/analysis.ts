import type { Range } from '../../base/range.js';
import type { Expression, StringExpression } from '../../facts/python/expression.js';
import type { PythonModule } from '../../facts/python/module.js';
import type { ClassStatement, Statement } from '../../facts/python/statement.js';
import type { Evaluator } from '../evaluate.js';
import type { NameResolver } from '../names.js';
import type { Value } from './abstract-value.js';
import { joinValues } from './abstract-value.js';
import { type Column, type Names, newNames, plainColumn } from './data.js';
import type { FrameEvent, PersonalColumn } from './event.js';
import type { Relevance } from './relevance.js';
import { type State, type Strength, stronger, weaker } from './state.js';

const MAX_STEPS = 40_000;
const MAX_CALLS = 400;
const MAX_LEARNED = 64;

/** A place where rows of unknown content enter. */
export interface ReadSite {
  readonly id: number;
  readonly range: Range;
  readonly name: string;
  /** Scope of the function that reads. */
  readonly owner: number;
}

/** How expressions are evaluated; the parts of the interpreter know each other through this. */
export interface Evaluation {
  readonly analysis: Analysis;
  evaluate(expression: Expression, state: State): Value | undefined;
  /** Runs statements until their end or until control leaves them. */
  run(body: readonly Statement[], state: State): void;
  /** Binds a target to a value. */
  assign(target: Expression, value: Value | undefined, from: Expression | undefined, state: State): void;
  /** Calls a function of this file with the given positional values; undefined when it is not one or nothing is known. */
  apply(callee: Value | undefined, values: readonly (Value | undefined)[], state: State): Value | undefined;
}

/** A call that was given no data: the next one gives the same, unless it is a method and fields have changed since. */
export interface DatalessCall {
  readonly value: Value | undefined;
  /** Checks on data that the function reads itself. */
  readonly validated: ReadonlyMap<number, Strength>;
  readonly owner: ClassStatement | undefined;
  readonly fieldVersion: number;
}

type EventKey = Pick<FrameEvent, 'kind' | 'range'>;

/** What one analysis of a module knows besides the state at a point: reads, what was learned of their columns, events. */
export class Analysis {
  readonly module: PythonModule;
  readonly evaluator: Evaluator;
  readonly reads: ReadSite[] = [];
  readonly fields = new Map<number, Map<string, Value | undefined>>();
  /** Checks done in any method of a class on data its methods share. */
  readonly classChecks = new Map<number, Map<number, Strength>>();
  /** Texts of expressions that are passed to something that encrypts. */
  readonly encrypted = new Set<string>();
  /** Classes of the module by scope. */
  readonly classes = new Map<number, ClassStatement>();
  /** Functions being run now, and functions that were run because something called them. */
  readonly active = new Set<number>();
  readonly called = new Set<number>();
  /** Which functions are worth running when nobody gives them data. */
  readonly relevance: Relevance;
  /** What the last call that was given no data gave, per function. */
  readonly dataless = new Map<number, DatalessCall>();
  /** Changes whenever a field gets another value. */
  fieldVersion = 0;
  /** State of the module body. */
  top: State | undefined;
  readonly #names: NameResolver;
  readonly #known = new Map<Expression, readonly string[]>();
  readonly #literals = new Map<StringExpression, Names>();
  readonly #readsByStart = new Map<number, ReadSite>();
  readonly #learned = new Map<number, Map<string, Range | undefined>>();
  readonly #events = new Map<string, FrameEvent>();
  #steps = 0;
  #calls = 0;

  constructor(module: PythonModule, names: NameResolver, evaluator: Evaluator, relevance: Relevance) {
    this.relevance = relevance;
    this.module = module;
    this.#names = names;
    this.evaluator = evaluator;
  }

  /** Starts a pass with a fresh budget and without events; what was learned stays. */
  startPass(): void {
    this.active.clear();
    this.called.clear();
    this.dataless.clear();
    this.#events.clear();
    this.#steps = 0;
    this.#calls = 0;
  }

  /** Counts a step; false when the budget of the pass is used up. */
  step(): boolean {
    return ++this.#steps <= MAX_STEPS;
  }

  /** Counts a resolved call of a function of this file. */
  enter(): boolean {
    return ++this.#calls <= MAX_CALLS;
  }

  text(range: Range): string {
    return this.module.tree.text.slice(range.start, range.end);
  }

  /** Resolved names of an expression; asked once per expression. */
  names(expression: Expression): readonly string[] {
    let names = this.#known.get(expression);
    if (names === undefined) {
      names = this.#names.names(expression);
      this.#known.set(expression, names);
    }
    return names;
  }

  /** A string, as the column it may name; made once. */
  literal(expression: StringExpression): Names {
    let names = this.#literals.get(expression);
    if (names === undefined) {
      const { value, range } = expression;
      names = newNames([[value, range]], { single: true, written: range });
      this.#literals.set(expression, names);
    }
    return names;
  }

  /** The read site at a place, and the columns that later uses showed it to have. */
  read(range: Range, name: string, owner: number): { site: ReadSite; columns: ReadonlyMap<string, Column> } {
    let site = this.#readsByStart.get(range.start);
    if (site === undefined) {
      site = { id: this.reads.length, range, name, owner };
      this.reads.push(site);
      this.#readsByStart.set(range.start, site);
    }
    const learned = this.#learned.get(site.id) ?? new Map<string, Range | undefined>();
    return { site, columns: new Map([...learned].map(([column, at]) => [column, plainColumn(at)])) };
  }

  /** A column of a single source was used by name. */
  learn(origins: ReadonlySet<number>, column: string, range: Range | undefined): void {
    if (origins.size !== 1) return;
    const [origin] = origins;
    let columns = this.#learned.get(origin!);
    if (columns === undefined) {
      columns = new Map();
      this.#learned.set(origin!, columns);
    }
    if (columns.size < MAX_LEARNED && !columns.has(column)) columns.set(column, range);
  }

  /** True when a pass has found out something that another pass may use. */
  get learnt(): boolean {
    return this.reads.length > 0 || this.fields.size > 0 || this.encrypted.size > 0;
  }

  setField(self: number, name: string, value: Value | undefined): void {
    let fields = this.fields.get(self);
    if (fields === undefined) {
      fields = new Map();
      this.fields.set(self, fields);
    }
    const before = fields.get(name);
    const joined = joinValues(before, value);
    if (joined === before) return;
    fields.set(name, joined);
    this.fieldVersion++;
  }

  /** A check was passed: everything that comes from these reads counts as checked from here on. */
  gate(state: State, origins: ReadonlySet<number>, strength: Strength): void {
    state.strengthen(origins, strength);
    const { self } = state.activation;
    if (self === undefined) return;
    const checks = this.classChecks.get(self) ?? new Map<number, Strength>();
    for (const origin of origins) checks.set(origin, stronger(checks.get(origin) ?? 'none', strength));
    this.classChecks.set(self, checks);
  }

  /** The reads of an event with what was checked before it. */
  readsOf(origins: ReadonlySet<number>, state: State): FrameEvent['reads'] {
    const { self } = state.activation;
    const shared = self === undefined ? undefined : this.classChecks.get(self);
    return [...origins].map((origin) => {
      const site = this.reads[origin]!;
      const checked = stronger(state.validated.get(origin) ?? 'none', shared?.get(origin) ?? 'none');
      return { range: site.range, name: site.name, validated: checked };
    });
  }

  /** Adds an event; several ways to one place make one event: all columns, the weakest checks. */
  record(event: FrameEvent): void {
    const key = eventKey(event);
    const known = this.#events.get(key);
    this.#events.set(key, known === undefined ? event : mergeEvents(known, event));
  }

  events(): readonly FrameEvent[] {
    const sorted = [...this.#events.values()].sort(
      (a, b) => a.range.start - b.range.start || (a.kind < b.kind ? -1 : 1),
    );
    return ranked(sorted);
  }
}

/** Below this a training is too uncertain to speak for a source. */
const SURE = 0.6;

/** Numbers the sources that reach a training without a gate, each at its first training; marks trainings that repeat. */
function ranked(events: readonly FrameEvent[]): readonly FrameEvent[] {
  const sources = new Set<number>();
  const features = new Set<string>();
  return events.map((event) => {
    if (event.kind !== 'fit' || event.confidence < SURE) return event;
    const reads = event.reads.map((read) => {
      if (read.validated === 'gate' || sources.has(read.range.start)) return read;
      sources.add(read.range.start);
      return { ...read, rank: sources.size - 1 };
    });
    const key = event.columns.map(({ name, selected }) => `${name} ${selected?.start}`).join('|');
    const repeated = event.columns.length > 0 && features.has(key);
    features.add(key);
    return { ...event, reads, repeated };
  });
}

function eventKey({ kind, range }: EventKey): string {
  return `${kind}:${range.start}`;
}

function mergeEvents(a: FrameEvent, b: FrameEvent): FrameEvent {
  const columns = new Map<string, PersonalColumn>();
  for (const column of [...a.columns, ...b.columns]) if (!columns.has(column.name)) columns.set(column.name, column);
  const reads = new Map<number, FrameEvent['reads'][number]>();
  for (const read of [...a.reads, ...b.reads]) {
    const known = reads.get(read.range.start);
    const validated = known === undefined ? read.validated : weaker(known.validated, read.validated);
    reads.set(read.range.start, { ...read, validated });
  }
  return {
    ...a,
    columns: [...columns.values()],
    reads: [...reads.values()],
    encrypted: a.encrypted && b.encrypted,
    target: a.target ?? b.target,
    confidence: Math.max(a.confidence, b.confidence),
    trail: a.trail.length >= b.trail.length ? a.trail : b.trail,
  };
}
