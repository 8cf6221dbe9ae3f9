import type { StatusParams } from '../../../server/src/protocol/protocol.js';

/** Translates a message whose placeholders are `{0}`, `{1}`, …; `vscode.l10n.t` is one. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** What the language status item shows. */
export interface StatusView {
  text: string;
  detail: string;
  severity: 'information' | 'warning' | 'error';
  busy: boolean;
}

/** Documents whose state is remembered; the one heard of longest ago goes first. */
const REMEMBERED = 200;

/** Remembers the last state of the server and of each document, and chooses the one to show. */
export class StatusStore {
  #server: StatusParams;
  readonly #documents = new Map<string, StatusParams>();

  constructor(initial: StatusParams) {
    this.#server = initial;
  }

  update(params: StatusParams): void {
    if (params.uri === undefined) {
      this.#server = params;
      return;
    }
    this.#documents.delete(params.uri);
    this.#documents.set(params.uri, params);
    if (this.#documents.size <= REMEMBERED) return;
    const oldest = this.#documents.keys().next();
    if (!oldest.done) this.#documents.delete(oldest.value);
  }

  /** Drops what was said about documents: a new server knows nothing of them. */
  forgetDocuments(): void {
    this.#documents.clear();
  }

  /**
   * The state to show while the given documents are in front, a notebook cell and its notebook for example. Trouble of
   * the whole server comes before what is known of a document, and that before an ordinary state of the server.
   */
  current(uris: readonly string[]): StatusParams {
    if (this.#server.state !== 'ready') return this.#server;
    for (const uri of uris) {
      const known = this.#documents.get(uri);
      if (known !== undefined) return known;
    }
    return this.#server;
  }
}

/** Messages that say nothing beside a number of findings. */
const DULL = ['', 'ready', 'checked'];

function headline(params: StatusParams, t: Translate): string {
  if (params.state !== 'ready' && params.state !== 'slow') return params.message;
  if (params.findings === undefined) return params.message;
  if (params.findings === 0) return t('No findings');
  return params.findings === 1 ? t('1 finding') : t('{0} findings', params.findings);
}

function details(params: StatusParams, title: string, t: Translate): string[] {
  const parts: string[] = [];
  if (params.message !== title && !DULL.includes(params.message.toLowerCase())) parts.push(params.message);
  if (params.ms !== undefined && params.state === 'ready') parts.push(t('checked in {0} ms', Math.round(params.ms)));
  if (params.filesChecked !== undefined) {
    parts.push(params.filesChecked === 1 ? t('1 file') : t('{0} files', params.filesChecked));
  }
  if (params.profile !== undefined) parts.push(params.profile);
  if (params.config !== undefined) parts.push(params.config);
  return parts;
}

/** Words and weight of a state. Never colour alone: the severity is also in the words of the message. */
export function statusView(params: StatusParams, t: Translate): StatusView {
  const title = headline(params, t);
  return {
    text: t('Tidegate: {0}', title),
    detail: details(params, title, t).join(' · '),
    severity: params.state === 'error' ? 'error' : params.state === 'slow' ? 'warning' : 'information',
    busy: params.state === 'starting' || params.state === 'busy',
  };
}
