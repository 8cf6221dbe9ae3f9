import { languageOf } from '../../base/language.js';
import { LineIndex } from '../../base/line-index.js';
import { VERSION } from '../../base/version.js';
import type { CheckProblem, Finding, Fix } from '../../engine/finding.js';
import { NotebookLayout } from '../../engine/notebook-layout.js';
import type { RuleSet } from '../../engine/rule-set.js';
import type { ReportError, ReportedFinding, ReportedFix, RunReport, SkippedFile } from '../../report/run-report.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { CheckSession } from './session.js';
import type { CheckedFile } from './share.js';

/** Makes the report of a finished run. Paths are relative to the root. */
export function assembleReport(
  session: CheckSession,
  workspace: Workspace,
  rules: RuleSet,
  skipped: readonly SkippedFile[],
  errors: readonly ReportError[],
): RunReport {
  const files = [...session.checked.values()].sort((a, b) => order(a.path, b.path));
  const placer = new FixPlacer(workspace);
  const findings = files.flatMap((file) => session.findings(file).map((finding) => placer.reported(finding)));
  const unreadable = [...session.unreadable].map(([path, { skipped: reason }]) => ({ path, reason }));
  return {
    version: VERSION,
    rules,
    findings,
    suppressed: files.flatMap((file) => file.result.suppressed),
    files: { checked: files.length, skipped: [...skipped, ...unreadable].sort((a, b) => order(a.path, b.path)) },
    errors: [...errors, ...files.flatMap((file) => [...encodingNote(file), ...file.result.problems.map(reportError)])],
  };
}

function encodingNote({ path, latin1 }: CheckedFile): ReportError[] {
  return latin1 ? [{ kind: 'encoding', message: 'Not UTF-8; read as Latin-1', path }] : [];
}

export function reportError({ kind, message, place, ruleId }: CheckProblem): ReportError {
  return { kind, message, path: place.path, place, ...(ruleId === undefined ? {} : { ruleId }) };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Turns edits into positions of the files as they are now; notebooks into those of their JSON. */
class FixPlacer {
  readonly #workspace: Workspace;
  readonly #lines = new Map<string, LineIndex>();
  readonly #layouts = new Map<string, NotebookLayout>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  reported(finding: Finding): ReportedFinding {
    return { finding, fixes: finding.fixes.flatMap((fix) => this.#fix(fix) ?? []) };
  }

  #fix({ title, safety, files, confidential }: Fix): ReportedFix | undefined {
    if (safety === 'placeholder') return undefined;
    if (confidential) return { title, safety, edits: [] };
    const edits = files.flatMap(({ path, edits: list }) => {
      const text = this.#workspace.currentText(path) ?? '';
      const raw = languageOf(path) === 'notebook' ? this.#layoutOf(path, text).rawEdits(list) : list;
      const lines = this.#linesOf(path, text);
      return raw.map(({ range, newText }) => ({
        path,
        start: lines.position(range.start),
        end: lines.position(range.end),
        newText,
      }));
    });
    return { title, safety, edits };
  }

  #layoutOf(path: string, text: string): NotebookLayout {
    let layout = this.#layouts.get(path);
    if (layout === undefined) {
      layout = new NotebookLayout({ path, language: 'notebook', text, cells: undefined });
      this.#layouts.set(path, layout);
    }
    return layout;
  }

  #linesOf(path: string, text: string): LineIndex {
    let lines = this.#lines.get(path);
    if (lines === undefined) {
      lines = new LineIndex(text);
      this.#lines.set(path, lines);
    }
    return lines;
  }
}

/** The report with every path rewritten, e.g. relative to another folder. */
export function withPaths(report: RunReport, rewrite: (path: string) => string): RunReport {
  const at = <T extends { readonly path: string }>(item: T): T => ({ ...item, path: rewrite(item.path) });
  return {
    ...report,
    findings: report.findings.map(({ finding, fixes }) => ({
      finding: relocated(finding, at),
      fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits.map(at) })),
    })),
    suppressed: report.suppressed.map((finding) => relocated(finding, at)),
    files: { ...report.files, skipped: report.files.skipped.map(at) },
    errors: report.errors.map((error) => ({
      ...at(error),
      ...(error.place === undefined ? {} : { place: at(error.place) }),
    })),
  };
}

function relocated(finding: Finding, at: <T extends { readonly path: string }>(item: T) => T): Finding {
  const related = finding.related.map((one) => ({ ...one, place: at(one.place) }));
  return { ...finding, place: at(finding.place), related };
}
