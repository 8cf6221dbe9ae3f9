import { ESTIMATOR } from '../../knowledge/data-frames/estimators.js';
import { CHECKING_NAME, JUDGING, LOOKING, RAISING, RAISING_METHOD } from '../../knowledge/data-frames/validation.js';
import type { Thing, Value } from './abstract-value.js';
import type { CallSite } from './call-site.js';
import { type Data, factOf } from './data.js';
import { originsOfAll } from './selection.js';

/**
 * Calls that check data. Some raise on bad rows, some give a verdict: the verdict is a fact about the data, and a branch on
 * it that stops is the check. Undefined for calls that are none of this.
 */
export function judge(site: CallSite, names: readonly string[], receiver: Thing | undefined): Value | undefined {
  const { analysis } = site.e;
  const origins = subjects(site, receiver);
  if (names.some((name) => RAISING.test(name))) {
    analysis.gate(site.state, origins, 'gate');
    return site.data ?? factOf(origins);
  }
  if (names.some((name) => LOOKING.test(name))) {
    site.state.strengthen(origins, 'inspection');
    return site.data;
  }
  if (names.some((name) => JUDGING.test(name))) {
    site.state.strengthen(origins, 'inspection');
    if (RAISING_METHOD.test(site.lastName)) analysis.gate(site.state, origins, 'gate');
    return factOf(origins);
  }
  const arguments_ = originsOfAll(site.values);
  if (arguments_.size === 0 || names.some((name) => ESTIMATOR.test(name.replace(/\.\w+$/, '')))) return undefined;
  if (RAISING_METHOD.test(site.lastName)) {
    analysis.gate(site.state, arguments_, 'gate');
    return site.data;
  }
  // A check in another file: nobody can look inside, so it counts.
  if (CHECKING_NAME.test(site.lastName) && isForeign(names)) {
    analysis.gate(site.state, arguments_, 'gate');
    return site.data;
  }
  return undefined;
}

function isForeign(names: readonly string[]): boolean {
  return names.every((name) => !/^(?:sklearn|numpy|pandas|torch|tensorflow|matplotlib|scipy)\./.test(name));
}

/** What a check is about: its arguments, what its object was made of, or else everything read so far. */
function subjects(site: CallSite, receiver: Thing | undefined): ReadonlySet<number> {
  const own = originsOfAll([...site.values, receiver]);
  return own.size > 0 ? own : new Set(site.state.validated.keys());
}

/** A method of a verdict or of a frame that raises: `result.raise_for_status()`, `df.assert_passing()`. */
export function raisesOn(site: CallSite, method: string, data: Data): void {
  if (RAISING_METHOD.test(method)) site.e.analysis.gate(site.state, data.origins, 'gate');
}
