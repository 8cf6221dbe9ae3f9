import { detached } from './detached.js';

/** A memo of a pure function of one string; forgets everything when `limit` distinct keys are held. */
export function memoise<T>(limit: number, compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const hit = known.get(key);
    if (hit !== undefined) return hit;
    // Keys are cut from documents, which must not stay in memory with them.
    const own = detached(key);
    const value = compute(own);
    if (known.size >= limit) known.clear();
    known.set(own, value);
    return value;
  };
}
