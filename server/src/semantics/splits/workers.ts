import { lastSegment } from '../../base/name-pattern.js';
import { NameSet } from '../../base/name-set.js';
import { collect, importsAny } from '../../facts/python/collect.js';
import type { CallExpression } from '../../facts/python/expression.js';
import type { PythonModule } from '../../facts/python/module.js';
import type { NameResolver } from '../names.js';
import type { SplitEvent } from './event.js';

const TORCH = new NameSet(['torch', 'torch_geometric', 'lightning', 'pytorch_lightning', 'torchvision']);
const DATASET = /^torch\.utils\.data\.(?:dataset\.)?Dataset$|^torchvision\.datasets\.(?:\w+\.)*\w+$/;
/** Draws of `numpy.random.Generator` and `RandomState`, and of the legacy functions of the same names. */
const DRAWS =
  'random uniform normal integers randint rand randn choice permutation permuted shuffle beta binomial poisson exponential standard_normal random_sample gamma laplace'.split(
    ' ',
  );
const WANTED = {
  calls: new NameSet(DRAWS),
  references: new NameSet([]),
  keywords: new NameSet([]),
  stores: new NameSet([]),
  strings: false,
};
const GENERATOR = /^numpy\.random\.(?:default_rng|RandomState|Generator)\(\)$/;
const LEGACY = /^numpy\.random\.\w+$/;

/**
 * Draws of NumPy inside `__getitem__` of a PyTorch data set. `mild`: from the global state, which PyTorch seeds in every
 * worker since 1.9; otherwise from a generator that the object holds, of which every worker gets the same copy.
 */
export function workerGenerators(module: PythonModule, names: NameResolver): readonly SplitEvent[] {
  const { text } = module.tree;
  if (!text.includes('__getitem__') || !importsAny(module, TORCH)) return [];
  return collect(module, WANTED).calls.flatMap((node): SplitEvent[] => {
    const scope = methodScope(module, module.scopeNode(node));
    const owner = scope === undefined ? undefined : module.enclosingClass(scope);
    if (
      owner === undefined ||
      !module.bases(owner).some((base) => names.names(base).some((name) => DATASET.test(name)))
    )
      return [];
    const call = module.record(node, module.scopeNode(node)) as CallExpression;
    if (call.callee.kind !== 'attribute') return [];
    const { object } = call.callee;
    const held = object.kind === 'attribute' && object.object.kind === 'name' && object.object.name === 'self';
    const generator = held && names.names(object).some((name) => GENERATOR.test(name));
    const legacy = names.names(call.callee).find((name) => LEGACY.test(name));
    if (!generator && legacy === undefined) return [];
    return [
      {
        kind: 'generator-in-workers',
        range: call.callee.range,
        call: call.range,
        plain: false,
        subject: generator ? text.slice(object.range.start, object.range.end) : lastSegment(legacy!),
        method: text.slice(call.callee.range.start, call.callee.range.end),
        learns: 'nothing',
        mild: !generator,
        other: undefined,
        otherName: '',
      },
    ];
  });
}

/** The scope of `__getitem__` around a place, if there is one. */
function methodScope(module: PythonModule, scope: number): number | undefined {
  for (let at = scope; at !== module.root; at = module.scopeNode(at)) {
    if (module.scope(at).kind === 'function') return module.scope(at).name === '__getitem__' ? at : undefined;
  }
  return undefined;
}
