import type { Range, TextEdit } from '../base/range.js';
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

/** A package of an index in a list of pip requirements. */
export interface ListedPackage {
  readonly entry: ConfigEntry;
  /** As written. */
  readonly name: string;
  /** Without blanks; empty when any version will do. */
  readonly specifier: string;
}

const NAMED = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*((?:[<>=!~]=?=?\s*[^\s,;]+\s*,?\s*)*)(?:;.*)?$/;

/** Packages of a list whose version is left open; repositories, files, paths, options and variables are none. */
export function openPackages(list: ConfigEntry | undefined): ListedPackage[] {
  return items(list).flatMap((entry) => {
    const match = NAMED.exec((textOf(entry) ?? '').trim());
    if (match === null || entry.alias !== undefined) return [];
    const specifier = match[2]!.replace(/\s/g, '');
    return /^={2,3}[^*,]+$/.test(specifier) ? [] : [{ entry, name: match[1]!, specifier }];
  });
}

/** 0: any version, 1: any newer version, 2: bounded above. */
export function firmness(specifier: string): 0 | 1 | 2 {
  if (specifier === '') return 0;
  return /(?:^|,)(?:~=|<|==)/.test(specifier) ? 2 : 1;
}

/** Offers to write the version that the workspace fixes for a package, or leaves a place for one where none is known. */
export function offerPin(
  finding: Report,
  { entry, name, specifier }: ListedPackage,
  { text, version, path }: Pick<RuleContext<Record<string, string>>, 'text' | 'version' | 'path'>,
): void {
  const shown = textOf(entry)!;
  const start = text.indexOf(shown, entry.valueRange.start);
  if (start < 0 || start > entry.valueRange.start + 1) return;
  const head = /^[\w.-]+\s*(?:\[[^\]]*\])?/.exec(shown)![0].trimEnd();
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
