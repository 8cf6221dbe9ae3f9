import { InvalidArgumentError } from 'commander';
import {
  CONFIDENCES,
  type Confidence,
  PROFILES,
  type Profile,
  SEVERITIES,
  type Severity,
} from '../../base/severity.js';

export const FORMATS = ['text', 'concise', 'json', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

/** A report and where it goes; without a file, standard output. */
export interface FormatChoice {
  readonly format: Format;
  readonly file: string | undefined;
}

/** Options of `tidegate check`, as the command line gives them. */
export interface CheckOptions {
  readonly format: readonly FormatChoice[];
  readonly fix: boolean;
  readonly reviewFixes: boolean;
  readonly diff: boolean;
  readonly profile?: Profile;
  readonly select?: readonly string[];
  readonly ignore?: readonly string[];
  readonly severity?: Readonly<Record<string, Severity | 'off'>>;
  readonly minSeverity: Severity;
  readonly minConfidence?: Confidence;
  readonly failOn: Severity;
  readonly exitZero: boolean;
  /** Path of the configuration file to use; false: none. */
  readonly config?: string | boolean;
  readonly exclude: readonly string[];
  readonly forceExclude: boolean;
  readonly stdin: boolean;
  readonly stdinFilename?: string;
  /** Threads to check with, the main one included; by default what the machine has, up to four. */
  readonly threads?: number;
  readonly statistics: boolean;
  readonly showSkipped: boolean;
  readonly quiet: boolean;
  readonly color?: boolean;
}

export const CHECK_DEFAULTS: CheckOptions = {
  format: [],
  fix: false,
  reviewFixes: false,
  diff: false,
  minSeverity: 'hint',
  failOn: 'info',
  exitZero: false,
  exclude: [],
  forceExclude: false,
  stdin: false,
  statistics: false,
  showSkipped: false,
  quiet: false,
};

/** Other words for the levels, as other tools use them. */
const LEVEL_ALIASES: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'error'],
  ['high', 'error'],
  ['medium', 'warning'],
  ['low', 'info'],
]);

export function parseLevel(text: string): Severity {
  const word = text.toLowerCase();
  return LEVEL_ALIASES.get(word) ?? oneOf(SEVERITIES, word);
}

export function parseThreads(text: string): number {
  const threads = Number(text);
  if (!Number.isInteger(threads) || threads < 1) throw new InvalidArgumentError('Give a whole number from 1.');
  return threads;
}

export function parseProfile(text: string): Profile {
  return oneOf(PROFILES, text);
}

export function parseConfidence(text: string): Confidence {
  return oneOf(CONFIDENCES, text);
}

/** `sarif` or `sarif=results.sarif`; repeatable. */
export function parseFormat(text: string, before: readonly FormatChoice[]): readonly FormatChoice[] {
  const equals = text.indexOf('=');
  const format = oneOf(FORMATS, equals < 0 ? text : text.slice(0, equals));
  const file = equals < 0 ? undefined : text.slice(equals + 1);
  if (file === '') throw new InvalidArgumentError('Name a file behind "=".');
  return [...before, { format, file }];
}

/** Comma-separated, repeatable. */
export function parseList(text: string, before: readonly string[] | undefined): readonly string[] {
  const items = text.split(',').map((item) => item.trim());
  return [...(before ?? []), ...items.filter((item) => item !== '')];
}

/** `load-torch=warning`, comma-separated, repeatable. */
export function parseSeverities(
  text: string,
  before: Readonly<Record<string, Severity | 'off'>> | undefined,
): Readonly<Record<string, Severity | 'off'>> {
  const added = parseList(text, []).map((item) => {
    const [rule = '', level = ''] = item.split('=');
    if (rule === '' || level === '') throw new InvalidArgumentError('Write RULE=LEVEL.');
    return [rule, level === 'off' ? ('off' as const) : parseLevel(level)] as const;
  });
  return { ...before, ...Object.fromEntries(added) };
}

function oneOf<T extends string>(values: readonly T[], text: string): T {
  const found = values.find((value) => value === text);
  if (found === undefined) throw new InvalidArgumentError(`Choose one of ${values.join(', ')}.`);
  return found;
}
