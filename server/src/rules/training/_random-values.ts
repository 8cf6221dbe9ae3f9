import type { TextEdit } from '../../base/range.js';
import { type CallFact, type Expression, edit, type PythonQuestions } from '../../engine/index.js';

const CHARACTERS = /^string\.(?:ascii_\w+|digits|hexdigits|octdigits|punctuation|printable|letters)$/;
/** Exact counterparts in `secrets`. */
const COUNTERPARTS: Readonly<Record<string, string>> = {
  choice: 'choice',
  getrandbits: 'randbits',
  randbytes: 'token_bytes',
};

/** True for a text, or a list of texts of one character, to pick characters from. */
export function isCharacters(expression: Expression, py: PythonQuestions, depth = 0): boolean {
  const value = py.value(expression);
  if (value.kind === 'string' || value.kind === 'partial') return true;
  if (value.kind === 'list')
    return value.items.length > 0 && value.items.every((item) => item.kind === 'string' && item.value.length === 1);
  if (py.names(expression).some((name) => CHARACTERS.test(name))) return true;
  const written = py.definition(expression);
  if (depth > 4) return false;
  if (written.kind === 'operation' && written.operator === '+')
    return written.operands.some((part) => isCharacters(part, py, depth + 1));
  if (written.kind !== 'call' || written.arguments.length !== 1) return false;
  return (
    py.names(written.callee).some((name) => name === 'list' || name === 'tuple') &&
    isCharacters(written.arguments[0]!.value, py, depth + 1)
  );
}

/** Edits that take the value from `secrets`; none for numpy, for a generator of its own and where the name is taken. */
export function replaced(call: CallFact, method: string, text: string): TextEdit[] {
  if (call.callee.kind !== 'attribute' || !/^random\.\w+$/.test(call.name)) return [];
  if (/^(?!\s*import\b)[^#\n]*\bsecrets\s*=[^=]|\bimport secrets as\b/m.test(text)) return [];
  const counterpart = COUNTERPARTS[method] ?? `SystemRandom().${method}`;
  return [...edit.addImport(text, 'import secrets'), ...edit.replace(call.calleeRange, `secrets.${counterpart}`)];
}
