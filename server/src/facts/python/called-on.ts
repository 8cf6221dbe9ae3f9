import { calleeOf, children, nodeText } from '../../syntax/python/accessors.js';
import { Kind } from '../../syntax/python/tree.js';
import type { PythonModule } from './module.js';

/** Tells calls of attributes of values (`session.get`) from calls through imports (`package.function`), without resolving names. */
export class CalledOn {
  readonly #module: PythonModule;
  #imported: ReadonlySet<string> | undefined;

  constructor(module: PythonModule) {
    this.#module = module;
  }

  /** The last name of what a call node calls: `get` of `session.get` and of `get`. Undefined when it is no name. */
  lastName(call: number): string | undefined {
    const { tree } = this.#module;
    const callee = calleeOf(tree, call);
    if (tree.kind[callee] !== Kind.Attr && tree.kind[callee] !== Kind.Name) return undefined;
    const token = tree.aux[callee]!;
    return token < 0 ? undefined : tree.text.slice(tree.tokenStart[token], tree.tokenEnd[token]);
  }

  /** True for a call of an attribute of something no import names: `session.get`, `f().read`. O(depth). */
  isOnValue(call: number): boolean {
    const { tree } = this.#module;
    let root = calleeOf(tree, call);
    if (tree.kind[root] !== Kind.Attr) return false;
    while (tree.kind[root] === Kind.Attr) root = children(tree, root)[0]!;
    return tree.kind[root] !== Kind.Name || !this.#importedNames().has(nodeText(tree, root));
  }

  #importedNames(): ReadonlySet<string> {
    if (this.#imported === undefined) {
      const names = [...this.#module.imports().values()].flatMap((statement) => statement.names);
      this.#imported = new Set(names.map(({ name, asName }) => asName ?? name.split('.', 1)[0]!));
    }
    return this.#imported;
  }
}
