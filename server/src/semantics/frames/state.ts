import type { Range } from '../../base/range.js';
import { joinValues, type Surroundings, type Value } from './abstract-value.js';
import { type Data, joinData } from './data.js';
import { SharedMap } from './shared-map.js';

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
  vars: SharedMap<string, Value | undefined>;
  /** Names of the scope around: the enclosing function or the module. */
  readonly outer: Surroundings | undefined;
  readonly activation: Activation;
  validated: SharedMap<number, Strength>;
  /** Frames written to literal paths. */
  readonly files: SharedMap<string, Data>;
  /** Frames that were changed in place, old to new, for whoever else holds them. */
  changed: SharedMap<Data, Data>;
  /** Control does not get past this point: it left the loop turn, or the function or program. */
  end: 'loop' | 'exit' | undefined;

  constructor(activation: Activation, outer: Surroundings | undefined, from?: State, caller?: State) {
    this.activation = activation;
    this.outer = outer;
    const shared = from ?? caller;
    this.vars = from?.vars.copy() ?? new SharedMap();
    this.validated = shared?.validated.copy() ?? new SharedMap();
    this.files = shared?.files.copy() ?? new SharedMap();
    this.changed = from?.changed.copy() ?? new SharedMap();
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
    const vars = first!.vars.copy();
    const changed = first!.changed.copy();
    const validated = first!.validated.copy();
    for (const other of others) {
      vars.merge(other.vars, joinValues);
      changed.merge(other.changed, joinData);
      // Checks that hold on both ways; data read on one way only keeps its checks.
      validated.merge(other.validated, weaker);
    }
    this.vars = vars;
    this.changed.merge(changed, (_, next) => next);
    this.validated = validated;
    for (const state of alive) this.files.merge(state.files, (_, next) => next);
    this.end = undefined;
  }

  /** Takes over what a callee did to shared frames. */
  absorb(callee: State): void {
    for (const [old, next] of callee.changed) this.replace(old, next);
    this.files.merge(callee.files, (_, next) => next);
    this.validated = callee.validated.copy();
  }
}
