import * as vscode from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import { Command, Notification, type StatusParams } from '../../../server/src/protocol/protocol.js';
import { StatusStore, type StatusView, statusView } from './status-model.js';

const SEVERITY: Record<StatusView['severity'], vscode.LanguageStatusSeverity> = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};

/** URIs the user is looking at: the document and, for a cell, its notebook. */
function inFront(): string[] {
  const uris: string[] = [];
  const text = vscode.window.activeTextEditor?.document.uri;
  const notebook = vscode.window.activeNotebookEditor?.notebook.uri;
  if (text !== undefined) uris.push(text.toString());
  if (notebook !== undefined) uris.push(notebook.toString());
  return uris;
}

/** The entry "Tidegate" in the language status of every document that the server looks at. */
export class StatusItem implements vscode.Disposable {
  readonly #store = new StatusStore({ state: 'starting', message: vscode.l10n.t('starting…') });
  readonly #item: vscode.LanguageStatusItem;
  readonly #parts: vscode.Disposable[];

  constructor(client: BaseLanguageClient, selector: vscode.DocumentSelector) {
    this.#item = vscode.languages.createLanguageStatusItem('tidegate.status', selector);
    this.#item.name = 'Tidegate';
    this.#item.command = { command: Command.showMenu, title: vscode.l10n.t('Show Menu') };
    this.#parts = [
      this.#item,
      client.onNotification(Notification.status, (params: StatusParams) => this.update(params)),
      client.onDidChangeState(({ newState }) => this.#follow(newState)),
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
      vscode.window.onDidChangeActiveNotebookEditor(() => this.#show()),
    ];
    this.#show();
  }

  update(params: StatusParams): void {
    this.#store.update(params);
    this.#show();
  }

  /** The state shown now. */
  get current(): StatusParams {
    return this.#store.current(inFront());
  }

  dispose(): void {
    for (const part of this.#parts) part.dispose();
  }

  #follow(state: State): void {
    if (state === State.Starting) {
      this.#store.forgetDocuments();
      this.update({ state: 'starting', message: vscode.l10n.t('starting…') });
    } else if (state === State.Running) {
      if (this.#store.current([]).state === 'starting')
        this.update({ state: 'ready', message: vscode.l10n.t('ready') });
    } else {
      this.update({ state: 'error', message: vscode.l10n.t('the server is not running; see the log') });
    }
  }

  #show(): void {
    const view = statusView(this.current, vscode.l10n.t);
    this.#item.text = view.text;
    this.#item.detail = view.detail;
    this.#item.severity = SEVERITY[view.severity];
    this.#item.busy = view.busy;
    this.#item.accessibilityInformation = { label: [view.text, view.detail].filter((part) => part !== '').join(', ') };
  }
}
