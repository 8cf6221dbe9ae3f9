import { overlay } from './check-open.js';
import { recheckShown } from './document-life.js';
import type { Folder } from './folder.js';
import { describe } from './guarded.js';
import type { Session } from './session.js';
import { readSettings, type Settings, sameSettings } from './settings.js';

const SECTION = 'tidegate';

/** Gives a folder new settings (or the session's new trust) and checks again what they may change. */
export function configure(session: Session, folder: Folder, settings: Settings): void {
  folder.configure(settings, session.trusted);
  for (const open of session.open.values()) {
    if (session.folders.of(open.uri) !== folder) continue;
    session.overlaid.delete(open.uri);
    overlay(session, open);
    // Switching off takes everything back, whatever asks for checks.
    if (settings.run !== 'manual' || !settings.enable) session.queue.add(open.uri);
  }
  recheckShown(session, folder);
}

function apply(session: Session, folder: Folder, raw: unknown): void {
  const settings = readSettings(raw);
  if (!sameSettings(settings, folder.settings)) configure(session, folder, settings);
}

/** Asks the client for the settings of every folder. A client that cannot tell leaves them as they are. */
export async function pullSettings(session: Session): Promise<void> {
  if (!session.abilities.configuration) return;
  const folders = [session.folders.outside, ...session.folders.all];
  const items = folders.map(({ uri }) =>
    uri === undefined ? { section: SECTION } : { scopeUri: uri, section: SECTION },
  );
  try {
    const answer: unknown = await session.connection.sendRequest('workspace/configuration', { items });
    if (!Array.isArray(answer)) return;
    for (const [index, folder] of folders.entries()) apply(session, folder, answer[index]);
  } catch (error) {
    session.log.error(`workspace/configuration: ${describe(error)}`);
  }
}

/** Takes settings that a client sent by itself: the value of section `tidegate`, or an object with that section. */
export function pushSettings(session: Session, settings: unknown): void {
  if (typeof settings !== 'object' || settings === null || !(SECTION in settings)) return;
  for (const folder of [session.folders.outside, ...session.folders.all]) apply(session, folder, settings[SECTION]);
}
