import { at, type ConfigEntry, child, items, text } from '../config/entry.js';
import { innerRange, requirementsOfTable } from './declared.js';
import { blankRequirement, normalizeName } from './parse.js';
import type { Requirement } from './requirement.js';
import { fromPlain } from './specifier.js';

/** Packages of uv.lock, poetry.lock, pdm.lock and pylock.toml, which all have `[[package]]` tables. */
export function lockedPackages(root: ConfigEntry): Requirement[] {
  return items(child(root, 'package') ?? child(root, 'packages')).flatMap((entry) => {
    const name = child(entry, 'name');
    const label = text(name);
    return name === undefined || label === undefined ? [] : [locked(entry, name, label)];
  });
}

function locked(entry: ConfigEntry, name: ConfigEntry, label: string): Requirement {
  const version = child(entry, 'version');
  const exact = text(version);
  const source = child(entry, 'source');
  const git = gitOf(entry, source);
  const url = text(child(source, 'url')) ?? text(child(entry, 'url'));
  const path =
    text(child(source, 'path')) ??
    text(child(source, 'editable')) ??
    text(child(source, 'virtual')) ??
    text(child(entry, 'path'));
  const kind =
    git !== undefined
      ? 'vcs'
      : url !== undefined && text(child(source, 'type')) !== 'legacy'
        ? 'url'
        : path !== undefined
          ? 'path'
          : 'named';
  return {
    ...blankRequirement('lock', entry.range),
    kind,
    name: normalizeName(label),
    nameRange: innerRange(name),
    specifier: exact === undefined ? '' : `==${exact}`,
    specifierRange: version === undefined ? { start: entry.range.end, end: entry.range.end } : innerRange(version),
    exact,
    url: kind === 'named' ? undefined : (git?.url ?? url ?? path),
    revision: git?.revision,
    hashes: hashesOf(entry),
    editable: child(source, 'editable') !== undefined || child(entry, 'editable')?.value === true,
  };
}

function gitOf(
  entry: ConfigEntry,
  source: ConfigEntry | undefined,
): { url: string; revision: string | undefined } | undefined {
  if (text(child(source, 'type')) === 'git') {
    const revision = text(child(source, 'resolved_reference')) ?? text(child(source, 'reference'));
    return { url: text(child(source, 'url')) ?? '', revision };
  }
  const pdm = text(child(entry, 'git'));
  if (pdm !== undefined) return { url: pdm, revision: text(child(entry, 'revision')) ?? text(child(entry, 'ref')) };
  const uv = text(child(source, 'git'));
  if (uv === undefined) return undefined;
  const hash = uv.lastIndexOf('#');
  return { url: hash < 0 ? uv : uv.slice(0, hash), revision: hash < 0 ? undefined : uv.slice(hash + 1) };
}

function hashesOf(entry: ConfigEntry): string[] {
  return [...items(child(entry, 'wheels')), ...items(child(entry, 'files')), child(entry, 'sdist')].flatMap(
    (file) => text(child(file, 'hash')) ?? [],
  );
}

/** Packages of a Pipfile or a Pipfile.lock. */
export function pipfileRequirements(root: ConfigEntry, lock: boolean): Requirement[] {
  return (lock ? ['default', 'develop'] : ['packages', 'dev-packages']).flatMap((key) =>
    requirementsOfTable(at(root, key), lock ? 'lock' : 'pipfile', fromPlain),
  );
}
