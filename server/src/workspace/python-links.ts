import { LineIndex } from '../base/line-index.js';
import type { Place } from '../base/place.js';
import type { Range } from '../base/range.js';
import type { PythonExport } from '../facts/python/exports.js';
import { keptPythonModule } from '../facts/python/read.js';
import type { Definition } from '../semantics/definitions.js';
import type { ModuleLinks, ResultSummary } from '../semantics/links.js';
import { ModuleSemantics } from '../semantics/module-semantics.js';
import { cleaned, type Origin, type Sink, type SourceKind, step, worst } from '../semantics/origin.js';
import { UNKNOWN, type Value } from '../semantics/value.js';
import { type GraphSources, ImportGraph, importersFolder } from './import-graph.js';
import type { ExportIndex } from './python-exports.js';

/** A value is followed through at most this many modules. */
const MAX_MODULES = 4;
/** Modules that are asked what they pass to one function. */
const MAX_IMPORTERS = 40;
/** Larger modules are generated; nobody is asked about them. UTF-16 units. */
const MAX_TEXT = 1_000_000;
const KEPT_MODULES = 24;

export interface LinkSources {
  readonly exports: ExportIndex;
  readonly files: GraphSources['files'];
  readonly isChecked: GraphSources['isChecked'];
  readonly text: (path: string) => string | undefined;
  /** Content of a config file named in a script. */
  readonly config: (path: string, from: string) => Value;
}

/** A function or method by the file that defines it and its dotted name there. */
interface Target {
  readonly path: string;
  readonly name: string;
}

/** An argument one module passes to a function, with places instead of ranges. */
interface Passed {
  readonly parameter: string;
  readonly origin: Origin;
  /** Parameters of the passing module's own functions it depends on. */
  readonly through: readonly {
    readonly name: string;
    readonly parameter: string;
    readonly cleanedFor: readonly Sink[];
  }[];
  readonly place: Place;
}

/**
 * What modules of the workspace say about each other: values and results of functions, and what callers pass. Everything is
 * worked out when a rule asks and kept until a Python file changes. A question parses the modules it concerns, no others;
 * the first one about callers reads the import lines of all Python files.
 */
export class PythonLinks {
  readonly #sources: LinkSources;
  readonly #graphs = new Map<string, ImportGraph>();
  /** Modules that were asked last, newest at the end. */
  readonly #modules = new Map<string, { readonly semantics: ModuleSemantics; readonly text: string }>();
  readonly #values = new Map<string, Value>();
  readonly #results = new Map<string, ResultSummary | undefined>();
  readonly #passed = new Map<string, readonly Passed[]>();
  readonly #active = new Set<string>();
  /** Files whose content an answer was made of. */
  readonly #consulted = new Set<string>();

  constructor(sources: LinkSources) {
    this.#sources = sources;
  }

  /** What is known about the importers of a file. */
  #graph(path: string): ImportGraph {
    const folder = importersFolder(path);
    let graph = this.#graphs.get(folder);
    if (graph === undefined) {
      const { files, isChecked, text, exports } = this.#sources;
      const fileOf = exports.fileOf.bind(exports);
      graph = new ImportGraph(folder, { files, isChecked, text, fileOf });
      this.#graphs.set(folder, graph);
    }
    return graph;
  }

  /** Links as the module at `path` sees them. */
  of(path: string): ModuleLinks {
    return {
      exported: (level, module, name): PythonExport | undefined =>
        this.#sources.exports.find(path, level, module, name),
      value: (file, name, member) => this.#value(file, name, member),
      result: (file, name) => this.#result({ path: file, name }),
      passed: (name, parameter, kinds) => this.#worstPassed({ path, name }, parameter, kinds, 0, new Set()),
      mayReceive: (kinds) => this.#graph(path).mayReceive(path, kinds),
      mayBring: (kinds) => this.#graph(path).mayBring(path, kinds),
      config: (file) => this.#sources.config(file, path),
    };
  }

  /** Forgets what depends on a changed Python file; true when answers about other files may have changed. */
  changed(path: string): boolean {
    const importsOthers = [...this.#graphs.values()].filter((graph) => graph.changed(path)).length > 0;
    const concerned = this.#consulted.has(path) || (importsOthers && this.#passed.size > 0);
    if (concerned) this.forget();
    return concerned;
  }

  clear(): void {
    this.#graphs.clear();
    this.forget();
  }

  /** Forgets the answers, not which files import what. */
  forget(): void {
    this.#values.clear();
    this.#results.clear();
    this.#passed.clear();
    this.#consulted.clear();
    this.#modules.clear();
  }

  /** Asks the semantics of a file; undefined when it cannot be read or is being asked already. */
  #ask<T>(path: string, key: string, question: (semantics: ModuleSemantics, text: string) => T): T | undefined {
    const asked = `${path}\n${key}`;
    if (this.#active.has(asked) || this.#active.size >= MAX_MODULES) return undefined;
    const asking = this.#module(path);
    if (asking === undefined) return undefined;
    this.#active.add(asked);
    try {
      return question(asking.semantics, asking.text);
    } finally {
      this.#active.delete(asked);
    }
  }

  /** A module of the workspace, parsed; the last ones stay, since questions come from files that lie together. */
  #module(path: string): { readonly semantics: ModuleSemantics; readonly text: string } | undefined {
    this.#consulted.add(path);
    let found = this.#modules.get(path);
    if (found === undefined) {
      const text = this.#sources.text(path);
      if (text === undefined || text.length > MAX_TEXT) return undefined;
      found = { semantics: new ModuleSemantics(keptPythonModule(text), this.of(path)), text };
    } else this.#modules.delete(path);
    this.#modules.set(path, found);
    if (this.#modules.size > KEPT_MODULES) this.#modules.delete(this.#modules.keys().next().value!);
    return found;
  }

  #value(path: string, name: string, member: string | undefined): Value {
    const key = `${path}\n${name}\n${member ?? ''}`;
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const value = this.#ask(path, `value ${name}.${member}`, ({ evaluator }) => evaluator.exportedValue(name, member));
    // An answer that was cut short by another question in progress is not kept.
    if (value !== undefined && this.#active.size === 0) this.#values.set(key, value);
    return value ?? UNKNOWN;
  }

  #result(target: Target): ResultSummary | undefined {
    const key = `${target.path}\n${target.name}`;
    if (this.#results.has(key)) return this.#results.get(key);
    const summary = this.#ask(target.path, `result ${target.name}`, (semantics, text) => {
      const node = functionNode(semantics, target.name);
      if (node === undefined) return undefined;
      const found = semantics.flow.result(node);
      return { ...found, origin: placed(found.origin, places(target.path, text)) };
    });
    if (this.#active.size === 0) this.#results.set(key, summary);
    return summary;
  }

  /**
   * The worst value of a stranger that the modules that import `target` pass for a parameter, followed to their callers in turn.
   * What the operator passes is as good as unknown and is not looked for.
   */
  #worstPassed(
    target: Target,
    parameter: string,
    kinds: readonly SourceKind[],
    modules: number,
    seen: Set<string>,
  ): Origin | undefined {
    const key = `${target.path}\n${target.name}\n${parameter}`;
    if (modules >= MAX_MODULES || seen.has(key) || !this.#graph(target.path).mayReceive(target.path, kinds))
      return undefined;
    seen.add(key);
    const found = this.#callersOf(target, kinds, modules > 0).flatMap((path) =>
      this.#passedBy(path, target)
        .filter((passed) => passed.parameter === parameter)
        .flatMap((passed) => {
          const sources =
            passed.origin.tier === 'T1' && !passed.origin.operator
              ? [passed.origin]
              : passed.through.flatMap((outer) => {
                  const from = this.#worstPassed({ path, name: outer.name }, outer.parameter, kinds, modules + 1, seen);
                  return from === undefined ? [] : [cleaned(from, outer.cleanedFor)];
                });
          return sources.map((origin) => step(origin, passed.place, `passed to \`${target.name}\``));
        }),
    );
    return found.length === 0 ? undefined : worst(found);
  }

  /** Files that may call a function; with `inside`, its own module too. */
  #callersOf(target: Target, kinds: readonly SourceKind[], inside: boolean): readonly string[] {
    const importers = this.#graph(target.path)
      .usersOf(target.path, target.name.split('.', 1)[0]!)
      .filter((path) => this.#graph(path).mayReceive(path, kinds))
      .slice(0, MAX_IMPORTERS);
    return inside ? [target.path, ...importers] : importers;
  }

  #passedBy(path: string, target: Target): readonly Passed[] {
    const key = `${path}\n${target.path}\n${target.name}`;
    const known = this.#passed.get(key);
    if (known !== undefined) return known;
    this.#consulted.add(path);
    const positional = this.#result(target)?.positional;
    const called = calledName(target.name);
    const text = this.#modules.get(path)?.text ?? this.#sources.text(path);
    const passed =
      positional === undefined || text?.includes(`${called}(`) !== true
        ? []
        : (this.#ask(path, `passed ${key}`, (semantics) => passedIn(semantics, path, text, target, positional)) ?? []);
    if (this.#active.size === 0) this.#passed.set(key, passed);
    return passed;
  }
}

/** What one module passes to a function. */
function passedIn(
  semantics: ModuleSemantics,
  path: string,
  text: string,
  target: Target,
  positional: readonly string[],
): Passed[] {
  const { definitions, flow } = semantics;
  const place = places(path, text);
  const classOf = target.name.endsWith('.__init__') ? target.name.slice(0, -'.__init__'.length) : undefined;
  const isTarget = (found: Definition): boolean => {
    const name = found.where === 'here' ? definitions.qualifiedName(found.node) : found.name;
    const file = found.where === 'here' ? path : found.path;
    return file === target.path && (name === target.name || (found.isClass && name === classOf));
  };
  return flow.passedTo(calledName(target.name), isTarget, positional).map(({ parameter, origin, range }) => ({
    parameter,
    origin: placed(origin, place),
    through: (origin.parameters ?? []).map(({ owner, name, cleanedFor }) => ({
      name: definitions.qualifiedName(owner),
      parameter: name,
      cleanedFor: cleanedFor ?? [],
    })),
    place: place(range),
  }));
}

/** Node of a function or method by its dotted name; the class's `__init__` for a class. */
function functionNode({ module }: ModuleSemantics, name: string): number | undefined {
  let scope = module.root;
  for (const part of name.split('.')) {
    const bindings = module.scope(scope).bindings.get(part) ?? [];
    const [only] = bindings;
    if (bindings.length !== 1 || (only!.kind !== 'function' && only!.kind !== 'class')) return undefined;
    scope = only!.body!;
  }
  return module.scope(scope).kind === 'function' ? scope : undefined;
}

/** What a call of the function is written with. */
function calledName(qualified: string): string {
  const parts = qualified.split('.');
  return parts[parts.length - 1] === '__init__' ? parts[parts.length - 2]! : parts[parts.length - 1]!;
}

function places(path: string, text: string): (range: Range) => Place {
  let lines: LineIndex | undefined;
  return (range) => {
    lines ??= new LineIndex(text);
    return { path, range, start: lines.position(range.start), end: lines.position(range.end) };
  };
}

/** The origin with places in the trail, so that other modules can show it. Symbolic parameters are left out. */
function placed({ parameters: _, ...origin }: Origin, place: (range: Range) => Place): Origin {
  return {
    ...origin,
    trail: origin.trail.map(({ range, message }) => ({ range: 'path' in range ? range : place(range), message })),
  };
}
