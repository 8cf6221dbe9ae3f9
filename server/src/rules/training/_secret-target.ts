import type { CallFact } from '../../engine/index.js';
import { isSecretName } from '../../knowledge/secrets/secret-names.js';

/** Values that protect something and are no secret names in a file of settings. */
const ONE_TIME =
  /(?:^|_)(?:otp|totp|nonce|salt|csrf|captcha|session_?id|sessionid|(?:verification|auth|reset|invite|login|security)_?code)s?$/i;
/** `secret` alone is also the number of a game or of a lesson. */
const GAMES = /(?:^|_)(?:secret_(?:number|word|message|santa|code|position)|secret|pin)$/i;
const TOKENS = /(?:^|_)token$/i;
const MAKER = /^(?:_*(?:generate|gen|make|create|new|random|build|get)_?)+/i;

/** The names a call's value is given to inside its statement, from the nearest: keywords, keys, variables, the function. */
function targets(call: CallFact, text: string): readonly string[] {
  const before = text.slice(call.statement.start, call.range.start);
  const names: string[] = [];
  let depth = 0;
  let passed = false;
  for (let at = before.length - 1; at >= 0; at--) {
    const sign = before[at]!;
    if (')]}'.includes(sign)) depth++;
    else if ('([{'.includes(sign)) {
      if (depth > 0) depth--;
      else passed = false;
    } else if (depth > 0) continue;
    else if (sign === ',') passed = true;
    else if (!passed && (sign === '=' || sign === ':')) {
      if (sign === '=' && /[=!<>]/.test(before[at - 1] ?? '')) return names;
      const name = /([A-Za-z_]\w*)["']?\]?(?:\s*:\s*[\w.[\]| ]+)?\s*\+?$/.exec(before.slice(0, at))?.[1];
      if (name !== undefined) names.push(name);
    }
  }
  return names;
}

/** Name of the function around an offset, for a statement that returns. */
function returnedBy(call: CallFact, text: string): string | undefined {
  if (!/^return\b/.test(text.slice(call.statement.start, call.statement.start + 8))) return undefined;
  const heads = [...text.slice(0, call.statement.start).matchAll(/^[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)/gm)];
  return heads.at(-1)?.[1]?.replace(MAKER, '');
}

/**
 * Name of the secret a call's value becomes. `characters`: the value is a text of random characters, so that `token` and
 * `secret` alone are believed.
 */
export function secretTarget(call: CallFact, text: string, characters: boolean): string | undefined {
  const names = [...targets(call, text)];
  const owner = returnedBy(call, text);
  if (owner !== undefined) names.push(owner);
  return names.find((name) => {
    if (GAMES.test(name)) return characters && /(?:^|_)secret$/i.test(name);
    if (TOKENS.test(name)) return characters;
    return ONE_TIME.test(name) || isSecretName(name);
  });
}
