import type { Place } from '../base/place.js';
import type { Range } from '../base/range.js';
import type { Sink } from '../knowledge/sanitisers.js';
import type { SourceKind } from '../knowledge/untrusted-sources.js';

export type { Sink } from '../knowledge/sanitisers.js';
export type { SourceKind } from '../knowledge/untrusted-sources.js';

/**
 * Trust in where a value comes from. T1: outside the project (request, upload, argv, environment, network, Hub, bucket).
 * T2: not known. T3: the same project (literal path, written earlier in the file). T0: a constant that is no path at all.
 */
export type Tier = 'T0' | 'T1' | 'T2' | 'T3';

/** One step a value takes: a range of the checked document, or a place in another file. */
export interface TrailStep {
  readonly range: Range | Place;
  readonly message: string;
}

/** A parameter of a function of the module, by the node of the function. */
export interface ParameterReference {
  readonly owner: number;
  readonly name: string;
  /** Sinks for which the value is made harmless on its way from the parameter. */
  readonly cleanedFor?: readonly Sink[];
}

export interface Origin {
  readonly tier: Tier;
  /**
   * True for a T1 value that whoever runs the program chose: command line, environment, prompt. Such a person is trusted
   * more than a network.
   */
  readonly operator: boolean;
  /** What kind of source a T1 value comes from; undefined for the other tiers. */
  readonly source?: SourceKind;
  /** In words, for messages: "downloaded over HTTP", "command-line argument". Empty for T0 and T2. */
  readonly description: string;
  /** Steps from the source to the use, in order. */
  readonly trail: readonly TrailStep[];
  /** Sinks for which a call on the way made the value harmless (`secure_filename` for paths). */
  readonly cleanedFor?: readonly Sink[];
  /** Parameters the value depends on, when nothing worse is known of it. */
  readonly parameters?: readonly ParameterReference[];
}

const MAX_TRAIL = 10;

export const NOWHERE: Origin = { tier: 'T2', operator: false, description: '', trail: [] };
export const CONSTANT: Origin = { tier: 'T0', operator: false, description: '', trail: [] };
export const PROJECT: Origin = { tier: 'T3', operator: false, description: 'path of the project', trail: [] };

/** A value from outside, seen first at `at`. */
export function untrusted(source: SourceKind, description: string, at: Range | Place): Origin {
  const operator = source === 'operator';
  return { tier: 'T1', operator, source, description, trail: [{ range: at, message: description }] };
}

/** The origin after one more step; only untrusted values keep a trail. */
export function step(origin: Origin, at: Range | Place, message: string): Origin {
  if (origin.tier !== 'T1' || origin.trail.length >= MAX_TRAIL) return origin;
  return { ...origin, trail: [...origin.trail, { range: at, message }] };
}

export function cleaned(origin: Origin, sinks: readonly Sink[]): Origin {
  if (sinks.length === 0) return origin;
  const joined = (known: readonly Sink[] | undefined): readonly Sink[] => [...new Set([...(known ?? []), ...sinks])];
  if (origin.tier === 'T1') return { ...origin, cleanedFor: joined(origin.cleanedFor) };
  if (origin.parameters === undefined) return origin;
  const parameters = origin.parameters.map((reference) => ({ ...reference, cleanedFor: joined(reference.cleanedFor) }));
  return { ...origin, parameters };
}

/** Lower is worse. */
function rank(origin: Origin): number {
  return { T1: origin.operator ? 1 : 0, T2: 2, T3: 3, T0: 4 }[origin.tier];
}

/** What a value that may come from any of these is worth: the worst of them. Nothing known for none. */
export function worst(origins: readonly Origin[]): Origin {
  const [first, ...others] = origins;
  if (first === undefined) return NOWHERE;
  let result = first;
  for (const other of others) {
    const difference = rank(other) - rank(result);
    if (difference < 0) result = other;
    else if (difference === 0 && result.tier === 'T1') result = commonlyClean(result, other);
  }
  if (result.tier === 'T1' || others.length === 0) return result;
  const parameters = origins.flatMap((origin) => origin.parameters ?? []);
  return parameters.length === 0 ? result : { ...result, parameters };
}

/** Of two untrusted values, the one that is clean for less. */
function commonlyClean(a: Origin, b: Origin): Origin {
  if (a.cleanedFor === undefined) return a;
  const both = a.cleanedFor.filter((sink) => b.cleanedFor?.includes(sink) === true);
  const { cleanedFor: _, ...rest } = a;
  return both.length === 0 ? rest : { ...rest, cleanedFor: both };
}
