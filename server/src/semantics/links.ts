import type { PythonExport } from '../facts/python/exports.js';
import type { Origin, Sink, SourceKind } from './origin.js';
import type { Value } from './value.js';

/** What the result of a function comes from: the worst of what it may return, and the parameters that flow into it. */
export interface ResultSummary {
  readonly origin: Origin;
  /** The parameters the result depends on, and what they were made harmless for. */
  readonly parameters: readonly { readonly name: string; readonly cleanedFor?: readonly Sink[] }[];
  /** Parameters that can be passed by position, in order; `self` and `cls` of methods are left out. */
  readonly positional: readonly string[];
}

/**
 * What the semantics of one module may ask about the rest of the workspace. Answers are bounded in depth; recursion between
 * modules ends in "unknown".
 */
export interface ModuleLinks {
  /** The name another module exports: `from <level dots><module> import <name>`. */
  exported(level: number, module: string, name: string): PythonExport | undefined;
  /** Value of a name of another module, or of a member of what the name stands for (`settings.HOST`). */
  value(path: string, name: string, member: string | undefined): Value;
  /** Summary of a function (`f`) or method (`Class.f`) of another module. */
  result(path: string, name: string): ResultSummary | undefined;
  /** The worst untrusted value of these kinds that other modules pass for a parameter of a function (`f`, `Class.f`) of this module. */
  passed(name: string, parameter: string, kinds: readonly SourceKind[]): Origin | undefined;
  /** False when no module with sources of these kinds can call this one. */
  mayReceive(kinds: readonly SourceKind[]): boolean;
  /** False when neither this module nor those it imports have sources of these kinds. */
  mayBring(kinds: readonly SourceKind[]): boolean;
  /** Content of a configuration file the module names by a path; unknown when there is none. */
  config(path: string): Value;
}

/** For a module that stands alone. */
export const NO_LINKS: ModuleLinks = {
  exported: () => undefined,
  value: () => ({ kind: 'unknown' }),
  result: () => undefined,
  passed: () => undefined,
  mayReceive: () => false,
  mayBring: () => false,
  config: () => ({ kind: 'unknown' }),
};
