import type { Range } from '../base/range.js';
import type { Argument, CallExpression, Expression } from '../facts/python/expression.js';
import type { PythonModule } from '../facts/python/module.js';
import type { Definition, DefinitionFinder } from './definitions.js';
import type { ModuleLinks, ResultSummary } from './links.js';
import { cleaned, NOWHERE, type Origin, type ParameterReference, type SourceKind, step, worst } from './origin.js';

/** A value is followed through at most this many functions that pass it on. */
const MAX_CALLERS = 4;
const MAX_CALL_SITES = 64;

/** One argument of one call, by the parameter of the called function it is passed for. */
export interface PassedArgument {
  readonly parameter: string;
  readonly origin: Origin;
  readonly range: Range;
}

export interface FlowParts {
  readonly module: PythonModule;
  readonly definitions: DefinitionFinder;
  readonly links: ModuleLinks;
  /** Origin with symbolic parameters. */
  readonly origin: (expression: Expression) => Origin;
}

/** How values flow into and out of the functions of one module. Everything is worked out when it is asked for, once. */
export class FunctionFlow {
  readonly #parts: FlowParts;
  readonly #results = new Map<number, ResultSummary>();
  readonly #summing = new Set<number>();
  readonly #followed = new Set<string>();

  constructor(parts: FlowParts) {
    this.#parts = parts;
  }

  /** Where what a function of the module returns comes from. Recursion ends in "unknown". */
  result(functionNode: number): ResultSummary {
    const known = this.#results.get(functionNode);
    if (known !== undefined) return known;
    const { module } = this.#parts;
    const positional = this.#positional(functionNode);
    if (this.#summing.has(functionNode)) return { origin: NOWHERE, parameters: [], positional };
    this.#summing.add(functionNode);
    const origin = worst(module.returned(functionNode).map((value) => this.#parts.origin(value)));
    this.#summing.delete(functionNode);
    const parameters = (origin.parameters ?? []).filter(({ owner }) => owner === functionNode);
    const { parameters: _, ...own } = origin;
    const summary = { origin: own, parameters, positional };
    this.#results.set(functionNode, summary);
    return summary;
  }

  /**
   * Arguments the calls of this module pass to a definition, with symbolic parameters. `name`: last segment of what is
   * called. O(nodes) for the first question, then O(calls of that name).
   */
  passedTo(
    name: string,
    isTarget: (definition: Definition) => boolean,
    positional: readonly string[],
  ): PassedArgument[] {
    const { module, definitions } = this.#parts;
    const passed: PassedArgument[] = [];
    for (const node of module.callsNamed(name).slice(0, MAX_CALL_SITES)) {
      const call = module.record(node, module.scopeNode(node)) as CallExpression;
      const found = definitions.of(call.callee);
      if (found === undefined || !isTarget(found)) continue;
      for (const argument of call.arguments) {
        const parameter = parameterOf(argument, positional);
        if (parameter !== undefined)
          passed.push({ parameter, origin: this.#parts.origin(argument.value), range: argument.value.range });
      }
    }
    return passed;
  }

  #positional(functionNode: number): readonly string[] {
    const { module } = this.#parts;
    const names = module.parameterNames(functionNode);
    const around = module.scopeNode(functionNode);
    const bound = module.scope(around).kind === 'class' && (names[0] === 'self' || names[0] === 'cls');
    return bound ? names.slice(1) : names;
  }

  /** The worst untrusted value any caller passes for a parameter, here or in other modules. */
  fromCallers(reference: ParameterReference, kinds: readonly SourceKind[], callers = 0): Origin | undefined {
    const { module, definitions, links } = this.#parts;
    const { owner, name } = reference;
    const key = `${owner} ${name}`;
    if (callers >= MAX_CALLERS || this.#followed.has(key)) return undefined;
    this.#followed.add(key);
    const qualified = definitions.qualifiedName(owner);
    const found: Origin[] = [];
    const target = this.#calledAs(owner);
    const { name: called } = module.scope(target);
    const isTarget = (definition: Definition): boolean =>
      definition.where === 'here' && (definition.node === owner || definition.node === target);
    for (const { parameter, origin, range } of this.passedTo(called, isTarget, this.#positional(owner))) {
      if (parameter !== name) continue;
      const outer = origin.tier === 'T1' ? [origin] : this.#outer(origin, kinds, callers + 1);
      found.push(...outer.map((from) => step(from, range, `passed to \`${called}\``)));
    }
    const elsewhere = links.passed(qualified, name, kinds);
    if (elsewhere !== undefined) found.push(elsewhere);
    this.#followed.delete(key);
    return found.length === 0 ? undefined : worst(found);
  }

  #outer(origin: Origin, kinds: readonly SourceKind[], callers: number): Origin[] {
    return (origin.parameters ?? []).flatMap((reference) => {
      const from = this.fromCallers(reference, kinds, callers);
      return from === undefined ? [] : [cleaned(from, reference.cleanedFor ?? [])];
    });
  }

  /** Node of what is called to run a function: the class for `__init__`, else the function itself. */
  #calledAs(functionNode: number): number {
    const { module } = this.#parts;
    const around = module.scopeNode(functionNode);
    return module.scope(functionNode).name === '__init__' && module.scope(around).kind === 'class'
      ? around
      : functionNode;
  }
}

/** The parameter an argument is passed for; undefined for `*args`, `**kwargs` and too many. */
export function parameterOf(argument: Argument, positional: readonly string[]): string | undefined {
  if (argument.unpacked) return undefined;
  if (argument.name !== undefined) return positional.includes(argument.name) ? argument.name : undefined;
  return argument.position === undefined ? undefined : positional[argument.position];
}
