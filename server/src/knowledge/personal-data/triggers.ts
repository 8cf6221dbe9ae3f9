import { lazy } from '../../base/lazy.js';
import { triggerWords } from './trigger-words.gen.js';

const words = lazy(() => triggerWords.split('|'));
const expression = lazy(() => new RegExp(alternation(words())));

/** Compiling the expression takes as long as looking for every word in so many names. */
const FEW = 300;
const asked = { times: 0 };

/**
 * False when `classifyColumn` can find nothing in a text whose names, siblings and containers all stand in it. Takes
 * lower-case text. Linear.
 */
export function mayHoldPersonalNames(lowerCase: string): boolean {
  asked.times++;
  return asked.times > FEW ? expression().test(lowerCase) : words().some((word) => lowerCase.includes(word));
}

interface Branch {
  readonly next: Map<string, Branch>;
  end: boolean;
}

/** Words as the source of one expression that shares their beginnings, so that a text is read once. */
function alternation(all: readonly string[]): string {
  const root: Branch = { next: new Map(), end: false };
  for (const word of all) {
    let node = root;
    for (const ch of word) {
      const known = node.next.get(ch);
      const child = known ?? { next: new Map(), end: false };
      if (known === undefined) node.next.set(ch, child);
      node = child;
    }
    node.end = true;
  }
  return sourceOf(root);
}

function sourceOf(node: Branch): string {
  if (node.end) return '';
  const branches = [...node.next].map(([ch, child]) => ch.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') + sourceOf(child));
  return branches.length === 1 ? branches[0]! : `(?:${branches.join('|')})`;
}
