import type { Range, TextEdit } from '../base/range.js';
import { type ConfigEntry, child, edit, items, text as textOf } from '../engine/index.js';
import { isAirflowKeyVariable } from '../knowledge/airflow-settings.js';
import { AIRFLOW_ADMIN_PASSWORD, defaultPassword } from '../knowledge/default-credentials.js';
import { hasKnownShape } from '../knowledge/secrets/index.js';

/** A variable that a compose file sets to a literal value. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  /** The value without quotes; the whole scalar where escapes or line breaks keep it from standing there as it is. */
  readonly range: Range;
  readonly entry: ConfigEntry;
}

/** `NAME: value` or `- NAME=value`. */
export function settingOf(entry: ConfigEntry, text: string): Setting | undefined {
  const written = textOf(entry);
  if (written === undefined || entry.alias !== undefined || entry.tag !== undefined) return undefined;
  const equals = entry.key === undefined ? written.indexOf('=') : -1;
  if (entry.key === undefined && equals < 0) return undefined;
  const [name, value] =
    entry.key === undefined ? [written.slice(0, equals), written.slice(equals + 1)] : [entry.key, written];
  const { start, end } = entry.valueRange;
  const quoted = entry.style === 'single' || entry.style === 'double' ? 1 : 0;
  const range = { start: start + quoted + equals + 1, end: end - quoted };
  return { name, value, range: text.slice(range.start, range.end) === value ? range : entry.valueRange, entry };
}

/** Takes the value from the environment or `.env`, and stops compose without it. */
export function fromEnvironment({ name, value, range, entry }: Setting, text: string): TextEdit[] {
  if (!/^[A-Za-z_]\w*$/.test(name) || text.slice(range.start, range.end) !== value) return [];
  const reference = `\${${name}:?set in .env}`;
  // Braces end a plain scalar inside `{…}` and `[…]`.
  if (entry.parent?.flow !== true || entry.style !== 'plain') return edit.replace(range, reference);
  return edit.replace(entry.valueRange, entry.key === undefined ? `"${name}=${reference}"` : `"${reference}"`);
}

/**
 * A key of a known provider, an address with a password, a key of Airflow, or what a service of the file gives a server as
 * its first password: there are rules about each. O(variables of the service).
 */
export function hasRuleOfItsOwn({ name, value, entry }: Setting, text: string): boolean {
  if (name === AIRFLOW_ADMIN_PASSWORD || isAirflowKeyVariable(name) || hasKnownShape(name, value)) return true;
  if (entry.path[0] !== 'services') return false;
  const beside = (wanted: string): string | undefined =>
    items(entry.parent)
      .map((one) => settingOf(one, text))
      .find((one) => one?.name === wanted)?.value;
  return defaultPassword(name, value, beside) !== undefined;
}

/** True when other files may add settings to a service, so that nothing can be said to be missing. */
export function isIncomplete(service: ConfigEntry): boolean {
  const environment = child(service, 'environment');
  return (
    ['extends', 'env_file', 'configs', 'entrypoint'].some((key) => child(service, key) !== undefined) ||
    items(environment).some(({ key, value }) => key === undefined && !String(value).includes('='))
  );
}

/** The name of a service for a message. */
export function serviceName(service: ConfigEntry | undefined): string {
  return (service?.key ?? '').slice(0, 40);
}

/** A service that does one task and stops, as those do that others wait for until they are done. */
export function runsOnce(service: ConfigEntry): boolean {
  if (textOf(child(service, 'restart')) === 'no') return true;
  return items(service.parent).some((other) =>
    items(child(other, 'depends_on')).some(
      (one) => one.key === service.key && textOf(child(one, 'condition')) === 'service_completed_successfully',
    ),
  );
}
