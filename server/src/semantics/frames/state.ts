import type { Range } from '../../base/range.js';
import { joinValues, type Surroundings, type Value } from './abstract-value.js';
import { type Data, joinData } from './data.js';

/** How far data was checked before use, weakest first. */
export type Strength = 'none' | 'inspection' | 'schema' | 'gate';

const ORDER: readonly Strength[] = ['none', 'inspection', 'schema', 'gate'];

export function weaker(a: Strength, b: Strength): Strength {
  return ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b;
}

export function stronger(a: Strength, b: Strength): Strength {
  return ORDER.indexOf(a) < ORDER.indexOf(b) ? b : a;
}

/** One run through a function or the module body. */
export interface Activation {
  /** Scope of the function; the module's root outside of functions. */
  readonly owner: number;
  /** Scope of the class whose method runs. */
  readonly self: number | undefined;
  readonly depth: number;
  readonly returns: (Value | undefined)[];
  /** States at `return`. */
  readonly exits: State[];
  /** What the loops around iterate over, outermost first. */
  readonly loops: Value[];
  /** The statement being run. */
  statement: Range;
}

/** What is known at one point of one function: names, checks done, files written, frames changed in place. */
export class State implements Surroundings {
  readonly vars: Map<string, Value | undefined>;
  /** Names of the scope around: the enclosing function or the module. */
  readonly outer: Surroundings | undefined;
  readonly activation: Activation;
  validated: Map<number, Strength>;
  /** Frames written to literal paths. */
  readonly files: Map<string, Data>;
  /** Frames that were changed in place, old to new, for whoever else holds them. */
  readonly changed: Map<Data, Data>;
  /** Control does not get past this point: it left the loop turn, or the function or program. */
  end: 'loop' | 'exit' | undefined;

  constructor(activation: Activation, outer: Surroundings | undefined, from?: State, caller?: State) {
    this.activation = activation;
    this.outer = outer;
    this.vars = new Map(from?.vars);
    this.validated = new Map((from ?? caller)?.validated);
    this.files = new Map((from ?? caller)?.files);
    this.changed = new Map(from?.changed);
  }

  fork(): State {
    return new State(this.activation, this.outer, this);
  }

  lookup(name: string): Value | undefined {
    return this.#current(this.vars.has(name) ? this.vars.get(name) : this.outer?.lookup(name));
  }

  has(name: string): boolean {
    return this.vars.has(name) || (this.outer?.has(name) ?? false);
  }

  #current(value: Value | undefined): Value | undefined {
    return value?.kind === 'data' ? (this.changed.get(value) ?? value) : value;
  }

  set(name: string, value: Value | undefined): void {
    this.vars.set(name, value);
  }

  /** A frame was changed in place: every name for it sees the change. */
  replace(old: Data, next: Data): void {
    if (old === next) return;
    for (const [name, value] of this.vars) if (value === old) this.vars.set(name, next);
    for (const [from, to] of this.changed) if (to === old) this.changed.set(from, next);
    this.changed.set(old, next);
  }

  strengthen(origins: Iterable<number>, strength: Strength): void {
    for (const origin of origins) {
      this.validated.set(origin, stronger(this.validated.get(origin) ?? 'none', strength));
    }
  }

  /** Continues as whichever of the given states are alive, joined. */
  become(states: readonly State[]): void {
    const alive = states.filter((state) => state.end === undefined);
    if (alive.length === 0) {
      this.end = states.some((state) => state.end === 'loop') ? 'loop' : 'exit';
      return;
    }
    const [first, ...others] = alive;
    const vars = new Map(first!.vars);
    const changed = new Map(first!.changed);
    let validated = new Map(first!.validated);
    for (const other of others) {
      for (const [name, value] of other.vars)
        vars.set(name, vars.has(name) ? joinValues(vars.get(name), value) : value);
      for (const [old, next] of other.changed) {
        const known = changed.get(old);
        changed.set(old, known === undefined ? next : joinData(known, next));
      }
      validated = intersection(validated, other.validated);
    }
    this.vars.clear();
    for (const [name, value] of vars) this.vars.set(name, value);
    for (const [old, next] of changed) this.changed.set(old, next);
    this.validated = validated;
    for (const state of alive) for (const [path, data] of state.files) this.files.set(path, data);
    this.end = undefined;
  }

  /** Takes over what a callee did to shared frames. */
  absorb(callee: State): void {
    for (const [old, next] of callee.changed) this.replace(old, next);
    for (const [path, data] of callee.files) this.files.set(path, data);
    this.validated = new Map(callee.validated);
  }
}

/** Checks that hold on both ways; data read on one way only keeps its checks. */
function intersection(a: ReadonlyMap<number, Strength>, b: ReadonlyMap<number, Strength>): Map<number, Strength> {
  const both = new Map(b);
  for (const [origin, strength] of a) both.set(origin, weaker(strength, b.get(origin) ?? strength));
  return both;
}
