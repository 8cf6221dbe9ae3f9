import type { Finding } from '../engine/finding.js';
import type { RegisteredRule, RuleSet } from '../engine/rule-set.js';

/** Weaknesses whose finding points at a credential: hard-coded and exposed secrets. */
const SECRET_WEAKNESSES: ReadonlySet<string> = new Set(['CWE-259', 'CWE-321', 'CWE-798']);

const MASK = '•';

/**
 * Ids of the rules among these findings' that point at a secret, which no output may show. Rules that found nothing are not
 * asked: that would load their code.
 */
export function secretRules(findings: readonly Finding[], rules: RuleSet): ReadonlySet<string> {
  const found = new Set(findings.map(({ ruleId }) => ruleId));
  return new Set(rules.filter((rule) => found.has(rule.id) && pointsAtSecret(rule)).map(({ id }) => id));
}

function pointsAtSecret(rule: RegisteredRule): boolean {
  return rule.family === 'secrets' || rule.rule.references.some((reference) => SECRET_WEAKNESSES.has(reference));
}

/**
 * The texts that must not be shown: what the findings of secret rules point at, line by line and without quotes.
 *
 * @param textsAt the text a finding points at, in every form it is shown (raw file, notebook cell)
 */
export function secretsIn(
  findings: readonly Finding[],
  rules: RuleSet,
  textsAt: (finding: Finding) => readonly string[],
): readonly string[] {
  const secret = secretRules(findings, rules);
  const parts = findings
    .filter((finding) => secret.has(finding.ruleId))
    .flatMap(textsAt)
    .flatMap((text) => text.split(/[\r\n]+/))
    .map((part) => part.trim().replace(/^[rbuf]*(["'])(.*)\1$/i, '$2'))
    .filter((part) => part.length >= 4);
  return [...new Set(parts)].sort((a, b) => b.length - a.length);
}

/** Replaces every occurrence of the secrets by as many bullets. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((result, secret) => result.split(secret).join(MASK.repeat(secret.length)), text);
}

/** Masks every long run of token characters: for lines in which a secret may stand outside of what was pointed at. */
export function redactTokens(line: string): string {
  return line.replace(/[A-Za-z0-9+/=_\-.~]{16,}/g, (token) => (/\d/.test(token) ? MASK.repeat(token.length) : token));
}
