import type { ChangeAnnotation, TextEdit as LspTextEdit, SnippetTextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { languageOf } from '../base/language.js';
import { LineIndex } from '../base/line-index.js';
import type { TextEdit } from '../base/range.js';
import { NotebookLayout } from '../engine/notebook-layout.js';
import type { Abilities } from './abilities.js';
import type { Checked, Part } from './checked.js';
import { toLspEdits } from './convert.js';
import type { Session } from './session.js';
import { toSnippetEdits } from './snippet-edits.js';

/** Edits of one document of the client. */
export interface DocumentEdit {
  readonly uri: string;
  /** Null: not open. */
  readonly version: number | null;
  /** The document does not exist yet: the client makes it first. */
  readonly isNew?: true;
  readonly edits: readonly (LspTextEdit | SnippetTextEdit)[];
}

/** Without placeholders, as every client takes them. */
export interface PlainDocumentEdit extends DocumentEdit {
  readonly edits: readonly LspTextEdit[];
}

function isPlain(edit: LspTextEdit | SnippetTextEdit): edit is LspTextEdit {
  return 'newText' in edit;
}

function hasPlaceholders(edits: readonly TextEdit[]): boolean {
  return edits.some(({ placeholders }) => placeholders !== undefined);
}

/** Edits of one part of the checked document; undefined where the client could not lead through their placeholders. */
function partEdits({ uri, version, text, lines }: Part, edits: readonly TextEdit[]): DocumentEdit | undefined {
  const made = hasPlaceholders(edits) ? toSnippetEdits(edits, text, lines) : toLspEdits(edits, lines);
  return made === undefined ? undefined : { uri, version, edits: made };
}

/** Edits of the checked document itself: of its text, or of the cells of its notebook. Undefined when one cannot be made. */
function ownEdits(checked: Checked, edits: readonly TextEdit[]): DocumentEdit[] | undefined {
  const { source, parts } = checked;
  const whole = parts.find((part) => part.cell === undefined);
  const made: (DocumentEdit | undefined)[] = [];
  if (source.language !== 'notebook') {
    if (whole !== undefined) made.push(partEdits(whole, edits));
  } else if (whole !== undefined) {
    // In the JSON of a notebook what is typed would need escapes.
    if (hasPlaceholders(edits)) return undefined;
    made.push(partEdits(whole, new NotebookLayout(source).rawEdits(edits)));
  } else {
    for (const { cell, edits: inCell } of new NotebookLayout(source).cellEdits(edits)) {
      const part = parts.find((p) => p.cell === cell);
      if (part !== undefined) made.push(partEdits(part, inCell));
    }
  }
  return made.every((edit) => edit !== undefined) ? made : undefined;
}

/** Edits of another file of the folder, which may have to be made; undefined when its text is not to be had. */
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
  if (uri === undefined || languageOf(path) === 'notebook') return undefined;
  if (!folder.workspace.has(path)) {
    if (!session.abilities.createFiles) return undefined;
    return { uri, version: null, isNew: true, edits: toLspEdits(edits, new LineIndex('')) };
  }
  const text = folder.workspace.currentText(path);
  return text === undefined ? undefined : { uri, version: null, edits: toLspEdits(edits, new LineIndex(text)) };
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
      const own = ownEdits(checked, edits);
      if (own === undefined) return undefined;
      result.push(...own);
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
    // Edits with placeholders are only made for clients that take them, and with them document changes.
    return { changes: Object.fromEntries(edits.map((edit) => [edit.uri, edit.edits.filter(isPlain)])) };
  }
  const annotated = annotation !== undefined && abilities.changeAnnotations;
  const mark = annotated ? { annotationId: 'review' } : {};
  return {
    documentChanges: edits.flatMap(({ uri, version, isNew, edits: list }) => [
      // A file that somebody made meanwhile is kept.
      ...(isNew ? [{ kind: 'create' as const, uri, options: { ignoreIfExists: true }, ...mark }] : []),
      { textDocument: { uri, version }, edits: list.map((edit) => ({ ...edit, ...mark })) },
    ]),
    ...(annotated ? { changeAnnotations: { review: annotation } } : {}),
  };
}
