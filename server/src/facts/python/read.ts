import { keptPythonTree, withPythonTree } from '../../syntax/python/parse.js';
import { PythonModule } from './module.js';

/** Reads a module and hands it to `use`; it must not be kept, since its arrays are used again. Calls may be nested. */
export function withPythonModule<T>(text: string, use: (module: PythonModule) => T): T {
  return withPythonTree(text, (tree) => use(new PythonModule(tree)));
}

/** Reads a module that may be kept; costs a copy of its arrays. */
export function keptPythonModule(text: string): PythonModule {
  return new PythonModule(keptPythonTree(text));
}
