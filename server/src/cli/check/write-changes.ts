import type { ReportError } from '../../report/run-report.js';
import type { FileText } from '../../workspace/file-system.js';
import { under } from '../absolute-paths.js';
import type { CliHost, Encoded } from '../host.js';

/** Raw texts of a file; one without a text before is new. */
interface Change {
  readonly before: string | undefined;
  readonly after: string;
}

/** By path. */
export type Changes = ReadonlyMap<string, Change>;

const NEW_FILE: Encoded = { text: '', encoding: 'utf-8', bom: false };

/**
 * Writes changed files back in the encoding they had, new ones as UTF-8. A file that is not as it was read, or whose new text
 * its encoding cannot hold, is left alone and reported, and with it every file that shares a fix with it.
 *
 * @param root absolute; paths of changes are relative to it
 * @param together files of which all or none are written: half a fix may lose what it moves
 */
export function writeChanges(
  host: CliHost,
  root: string,
  changes: Changes,
  together: readonly (readonly string[])[],
): { written: string[]; errors: ReportError[] } {
  const files = host.files(root);
  const written: string[] = [];
  const ready = new Map<string, Encoded>();
  const problems = new Map<string, string>();
  for (const [path, change] of changes) {
    if (change.before === change.after) continue;
    const content = contentAfter(files.read(path), change);
    if (typeof content === 'string') problems.set(path, content);
    else ready.set(path, content);
  }
  holdBack(problems, ready, together);
  for (const [path, content] of [...ready]) {
    if (problems.has(path)) continue;
    ready.delete(path);
    const problem = host.write(under(root, path), content);
    if (problem === undefined) written.push(path);
    else {
      problems.set(path, problem);
      holdBack(problems, ready, together);
    }
  }
  const errors = [...problems].map(
    ([path, problem]): ReportError => ({ kind: 'file', message: `The fixes are not written: ${problem}`, path }),
  );
  return { written, errors };
}

/** What to write for a change of a file that reads like this now, or in words why not. */
function contentAfter(read: FileText, { before, after }: Change): Encoded | string {
  const current = before === undefined && 'unreadable' in read && read.unreadable === 'missing' ? NEW_FILE : read;
  if ('unreadable' in current || current.text !== (before ?? '')) return 'changed on disk while it was being fixed';
  if (current.encoding === 'latin-1' && /[^\0-\xff]/.test(after))
    return 'is Latin-1, which cannot hold the text of the fix';
  return { ...current, text: after };
}

/** Gives every file that shares a fix with one that cannot be written, and is not written yet, a problem of its own. */
function holdBack(
  problems: Map<string, string>,
  ready: ReadonlyMap<string, Encoded>,
  together: readonly (readonly string[])[],
): void {
  for (let known = -1; known < problems.size; ) {
    known = problems.size;
    for (const paths of together) {
      const failed = paths.find((path) => problems.has(path));
      if (failed === undefined) continue;
      for (const path of paths)
        if (ready.has(path) && !problems.has(path)) problems.set(path, `a fix needs ${failed} as well`);
    }
  }
}
