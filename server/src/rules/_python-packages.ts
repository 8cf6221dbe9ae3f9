import type { Range, TextEdit } from '../base/range.js';
import type { Severity } from '../base/severity.js';
import {
  type ConfigEntry,
  edit,
  items,
  placeholder,
  type Report,
  type RuleContext,
  text as textOf,
} from '../engine/index.js';
import { allows } from '../engine/versions.js';
import { firmness } from './_open-version.js';

/** A package of an index in a list of pip requirements. */
export interface ListedPackage {
  readonly entry: ConfigEntry;
  /** As written. */
  readonly name: string;
  /** Without blanks; empty when any version will do. */
  readonly specifier: string;
}

/** `name[extras] specifier ; marker`; addresses, paths and options are something else. */
const NAMED = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\]\s*)?([<>=!~][^;#@]*)?(?:;.*)?$/;
const CLAUSES = /^(?:[<>=!~]=?=?[^<>=!~,]+,?)*$/;
const LEVELS: readonly Severity[] = ['warning', 'info', 'hint'];

/** The package an item names, where its version is left open; repositories, files, paths, options and variables are none. */
export function openPackage(entry: ConfigEntry): ListedPackage | undefined {
  if (entry.alias !== undefined || entry.tag !== undefined) return undefined;
  const [, name, written = ''] = NAMED.exec((textOf(entry) ?? '').trim()) ?? [];
  const specifier = written.replace(/\s/g, '');
  if (name === undefined || !CLAUSES.test(specifier) || /^={2,3}[^*,]+$/.test(specifier)) return undefined;
  return { entry, name, specifier };
}

/** Packages of a list whose version is left open. */
export function openPackages(list: ConfigEntry | undefined): ListedPackage[] {
  return items(list).flatMap((entry) => openPackage(entry) ?? []);
}

/** Level of a finding about an open package: a warning without a version, information for an open range, a hint for a bounded one. */
export function levelOf(specifier: string): Severity {
  return LEVELS[firmness(specifier)]!;
}

/**
 * Sets the level of a finding about an open package. Offers the version that the workspace fixes elsewhere, or a place for one.
 */
export function gradeOpen(finding: Report, open: ListedPackage, context: Context): void {
  finding.severity(levelOf(open.specifier));
  offerPin(finding, open, context);
}

type Context = Pick<RuleContext<Record<string, string>>, 'text' | 'version' | 'path'>;

/** Offers to write the version that the workspace fixes for a package, or leaves a place for one where none is known. */
function offerPin(finding: Report, { entry, name, specifier }: ListedPackage, { text, version, path }: Context): void {
  const shown = textOf(entry)!;
  const start = text.indexOf(shown, entry.valueRange.start);
  if (start < 0 || start > entry.valueRange.start + 1) return;
  const head = /^[\w.-]+(?:\s*\[[^\]]*\])?/.exec(shown)![0].trimEnd();
  const end = start + shown.split(';')[0]!.trimEnd().length;
  // The whole text is replaced: an edit behind a value would not count as one of it.
  const range: Range = { start, end };
  const write = (exact: string): TextEdit[] => edit.replace(range, `${head}==${exact}`);
  const known = version(name.toLowerCase().replace(/[-_.]+/g, '-'));
  const title = `Pin \`${name.slice(0, 30)}\``;
  if (known?.exact === undefined || known.place.path === path || !allows(specifier, known.exact))
    finding.fix(title, 'placeholder', write(placeholder('version')));
  else
    finding.fix(
      `Pin \`${name.slice(0, 30)}==${known.exact}\``,
      'review',
      write(known.exact),
      `the version of \`${known.place.path}\``,
    );
}
