import { lazy } from '../base/lazy.js';
import { lastSegment } from '../base/name-pattern.js';
import type { Range } from '../base/range.js';
import type { CallFact, ReferenceFact } from '../facts/python/call.js';
import { CalledOn } from '../facts/python/called-on.js';
import { collect, type PythonHits } from '../facts/python/collect.js';
import type { CallExpression, Expression } from '../facts/python/expression.js';
import { namesIn } from '../facts/python/identifiers.js';
import type { PythonModule } from '../facts/python/module.js';
import { type FunctionStatement, statementAt } from '../facts/python/statement.js';
import { givenRange, stringFact } from '../facts/python/texts.js';
import { completeCall } from '../semantics/call-arguments.js';
import type { Evaluator } from '../semantics/evaluate.js';
import { interestIn } from '../semantics/frames/gate.js';
import { frameEvents } from '../semantics/frames/index.js';

import type { ModuleLinks } from '../semantics/links.js';
import { ModuleSemantics } from '../semantics/module-semantics.js';
import type { NameResolver } from '../semantics/names.js';

import { splitEvents } from '../semantics/splits/index.js';

import type { CheckRun } from './check-run.js';
import type { PythonQuestions } from './context.js';
import type { EnabledRule } from './enabled-rules.js';
import { commandOf, PROCESS_CALLS } from './python-commands.js';
import type { HandlerFact, StatementFact, StoreFact, TextFact } from './query.js';
import { commandMatches } from './shell-checker.js';

/** Rules about texts look for secrets; with its quotes a shorter literal holds none. */
const SHORTEST_TEXT = 8;

/** Most names of a module come from a few imports, and the workspace does not change during a check. */
function remembering(links: ModuleLinks): ModuleLinks {
  const known = new Map<string, ReturnType<ModuleLinks['exported']>>();
  return {
    ...links,
    exported: (level, path, name) => {
      const key = `${level} ${path} ${name}`;
      let found = known.get(key);
      if (found === undefined && !known.has(key)) {
        found = links.exported(level, path, name);
        known.set(key, found);
      }
      return found;
    },
  };
}

/** True when one of some ascending offsets lies in a range. O(log n). */
function anyWithin(offsets: readonly number[], { start, end }: Range): boolean {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < offsets.length && offsets[low]! < end;
}

/** Runs the Python rules over one module. Rules see hits in the order of their offsets. */
export class PythonChecker {
  readonly #run: CheckRun;
  readonly #module: PythonModule;
  readonly #names: NameResolver;
  readonly #evaluator: Evaluator;
  readonly #semantics: ModuleSemantics;

  constructor(run: CheckRun, module: PythonModule) {
    this.#run = run;
    this.#module = module;
    const semantics = new ModuleSemantics(module, remembering(run.environment.workspace.linksOf(run.path)));
    this.#semantics = semantics;
    this.#names = semantics.names;
    this.#evaluator = semantics.evaluator;
    run.python = {
      value: (expression) => semantics.evaluator.value(expression),
      names: (expression) => semantics.names.names(expression),
      origin: (expression, kinds) => semantics.origins.of(expression, kinds),
      definition: (expression) => semantics.definition(expression),
      optionDefault: (expression) => semantics.evaluator.optionDefault(expression),
      callsIn: (range) => this.#callsIn(range),
    } satisfies PythonQuestions;
  }

  check(): void {
    const { index } = this.#run;
    const wantsCommands = index.has('command');
    const texts = this.#run.mayFireOf(index.of('text'));
    const hits = collect(this.#module, {
      calls: index.callNames,
      references: index.referenceNames,
      keywords: index.keywordNames,
      stores: index.storeNames,
      strings: texts.length > 0,
    });
    this.#calls(hits, wantsCommands);
    this.#keywordCalls(hits);
    this.#references(hits.references);
    this.#stores(hits.stores);
    this.#strings(
      hits.strings,
      texts.map(({ rule }) => rule),
    );
    this.#frames();
    this.#handlers();
    this.#statements();
    this.#splits();
  }

  #calls(hits: PythonHits, wantsCommands: boolean): void {
    const { calls } = this.#run.index;
    const mayMatter = this.#mayMatter(hits.aliases, wantsCommands);
    for (const node of hits.calls) {
      if (!mayMatter(node)) continue;
      const scope = this.#module.scopeNode(node);
      // The whole call becomes a record only when its callee is somebody's.
      for (const name of this.#names.names(this.#module.callee(node, scope))) {
        for (const rule of new Set(calls.match(name))) {
          this.#give(rule, () => this.#callFact(node, scope, this.#module.record(node, scope) as CallExpression, name));
        }
        if (wantsCommands && PROCESS_CALLS.has(lastSegment(name))) {
          this.#command(name, this.#module.record(node, scope) as CallExpression);
        }
      }
    }
  }

  /** Tells without resolving names which calls can be about nothing a rule asks for: most of them. */
  #mayMatter(aliases: ReadonlySet<string>, wantsCommands: boolean): (call: number) => boolean {
    const { calls } = this.#run.index;
    const calledOn = new CalledOn(this.#module);
    const used = lazy(() => namesIn(this.#module, calls.receiverNames()));
    const rules = new Map<string, boolean>();
    const values = new Map<string, boolean>();
    const remembered = (known: Map<string, boolean>, name: string, find: () => boolean): boolean => {
      let answer = known.get(name);
      if (answer === undefined) {
        answer = find();
        known.set(name, answer);
      }
      return answer;
    };
    return (call) => {
      const last = calledOn.lastName(call);
      const asking = last === undefined || aliases.has(last) ? undefined : calls.asking(last);
      if (last === undefined || asking === undefined || (wantsCommands && PROCESS_CALLS.has(last))) return true;
      if (!remembered(rules, last, () => asking.some((rule) => this.#run.mayFire(rule)))) return false;
      const on = calls.receivers(last);
      return (
        on === undefined ||
        remembered(values, last, () => on.some((name) => used().has(name))) ||
        !calledOn.isOnValue(call)
      );
    };
  }

  #give(rule: EnabledRule, fact: () => unknown): void {
    if (this.#run.mayFire(rule)) this.#run.invoke(rule, fact());
  }

  #callFact(node: number, scope: number, written: CallExpression, name: string): CallFact {
    const expression = completeCall(written, this.#module, this.#names);
    return {
      kind: 'call',
      name,
      expression,
      arguments: expression.arguments,
      callee: expression.callee,
      calleeRange: expression.callee.range,
      range: expression.range,
      scope,
      statement: this.#module.statementRange(node),
    };
  }

  #command(name: string, expression: CallExpression): void {
    const fact = commandOf(name, expression, this.#evaluator);
    if (fact === undefined) return;
    for (const { rule, query } of this.#run.index.of('command')) {
      for (const command of fact) if (commandMatches(command.command, query.names)) this.#give(rule, () => command);
    }
  }

  #keywordCalls(hits: PythonHits): void {
    for (const { call, keyword } of hits.keywordCalls) {
      const scope = this.#module.scopeNode(call);
      const expression = this.#module.record(call, scope) as CallExpression;
      const name = this.#names.names(expression.callee)[0] ?? '?';
      for (const { rule, query } of this.#run.index.of('keyword')) {
        if (query.names.includes(keyword)) this.#give(rule, () => this.#callFact(call, scope, expression, name));
      }
    }
  }

  #references(nodes: readonly number[]): void {
    for (const node of nodes) {
      const scope = this.#module.scopeNode(node);
      const expression = this.#module.record(node, scope);
      for (const name of this.#names.names(expression)) {
        for (const rule of new Set(this.#run.index.references.match(name))) {
          this.#give(
            rule,
            (): ReferenceFact => ({
              kind: 'reference',
              name,
              expression,
              range: expression.range,
              scope,
              statement: this.#module.statementRange(node),
            }),
          );
        }
      }
    }
  }

  #stores(nodes: readonly number[]): void {
    for (const node of nodes) {
      const scope = this.#module.scopeNode(node);
      const parts = this.#module.assignment(node);
      if (parts === undefined) continue;
      const target = this.#module.record(parts.target, scope);
      // A name of one's own is not a member of what it stood for.
      if (target.kind === 'name') continue;
      const value = this.#module.record(parts.value, scope);
      for (const name of this.#names.names(target)) {
        for (const rule of new Set(this.#run.index.stores.match(name))) {
          this.#give(rule, (): StoreFact => this.#storeFact(name, node, scope, target, value));
        }
      }
    }
  }

  #storeFact(name: string, node: number, scope: number, target: Expression, value: Expression): StoreFact {
    const key =
      target.kind === 'subscript' && target.index[0] !== undefined ? this.#evaluator.value(target.index[0]) : undefined;
    return {
      kind: 'store',
      name,
      key: key?.kind === 'string' ? key.value : undefined,
      target: target.range,
      value,
      range: this.#module.span(node),
      scope,
      statement: this.#module.statementRange(node),
    };
  }

  #callsIn(range: Range): CallFact[] {
    return this.#module.callsInside(range).flatMap((node) => {
      const scope = this.#module.scopeNode(node);
      const expression = this.#module.record(node, scope) as CallExpression;
      const [name] = this.#names.names(expression.callee);
      return name === undefined ? [] : [this.#callFact(node, scope, expression, name)];
    });
  }

  #handlers(): void {
    const subscriptions = this.#run.index.of('handler').filter(({ rule }) => this.#run.mayFire(rule));
    const { handlers } = this.#semantics;
    if (subscriptions.length === 0 || !handlers.mayAnswerRequests) return;
    for (const node of this.#module.nodesOf('function')) {
      if (!handlers.answersRequests(node)) continue;
      const statement = statementAt(this.#module, node) as FunctionStatement;
      const fact: HandlerFact = {
        kind: 'handler',
        function: statement,
        decorator: handlers.routeOf(node),
        returned: this.#module.returned(node),
        nameRange: this.#module.nameRange(node),
      };
      for (const { rule } of subscriptions) this.#run.invoke(rule, fact);
    }
  }

  #statements(): void {
    const subscriptions = this.#run.index.of('statement').filter(({ rule }) => this.#run.mayFire(rule));
    for (const kind of new Set(subscriptions.flatMap(({ query }) => query.statements))) {
      for (const node of this.#module.nodesOf(kind)) {
        const scope = this.#module.scopeNode(node);
        const fact: StatementFact = {
          kind: 'statement',
          statement: statementAt(this.#module, node) as StatementFact['statement'],
          scope,
          around: this.#module.span(scope),
        };
        for (const { rule, query } of subscriptions) if (query.statements.includes(kind)) this.#run.invoke(rule, fact);
      }
    }
  }

  #strings(nodes: readonly number[], rules: readonly EnabledRule[]): void {
    if (rules.length === 0) return;
    const places = this.#run.textPlaces(rules);
    const escaped = this.#escapes();
    for (const node of nodes) {
      if (this.#module.lengthOf(node) < SHORTEST_TEXT) continue;
      // An escaped literal need not show what it says.
      if (places !== undefined && !anyWithin(places, givenRange(this.#module, node)) && !escaped(node)) continue;
      const fact = stringFact(this.#module, node);
      if (fact === undefined) continue;
      const text: TextFact = { kind: 'text', ...fact };
      for (const rule of rules) this.#run.invoke(rule, text);
    }
  }

  /** Tells which literals hold a backslash; asked in the order of their positions, it looks at the text once. */
  #escapes(): (literal: number) => boolean {
    const { text } = this.#module.tree;
    let from = 0;
    let next = -1;
    return (literal) => {
      const { start, end } = this.#module.span(literal);
      if (start < from || start > next) {
        from = start;
        const found = text.indexOf('\\', start);
        next = found < 0 ? text.length : found;
      }
      return next < end;
    };
  }

  #frames(): void {
    const subscriptions = this.#run.index.of('frame').filter(({ rule }) => this.#run.mayFire(rule));
    if (subscriptions.length === 0) return;
    const interest = interestIn(this.#module, this.#run.path);
    const { trainings, personal } = interest;
    const wanted = subscriptions.filter(({ query }) => (query.of === 'any' ? trainings : personal.length > 0));
    if (wanted.length === 0) return;
    for (const event of frameEvents(this.#module, this.#names, this.#evaluator, interest)) {
      for (const { rule, query } of wanted) if (query.events.includes(event.kind)) this.#run.invoke(rule, event);
    }
  }

  #splits(): void {
    const wanted = this.#run.mayFireOf(this.#run.index.of('split'));
    if (wanted.length === 0) return;
    for (const event of splitEvents(this.#module, this.#names, this.#evaluator)) {
      for (const { rule, query } of wanted) if (query.events.includes(event.kind)) this.#run.invoke(rule, event);
    }
  }
}
