import { languageOf } from '../../base/language.js';
import type { TextEdit } from '../../base/range.js';
import { applyEdits, chooseFixes } from '../../engine/apply-fixes.js';
import type { CompleteSafety, Finding, Fix } from '../../engine/finding.js';
import { keepsTheRest } from '../../engine/kept-config.js';
import { NotebookLayout } from '../../engine/notebook-layout.js';
import type { ReportError } from '../../report/run-report.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { CheckSession } from './session.js';
import type { CheckedFile } from './share.js';
import type { Changes } from './write-changes.js';

/** What the fixes make of the files; nothing is written yet. */
export interface FixOutcome {
  /** Number of findings whose fix was applied. */
  readonly fixed: number;
  readonly changes: Changes;
  /** Files that one fix changes: all of them or none are written. */
  readonly together: readonly (readonly string[])[];
  readonly errors: readonly ReportError[];
  readonly interrupted: boolean;
}

const MAX_PASSES = 10;

/**
 * Applies fixes until nothing changes, at most ten times over. Changed texts are laid over the workspace, so that later
 * checks see them. Where only the checked file can be written, fixes that need others are left out. Fixes that would add
 * syntax errors to a file are taken back and reported.
 */
export async function fixAll(
  session: CheckSession,
  workspace: Workspace,
  files: readonly string[],
  safety: CompleteSafety,
  writes: 'all files' | 'the checked one',
): Promise<FixOutcome> {
  const loop = new FixLoop(session, workspace, safety, writes);
  let pending: readonly string[] = files;
  let finished = true;
  for (let pass = 0; pass < MAX_PASSES && finished; pass++) {
    finished = pass === 0 || (await session.checkAll(pending));
    const affected = finished ? loop.pass(pending, files) : [];
    if (affected.length === 0) break;
    pending = affected;
    if (pass === MAX_PASSES - 1) finished = await session.checkAll(pending);
  }
  return {
    fixed: loop.fixed,
    changes: loop.changes,
    together: loop.together,
    errors: loop.errors,
    interrupted: !finished,
  };
}

class FixLoop {
  fixed = 0;
  readonly changes = new Map<string, { before: string | undefined; after: string }>();
  readonly together: (readonly string[])[] = [];
  readonly errors: ReportError[] = [];
  readonly #session: CheckSession;
  readonly #workspace: Workspace;
  readonly #safety: CompleteSafety;
  readonly #alone: boolean;
  /** Files whose fixes broke their syntax: they are left alone. */
  readonly #refused = new Set<string>();

  constructor(
    session: CheckSession,
    workspace: Workspace,
    safety: CompleteSafety,
    writes: 'all files' | 'the checked one',
  ) {
    this.#alone = writes === 'the checked one';
    this.#session = session;
    this.#workspace = workspace;
    this.#safety = safety;
  }

  /** Fixes each file once; answers with the files that have to be checked again. */
  pass(paths: readonly string[], all: readonly string[]): readonly string[] {
    const affected = new Set<string>();
    for (const path of paths) {
      if (this.#refused.has(path)) continue;
      const known = this.#session.checked.get(path);
      const stale = known !== undefined && this.#fixedPaths(known).some((other) => affected.has(other));
      const file = stale || affected.has(path) ? this.#session.check(path) : known;
      const touched = file === undefined ? undefined : this.#fix(file);
      for (const other of touched?.others === true ? all : (touched?.paths ?? [])) affected.add(other);
    }
    return all.filter((path) => affected.has(path));
  }

  /** Files that fixes of a file's findings would change: an earlier file of the pass may have moved their text. */
  #fixedPaths(file: CheckedFile): readonly string[] {
    return file.result.findings.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.files.map(({ path }) => path)));
  }

  /** Files that were changed, and whether answers about other files may be different now. */
  #fix(file: CheckedFile): { readonly paths: readonly string[]; readonly others: boolean } | undefined {
    const chosen = chooseFixes(this.#whole(file), this.#safety);
    const before = new Map<string, string | undefined>();
    for (const [path, edits] of chosen.files) {
      const raw = this.#workspace.currentText(path);
      if (raw === undefined && !this.#isNew(path, edits))
        return this.#refuse(file, 'file', `${path} cannot be read, but the fix changes it too`);
      if (this.#edited(path, raw ?? '', edits) !== raw) before.set(path, raw);
    }
    if (before.size === 0) return undefined;
    const errorsBefore = this.#syntaxErrors([...before.keys()]);
    let others = false;
    for (const [path, raw] of before)
      others = this.#workspace.overlay(path, this.#edited(path, raw ?? '', chosen.files.get(path)!)) || others;
    if (this.#syntaxErrors([...before.keys()]) > errorsBefore) {
      for (const [path, text] of before) this.#workspace.overlay(path, text);
      for (const path of before.keys()) if (this.#isDocument(path)) this.#session.probe(path);
      return this.#refuse(
        file,
        'syntax',
        'The fixes of this file are not applied because they would add syntax errors',
      );
    }
    this.#record(before);
    this.together.push(...chosen.together);
    this.fixed += chosen.findings.length;
    return { paths: [...before.keys()], others };
  }

  /** Findings of a file with those of their fixes that leave the rest of it as it is. */
  #whole(file: CheckedFile): readonly Finding[] {
    const document = this.#workspace.source(file.path);
    const findings = this.#session.findings(file);
    if ('skipped' in document) return findings;
    const keeps = (fix: Fix): boolean =>
      fix.files.every(({ path, edits }) => (path === file.path ? keepsTheRest(document, edits) : !this.#alone));
    return findings.map((finding) => ({ ...finding, fixes: finding.fixes.filter(keeps) }));
  }

  #record(before: ReadonlyMap<string, string | undefined>): void {
    for (const [path, text] of before) {
      const first = this.changes.get(path);
      const after = this.#workspace.currentText(path) ?? '';
      this.changes.set(path, { before: first === undefined ? text : first.before, after });
    }
  }

  /** True for edits that make a file, which then must not exist. */
  #isNew(path: string, edits: readonly TextEdit[]): boolean {
    return !this.#workspace.has(path) && edits.every(({ range }) => range.end === 0);
  }

  /** Whether a check reads the file; others, such as `.gitignore`, cannot have syntax errors. */
  #isDocument(path: string): boolean {
    return !('skipped' in this.#workspace.source(path));
  }

  /** Raw text after the edits. New lines end as the others of the file do. */
  #edited(path: string, text: string, edits: readonly TextEdit[]): string {
    if (languageOf(path) === 'notebook')
      return applyEdits(
        text,
        new NotebookLayout({ path, language: 'notebook', text, cells: undefined }).rawEdits(edits),
      );
    const ending = lineEnding(text);
    return applyEdits(
      text,
      edits.map((edit) => ({ ...edit, newText: edit.newText.replace(/\r\n|\n/g, ending) })),
    );
  }

  #syntaxErrors(paths: readonly string[]): number {
    let count = 0;
    for (const path of paths) {
      const problems = (this.#isDocument(path) ? this.#session.probe(path)?.result.problems : undefined) ?? [];
      count += problems.filter((problem) => problem.kind === 'syntax').length;
    }
    return count;
  }

  #refuse(file: CheckedFile, kind: ReportError['kind'], message: string): undefined {
    this.#refused.add(file.path);
    this.errors.push({ kind, message, path: file.path });
  }
}

/** The line ending that most lines of a text have. */
export function lineEnding(text: string): '\n' | '\r\n' {
  const all = text.split('\n').length - 1;
  const carriage = text.split('\r\n').length - 1;
  return carriage * 2 > all ? '\r\n' : '\n';
}
