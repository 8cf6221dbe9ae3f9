import { NameSet } from '../base/name-set.js';
import { collect } from '../facts/python/collect.js';
import type { CallExpression, Expression } from '../facts/python/expression.js';
import type { PythonModule } from '../facts/python/module.js';
import { DefinitionFinder } from './definitions.js';
import { Evaluator } from './evaluate.js';
import { EFFECT_NAMES, type FileEffects, fileEffects } from './file-effects.js';
import { FunctionFlow } from './function-flow.js';
import { HandlerParameters } from './handler-parameters.js';
import type { ModuleLinks } from './links.js';
import { NameResolver } from './names.js';
import { OriginFinder } from './origins.js';

const NONE = new NameSet([]);
const EFFECTS_WANTED = {
  calls: new NameSet(EFFECT_NAMES),
  references: NONE,
  keywords: NONE,
  stores: NONE,
  strings: false,
};

/** Everything that can be asked about the expressions of one module. Answers are computed when asked for. */
export class ModuleSemantics {
  readonly module: PythonModule;
  readonly names: NameResolver;
  readonly evaluator: Evaluator;
  readonly definitions: DefinitionFinder;
  readonly handlers: HandlerParameters;
  readonly flow: FunctionFlow;
  readonly origins: OriginFinder;
  #effects: FileEffects | undefined;

  constructor(module: PythonModule, links: ModuleLinks) {
    this.module = module;
    this.names = new NameResolver(module, (level, path, name) => links.exported(level, path, name));
    this.evaluator = new Evaluator(module, this.names, links);
    this.definitions = new DefinitionFinder(module, this.names, links);
    this.handlers = new HandlerParameters(module, this.names);
    this.flow = new FunctionFlow({
      module,
      definitions: this.definitions,
      links,
      origin: (expression) => symbolic.origin(expression),
    });
    const parts = {
      module,
      names: this.names,
      evaluator: this.evaluator,
      definitions: this.definitions,
      handlers: this.handlers,
      links,
      flow: this.flow,
      effects: () => this.#fileEffects(),
    };
    const symbolic = new OriginFinder(parts, true);
    this.origins = new OriginFinder(parts);
  }

  /** Follows one assignment: the expression a name stands for, itself when it is not a name or not known. */
  definition(expression: Expression): Expression {
    if (expression.kind !== 'name') return expression;
    const bindings = this.module.lookup(expression.name, expression.scope, expression.range.start);
    const [only] = bindings;
    const followed = only?.kind === 'value' || only?.kind === 'context';
    return bindings.length === 1 && followed && only.value !== undefined ? only.value : expression;
  }

  #fileEffects(): FileEffects {
    if (this.#effects !== undefined) return this.#effects;
    this.#effects = { downloads: new Map(), writes: new Map() };
    const calls = collect(this.module, EFFECTS_WANTED).calls.flatMap((node) => {
      const expression = this.module.record(node, this.module.scopeNode(node)) as CallExpression;
      return this.names.names(expression.callee).map((name) => ({ name, expression }));
    });
    this.#effects = fileEffects(
      calls,
      this.evaluator,
      (e) => this.origins.origin(e),
      (e) => this.definition(e),
    );
    return this.#effects;
  }
}
