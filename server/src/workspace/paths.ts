/** Folder of a workspace-relative path; the folder of a top-level file is ``. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Last segment of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins a folder (`` is the root) and a name or relative path without `.` or `..` segments. */
export function join(folder: string, name: string): string {
  if (folder === '') return name;
  return name === '' ? folder : `${folder}/${name}`;
}

/** The folder itself and every folder around it, nearest first; the last one is the root ``. */
export function foldersUp(folder: string): readonly string[] {
  const result = [folder];
  for (let current = folder; current !== ''; ) {
    current = folderOf(current);
    result.push(current);
  }
  return result;
}

/** True for the folder itself and everything below it. */
export function isInside(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** Part of a path below a folder that holds it. */
export function below(path: string, folder: string): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}

/**
 * Resolves a relative path with `.` and `..` against a workspace folder. Undefined when it leaves the workspace or is
 * absolute.
 */
export function resolveFrom(folder: string, relative: string): string | undefined {
  const normal = relative.replace(/\\/g, '/');
  if (normal.startsWith('/') || /^[A-Za-z]:/.test(normal)) return undefined;
  const segments = folder === '' ? [] : folder.split('/');
  for (const segment of normal.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join('/');
}
