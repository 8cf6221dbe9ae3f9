import type { TrustParams } from '../../protocol/protocol.js';
import { configure } from '../configure.js';
import type { Session } from '../session.js';

/** The user's trust changed: what the workspace says about its own findings counts, or does no longer. */
export function trust(session: Session, { trusted }: TrustParams): void {
  if (typeof trusted !== 'boolean' || trusted === session.trusted) return;
  session.trusted = trusted;
  for (const folder of [session.folders.outside, ...session.folders.all]) configure(session, folder, folder.settings);
}
