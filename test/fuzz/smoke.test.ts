import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '../../server/src/base/language.js';
import { FuzzWorkspace } from './harness.js';
import { HOSTILE } from './hostile.js';
import { PIECES, seedsOf } from './seeds.js';

const SEED = 20_260_214;
/** How many mutated texts of each language are checked. */
const RUNS: Readonly<Record<Language, number>> = {
  python: 2500,
  notebook: 500,
  yaml: 800,
  json: 300,
  toml: 300,
  ini: 300,
  textproto: 100,
  hcl: 400,
  dockerfile: 500,
  requirements: 500,
};

let workspace: FuzzWorkspace;

beforeAll(async () => {
  workspace = await FuzzWorkspace.open();
});

describe.each(Object.keys(RUNS) as Language[])('%s', (language) => {
  const seeds = seedsOf(language);
  const pieces = PIECES[language];

  it('has texts to start from', () => expect(seeds.length).toBeGreaterThan(0));

  it('keeps every promise for the texts that mutations start from', () => {
    for (const { path, text } of seeds)
      expect({ path, broken: workspace.broken(path, text) }).toEqual({ path, broken: undefined });
  });

  it('keeps every promise for mutated texts', () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(12) }, fc.nat(400)),
      piece: fc.constantFrom('', ...pieces),
      again: fc.boolean(),
    });
    const edits = fc.array(edit, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.nat(seeds.length - 1), edits, (index, changes) => {
        const seed = seeds[index]!;
        let { text } = seed;
        for (const { at, length, piece, again } of changes) {
          const start = Math.floor(at * text.length);
          const removed = text.slice(start, start + length);
          text = text.slice(0, start) + piece + (again ? removed + removed : '') + text.slice(start + length);
        }
        expect(workspace.broken(seed.path, text)).toBeUndefined();
      }),
      { seed: SEED, numRuns: RUNS[language] },
    );
  });

  it('keeps every promise for any sequence of pieces', () => {
    const text = fc.array(fc.constantFrom(...pieces, 'a', '1', ' '), { maxLength: 80 }).map((parts) => parts.join(''));
    const path = fc.constantFrom(...new Set(seeds.map((seed) => seed.path)));
    fc.assert(
      fc.property(path, text, (name, source) => {
        expect(workspace.broken(name, source)).toBeUndefined();
      }),
      { seed: SEED, numRuns: Math.ceil(RUNS[language] / 2) },
    );
  });
});

describe('hostile files', () => {
  it.each(HOSTILE)('$title', ({ path, text }) => {
    expect(workspace.broken(path, text())).toBeUndefined();
  });
});

it('fixed mutated texts too', () => expect(workspace.fixedTexts).toBeGreaterThan(100));
