import type { NameSet } from '../../base/name-set.js';
import { Token } from '../../syntax/python/tokens.js';
import type { PythonModule } from './module.js';

/**
 * Visits every name the code of a module uses, soft keywords and fields of f-strings included, comments and strings left
 * out; by position. Offsets are UTF-16, `to` exclusive. Linear in the tokens.
 */
export function eachIdentifier(module: PythonModule, visit: (from: number, to: number) => void): void {
  const { tokenCount, tokenKind, tokenStart, tokenEnd } = module.tree;
  for (let token = 0; token < tokenCount; token++) {
    if (tokenKind[token] === Token.Name) visit(tokenStart[token]!, tokenEnd[token]!);
  }
}

/** True when the code of a module uses a name that passes a test. Linear in the tokens. */
export function usesIdentifier(
  module: PythonModule,
  test: (text: string, from: number, to: number) => boolean,
): boolean {
  const { text, tokenCount, tokenKind, tokenStart, tokenEnd } = module.tree;
  for (let token = 0; token < tokenCount; token++) {
    if (tokenKind[token] === Token.Name && test(text, tokenStart[token]!, tokenEnd[token]!)) return true;
  }
  return false;
}

/** Names of a set that the code of a module uses. Linear in the tokens. */
export function namesIn(module: PythonModule, names: NameSet): ReadonlySet<string> {
  const { text, tokenCount, tokenKind, tokenStart, tokenEnd } = module.tree;
  const found = new Set<string>();
  for (let token = 0; token < tokenCount; token++) {
    if (tokenKind[token] !== Token.Name) continue;
    const name = names.at(text, tokenStart[token]!, tokenEnd[token]!);
    if (name !== undefined) found.add(name);
  }
  return found;
}
