import { NamePatterns } from '../base/name-pattern.js';
import { NameSet } from '../base/name-set.js';
import { collect, importsAny } from '../facts/python/collect.js';
import { argumentOf, type CallExpression, type Expression } from '../facts/python/expression.js';
import type { PythonModule } from '../facts/python/module.js';
import type { Binding } from '../facts/python/scope.js';
import {
  CALLBACK_TAKERS,
  CONVERTED,
  HANDLER_FUNCTIONS,
  HANDLER_METHODS,
  HANDLER_PACKAGES,
  INJECTED,
  INJECTING_DEFAULTS,
  TOOL_DECORATORS,
} from '../knowledge/request-handlers.js';
import { COMMAND_DECORATORS, ROUTE_DECORATORS } from '../knowledge/untrusted-sources.js';
import type { NameResolver } from './names.js';

export { HANDLER_PACKAGES } from '../knowledge/request-handlers.js';

/** What a framework passes for a parameter. `converted`: a value of a type that holds no text, e.g. a number. */
/** `segment`: a part of the address between two slashes. */
export type HandedOver = 'request' | 'segment' | 'interface' | 'model-output' | 'operator' | 'converted' | 'injected';

type Caller = Exclude<HandedOver, 'converted' | 'injected' | 'segment'>;

const ROUTES = new NamePatterns<true>();
for (const name of ROUTE_DECORATORS) ROUTES.add(name, true);
const COMMANDS = new NamePatterns<true>();
for (const name of COMMAND_DECORATORS) COMMANDS.add(name, true);
const TAKERS = new NamePatterns<(typeof CALLBACK_TAKERS)[number]>();
for (const taker of CALLBACK_TAKERS) TAKERS.add(taker.name, taker);

const NONE = new NameSet([]);
const TAKER_CALLS = {
  calls: new NameSet(CALLBACK_TAKERS.map(({ name }) => name.slice(name.lastIndexOf('.') + 1))),
  references: NONE,
  keywords: NONE,
  stores: NONE,
  strings: false,
};
const PACKAGES = new NameSet(HANDLER_PACKAGES);
const GRADIO = new NameSet(['gradio']);
const DJANGO = new NameSet(['django', 'rest_framework']);

/** Tells which functions of a module are called by a framework, and what their parameters then hold. */
export class HandlerParameters {
  readonly #module: PythonModule;
  readonly #names: NameResolver;
  #callbacks: ReadonlySet<number> | undefined;

  constructor(module: PythonModule, names: NameResolver) {
    this.#module = module;
    this.#names = names;
  }

  /** What a framework passes for a parameter of a function; undefined when none calls it. */
  handedOver(functionNode: number, parameter: Binding): HandedOver | undefined {
    const caller = this.#caller(functionNode, parameter.name);
    if (caller === undefined) return undefined;
    if (parameter.value !== undefined && this.#named(parameter.value, INJECTING_DEFAULTS)) return 'injected';
    const types = this.#names.bindingNames(parameter);
    if (types.some((type) => INJECTED.has(type))) return 'injected';
    if (types.length > 0 && types.every((type) => CONVERTED.has(type))) return 'converted';
    if (parameter.annotation !== undefined && this.#isChoice(parameter.annotation)) return 'converted';
    return caller === 'request' && this.#isSegment(functionNode, parameter.name) ? 'segment' : caller;
  }

  /** `/models/{name}` of FastAPI and `/models/<name>` of Flask match no slash; `{name:path}` and `<path:name>` do. */
  #isSegment(functionNode: number, parameter: string): boolean {
    const route = this.routeOf(functionNode)?.expression;
    const path = route?.kind === 'call' ? route.arguments[0]?.value : undefined;
    return path?.kind === 'string' && new RegExp(`\\{${parameter}\\}|<(?:string:)?${parameter}>`).test(path.value);
  }

  /** True when a route decorator or a user interface makes this function answer requests. */
  answersRequests(functionNode: number): boolean {
    return this.routeOf(functionNode) !== undefined || this.#functionCallbacks().has(functionNode);
  }

  /** The route decorator of a function, with its resolved name. */
  routeOf(functionNode: number): { readonly name: string; readonly expression: Expression } | undefined {
    for (const expression of this.#module.decorators(functionNode)) {
      const name = this.#names.names(expression).find((candidate) => ROUTES.match(candidate).length > 0);
      if (name !== undefined) return { name, expression };
    }
    return undefined;
  }

  /** True when the module may hold functions that answer requests. */
  get mayAnswerRequests(): boolean {
    return importsAny(this.#module, PACKAGES);
  }

  #caller(functionNode: number, parameter: string): Caller | undefined {
    if (this.routeOf(functionNode) !== undefined) return 'request';
    if (this.#functionCallbacks().has(functionNode)) return 'interface';
    if (this.#decorated(functionNode, COMMANDS)) return 'operator';
    if (this.#module.decorators(functionNode).some((decorator) => this.#named(decorator, TOOL_DECORATORS)))
      return 'model-output';
    return this.#isHandlerMethod(functionNode, parameter) || this.#isEntryPoint(functionNode, parameter)
      ? 'request'
      : undefined;
  }

  #decorated(functionNode: number, patterns: NamePatterns<true>): boolean {
    return this.#module
      .decorators(functionNode)
      .some((decorator) => this.#names.names(decorator).some((name) => patterns.match(name).length > 0));
  }

  #named(expression: Expression, names: ReadonlySet<string>): boolean {
    return this.#names.names(expression).some((name) => names.has(name));
  }

  #isHandlerMethod(functionNode: number, parameter: string): boolean {
    const { name } = this.#module.scope(functionNode);
    const candidates = HANDLER_METHODS.filter(({ method }) => method === name);
    if (candidates.length === 0) return false;
    const around = this.#module.scopeNode(functionNode);
    if (this.#module.scope(around).kind !== 'class') return false;
    const position = this.#module.parameterNames(functionNode).indexOf(parameter) - 1;
    const parents = [...this.#module.bases(around), ...this.#module.decorators(around)];
    const of = new Set(parents.flatMap((parent) => this.#names.names(parent)));
    return candidates.some((candidate) => candidate.parameter === position && of.has(candidate.of));
  }

  #isEntryPoint(functionNode: number, parameter: string): boolean {
    const { name, parent } = this.#module.scope(functionNode);
    if (parent !== this.#module.root) return false;
    if (parameter === 'request' && this.#module.parameterNames(functionNode)[0] === parameter)
      return importsAny(this.#module, DJANGO);
    const { bindings } = this.#module.scope(this.#module.root);
    return HANDLER_FUNCTIONS.some(
      (entry) =>
        entry.name === name &&
        entry.parameter === parameter &&
        (entry.beside.length === 0 || entry.beside.some((other) => bindings.has(other))),
    );
  }

  /** `Literal["a", "b"]` and enumerations of the module: one of few values the author chose. */
  #isChoice(annotation: Expression): boolean {
    if (annotation.kind === 'subscript') return this.#named(annotation.object, LITERALS);
    if (annotation.kind !== 'name') return false;
    const [binding] = this.#module.lookup(annotation.name, annotation.scope, annotation.range.start);
    if (binding?.kind !== 'class') return false;
    return this.#module.bases(binding.body!).some((base) => this.#named(base, ENUMERATIONS));
  }

  /** Functions handed to a user interface as callbacks. One pass over the calls of the module. */
  #functionCallbacks(): ReadonlySet<number> {
    if (this.#callbacks !== undefined) return this.#callbacks;
    const callbacks = new Set<number>();
    this.#callbacks = callbacks;
    if (!importsAny(this.#module, GRADIO)) return callbacks;
    for (const node of collect(this.#module, TAKER_CALLS).calls) {
      const call = this.#module.record(node, this.#module.scopeNode(node)) as CallExpression;
      for (const name of this.#names.names(call.callee)) {
        for (const taker of TAKERS.match(name)) {
          const given = argumentOf(call, taker.keyword, taker.position)?.value;
          const found = given?.kind === 'name' ? this.#module.lookup(given.name, given.scope, given.range.start) : [];
          for (const binding of found) if (binding.kind === 'function') callbacks.add(binding.body!);
        }
      }
    }
    return callbacks;
  }
}

const LITERALS: ReadonlySet<string> = new Set(['typing.Literal', 'typing_extensions.Literal']);
const ENUMERATIONS: ReadonlySet<string> = new Set(['enum.Enum', 'enum.StrEnum', 'enum.IntEnum']);
