import type { TextEdit } from '../../base/range.js';
import type { RuleContext } from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { type Advisory, type AffectedRange, advisoriesOf } from '../../knowledge/advisories.js';

type Version = NonNullable<ReturnType<RuleContext<Record<string, string>>['version']>>;

/** Files that an installer writes: a version changed by hand there no longer fits its hashes. */
const WRITTEN_BY_TOOLS = /(?:\.lock|(?:^|\/)pylock[^/]*\.toml|conda-lock\.ya?ml)$/;

/** The advisories that the release in use is certain to have, in the order of the table. */
export function affecting(advisories: readonly Advisory[], library: Version): readonly Advisory[] {
  return advisories.filter(({ affected }) => affected.some((range) => isInside(library, range)));
}

/** The oldest release after the one in use that no advisory about the library names. */
export function firstFixed(library: Version): string | undefined {
  const ranges = advisoriesOf(library.library).flatMap(({ affected }) => affected);
  let fixed: string | undefined;
  for (let step = 0; step <= ranges.length; step++) {
    const at = fixed === undefined ? library : { ...library, exact: fixed };
    const range = ranges.find((one) => isInside(at, one));
    if (range === undefined) return fixed;
    fixed = range.below;
  }
  return fixed;
}

function isInside(library: Version, { from, below }: AffectedRange): boolean {
  return isBelow(library, below) === true && (from === undefined || isBelow(library, from) === false);
}

/**
 * Edits that write another version into the pin, wherever it stands: none for locks, notebooks and declarations that say
 * more than a name and a version.
 */
export function raisePin({ library, exact, place }: Version, version: string): { path: string; edits: TextEdit[] }[] {
  const { path, range, cell } = place;
  if (exact === undefined || cell !== undefined || WRITTEN_BY_TOOLS.test(path)) return [];
  const operator = range.end - range.start - library.length - exact.length;
  if (operator !== 2 && !(operator === 1 && /\.ya?ml$/.test(path))) return [];
  return [{ path, edits: [{ range: { start: range.end - exact.length, end: range.end }, newText: version }] }];
}
