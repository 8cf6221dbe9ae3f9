import type { DidChangeConfigurationParams } from 'vscode-languageserver';
import { pullSettings, pushSettings } from '../configure.js';
import type { Session } from '../session.js';

/** Clients that answer questions are asked per folder; the others send the settings along. */
export async function didChangeConfiguration(session: Session, params: DidChangeConfigurationParams): Promise<void> {
  if (session.abilities.configuration) await pullSettings(session);
  else pushSettings(session, params.settings);
}
