import type { Directive } from '../engine/ignore-comments.js';
import { Command } from '../protocol/protocol.js';
import { ruleHelp, ruleHelpText } from '../report/rule-page.js';
import { ignoreArguments } from './actions/commands.js';
import type { Target } from './actions/quick-fixes.js';
import type { Checked } from './checked.js';
import { addressOfPlace } from './diagnostics.js';
import type { Session } from './session.js';

function commandLink(title: string, command: string, argument: unknown): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}

/** Text that means itself in Markdown; code in backticks stays code. */
function literal(text: string): string {
  return text.replace(/[\\[\]<>*_#|]/g, '\\$&');
}

/** The steps that led to a finding, as links. */
function trail(checked: Checked, { finding }: Target): string {
  const steps = finding.related.map(({ place, message }) => {
    const uri = addressOfPlace(checked, place);
    const line = (place.cell?.start ?? place.start).line + 1;
    const name = `${place.path.slice(place.path.lastIndexOf('/') + 1)}:${line}`;
    // The fragment of a cell's address names the cell.
    if (uri?.includes('#') === true) return `- [${name}](${uri}): ${literal(message)}`;
    return uri === undefined ? `- ${name}: ${literal(message)}` : `- [${name}](${uri}#L${line}): ${literal(message)}`;
  });
  return steps.join('\n');
}

function links(session: Session, checked: Checked, target: Target): string {
  if (!session.abilities.commands) return '';
  const explain = commandLink('Explain', Command.explain, target.finding.ruleId);
  const argument = session.trusted ? ignoreArguments(checked, [target]) : undefined;
  return argument === undefined ? explain : `${explain} · ${commandLink('Ignore…', Command.ignore, argument)}`;
}

/** What a hover says about a finding. */
export function findingText(session: Session, checked: Checked, target: Target): string {
  const { ruleId, severity, confidence, message } = target.finding;
  const registered = session.options.rules.find(({ id }) => id === ruleId);
  if (!session.abilities.markdown) {
    const help = registered === undefined ? '' : `\n\n${ruleHelpText(registered)}`;
    return `${ruleId} · ${severity} · ${confidence} confidence\n${message}${help}`;
  }
  const parts = [
    `**${ruleId}** · ${severity} · ${confidence} confidence`,
    trail(checked, target),
    registered === undefined ? '' : ruleHelp(registered),
    links(session, checked, target),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

const DAY_MS = 86_400_000;

/** How long an ignore still counts; dates that are none count as expired. */
function lasting(until: string, today: string): string {
  const days = Math.round((Date.parse(until) - Date.parse(today)) / DAY_MS);
  if (Number.isNaN(days) || days < 0) return `expired (until ${until})`;
  return days === 0 ? 'expires after today' : `${days} ${days === 1 ? 'day' : 'days'} left (until ${until})`;
}

/** What a hover says about an ignore comment. */
export function ignoreText(session: Session, directive: Directive): string {
  const { markdown } = session.abilities;
  const rules = directive.ids.map(({ id }) => {
    const known = session.options.rules.find((rule) => rule.id === id);
    return `${markdown ? `- **${literal(id)}**` : `- ${id}`}: ${known?.rule.summary ?? 'there is no rule of this name'}`;
  });
  const reason = directive.reason ?? 'none given, so the ignore has no effect';
  const scope = { statement: 'this statement', cell: 'this cell', file: 'this file' }[directive.scope];
  const until = directive.until === undefined ? [] : [lasting(directive.until.date, session.options.today())];
  return [`Ignored for ${scope}:`, rules.join('\n'), `Reason: ${markdown ? literal(reason) : reason}`, ...until].join(
    '\n\n',
  );
}
