import type { Argument, CallExpression, Expression } from '../facts/python/expression.js';
import type { PythonModule } from '../facts/python/module.js';
import type { NameResolver } from './names.js';

const MAX_ENTRIES = 40;
const MAX_PARTIALS = 3;

/**
 * Everything a call passes as far as it is written in the module: `**options` of a dictionary that is written out and never
 * changed counts as keyword arguments, with the ranges they have in the dictionary; a call of `functools.partial(f, …)`
 * passes what the partial holds first. The same call is returned when there is nothing to add.
 */
export function completeCall(call: CallExpression, module: PythonModule, names: NameResolver): CallExpression {
  const bound = partialArguments(call.callee, module, names, 0);
  const unpacks = call.arguments.some((argument) => argument.unpacked);
  if (bound.length === 0 && !unpacks) return call;
  const given = unpacks ? call.arguments.flatMap((argument) => unpacked(argument, module, names)) : call.arguments;
  return { ...call, arguments: bound.length === 0 ? given : joined(bound, given) };
}

/** Arguments a partial holds, then those of the call: keywords given later win, positions go on counting. */
function joined(bound: readonly Argument[], given: readonly Argument[]): readonly Argument[] {
  const offset = bound.filter(({ position }) => position !== undefined).length;
  const named = new Set(given.map(({ name }) => name).filter((name) => name !== undefined));
  return [
    ...bound.filter(({ name }) => name === undefined || !named.has(name)),
    ...given.map((argument) =>
      argument.position === undefined ? argument : { ...argument, position: argument.position + offset },
    ),
  ];
}

function partialArguments(
  callee: Expression,
  module: PythonModule,
  names: NameResolver,
  depth: number,
): readonly Argument[] {
  const made = callee.kind === 'name' ? onlyValue(callee, module) : callee;
  if (made?.kind !== 'call' || depth > MAX_PARTIALS || !names.names(made.callee).includes('functools.partial'))
    return [];
  const [target, ...rest] = made.arguments;
  if (target === undefined || target.unpacked || target.name !== undefined) return [];
  const own = rest
    .flatMap((argument) => unpacked(argument, module, names))
    .map((argument) => (argument.position === undefined ? argument : { ...argument, position: argument.position - 1 }));
  return joined(partialArguments(target.value, module, names, depth + 1), own);
}

/** `**options` as keyword arguments when the dictionary is written out; else the argument itself. */
function unpacked(argument: Argument, module: PythonModule, names: NameResolver): readonly Argument[] {
  const { text } = module.tree;
  if (!argument.unpacked || !text.startsWith('**', argument.range.start)) return [argument];
  const value = argument.value.kind === 'name' ? unchangedValue(argument.value, module) : argument.value;
  if (value?.kind === 'call' && names.names(value.callee).includes('dict'))
    return value.arguments.every(({ name }) => name !== undefined) ? value.arguments : [argument];
  if (value?.kind !== 'dict' || value.entries.length > MAX_ENTRIES) return [argument];
  const keywords: Argument[] = [];
  for (const { key, value: passed } of value.entries) {
    if (key?.kind !== 'string') return [argument];
    const range = { start: key.range.start, end: passed.range.end };
    keywords.push({
      name: key.value,
      nameRange: key.range,
      position: undefined,
      unpacked: false,
      value: passed,
      range,
    });
  }
  return keywords;
}

function onlyValue(name: Expression & { kind: 'name' }, module: PythonModule): Expression | undefined {
  const bindings = module.lookup(name.name, name.scope, name.range.start);
  const [only] = bindings;
  return bindings.length === 1 && only!.kind === 'value' ? only!.value : undefined;
}

/** The value of a name that is bound once and whose content nothing changes: no item is set, no method that writes is called. */
function unchangedValue(name: Expression & { kind: 'name' }, module: PythonModule): Expression | undefined {
  const value = onlyValue(name, module);
  if (value === undefined) return undefined;
  const changes = new RegExp(
    `\\b${name.name}\\s*(\\[[^\\]\\n]*\\]\\s*=[^=]|\\.(update|pop|setdefault|clear|popitem)\\b)|\\bdel\\s+${name.name}\\b`,
  );
  return changes.test(module.tree.text) ? undefined : value;
}
