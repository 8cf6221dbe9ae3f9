import { Workspace, type WorkspaceOptions } from '../../../server/src/workspace/workspace.js';
import { type MemoryFile, MemoryTree } from './memory-tree.js';

export const RULE_IDS = ['load-joblib', 'load-pickle', 'load-torch', 'secret-token'];
export const FAMILIES = ['loading', 'secrets'];

/** A workspace over files in memory, ready to be asked. */
export async function open(
  files: Readonly<Record<string, MemoryFile>>,
  options: Partial<WorkspaceOptions> = {},
): Promise<{ workspace: Workspace; tree: MemoryTree }> {
  const tree = new MemoryTree(files);
  const workspace = new Workspace(tree, { ruleIds: RULE_IDS, families: FAMILIES, ...options });
  await workspace.prepare();
  return { workspace, tree };
}
