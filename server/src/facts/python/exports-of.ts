import { detached } from '../../base/detached.js';
import { range } from '../../base/range.js';
import type { PythonExport } from './exports.js';
import type { Expression } from './expression.js';
import { withPythonModule } from './read.js';
import type { Binding } from './scope.js';

/** What a module offers to others: its module-level names. Relative imports keep their dots; the caller resolves them. */
export function pythonExports(text: string, path: string): ReadonlyMap<string, PythonExport> {
  return withPythonModule(text, (module) => {
    const exports = new Map<string, PythonExport>();
    for (const [name, bindings] of module.scope(module.root).bindings) {
      exports.set(detached(name), exported(bindings, path));
    }
    return exports;
  });
}

const MARGIN_DEFINITION = /^(?:(?:async[ \t]+)?(def)|class)[ \t]+(\w+)/gm;

/**
 * The functions and classes a module defines at the margin, without parsing it: a fast answer to most questions about what
 * a module offers. Such a definition counts before any import of the same name. Linear.
 */
export function marginDefinitions(text: string, path: string): ReadonlyMap<string, PythonExport> {
  const found = new Map<string, PythonExport>();
  for (const match of text.matchAll(MARGIN_DEFINITION)) {
    const [whole, isFunction] = match;
    const name = detached(match[2]!);
    const end = match.index + whole.length;
    const kind = found.has(name) ? 'unknown' : isFunction === undefined ? 'class' : 'function';
    found.set(name, { kind, name, path, range: range(end - name.length, end) });
  }
  return found;
}

function exported(bindings: readonly Binding[], path: string): PythonExport {
  const last = bindings[bindings.length - 1]!;
  const name = detached(last.name);
  const imports = bindings.filter((binding) => binding.kind === 'import');
  if (imports.length === bindings.length || (last.kind === 'import' && imports.length > 0)) {
    return { kind: 'import', target: detached(imports[0]!.target!) };
  }
  if (bindings.length === 1) {
    if (last.kind === 'function' || last.kind === 'class') return { kind: last.kind, name, path, range: last.range };
    if (last.kind === 'value' && last.value !== undefined) return constant(name, last.value, path);
  }
  return { kind: 'unknown', name, path, range: last.range };
}

function constant(name: string, value: Expression, path: string): PythonExport {
  const { range } = value;
  if (value.kind === 'string' && !value.bytes)
    return { kind: 'constant', name, value: detached(value.value), path, range };
  if (value.kind === 'number') return { kind: 'constant', name, value: value.value, path, range };
  if (value.kind === 'constant' && value.value !== '...')
    return { kind: 'constant', name, value: value.value, path, range };
  return { kind: 'unknown', name, path, range };
}
