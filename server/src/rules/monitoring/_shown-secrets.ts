import type { Range } from '../../base/range.js';
import type { Expression, PythonQuestions } from '../../engine/index.js';
import { isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';

const ENVIRONMENT = ['os.environ', 'os.environ.copy()'];
const HEADERS = ['flask.request', 'quart.request', 'fastapi.Request()', 'starlette.requests.Request()'].map(
  (request) => `${request}.headers`,
);
/** Calls whose result shows what goes in. */
const SHOWING = ['str', 'repr', 'dict', 'json.dumps', 'pprint.pformat', 'copy.copy'];
const GETTERS = ['os.getenv', 'os.environ.get', 'os.environ.pop'];
/** Operators whose result holds an operand. */
const JOINING = new Set(['+', '%', 'or', 'and']);
const HIDDEN_TYPES = ['pydantic.SecretStr()', 'pydantic.SecretBytes()', 'pydantic.types.SecretStr()'];
/** `except ApiError as e_api_token`. */
const CAUGHT = /^(?:e|ex|exc|err|error)_/;
/** Keys of tables as often as secrets. */
const AMBIGUOUS = /^(?:service|session|storage|shared|account|client|app|job)_?key$/i;
const MASKED = /mask|redact|crypt|hash|sanit|obfus|scrub|fingerprint/i;

/** What a reader of the log would see: a secret, the environment, or the headers of a request. */
export interface ShownSecret {
  readonly kind: 'secret' | 'environment' | 'headers';
  readonly name: string;
  readonly at: Range;
  /** In an f-string: with the braces. */
  readonly braces?: Range;
}

/** `log_param("api_key", value)`: the key says what the value is. */
export function underSecretKey(key: Expression, value: Expression, py: PythonQuestions): ShownSecret | undefined {
  if (key.kind !== 'string' || !isSecretName(key.value) || !isShown(value, py)) return undefined;
  return ['name', 'attribute', 'subscript', 'string'].includes(value.kind) ? secret(key.value, value) : undefined;
}

function secret(name: string, at: Expression): ShownSecret {
  return { kind: 'secret', name, at: at.range };
}

/** The first part of a value that a reader of the log would see and that is a secret. */
export function secretIn(value: Expression, py: PythonQuestions, text: string, depth: number): ShownSecret | undefined {
  if (depth > 5) return undefined;
  const inside = (parts: readonly Expression[]): ShownSecret | undefined => {
    for (const part of parts) {
      const found = secretIn(part, py, text, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  switch (value.kind) {
    case 'name':
    case 'attribute': {
      const names = py.names(value);
      if (names.some((name) => ENVIRONMENT.includes(name))) return { kind: 'environment', name: '', at: value.range };
      if (names.some((name) => HEADERS.includes(name))) return { kind: 'headers', name: '', at: value.range };
      return isSecretName(value.name) && !CAUGHT.test(value.name) && !AMBIGUOUS.test(value.name) && isShown(value, py)
        ? secret(value.name, value)
        : undefined;
    }
    case 'subscript': {
      const [key] = value.index;
      return key?.kind === 'string' && isSecretName(key.value) && isShown(value, py)
        ? secret(key.value, value)
        : undefined;
    }
    case 'call':
      return calledIn(value, py, inside);
    case 'formatted':
      for (const part of value.parts) {
        const found = typeof part === 'string' ? undefined : secretIn(part, py, text, depth + 1);
        if (found === undefined || typeof part === 'string') continue;
        const tail = /^(?:=?\s*)(?:![rsa])?(?::[^{}]*)?\}/.exec(text.slice(part.range.end, part.range.end + 40));
        if (text[part.range.start - 1] !== '{' || tail === null) return found;
        return { ...found, braces: { start: part.range.start - 1, end: part.range.end + tail[0].length } };
      }
      return undefined;
    case 'operation':
      return JOINING.has(value.operator) ? inside(value.operands) : undefined;
    case 'conditional':
      return inside([value.then, value.otherwise]);
    case 'list':
    case 'tuple':
      return inside(value.items);
    case 'dict':
      for (const { key, value: held } of value.entries) {
        const found = (key && underSecretKey(key, held, py)) ?? secretIn(held, py, text, depth + 1);
        if (found !== undefined) return found;
      }
      return undefined;
  }
  return undefined;
}

/** `os.getenv("KEY")`, `config.get("password")`, `key.get_secret_value()`, `str(key)`, `"…".format(key)`. */
function calledIn(
  call: Expression & { kind: 'call' },
  py: PythonQuestions,
  inside: (parts: readonly Expression[]) => ShownSecret | undefined,
): ShownSecret | undefined {
  const { callee } = call;
  const positional = call.arguments.filter(({ position }) => position !== undefined).map(({ value }) => value);
  const method = callee.kind === 'attribute' ? callee.name : '';
  if (method === 'get_secret_value') return secret('get_secret_value()', call);
  const [key] = positional;
  const names = py.names(callee);
  if (method === 'get' || method === 'getenv' || names.some((name) => GETTERS.includes(name))) {
    return key?.kind === 'string' && isSecretName(key.value) ? secret(key.value, call) : undefined;
  }
  if (method === 'format' || names.some((name) => SHOWING.includes(name))) {
    const found = inside(method === 'format' ? call.arguments.map(({ value }) => value) : positional);
    return found === undefined || found.kind === 'secret' ? found : { ...found, at: call.range };
  }
  return undefined;
}

/** False for what is known to be no secret: a mask, a constant, a type that hides itself, the result of masking. */
function isShown(expression: Expression, py: PythonQuestions): boolean {
  if (py.names(expression).some((name) => HIDDEN_TYPES.includes(name))) return false;
  const found = py.definition(expression);
  if (found.kind === 'call') {
    const { callee } = found;
    const name = callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : '';
    return !MASKED.test(name) && !['bool', 'len', 'type'].includes(name);
  }
  // `connection_string = tunnel.public_url`
  if (found.kind === 'attribute' && /ur[il]$/.test(found.name)) return false;
  if (found.kind === 'lambda' || found.kind === 'constant' || found.kind === 'number') return false;
  const value = py.value(expression);
  if (value.kind === 'string') return looksLikeSecretValue(value.value);
  return value.kind === 'unknown' || value.kind === 'partial';
}
