import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';
import type { LineSpan } from './open-text.js';
import { comparable } from './uri.js';

/** Who says something about a document: the check of the document itself, or the reading of configuration files. */
export type Layer = 'check' | 'config';

interface Record {
  uri: string;
  version: number | undefined;
  readonly layers: Map<Layer, readonly Diagnostic[]>;
  /** What the client has, as JSON; undefined before the first message. */
  sent: string | undefined;
  shown: readonly Diagnostic[];
  edits: LineSpan[];
}

function touches(diagnostic: Diagnostic, edits: readonly LineSpan[]): boolean {
  const { start, end } = diagnostic.range;
  return edits.some((edit) => edit.from <= end.line && start.line <= edit.to);
}

/**
 * Sends diagnostics, and nothing the client has already. Editors move what they show along with edits and may lose a
 * marker whose own text was replaced; so equal diagnostics are sent again when an edit touched the lines of one.
 */
export class Publisher {
  readonly #send: (params: PublishDiagnosticsParams) => void;
  readonly #records = new Map<string, Record>();

  constructor(send: (params: PublishDiagnosticsParams) => void) {
    this.#send = send;
  }

  /** Shows diagnostics of a document; `version` is undefined when it is not open. */
  set(uri: string, version: number | undefined, diagnostics: readonly Diagnostic[], layer: Layer = 'check'): void {
    const record = this.#record(uri);
    record.uri = uri;
    if (layer === 'check') record.version = version;
    record.layers.set(layer, diagnostics);
    this.#flush(record);
  }

  /** Takes back what the check of a document said. */
  clear(uri: string): void {
    const record = this.#records.get(comparable(uri));
    if (record === undefined) return;
    this.set(record.uri, undefined, []);
    if (record.shown.length === 0) this.#records.delete(comparable(uri));
  }

  /** Remembers that lines of a document changed. */
  edited(uri: string, spans: readonly LineSpan[]): void {
    const record = this.#records.get(comparable(uri));
    // A long run of edits without a check in between says no more than "anything may have changed".
    if (record !== undefined) {
      record.edits =
        record.edits.length + spans.length > 100 ? [{ from: 0, to: Infinity }] : [...record.edits, ...spans];
    }
  }

  #record(uri: string): Record {
    const key = comparable(uri);
    const known = this.#records.get(key);
    if (known !== undefined) return known;
    const fresh: Record = { uri, version: undefined, layers: new Map(), sent: undefined, shown: [], edits: [] };
    this.#records.set(key, fresh);
    return fresh;
  }

  #flush(record: Record): void {
    const diagnostics = [...(record.layers.get('check') ?? []), ...(record.layers.get('config') ?? [])];
    const text = JSON.stringify(diagnostics);
    const stale = diagnostics.some((diagnostic) => touches(diagnostic, record.edits));
    record.edits = [];
    if (text === record.sent && !stale) return;
    // Nothing was ever shown for a file that is not open, and nothing is to be shown.
    if (record.sent === undefined && diagnostics.length === 0 && record.version === undefined) return;
    record.sent = text;
    record.shown = diagnostics;
    this.#send({
      uri: record.uri,
      ...(record.version === undefined ? {} : { version: record.version }),
      diagnostics,
    });
  }
}
