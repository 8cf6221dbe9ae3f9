import { describe, expect, it } from 'vitest';
import { languageOf } from '../../server/src/base/language.js';
import { rules } from '../../server/src/rules/index.gen.js';
import { CheckedFiles } from '../rules/check-files.js';
import { type Fixture, filesOf, fixtures } from './fixtures.js';

/** Trigger words let texts be passed over unread. They must never change a result. */
async function differences({ name, files }: Fixture): Promise<string[]> {
  const workspace = await CheckedFiles.open(files);
  return Object.keys(files).flatMap((path) => {
    if (languageOf(path) === undefined) return [];
    const quick = JSON.stringify(workspace.check(path).findings);
    const full = JSON.stringify(workspace.check(path, false).findings);
    return quick === full ? [] : [`${name}: ${path}\n  with words: ${quick}\n  without: ${full}`];
  });
}

const all = fixtures();

describe('trigger words change no result', () => {
  it('in the corpus of the parser', async () => {
    const files = filesOf('test/corpus/python');
    expect(await differences({ name: 'corpus', rule: undefined, files })).toEqual([]);
  });

  it('in the samples', async () => {
    for (const fixture of all.filter(({ rule }) => rule === undefined)) expect(await differences(fixture)).toEqual([]);
  });

  it.each(rules)('in the examples of $id', async ({ id }) => {
    const own = all.filter(({ rule }) => rule === id);
    expect(own.length).toBeGreaterThan(0);
    for (const fixture of own) expect(await differences(fixture)).toEqual([]);
  });
});
