import type { RuleInfo } from '../../protocol/protocol.js';
import type { Session } from '../session.js';

export function rules(session: Session): RuleInfo[] {
  return session.options.rules.map(({ id, family, rule }) => ({
    id,
    family,
    summary: rule.summary,
    severity: rule.severity,
  }));
}
