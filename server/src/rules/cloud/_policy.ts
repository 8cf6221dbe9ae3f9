import { type ConfigEntry, child, items, text as textOf } from '../../engine/index.js';

/** Statements of a policy document; empty when it is computed. */
export function statementsOf(policy: ConfigEntry | undefined): readonly ConfigEntry[] {
  const statements = child(policy, 'Statement');
  return statements?.kind === 'map' ? [statements] : items(statements).filter(({ kind }) => kind === 'map');
}

/** A value or the values of a list. */
export function valuesOf(entry: ConfigEntry | undefined): readonly ConfigEntry[] {
  if (entry === undefined) return [];
  return entry.kind === 'list' ? items(entry) : [entry];
}

/** The `"*"` of a statement that allows everyone something without a condition. */
export function openPrincipal(statement: ConfigEntry): ConfigEntry | undefined {
  const condition = child(statement, 'Condition');
  if (textOf(child(statement, 'Effect')) !== 'Allow' || (condition !== undefined && !isEmpty(condition)))
    return undefined;
  const principal = child(statement, 'Principal');
  const candidates = [principal, child(principal, 'AWS'), ...items(child(principal, 'AWS'))];
  return candidates.find((candidate) => candidate?.kind === 'scalar' && candidate.value === '*');
}

function isEmpty(condition: ConfigEntry): boolean {
  return condition.kind === 'map' && condition.alias === undefined && condition.children.length === 0;
}
