import { gt, gte, lt, satisfies, valid } from '@renovatebot/pep440';
import type { LibraryVersion } from '../workspace/model.js';

/**
 * Whether a library is older than `version` in this environment: true or false when the pin or range decides it, undefined
 * when it does not. A range is below when no version at or above the limit satisfies it (PEP 440).
 */
export function isBelow(library: LibraryVersion, version: string): boolean | undefined {
  if (library.exact !== undefined) return valid(library.exact) === null ? undefined : lt(library.exact, version);
  if (library.specifier === '') return undefined;
  const clauses = library.specifier
    .split(',')
    .map((clause) => /^(===|==|~=|>=|<=|!=|>|<)\s*(\S.*)$/.exec(clause.trim()));
  let below: boolean | undefined;
  for (const clause of clauses) {
    if (clause === null) return undefined;
    const verdict = clauseVerdict(clause[1]!, clause[2]!, version);
    if (verdict !== undefined) below = verdict;
  }
  return below;
}

function clauseVerdict(operator: string, bound: string, version: string): boolean | undefined {
  const plain = bound.replace(/\.\*$/, '');
  try {
    switch (operator) {
      case '>=':
      case '>':
        return gte(plain, version) ? false : undefined;
      case '<':
        return gt(plain, version) ? undefined : true;
      case '<=':
        return lt(plain, version) ? true : undefined;
      case '~=':
      case '==':
        if (gte(plain, version)) return false;
        return satisfies(version, operator + bound) ? undefined : true;
    }
  } catch {
    return undefined;
  }
  return undefined;
}

/** Whether a version satisfies a PEP 440 specifier set; an empty set allows everything, an unreadable one nothing. */
export function allows(specifier: string, version: string): boolean {
  if (specifier === '') return true;
  try {
    return satisfies(version, specifier, { prereleases: true });
  } catch {
    return false;
  }
}
