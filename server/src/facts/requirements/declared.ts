import type { Range } from '../../base/range.js';
import { type ConfigEntry, child, items, text } from '../config/entry.js';
import {
  blankRequirement,
  type Clause,
  exactOf,
  normalizeName,
  parseRequirement,
  type RequirementSource,
} from './parse.js';
import type { Requirement } from './requirement.js';

/** A string scalar with the offset of its first character; `exact` is false where escapes put the text out of step. */
function located(entry: ConfigEntry): { text: string; offset: number; exact: boolean } | undefined {
  const value = entry.value;
  if (typeof value !== 'string') return undefined;
  const { start, end } = entry.valueRange;
  if (end - start === value.length) return { text: value, offset: start, exact: true };
  return { text: value, offset: start + 1, exact: end - start === value.length + 2 };
}

/** Range of a scalar's text without its quotes. */
export function innerRange(entry: ConfigEntry): Range {
  const quoted = entry.style === 'single' || entry.style === 'double';
  const { start, end } = entry.valueRange;
  return quoted && end - start >= 2 ? { start: start + 1, end: end - 1 } : entry.valueRange;
}

/** Puts every range of a requirement onto the value it came from. */
function placedOn(requirement: Requirement, range: Range): Requirement {
  const nameRange = requirement.nameRange === undefined ? undefined : range;
  return { ...requirement, range, nameRange, specifierRange: range };
}

/** The requirement that a string scalar spells in PEP 508 or pip's syntax. */
export function requirementIn(entry: ConfigEntry, source: RequirementSource): Requirement[] {
  const place = located(entry);
  if (place === undefined || (place.text.startsWith('-') && !/^(?:-e|--editable)\b/.test(place.text))) return [];
  const requirement = parseRequirement(place.text, place.offset, source);
  if (requirement === undefined) return [];
  return [place.exact ? requirement : placedOn(requirement, entry.valueRange)];
}

/** Requirements of a list of strings; other items (`{include-group = …}`) are passed over. */
export function requirementsIn(list: ConfigEntry | undefined, source: RequirementSource): Requirement[] {
  return list?.kind === 'list' ? items(list).flatMap((item) => requirementIn(item, source)) : [];
}

/** Requirements of a map whose keys are package names and whose values are versions or tables (Poetry, Pipfile, Pixi). */
export function requirementsOfTable(
  table: ConfigEntry | undefined,
  source: RequirementSource,
  translate: (constraint: string) => string,
): Requirement[] {
  if (table?.kind !== 'map') return [];
  return items(table)
    .filter(({ key }) => key !== undefined && key !== 'python')
    .flatMap((entry) =>
      entry.kind === 'list'
        ? items(entry).map((one) => declared(entry, one, source, translate))
        : [declared(entry, entry, source, translate)],
    );
}

function declared(
  named: ConfigEntry,
  value: ConfigEntry,
  source: RequirementSource,
  translate: (constraint: string) => string,
): Requirement {
  const version = value.kind === 'map' ? child(value, 'version') : value;
  const constraint = text(version) ?? '';
  const behind =
    version === undefined || version.kind !== 'scalar'
      ? { start: value.range.end, end: value.range.end }
      : innerRange(version);
  const specifier = translate(constraint);
  const base: Requirement = {
    ...blankRequirement(source, value === named ? named.range : value.range),
    name: normalizeName(named.key ?? ''),
    nameRange: named.keyRange,
    specifier,
    specifierRange: behind,
    exact: exactOf(clausesOf(specifier)),
  };
  return value.kind === 'map' ? withTable(base, value) : base;
}

function withTable(base: Requirement, table: ConfigEntry): Requirement {
  const git = text(child(table, 'git'));
  const url = text(child(table, 'url')) ?? text(child(table, 'file'));
  const path = text(child(table, 'path'));
  const revision = ['rev', 'tag', 'ref', 'branch']
    .map((key) => text(child(table, key)))
    .find((rev) => rev !== undefined);
  const kind = git !== undefined ? 'vcs' : url !== undefined ? 'url' : path !== undefined ? 'path' : 'named';
  return {
    ...base,
    kind,
    url: git ?? url ?? path,
    revision: kind === 'vcs' ? revision : undefined,
    extras: items(child(table, 'extras')).flatMap((extra) => text(extra) ?? []),
    marker: text(child(table, 'markers')) ?? text(child(table, 'marker')),
    hashes: items(child(table, 'hashes')).flatMap((hash) => text(hash) ?? []),
    editable: child(table, 'editable')?.value === true || child(table, 'develop')?.value === true,
  };
}

/** Splits a PEP 440 specifier set without spaces. */
export function clausesOf(specifier: string): Clause[] {
  return specifier.split(',').flatMap((part) => {
    const match = /^(===|==|~=|!=|<=|>=|<|>)(.+)$/.exec(part);
    return match === null ? [] : [{ operator: match[1]!, version: match[2]! }];
  });
}
