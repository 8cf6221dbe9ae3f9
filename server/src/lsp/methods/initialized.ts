import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { pullSettings } from '../configure.js';
import { describe } from '../guarded.js';
import type { Session } from '../session.js';
import { WATCHED } from '../watched-files.js';

function register(session: Session): void {
  const { client } = session.connection;
  const refused = (error: unknown) => session.log.error(`client/registerCapability: ${describe(error)}`);
  if (session.abilities.watchConfiguration) {
    client.register(DidChangeConfigurationNotification.type, { section: 'tidegate' }).catch(refused);
  }
  if (session.abilities.watchFiles) {
    const watchers = WATCHED.map((globPattern) => ({ globPattern }));
    client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(refused);
  }
}

/** Asks for what the first check needs; checks that were asked for meanwhile start then. */
export async function initialized(session: Session): Promise<void> {
  session.status.send({ state: 'starting', message: 'reading settings' });
  register(session);
  const prepared = session.folders.outside.workspace.prepare().catch((error: unknown) => {
    session.log.error(`loading readers: ${describe(error)}`);
  });
  session.ready = Promise.all([prepared, pullSettings(session)]).then(() => undefined);
  await session.ready;
  session.queue.release();
  session.status.send({ state: 'ready', message: 'ready' });
}
