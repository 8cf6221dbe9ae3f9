import { NameSet } from '../base/name-set.js';
import { collect } from '../facts/python/collect.js';
import { argumentOf, type CallExpression, type Expression } from '../facts/python/expression.js';
import type { PythonModule } from '../facts/python/module.js';

const NONE = new NameSet([]);
const WANTED = { calls: new NameSet(['add_argument']), references: NONE, keywords: NONE, stores: NONE, strings: false };

/**
 * Defaults of the options a module declares with `add_argument`, by the attribute they are read from
 * (https://docs.python.org/3/library/argparse.html#dest). Options that are declared twice with a default are left out.
 */
export function argumentDefaults(module: PythonModule): ReadonlyMap<string, Expression> {
  const defaults = new Map<string, Expression>();
  const seen = new Set<string>();
  for (const node of collect(module, WANTED).calls) {
    const call = module.record(node, module.scopeNode(node)) as CallExpression;
    const name = destination(call);
    const value = argumentOf(call, 'default')?.value;
    if (name === undefined || value === undefined) continue;
    if (seen.has(name)) defaults.delete(name);
    else defaults.set(name, value);
    seen.add(name);
  }
  return defaults;
}

/** The attribute of an option: `dest`, else the first long flag, else the first flag or the positional name. */
function destination(call: CallExpression): string | undefined {
  const dest = argumentOf(call, 'dest')?.value;
  if (dest !== undefined) return dest.kind === 'string' ? dest.value : undefined;
  const flags = call.arguments.flatMap(({ position, value }) =>
    position !== undefined && value.kind === 'string' ? [value.value] : [],
  );
  return flagDestination(flags);
}

/** The name the first long flag gives an option, else the first flag or positional name. */
export function flagDestination(flags: readonly string[]): string | undefined {
  const flag = flags.find((name) => name.startsWith('--')) ?? flags[0];
  return flag?.replace(/^-+/, '').replaceAll('-', '_');
}
