import type { ExplainParams, ExplainResult } from '../../protocol/protocol.js';
import { rulePage } from '../../report/rule-page.js';
import type { Session } from '../session.js';

/** The page of a rule; null when there is none of that id. */
export function explain(session: Session, { rule }: ExplainParams): ExplainResult | null {
  const registered = session.options.rules.find(({ id }) => id === rule);
  return registered === undefined ? null : { title: registered.id, markdown: rulePage(registered) };
}
