import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SharedMap } from '../../../server/src/semantics/frames/shared-map.js';

const add = (mine: number, theirs: number): number => mine + theirs;

describe('SharedMap', () => {
  it('keeps copies apart', () => {
    const first = new SharedMap(new Map([['a', 1]]));
    const second = first.copy();
    expect(second.sharesWith(first)).toBe(true);
    second.set('a', 2);
    first.set('b', 3);
    expect([...first]).toEqual([
      ['a', 1],
      ['b', 3],
    ]);
    expect([...second]).toEqual([['a', 2]]);
    expect(second.sharesWith(first)).toBe(false);
  });

  it('may be changed while it is iterated over', () => {
    const map = new SharedMap(new Map([['a', 1]]));
    for (const [key] of map) map.set(`${key}${key}`, 2);
    expect([...map.keys()]).toEqual(['a', 'aa']);
  });

  it('joins what both have and takes over the rest', () => {
    const mine = new SharedMap(new Map([['a', 1]]));
    mine.merge(
      new SharedMap(
        new Map([
          ['a', 10],
          ['b', 20],
        ]),
      ),
      add,
    );
    expect([...mine]).toEqual([
      ['a', 11],
      ['b', 20],
    ]);
  });

  it('does not join values that are the same', () => {
    const mine = new SharedMap(new Map([['a', 1]]));
    mine.merge(new SharedMap(new Map([['a', 1]])), add);
    expect([...mine]).toEqual([['a', 1]]);
  });

  it('behaves as maps that are copied at once', () => {
    const step = fc.record({
      copy: fc.boolean(),
      map: fc.nat(4),
      key: fc.constantFrom('a', 'b', 'c'),
      value: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const shared = [new SharedMap<string, number>()];
        const plain = [new Map<string, number>()];
        for (const { copy, map, key, value } of steps) {
          const at = map % shared.length;
          if (copy) {
            shared.push(shared[at]!.copy());
            plain.push(new Map(plain[at]));
          } else {
            shared[at]!.set(key, value);
            plain[at]!.set(key, value);
          }
        }
        expect(shared.map((one) => [...one])).toEqual(plain.map((one) => [...one]));
        expect(shared.map(({ size }) => size)).toEqual(plain.map(({ size }) => size));
      }),
    );
  });
});
