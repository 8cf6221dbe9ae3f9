import type { CallExpression, Expression } from '../../../server/src/facts/python/expression.js';
import { withPythonModule } from '../../../server/src/facts/python/read.js';
import { ModuleSemantics } from '../../../server/src/semantics/module-semantics.js';
import { Workspace } from '../../../server/src/workspace/workspace.js';
import { MemoryFiles } from '../../rules/memory-files.js';

/** A workspace of these files, ready to be asked. */
export async function workspaceOf(files: Readonly<Record<string, string>>): Promise<Workspace> {
  const workspace = new Workspace(new MemoryFiles(files), { ruleIds: [], families: [] });
  await workspace.prepare();
  return workspace;
}

/** Asks about the first argument of every call of `sink` in a file, in text order. */
export function atSinks<T>(
  workspace: Workspace,
  path: string,
  text: string,
  question: (semantics: ModuleSemantics, argument: Expression, call: CallExpression) => T,
): T[] {
  return withPythonModule(text, (module) => {
    const semantics = new ModuleSemantics(module, workspace.linksOf(path));
    return module.callsInside(module.span(module.root)).flatMap((node) => {
      const call = module.record(node, module.scopeNode(node)) as CallExpression;
      if (call.callee.kind !== 'name' || call.callee.name !== 'sink') return [];
      return [question(semantics, call.arguments[0]!.value, call)];
    });
  });
}
