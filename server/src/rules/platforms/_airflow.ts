import type { Range, TextEdit } from '../../base/range.js';
import {
  type ConfigEntry,
  child,
  config,
  type DockerInstruction,
  dockerfile,
  edit,
  items,
  KUBERNETES_LIKE,
  type RuleContext,
  text as textOf,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import {
  AIRFLOW_SETTINGS,
  type AirflowPlace,
  type AirflowSettingName,
  airflowVariable,
} from '../../knowledge/airflow-settings.js';
import { fromEnvironment, settingOf } from '../_compose.js';
import { variablesOf } from '../_environment.js';

/** Everything that sets an option of Airflow: `airflow.cfg` and the variables that win over it. */
export const airflowFacts = [
  config.entries(['airflow-config'], '*.*'),
  config.entries(['compose'], '**.environment.*'),
  config.entries(KUBERNETES_LIKE, '**.env.*'),
  config.entries(['env-file'], '*'),
  dockerfile.instructions('ENV'),
] as const;

export type AirflowFact = ConfigEntry | DockerInstruction;

type Context = Pick<RuleContext<Record<string, string>>, 'python' | 'text' | 'version' | 'facts' | 'path'>;

/** One option with a literal value. */
export interface AirflowSetting {
  readonly key: string;
  /** As the file writes it: `fernet_key` or `AIRFLOW__CORE__FERNET_KEY`. */
  readonly written: string;
  readonly value: string;
  /** The value; empty where it is. */
  readonly place: Range;
  /** What to underline: the value, or the whole setting without one. */
  readonly shown: Range;
  /** The entry of `airflow.cfg` or of a compose file. */
  readonly entry: ConfigEntry | undefined;
  readonly origin: 'file' | 'compose' | 'other';
}

const UNKNOWN = /\$|\{\{|^<.*>$|^\{.*\}$|^%\(/;

/** What a fact says about one setting, in the sections that the Airflow of this project reads. Templates say nothing. */
export function settingsOf(fact: AirflowFact, name: AirflowSettingName, context: Context): readonly AirflowSetting[] {
  const places: readonly AirflowPlace[] = AIRFLOW_SETTINGS[name];
  return readSettings(fact, context)
    .filter(({ section, key }) =>
      places.some((one) => one.section === section && one.key === key && isRead(one, context)),
    )
    .map(({ setting }) => setting)
    .filter(({ value }) => !UNKNOWN.test(value));
}

function readSettings(
  fact: AirflowFact,
  { python, text, facts }: Context,
): readonly { readonly section: string; readonly key: string; readonly setting: AirflowSetting }[] {
  const format = 'keyword' in fact ? undefined : facts?.formats[fact.document]?.id;
  if (!('keyword' in fact) && format === 'airflow-config') {
    const [section, key] = [fact.parent?.key ?? '', fact.key ?? ''];
    const value = fact.value === null ? '' : (textOf(fact) ?? '').trim();
    const shown = value === '' ? (fact.keyRange ?? fact.range) : fact.valueRange;
    const place = fact.valueRange;
    return [{ section, key, setting: { key, written: key, value, place, shown, entry: fact, origin: 'file' } }];
  }
  if (!('keyword' in fact) && (fact.alias !== undefined || fact.tag !== undefined)) return [];
  const entry = 'keyword' in fact ? undefined : fact;
  return variablesOf(fact, python, text).flatMap(({ name, value, place, range }) => {
    const variable = airflowVariable(name);
    if (variable === undefined) return [];
    const origin = format === 'compose' ? 'compose' : 'other';
    const setting = { ...variable, written: name, value: value.trim(), place, shown: place, entry, origin } as const;
    return [{ ...variable, setting: value === '' ? { ...setting, place: { ...range, start: range.end } } : setting }];
  });
}

/** Whether the version of the project reads a setting at a place; true when nothing tells the version. */
function isRead({ since, until }: AirflowPlace, context: Context): boolean {
  return (
    (since === undefined || isOlder(since, context) !== true) &&
    (until === undefined || isOlder(until, context) !== false)
  );
}

/** Whether Airflow is older than `major.minor`: by the image the file names, else by the requirements. */
export function isOlder(
  version: string,
  { text, version: versionOf }: Pick<Context, 'text' | 'version'>,
): boolean | undefined {
  const [, major, minor] = /\bapache\/airflow:(?:slim-)?(\d+)\.(\d+)/.exec(text) ?? [];
  if (major !== undefined) {
    const [wantedMajor = 0, wantedMinor = 0] = version.split('.').map(Number);
    return Number(major) < wantedMajor || (Number(major) === wantedMajor && Number(minor) < wantedMinor);
  }
  const library = versionOf('apache-airflow') ?? versionOf('apache-airflow-core');
  return library === undefined ? undefined : isBelow(library, version);
}

/** The literal value of another setting that stands beside this one. */
export function settingBeside(fact: AirflowFact, section: string, key: string, context: Context): string | undefined {
  if ('keyword' in fact) {
    const pattern = new RegExp(`AIRFLOW__${section}__${key}[= ]["']?([^\\s"']*)`, 'i');
    return pattern.exec(context.text)?.[1];
  }
  const inFile = context.facts?.formats[fact.document]?.id === 'airflow-config';
  if (inFile) return textOf(child(child(fact.parent?.parent, section), key));
  return items(fact.parent)
    .flatMap((one) => variablesOf(one, context.python, context.text))
    .find(({ name }) => name === `AIRFLOW__${section}__${key}`.toUpperCase())?.value;
}

/** Writes another value in place of a literal one; nothing where the value does not stand in the text as it is. */
export function setTo(value: string, setting: AirflowSetting, text: string): TextEdit[] {
  if (text.slice(setting.place.start, setting.place.end).trim() !== setting.value) return [];
  return edit.replace(setting.place, value);
}

/** `false` in the letters of a `true`. */
export function opposite(value: string): string {
  if (/^[01]$/.test(value)) return '0';
  return value === value.toLowerCase() ? 'false' : value === value.toUpperCase() ? 'FALSE' : 'False';
}

/** Reads a key by a command in `airflow.cfg`, from the environment in a compose file; nothing elsewhere. */
export function moveOut(
  setting: AirflowSetting,
  text: string,
): { readonly title: string; readonly reason: string; readonly edits: TextEdit[] } {
  const { entry, key, origin, written } = setting;
  if (origin === 'compose' && entry !== undefined) {
    const variable = settingOf(entry, text);
    const edits = variable === undefined ? [] : fromEnvironment(variable, text);
    return { title: `Read \`${written}\` from the environment`, reason: 'the variable has to be set in `.env`', edits };
  }
  const title = `Read the key with \`${key}_cmd\``;
  const reason = 'the file with the key has to exist';
  if (origin !== 'file' || entry?.keyRange === undefined) return { title, reason, edits: [] };
  const edits = [
    ...edit.insert(entry.keyRange.end, '_cmd'),
    ...edit.setScalar(text, entry, `cat /run/secrets/airflow_${key}`),
  ];
  return { title, reason, edits };
}
