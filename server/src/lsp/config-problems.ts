import type { Diagnostic } from 'vscode-languageserver';
import { problemDiagnostic } from './diagnostics.js';
import type { Folder } from './folder.js';
import type { Session } from './session.js';

/**
 * Problems of the configuration files that open documents of a folder are checked with, by file; also of those that had
 * problems before, so that they are cleared when they are repaired.
 */
function problemsOf(session: Session, folder: Folder, more: Iterable<string>): Map<string, Diagnostic[]> {
  const byPath = new Map<string, Map<string, Diagnostic>>();
  const paths = ['tidegate.yaml', ...folder.flawed, ...more];
  for (const { uri } of session.open.values()) if (session.folders.of(uri) === folder) paths.push(folder.pathOf(uri));
  for (const path of paths) {
    for (const problem of folder.workspace.configFor(path).problems) {
      const list = byPath.get(problem.place.path) ?? new Map<string, Diagnostic>();
      const diagnostic = problemDiagnostic(problem, false);
      list.set(JSON.stringify(diagnostic), diagnostic);
      byPath.set(problem.place.path, list);
    }
  }
  return new Map([...byPath].map(([path, list]) => [path, [...list.values()]]));
}

/** Shows what is wrong with configuration files in those files, open or not. `all`: with those of all files checked. */
export function showConfigProblems(session: Session, all: boolean): void {
  for (const folder of session.folders.all) {
    const problems = problemsOf(session, folder, all ? folder.shown.keys() : []);
    for (const path of new Set([...folder.flawed, ...problems.keys()])) {
      const uri = session.openAt(folder, path)?.uri ?? folder.addressOf(path);
      if (uri !== undefined) session.publisher.set(uri, undefined, problems.get(path) ?? [], 'config');
    }
    folder.flawed.clear();
    for (const path of problems.keys()) folder.flawed.add(path);
  }
}
