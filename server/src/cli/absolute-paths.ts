/** Absolute path of a path that may be relative to a folder; `.` and `..` are resolved. All with `/`. */
export function absolute(folder: string, path: string): string {
  const full = /^(?:\/|[A-Za-z]:)/.test(path) ? path : `${folder}/${path}`;
  const drive = /^[A-Za-z]:/.exec(full)?.[0] ?? '';
  const segments: string[] = [];
  for (const segment of full.slice(drive.length).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `${drive}/${segments.join('/')}`;
}

/** Absolute path of something below an absolute folder. */
export function under(folder: string, path: string): string {
  if (path === '') return folder;
  return folder.endsWith('/') ? folder + path : `${folder}/${path}`;
}

/** Relative path from one absolute folder to an absolute path, with `..` where needed; `` for the folder itself. */
export function relative(folder: string, path: string): string {
  const from = segmentsOf(folder);
  const to = segmentsOf(path);
  const shared = sharedLength(from, to);
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}

/** True for the folder itself and everything below it. */
export function holds(folder: string, path: string): boolean {
  const from = segmentsOf(folder);
  return sharedLength(from, segmentsOf(path)) === from.length;
}

/** The nearest folder that holds all the given absolute folders. */
export function commonFolder(folders: readonly string[]): string {
  const [first, ...rest] = folders.map(segmentsOf);
  if (first === undefined) return '/';
  const length = rest.reduce((shortest, other) => Math.min(shortest, sharedLength(first, other)), first.length);
  return joined(first.slice(0, length));
}

/** The folder around an absolute path; the root is around itself. */
export function parentOf(path: string): string {
  return joined(segmentsOf(path).slice(0, -1));
}

/** A drive letter is a segment of its own. */
function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function joined(segments: readonly string[]): string {
  const drive = /^[A-Za-z]:$/.test(segments[0] ?? '');
  return drive ? `${segments[0]}/${segments.slice(1).join('/')}` : `/${segments.join('/')}`;
}

function sharedLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
