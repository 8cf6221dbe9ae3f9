import type { ChangeAnnotation, TextEdit as LspTextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { LineIndex } from '../base/line-index.js';
import type { TextEdit } from '../base/range.js';
import { NotebookLayout } from '../engine/notebook-layout.js';
import type { Abilities } from './abilities.js';
import type { Checked } from './checked.js';
import { toLspEdits } from './convert.js';
import type { Session } from './session.js';

/** Edits of one document of the client. */
export interface DocumentEdit {
  readonly uri: string;
  /** Null: not open. */
  readonly version: number | null;
  readonly edits: readonly LspTextEdit[];
}

/** Edits of the checked document itself: of its text, or of the cells of its notebook. */
function ownEdits(checked: Checked, edits: readonly TextEdit[]): DocumentEdit[] {
  const { source, parts } = checked;
  const whole = parts.find((part) => part.cell === undefined);
  if (whole !== undefined) {
    const raw = source.language === 'notebook' ? new NotebookLayout(source).rawEdits(edits) : edits;
    return [{ uri: whole.uri, version: whole.version, edits: toLspEdits(raw, whole.lines) }];
  }
  if (source.language !== 'notebook') return [];
  return new NotebookLayout(source).cellEdits(edits).flatMap(({ cell, edits: inCell }) => {
    const part = parts.find((p) => p.cell === cell);
    return part === undefined ? [] : [{ uri: part.uri, version: part.version, edits: toLspEdits(inCell, part.lines) }];
  });
}

/** Edits of another file of the folder; undefined when its text is not to be had. */
function otherEdits(
  session: Session,
  checked: Checked,
  path: string,
  edits: readonly TextEdit[],
): DocumentEdit | undefined {
  const { folder } = checked;
  const open = session.openAt(folder, path);
  if (open?.kind === 'notebook') return undefined;
  if (open !== undefined) return { uri: open.uri, version: open.version, edits: toLspEdits(edits, open.lines) };
  const uri = folder.addressOf(path);
  const source = uri === undefined ? undefined : folder.workspace.source(path);
  if (uri === undefined || source === undefined || 'skipped' in source || source.language === 'notebook')
    return undefined;
  return { uri, version: null, edits: toLspEdits(edits, new LineIndex(source.text)) };
}

/** Turns edits by path into edits of the client's documents; undefined when one of the files cannot be edited. */
export function documentEdits(
  session: Session,
  checked: Checked,
  files: Iterable<readonly [path: string, edits: readonly TextEdit[]]>,
): DocumentEdit[] | undefined {
  const result: DocumentEdit[] = [];
  for (const [path, edits] of files) {
    if (path === checked.path) {
      result.push(...ownEdits(checked, edits));
      continue;
    }
    const other = otherEdits(session, checked, path, edits);
    if (other === undefined) return undefined;
    result.push(other);
  }
  return result.some(({ edits }) => edits.length > 0) ? result : undefined;
}

/**
 * A workspace edit in the form the client takes: bound to document versions where it can, plain otherwise. An annotation
 * makes clients that can ask the user before they apply the edit.
 */
export function workspaceEdit(
  edits: readonly DocumentEdit[],
  abilities: Abilities,
  annotation?: ChangeAnnotation,
): WorkspaceEdit {
  if (!abilities.documentChanges) {
    return { changes: Object.fromEntries(edits.map((edit) => [edit.uri, [...edit.edits]])) };
  }
  const annotated = annotation !== undefined && abilities.changeAnnotations;
  return {
    documentChanges: edits.map(({ uri, version, edits: list }) => ({
      textDocument: { uri, version },
      edits: annotated ? list.map((edit) => ({ ...edit, annotationId: 'review' })) : [...list],
    })),
    ...(annotated ? { changeAnnotations: { review: annotation } } : {}),
  };
}
