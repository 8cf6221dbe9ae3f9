/** Folders of a path, outermost first. */
function foldersOf(path: string): readonly string[] {
  return path.split('/').slice(0, -1);
}

/** How many folders two files share, counted from the root. */
function shared(one: readonly string[], other: readonly string[]): number {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count++;
  return count;
}

/**
 * Of several candidates in a workspace those that share most folders with a file: a repository may hold the same project twice, in
 * two versions or for two customers. O(candidates).
 */
export function nearest<T extends { readonly path: string }>(path: string, candidates: readonly T[]): readonly T[] {
  const own = foldersOf(path);
  const counts = candidates.map((candidate) => shared(own, foldersOf(candidate.path)));
  const most = Math.max(...counts);
  return candidates.filter((_, i) => counts[i] === most);
}
