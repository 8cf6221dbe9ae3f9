/** How bad a finding is; `error` is the highest. Editors show `info` as Information. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** How sure the rule is that the code is as it says. */
export type Confidence = 'high' | 'medium' | 'low';

/** A named set of rules: `essential` ⊂ `recommended` ⊂ `strict`. */
export type Profile = 'essential' | 'recommended' | 'strict';

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
export const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];
export const PROFILES: readonly Profile[] = ['essential', 'recommended', 'strict'];

/** True when `a` is as severe as `b` or more. */
export function atLeastAsSevere(a: Severity, b: Severity): boolean {
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b);
}

export function atLeastAsSure(a: Confidence, b: Confidence): boolean {
  return CONFIDENCES.indexOf(a) <= CONFIDENCES.indexOf(b);
}
