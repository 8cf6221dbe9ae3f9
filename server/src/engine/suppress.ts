import type { EffectiveConfig } from '../workspace/config.js';
import { type BoundDirective, isExpired } from './bind-ignores.js';
import type { Draft } from './draft.js';
import type { Suppression } from './finding.js';

/** Reasons shorter than this say nothing. */
export const MINIMUM_REASON = 10;

/** The directive that suppresses a draft, marked as used; undefined when it is to be reported. */
export function suppressionOf(
  draft: Draft,
  directives: readonly BoundDirective[],
  config: EffectiveConfig,
  today: string,
): Suppression | undefined {
  for (const bound of directives) {
    const { directive, target } = bound;
    if (draft.range.start < target.start || draft.range.start >= target.end) continue;
    if (directive.tool === 'tidegate') {
      const id = directive.ids.find((entry) => entry.id === draft.rule.id)?.id;
      if (id === undefined || !inForce(bound, config, today)) continue;
      bound.used.add(id);
      return { kind: 'inline', justification: directive.reason ?? '', directive: `ignore[${id}]` };
    }
    const matched = foreignMatch(bound, draft);
    if (matched === undefined) continue;
    bound.used.add(matched);
    return {
      kind: 'foreign',
      justification: `via ${directive.tool} ${matched}`.trim(),
      directive: `${directive.tool} ${matched}`.trim(),
    };
  }
  return undefined;
}

/** True when a directive of ours counts: it has not expired and gives a reason. */
export function inForce(bound: BoundDirective, config: EffectiveConfig, today: string): boolean {
  const { directive } = bound;
  if (isExpired(directive, today)) return false;
  return !config.requireReason || (directive.reason?.length ?? 0) >= MINIMUM_REASON;
}

/** Id of another tool that stands for this rule: `nosec B614`, `noqa: S301`; a bare `nosec` stands for all of Bandit's. */
function foreignMatch(bound: BoundDirective, draft: Draft): string | undefined {
  const overlaps = draft.rule.rule.overlaps ?? [];
  const tool = bound.directive.tool === 'nosec' ? 'bandit' : 'ruff';
  if (bound.directive.ids.length === 0)
    return tool === 'bandit' && overlaps.some((id) => id.startsWith('bandit:')) ? '' : undefined;
  return bound.directive.ids.find(({ id }) => overlaps.includes(`${tool}:${id.toUpperCase()}`))?.id;
}
