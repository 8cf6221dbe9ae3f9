import type { Range } from '../../base/range.js';
import { children, ifParts } from '../../syntax/python/accessors.js';
import { Kind } from '../../syntax/python/tree.js';
import type { Expression } from './expression.js';
import type { PythonModule } from './module.js';

/** Where a name is known to be one of a collection: `if name in MODELS: …`, or after `if name not in MODELS: raise …`. */
export interface MembershipGuard {
  readonly name: string;
  readonly holds: Range;
}

/** Membership guards of one function or module scope. O(nodes of the scope). */
export function membershipGuards(module: PythonModule, scope: number): readonly MembershipGuard[] {
  const { tree } = module;
  const guards: MembershipGuard[] = [];
  const end = tree.to[scope]!;
  for (let node = tree.first[scope]!; node < scope; node++) {
    if (tree.kind[node] !== Kind.If || module.scopeNode(node) !== scope) continue;
    const { branches, orElse } = ifParts(tree, node);
    const [first] = branches;
    if (first === undefined) continue;
    const test = membership(module.record(first.condition, scope));
    if (test === undefined) continue;
    if (!test.negated) guards.push({ name: test.name, holds: module.span(first.body) });
    else if (orElse !== undefined && branches.length === 1)
      guards.push({ name: test.name, holds: module.span(orElse) });
    if (test.negated && leaves(module, first.body)) {
      guards.push({ name: test.name, holds: { start: tree.to[node]!, end } });
    }
  }
  return guards;
}

/** The name a condition tests, also as one part of `and` (when it must hold) or `or` (when it must not). */
function membership(condition: Expression): { name: string; negated: boolean } | undefined {
  if (condition.kind !== 'operation') return undefined;
  const [left, right] = condition.operands;
  const { operator } = condition;
  if (operator === 'and' || operator === 'or') {
    const tests = condition.operands.flatMap((operand) => membership(operand) ?? []);
    return tests.find(({ negated }) => negated === (operator === 'or'));
  }
  if (operator === 'not' && left !== undefined) {
    const inner = membership(left);
    return inner === undefined ? undefined : { ...inner, negated: !inner.negated };
  }
  if ((operator !== 'in' && operator !== 'not in') || left?.kind !== 'name' || right === undefined) return undefined;
  // A text that holds the name bounds nothing.
  if (right.kind === 'string' || right.kind === 'formatted') return undefined;
  return { name: left.name, negated: operator === 'not in' };
}

const LEAVING: ReadonlySet<number> = new Set([Kind.Return, Kind.Raise, Kind.Continue, Kind.Break]);

/** True when a block ends by leaving: `return`, `raise`, `continue`, `break`, or a call of `abort` or `exit`. */
function leaves(module: PythonModule, block: number): boolean {
  const { tree } = module;
  const last = children(tree, block).at(-1);
  if (last === undefined) return false;
  if (LEAVING.has(tree.kind[last]!)) return true;
  return /^(flask\.)?(abort|sys\.exit|exit)\s*\(/.test(tree.text.slice(tree.from[last], tree.to[last]));
}
