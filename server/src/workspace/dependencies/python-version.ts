import { at, type ConfigEntry, text } from '../../facts/config/entry.js';
import { fromPlain, fromPoetry } from '../../facts/requirements/specifier.js';
import { type Declaration, firmnessOf, versionLike } from './declaration.js';

/** Keys that name the versions of Python a project runs on, with the reader of their syntax. */
const KEYS: readonly { readonly path: readonly string[]; readonly read: (value: string) => string }[] = [
  { path: ['project', 'requires-python'], read: fromPlain },
  { path: ['tool', 'poetry', 'dependencies', 'python'], read: fromPoetry },
  { path: ['options', 'python_requires'], read: fromPlain },
  { path: ['requires', 'python_full_version'], read: (value) => `==${value}` },
  { path: ['requires', 'python_version'], read: (value) => `==${value}.*` },
];

/** Versions of Python in pyproject.toml, setup.cfg and Pipfile. */
export function pythonOfConfig(root: ConfigEntry, path: string): Declaration[] {
  return KEYS.flatMap(({ path: keys, read }) => {
    const entry = at(root, ...keys);
    const value = text(entry);
    if (entry === undefined || value === undefined) return [];
    const specifier = read(value);
    const exact = /^===?([\w.!+]+)$/.exec(specifier)?.[1];
    const firmness = firmnessOf(exact, specifier, false);
    return [{ library: 'python', firmness, exact, specifier, path, range: entry.valueRange }];
  });
}

/** First version of a `.python-version` file (pyenv, uv). */
export function pythonOfVersionFile(content: string, path: string): Declaration[] {
  const match = /^[ \t]*(?:cpython-)?(\d+(?:\.\d+){1,2})[ \t]*$/m.exec(content);
  if (match === null) return [];
  const start = match.index + match[0].indexOf(match[1]!);
  return [versionLike('python', match[1]!, path, { start, end: start + match[1]!.length })];
}
