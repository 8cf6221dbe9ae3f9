import type { Finding } from '../../engine/finding.js';
import type { IgnoreEditParams, WireWorkspaceEdit } from '../../protocol/protocol.js';
import { checkOpen } from '../check-open.js';
import { type Checked, partOf } from '../checked.js';
import { sameRange } from '../convert.js';
import { toDiagnostic } from '../diagnostics.js';
import { ignoreFinding } from '../ignore-finding.js';
import type { Session } from '../session.js';

/** The finding a request names: by fingerprint where there is one, and else by its range. */
function named(session: Session, checked: Checked, params: IgnoreEditParams): Finding | undefined {
  const candidates = checked.result.findings.filter(
    (finding) => finding.ruleId === params.rule && partOf(checked, finding)?.uri === params.uri,
  );
  const inRange = candidates.filter((f) => sameRange(toDiagnostic(checked, f, session.abilities).range, params.range));
  if (params.fingerprint === undefined) return inRange[0];
  const { fingerprint } = params;
  return inRange.find((f) => f.fingerprint === fingerprint) ?? candidates.find((f) => f.fingerprint === fingerprint);
}

/** The edit that writes an ignore comment with the user's reason; null when the finding is gone or has no place for one. */
export async function ignoreEdit(session: Session, params: IgnoreEditParams): Promise<WireWorkspaceEdit | null> {
  await session.ready;
  const open = session.find(params.uri);
  if (open === undefined) return null;
  const checked = session.current(open.uri) ?? checkOpen(session, open);
  const part = checked.parts.find(({ uri }) => uri === params.uri);
  if (params.version !== undefined && part?.version !== params.version) return null;
  const finding = named(session, checked, params);
  if (finding === undefined) return null;
  const edit = ignoreFinding(session, checked, finding, params.scope, params.reason);
  if (edit === undefined) return null;
  return { documentChanges: [{ textDocument: { uri: edit.uri, version: edit.version }, edits: [...edit.edits] }] };
}
