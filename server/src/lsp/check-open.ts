import { languageOf } from '../base/language.js';
import { LineIndex } from '../base/line-index.js';
import type { CheckResult } from '../engine/finding.js';
import { NOT_READ } from '../workspace/file-list.js';
import type { SourceDocument } from '../workspace/source-document.js';
import type { Checked, Part } from './checked.js';
import { showConfigProblems } from './config-problems.js';
import { diagnosticsOf } from './diagnostics.js';
import type { Folder } from './folder.js';
import { describe } from './guarded.js';
import { languageOfOpen, type OpenDocument, sourceOfOpen } from './open-source.js';
import type { Session, Task } from './session.js';

/** A check that takes longer than this in an editor shows what it has by then. */
const BUDGET_MS = 2_000;

const NOTHING: CheckResult = { findings: [], suppressed: [], problems: [] };

/**
 * Runs the check on a source with the folder's configuration, and says in the log what went wrong in it, once.
 * `proof`: the source is what an edit would make of a document; it is read whole and its ignores are obeyed.
 */
export function runCheck(session: Session, folder: Folder, source: SourceDocument, proof = false): CheckResult {
  const { options } = session;
  try {
    const result = options.check(source, options.rules, {
      config: folder.workspace.configFor(source.path).config,
      workspace: folder.workspace,
      today: options.today(),
      now: options.now,
      budgetMs: BUDGET_MS,
      obeyIgnores: session.trusted || proof,
      useTriggerWords: !proof,
    });
    for (const problem of result.problems) {
      if (problem.kind !== 'syntax') logOnce(session, `${problem.place.path}: ${problem.message}`);
    }
    return result;
  } catch (error) {
    logOnce(session, `check of ${source.path}: ${describe(error)}`);
    return NOTHING;
  }
}

function logOnce(session: Session, message: string): void {
  if (session.logged.has(message) || session.logged.size > 1_000) return;
  session.logged.add(message);
  session.log.error(message);
}

function partsOf(open: OpenDocument): Part[] {
  if (open.kind === 'text') {
    return [{ uri: open.uri, version: open.version, text: open.text, lines: open.lines, cell: undefined }];
  }
  return open.cells.map(({ document }, cell) => {
    const { uri, version, text, lines } = document;
    return { uri, version, text, lines, cell };
  });
}

/** Why an open document is not checked; undefined when it is. */
export function whySkipped(folder: Folder, open: OpenDocument, path: string): string | undefined {
  const language = languageOfOpen(open, path);
  if (language === undefined) return NOT_READ;
  const limit = folder.workspace.configFor(path).config.maxSizeKB;
  if (open.kind === 'text' && language !== 'notebook' && open.text.length > limit * 1024)
    return `larger than ${limit} KB`;
  if (folder.uri === undefined || languageOf(path) === undefined) return undefined;
  return folder.workspace.whySkipped(path);
}

/** Tells the folder's model the text of an open document; others are checked again when that may change their results. */
export function overlay(session: Session, open: OpenDocument): void {
  const folder = session.folders.of(open.uri);
  if (folder.uri === undefined || open.kind !== 'text') return;
  if (session.overlaid.get(open.uri) === open.revision) return;
  session.overlaid.set(open.uri, open.revision);
  if (folder.workspace.overlay(folder.pathOf(open.uri), open.text)) recheckOpen(session, folder, open.uri);
}

/** Checks again what is open in a folder, except where checks run on demand only. */
export function recheckOpen(session: Session, folder: Folder, except?: string): void {
  for (const { uri } of session.open.values()) {
    if (uri === except || session.folders.of(uri) !== folder || folder.settings.run === 'manual') continue;
    session.queue.add(uri);
  }
}

/** Checks an open document at its newest state and keeps the result. */
export function checkOpen(session: Session, open: OpenDocument): Checked {
  const folder = session.folders.of(open.uri);
  const path = folder.pathOf(open.uri);
  overlay(session, open);
  const language = languageOfOpen(open, path);
  const skipped = folder.settings.enable ? whySkipped(folder, open, path) : 'switched off';
  const started = session.options.now();
  const source = sourceOfOpen(open, path, language ?? 'python');
  const checked: Checked = {
    uri: open.uri,
    path,
    folder,
    source,
    config: folder.workspace.configFor(path).config,
    result: skipped === undefined ? runCheck(session, folder, source) : NOTHING,
    parts: partsOf(open),
    revision: open.revision,
    ms: session.options.now() - started,
  };
  session.checked.set(open.uri, checked);
  if (!folder.settings.enable) session.status.disabled(open.uri);
  else if (skipped !== undefined) session.status.skipped(open.uri, skipped);
  else session.status.checked(checked);
  return checked;
}

/** Shows a result, and nothing the client has already. */
export function show(session: Session, checked: Checked): void {
  for (const [uri, diagnostics] of diagnosticsOf(checked, session.abilities)) {
    const version = checked.parts.find((part) => part.uri === uri)?.version ?? undefined;
    session.publisher.set(uri, version, diagnostics);
  }
}

/** Checks a file that is not open and shows the result; a file that is gone or left out shows nothing. */
export function checkOnDisk(session: Session, folder: Folder, path: string): number | undefined {
  const uri = folder.addressOf(path);
  if (uri === undefined || !session.folders.has(folder)) return undefined;
  const skipped = folder.settings.enable ? folder.workspace.whySkipped(path) : 'switched off';
  const source = skipped === undefined ? folder.workspace.source(path) : { skipped };
  if ('skipped' in source) {
    folder.shown.delete(path);
    session.publisher.clear(uri);
    return undefined;
  }
  const text = source.text ?? '';
  const checked: Checked = {
    uri,
    path,
    folder,
    source,
    config: folder.workspace.configFor(path).config,
    result: runCheck(session, folder, source),
    parts: [{ uri, version: null, text, lines: new LineIndex(text), cell: undefined }],
    revision: undefined,
    ms: 0,
  };
  show(session, checked);
  folder.shown.set(path, checked.result.findings.length);
  return checked.result.findings.length;
}

/** Work of the check queue. */
export function runTask(session: Session, task: Task): void {
  try {
    if (typeof task !== 'string') {
      if (session.openAt(task.folder, task.path) === undefined) checkOnDisk(session, task.folder, task.path);
      return;
    }
    const open = session.open.get(task);
    if (open !== undefined) show(session, checkOpen(session, open));
  } catch (error) {
    session.log.error(`check: ${describe(error)}`);
  }
}

/** What is left to do once the queue has run empty. */
export function afterTasks(session: Session, all = false): void {
  try {
    showConfigProblems(session, all);
  } catch (error) {
    session.log.error(`configuration problems: ${describe(error)}`);
  }
}
