import type { TextDocumentContentChangeEvent, TextDocumentItem } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineIndex } from '../base/line-index.js';

/** Lines that changed, inclusive, in the numbering after the change. */
export interface LineSpan {
  readonly from: number;
  readonly to: number;
}

function breaksIn(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

function spanOf(change: TextDocumentContentChangeEvent): LineSpan {
  if (!('range' in change)) return { from: 0, to: Number.POSITIVE_INFINITY };
  const { start, end } = change.range;
  const added = breaksIn(change.text);
  // When lines were added or removed, everything below moved.
  return { from: start.line, to: added === end.line - start.line ? end.line : Number.POSITIVE_INFINITY };
}

/** A text document, or the document of a notebook cell, as the client has it now. */
export class OpenText {
  readonly kind = 'text';
  readonly uri: string;
  /** Grows with each change; clients may reuse versions. */
  revision = 0;
  #document: TextDocument;
  #lines: { readonly revision: number; readonly index: LineIndex } | undefined;

  /** @throws TypeError for an item without an address or a text */
  constructor(item: TextDocumentItem) {
    if (typeof item.uri !== 'string' || typeof item.text !== 'string') throw new TypeError('not a text document');
    this.uri = item.uri;
    this.#document = TextDocument.create(item.uri, item.languageId, item.version, item.text);
  }

  get languageId(): string {
    return this.#document.languageId;
  }

  get version(): number {
    return this.#document.version;
  }

  get text(): string {
    return this.#document.getText();
  }

  get lines(): LineIndex {
    if (this.#lines?.revision !== this.revision) {
      this.#lines = { revision: this.revision, index: new LineIndex(this.text) };
    }
    return this.#lines.index;
  }

  /** Applies changes in order and tells which lines they touched. */
  change(changes: readonly TextDocumentContentChangeEvent[], version: number): readonly LineSpan[] {
    this.revision++;
    this.#document = TextDocument.update(this.#document, [...changes], version);
    return changes.map(spanOf);
  }
}
