import type { ReportError } from '../../report/run-report.js';
import { under } from '../absolute-paths.js';
import type { CliHost } from '../host.js';

export type Changes = ReadonlyMap<string, { readonly before: string; readonly after: string }>;

/**
 * Writes changed files back in the encoding they had. A file that is not as it was read, or whose new text its encoding
 * cannot hold, is left alone and reported.
 *
 * @param root absolute; paths of changes are relative to it
 */
export function writeChanges(
  host: CliHost,
  root: string,
  changes: Changes,
): { written: string[]; errors: ReportError[] } {
  const files = host.files(root);
  const written: string[] = [];
  const errors: ReportError[] = [];
  for (const [path, { before, after }] of changes) {
    if (before === after) continue;
    const current = files.read(path);
    const problem =
      'unreadable' in current || current.text !== before
        ? 'changed on disk while it was being fixed'
        : current.encoding === 'latin-1' && /[^\0-\xff]/.test(after)
          ? 'is Latin-1, which cannot hold the text of the fix'
          : host.write(under(root, path), { ...current, text: after });
    if (problem === undefined) written.push(path);
    else errors.push({ kind: 'file', message: `The fixes are not written: ${problem}`, path });
  }
  return { written, errors };
}
