import type { WhyParams, WhyResult } from '../../protocol/protocol.js';
import { whyChecked } from '../../workspace/why.js';
import { whySkipped } from '../check-open.js';
import { languageOfOpen, sourceOfOpen } from '../open-source.js';
import type { Session } from '../session.js';

/** What a document is checked as and why, or why it is not checked. */
export async function why(session: Session, { uri }: WhyParams): Promise<WhyResult> {
  await session.ready;
  const folder = session.folders.of(uri);
  const path = folder.pathOf(uri);
  await folder.workspace.prepare([path]);
  const open = session.find(uri);
  const skipped = open === undefined ? folder.workspace.whySkipped(path) : whySkipped(folder, open, path);
  const reason = folder.settings.enable ? skipped : 'switched off';
  if (reason !== undefined) return { checked: false, lines: [`Not checked: ${reason}`] };
  const source =
    open === undefined
      ? folder.workspace.source(path)
      : sourceOfOpen(open, path, languageOfOpen(open, path) ?? 'python');
  if ('skipped' in source) return { checked: false, lines: [`Not checked: ${source.skipped}`] };
  return { checked: true, lines: whyChecked(folder.workspace, source) };
}
