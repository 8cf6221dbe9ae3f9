import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  passesUnknown,
  python,
  type Report,
  type RuleContext,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';

const PYJWT = ['jwt', 'jwt.api_jwt', 'jwt.PyJWT()'].flatMap((api) => [`${api}.decode`, `${api}.decode_complete`]);
const JOSE = ['jose.jwt.decode'];
/** Modules that answer requests: what is read there decides who the caller is. */
const ANSWERS =
  /^[ \t]*(?:from|import)[ \t]+(?:fastapi|flask|django|rest_framework|sanic|quart|litestar|starlette\.requests)\b/m;
/** Claims that choose a key or tell an expiry; whoever reads only these has not believed the token. */
const ROUTING = /^(?:exp|nbf|iat|iss|kid|aud|jti)$/;

interface Found {
  readonly at: Expression['range'];
  readonly setting: string;
  readonly fix: ReturnType<typeof edit.replace>;
}

export default defineRule({
  summary: 'A JSON Web Token is believed without a check of its signature.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-347',
    'OWASP-ML05:2023',
    'https://pyjwt.readthedocs.io/en/stable/usage.html',
    'https://pyjwt.readthedocs.io/en/stable/changelog.html',
    'https://python-jose.readthedocs.io/en/latest/jwt/api.html',
    'https://datatracker.ietf.org/doc/html/rfc8725',
  ],
  docs: {
    why: 'Anybody can write a token: without a check of its signature the claims are what the sender typed. A request with `{"sub": "admin", "tier": "unlimited"}` then queries the model as often as it takes to copy it, or downloads the weights of another tenant.',
    instead:
      'Pass the key and the algorithms you expect, `jwt.decode(token, key, algorithms=["RS256"])`, and leave the checks on.',
    fixSafety:
      'Tokens that are not signed with the key of the call are refused afterwards, so the fix is offered for review, and only where a key is passed.',
    limits:
      'Options that are computed are not judged. In files that import no web framework the level is lower, as it is where the same file verifies a token too; claims that only choose a key or tell an expiry are silent. `none` among the algorithms is not reported: PyJWT and python-jose refuse such tokens.',
    ignoreWhen: 'A gateway in front has verified the token, and nothing else can reach the service.',
  },
  messages: {
    off: '`{setting}` believes a token that anybody can write; pass the key and leave the check on',
    anyAlgorithm:
      '`{callee}` without `algorithms` lets the sender choose how the token is checked; list the expected ones',
  },
  query: python.calls(...PYJWT, ...JOSE),
  check(call: CallFact, context) {
    const { report, python: py, text, path, version } = context;
    if (isTestFile(path)) return;
    const jose = JOSE.includes(call.name);
    const pyjwt = version('pyjwt');
    const old = jose || pyjwt === undefined ? undefined : isBelow(pyjwt, '2.0');
    const found = switchedOff(call, context, jose ? false : old);
    if (found !== undefined) {
      if (readsRoutingOnly(call, text)) return;
      const finding = report(found.at, 'off', { setting: found.setting });
      lowered(finding, call, context);
      if (keyPassed(call, py)) {
        finding.fix('Check the signature', 'review', found.fix, 'tokens that are not signed with this key are refused');
      }
      return;
    }
    if ((jose || old === true) && argumentOf(call, 'algorithms', 2) === undefined && !passesUnknown(call)) {
      report(call.calleeRange, 'anyAlgorithm', { callee: 'jwt.decode' }).severity('warning');
    }
  },
  examples: [
    {
      bad: 'import jwt\nfrom fastapi import FastAPI\n\ndef user(token, key):\n    return jwt.decode(token, key, algorithms=["RS256"], options={«"verify_signature": False»})["sub"]\n',
      message: 'off',
      good: 'import jwt\nfrom fastapi import FastAPI\n\ndef user(token, key):\n    return jwt.decode(token, key, algorithms=["RS256"], options={"verify_signature": True})["sub"]\n',
    },
    {
      bad: 'from flask import request\nfrom jwt import decode as read\n\nuser = read(request.headers["X-Token"], KEY, algorithms=["RS256"], «verify=False»)["sub"]\n',
      message: 'off',
      good: 'from flask import request\nfrom jwt import decode as read\n\nuser = read(request.headers["X-Token"], KEY, algorithms=["RS256"], verify=True)["sub"]\n',
      given: { pyjwt: '1.7.1' },
    },
    {
      bad: 'from jose import jwt\n\nclaims = «jwt.decode»(token, KEY)\n',
      message: 'anyAlgorithm',
      good: 'from jose import jwt\n\nclaims = jwt.decode(token, KEY, algorithms=["RS256"])\n',
      byHand: true,
    },
    {
      good: 'import jwt\nclaims = jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False})\n',
      because: 'the signature is checked',
    },
    {
      good: 'import jwt\nclaims = jwt.decode(token, key, algorithms=["HS256"], verify=False)\n',
      given: { pyjwt: '2.10.1' },
      because: 'the flag does nothing since 2.0',
    },
    {
      good: 'import jwt\nunverified = jwt.decode(token, options={"verify_signature": False})\nkey = KEYS[unverified["iss"]]\n',
      because: 'the issuer only chooses the key',
    },
    { good: 'import base64\ntext = base64.decode(source, target)\n', because: 'another library' },
  ],
});

type Context = RuleContext<Record<never, string>>;

/** `options={"verify_signature": False}` anywhere, `verify=False` in PyJWT 1. */
function switchedOff(call: CallFact, { python: py, text }: Context, old: boolean | undefined): Found | undefined {
  const options = argumentOf(call, 'options', 3);
  if (options !== undefined) {
    const dict = py.definition(options.value);
    if (dict.kind === 'dict') {
      const entry = dict.entries.find(({ key }) => key?.kind === 'string' && key.value === 'verify_signature');
      if (entry?.key !== undefined && isFalse(py, entry.value)) {
        const inside = dict === options.value;
        const at = inside ? { start: entry.key.range.start, end: entry.value.range.end } : options.range;
        return { at, setting: '"verify_signature": False', fix: inside ? edit.replace(entry.value.range, 'True') : [] };
      }
    }
  }
  const verify = argumentOf(call, 'verify', old === true ? 2 : undefined);
  if (old !== true || verify === undefined || !isFalse(py, verify.value)) return undefined;
  const written = text.slice(verify.value.range.start, verify.value.range.end) === 'False';
  return { at: verify.range, setting: 'verify=False', fix: written ? edit.replace(verify.value.range, 'True') : [] };
}

function isFalse(py: PythonQuestions, expression: Expression): boolean {
  const value = py.value(expression);
  return value.kind === 'boolean' && !value.value;
}

/** A key that is not empty: without one nothing can be verified. */
function keyPassed(call: CallFact, py: PythonQuestions): boolean {
  const key = argumentOf(call, 'key', 1);
  if (key === undefined) return false;
  const value = py.value(key.value);
  return value.kind !== 'none' && !(value.kind === 'string' && value.value === '');
}

/** Every mention of the result asks for a claim that needs no trust. */
function readsRoutingOnly(call: CallFact, text: string): boolean {
  const claim = /^(?:\.get\(\s*|\[\s*)["'](\w+)["']/;
  const after = text.slice(call.range.end, call.range.end + 3000);
  const own = claim.exec(after)?.[1];
  if (own !== undefined) return ROUTING.test(own);
  const variable = /(\w+)\s*=\s*$/.exec(text.slice(call.statement.start, call.range.start))?.[1];
  if (variable === undefined) return false;
  const body = after.split(/^(?:async )?(?:def|class) /m)[0]!;
  const mentions = [...body.matchAll(new RegExp(`(?<![\\w."'])${variable}(?![\\w"'])`, 'g'))];
  return (
    mentions.length > 0 &&
    mentions.every((mention) => ROUTING.test(claim.exec(body.slice(mention.index + variable.length))?.[1] ?? '?'))
  );
}

/** Elsewhere than in a service nobody need believe the claims; where the file verifies too, this may be the first look. */
function lowered(finding: Report, call: CallFact, { python: py, text }: Context): void {
  const others = py.callsIn({ start: 0, end: text.length }).filter(({ name, range }) => {
    return (PYJWT.includes(name) || JOSE.includes(name)) && range.start !== call.range.start;
  });
  const verifies = others.some((other) => keyPassed(other, py) && argumentOf(other, 'algorithms', 2) !== undefined);
  const token = argumentOf(call, 'jwt', 0) ?? argumentOf(call, 'token');
  const origin = token === undefined ? undefined : py.origin(token.value);
  for (const step of origin?.trail ?? []) finding.related(step.range, step.message);
  if (verifies) finding.severity('info');
  else if (origin?.source !== 'request' && !ANSWERS.test(text)) finding.severity('warning');
}
