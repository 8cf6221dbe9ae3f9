import type { Engine } from './check/session.js';

/** The engine with all rules. */
export async function loadEngine(): Promise<Engine> {
  const [{ checkDocument }, { rules }] = await Promise.all([
    import('../engine/check.js'),
    import('../rules/index.gen.js'),
  ]);
  return { check: checkDocument, rules };
}
