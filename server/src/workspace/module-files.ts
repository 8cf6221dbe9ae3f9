import { folderOf, foldersUp, join } from './paths.js';

/**
 * File of a module of the workspace: `from <dots><module> import …` written in `path`. Absolute modules are looked for
 * beside the file, in every folder around it and in the `src/` of each. Undefined for libraries and namespace packages.
 *
 * @param level number of leading dots
 */
export function moduleFile(
  path: string,
  level: number,
  module: string,
  isFile: (path: string) => boolean,
): string | undefined {
  const segments = module === '' ? [] : module.split('.');
  if (level > 0) {
    const base = foldersUp(folderOf(path))[level - 1];
    return base === undefined ? undefined : fileBelow(base, segments, isFile);
  }
  if (segments.length === 0) return undefined;
  for (const folder of foldersUp(folderOf(path))) {
    const found = fileBelow(folder, segments, isFile) ?? fileBelow(join(folder, 'src'), segments, isFile);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fileBelow(folder: string, segments: readonly string[], isFile: (path: string) => boolean): string | undefined {
  const base = segments.reduce(join, folder);
  const candidates = segments.length === 0 ? [] : [`${base}.py`];
  return [join(base, '__init__.py'), ...candidates].find(isFile);
}
