import type { Connection } from 'vscode-languageserver';
import { Notification, type StatusParams } from '../protocol/protocol.js';
import type { Abilities } from './abilities.js';
import type { Checked } from './checked.js';

const RESTRICTED = 'restricted mode: ignores and lowered settings of this workspace are listed, not obeyed';

/** What of a session decides whether and how a status is told; read anew each time. */
export interface StatusSource {
  readonly connection: Connection;
  readonly abilities: Abilities;
  readonly trusted: boolean;
}

/** Tells clients that know Tidegate what it is doing. Repeats nothing but the time a check took. */
export class StatusReporter {
  readonly #session: StatusSource;
  readonly #last = new Map<string, string>();

  constructor(session: StatusSource) {
    this.#session = session;
  }

  send(params: StatusParams): void {
    if (!this.#session.abilities.tidegate) return;
    const { ms: _, ...lasting } = params;
    const text = JSON.stringify(lasting);
    const key = params.uri ?? '';
    if (this.#last.get(key) === text) return;
    this.#last.set(key, text);
    this.#session.connection.sendNotification(Notification.status, params).catch(() => undefined);
  }

  forget(uri: string): void {
    this.#last.delete(uri);
  }

  /** After the check of an open document. */
  checked(checked: Checked): void {
    const slow = checked.result.problems.some((problem) => problem.kind === 'budget');
    const { config } = checked;
    const message = slow ? 'out of time: some rules did not run here' : 'checked';
    this.send({
      state: slow ? 'slow' : 'ready',
      message: this.#session.trusted ? message : `${message}; ${RESTRICTED}`,
      uri: checked.uri,
      findings: checked.result.findings.length,
      profile: config.profile,
      ms: checked.ms,
      ...(config.source === undefined ? {} : { config: config.source }),
    });
  }

  /** An open document that is not checked, with the reason. */
  skipped(uri: string, reason: string): void {
    this.send({ state: 'ready', message: `not checked: ${reason}`, uri });
  }

  disabled(uri: string): void {
    this.send({ state: 'disabled', message: 'switched off by tidegate.enable', uri });
  }
}
