import type { Hover, HoverParams } from 'vscode-languageserver';
import { directivesIn } from '../../engine/ignore-comments.js';
import { configExplanation } from '../../workspace/config-help.js';
import { checkOpen } from '../check-open.js';
import { type Checked, type Part, partOf } from '../checked.js';
import { configPlace } from '../config-place.js';
import { toLspRange, touch } from '../convert.js';
import { toDiagnostic } from '../diagnostics.js';
import { findingText, ignoreText } from '../hover-text.js';
import type { Session } from '../session.js';

function answer(session: Session, range: Hover['range'], texts: readonly string[]): Hover | null {
  if (texts.length === 0 || range === undefined) return null;
  const value = texts.join(session.abilities.markdown ? '\n\n---\n\n' : '\n\n');
  return { range, contents: { kind: session.abilities.markdown ? 'markdown' : 'plaintext', value } };
}

function onFindings(session: Session, checked: Checked, { textDocument, position }: HoverParams): Hover | null {
  const at = { start: position, end: position };
  const targets = checked.result.findings
    .filter((finding) => partOf(checked, finding)?.uri === textDocument.uri)
    .map((finding) => ({ finding, diagnostic: toDiagnostic(checked, finding, session.abilities) }))
    .filter(({ diagnostic }) => touch(diagnostic.range, at));
  return answer(
    session,
    targets[0]?.diagnostic.range,
    targets.map((target) => findingText(session, checked, target)),
  );
}

function onIgnore(session: Session, part: Part, { position }: HoverParams): Hover | null {
  const offset = part.lines.offset(position);
  const line = part.lines.lineRange(offset);
  const directive = directivesIn(part.text.slice(line.start, line.end).trimEnd(), line.start, []).find(
    ({ range }) => range.start <= offset && offset <= range.end,
  );
  if (directive === undefined) return null;
  return answer(session, toLspRange(directive.range, part.lines), [ignoreText(session, directive)]);
}

/** What a key, value or rule in a configuration file of Tidegate means. */
function onConfig(session: Session, params: HoverParams): Hover | null {
  const place = configPlace(session, params);
  const found = place && configExplanation(place.cursor, place.text, place.rules);
  if (place === undefined || found === undefined) return null;
  const title = session.abilities.markdown ? `**${found.name}**` : found.name;
  return answer(session, toLspRange(found.range, place.lines), [`${title}\n\n${found.text}`]);
}

/** Explains the finding, the ignore comment, or the setting of Tidegate under the cursor. */
export async function hover(session: Session, params: HoverParams): Promise<Hover | null> {
  await session.ready;
  const setting = onConfig(session, params);
  if (setting !== null) return setting;
  const open = session.find(params.textDocument.uri);
  if (open === undefined) return null;
  const fresh = session.folders.of(open.uri).settings.run === 'onType';
  const checked = session.current(open.uri) ?? (fresh ? checkOpen(session, open) : undefined);
  const part = checked?.parts.find(({ uri }) => uri === params.textDocument.uri);
  if (checked === undefined || part === undefined) return null;
  return onFindings(session, checked, params) ?? onIgnore(session, part, params);
}
