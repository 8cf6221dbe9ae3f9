import { type ConfigEntry, child, items } from '../config/entry.js';
import { clausesOf, innerRange, requirementsIn } from './declared.js';
import { blankRequirement, exactOf, normalizeName } from './parse.js';
import type { Requirement } from './requirement.js';
import { fromConda } from './specifier.js';

const SPEC = /^\s*(?:[\w./:-]+::)?([A-Za-z0-9_][\w.-]*)\s*(.*)$/ds;
const BRACKET = /^\[(.*)\]$/s;

/** Dependencies of a conda environment file; the lines of its `pip:` list are pip requirements. */
export function condaRequirements(root: ConfigEntry): Requirement[] {
  return items(child(root, 'dependencies')).flatMap((item) =>
    item.kind === 'map' ? requirementsIn(child(item, 'pip'), 'requirements') : condaRequirement(item),
  );
}

function condaRequirement(entry: ConfigEntry): Requirement[] {
  if (typeof entry.value !== 'string') return [];
  const range = innerRange(entry);
  const requirement = parseCondaSpec(entry.value, range.start);
  if (requirement === undefined) return [];
  if (range.end - range.start === entry.value.length) return [requirement];
  return [{ ...requirement, range, nameRange: range, specifierRange: range }];
}

/**
 * Reads a conda match specification (`channel::name=1.2=build`, `name >=1,<2`, `name[version='>=1']`); `python` is a
 * package like any other. Undefined when it has no name.
 *
 * @param offset where `text` starts in its file
 */
export function parseCondaSpec(text: string, offset: number): Requirement | undefined {
  const match = SPEC.exec(text.trimEnd());
  const [nameStart, nameEnd] = match?.indices?.[1] ?? [0, 0];
  const restStart = match?.indices?.[2]?.[0] ?? 0;
  if (match === null) return undefined;
  const name = match[1]!;
  const rest = match[2]!;
  const bracket = BRACKET.exec(rest);
  const version =
    bracket === null ? rest.replace(/\[.*$/s, '') : (/version\s*=\s*["']?([^"'\]]+)/.exec(bracket[1]!)?.[1] ?? '');
  const specifier = fromConda(version);
  const end = offset + text.trimEnd().length;
  const base = blankRequirement('conda', { start: offset + text.length - text.trimStart().length, end });
  return {
    ...base,
    name: normalizeName(name),
    nameRange: { start: offset + nameStart, end: offset + nameEnd },
    specifier,
    specifierRange:
      specifier === '' ? { start: offset + nameEnd, end: offset + nameEnd } : { start: offset + restStart, end },
    exact: exactOf(clausesOf(specifier)),
  };
}
