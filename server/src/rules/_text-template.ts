import type { Range } from '../base/range.js';
import type { CallFact, Expression, PythonQuestions } from '../engine/index.js';

/** A part of a text that is only known when the program runs. */
export interface Hole {
  readonly expression: Expression;
  /** `%d`, `{x:.2f}`: what is put in is a number. */
  readonly numeric: boolean;
  /** `{…}` of an f-string that is written in the text itself, without format or conversion; undefined elsewhere. */
  readonly place: Range | undefined;
}

export type TemplatePart = string | Hole;

const MAX_DEPTH = 5;
const PERCENT = /%(?:\((\w+)\))?[-#0 +]*(?:\d+|\*)?(?:\.\d+)?([a-zA-Z%])/g;
const FIELD = /\{\{|\}\}|\{([^{}:!]*)(?:![rsa])?(?::([^{}]*))?\}/g;
const NUMBER_FORMAT = /^[^{}]*[bcdeEfFgGnoxX]$/;

/**
 * The known and unknown parts of a text that is put together: f-strings, `+`, `%`, `.format`, and names that stand for one
 * of them. A text of which nothing is known is a single hole.
 */
export function templateOf(expression: Expression, py: PythonQuestions, text: string, depth = 0): TemplatePart[] {
  const value = py.value(expression);
  if (value.kind === 'string') return [value.value];
  if (value.kind === 'number') return [String(value.value)];
  const inner = (part: Expression): TemplatePart[] => templateOf(part, py, text, depth + 1);
  const written = depth > MAX_DEPTH ? expression : py.definition(expression);
  switch (written.kind) {
    case 'formatted':
      return written.parts.flatMap((part) => {
        if (typeof part === 'string') return [part];
        const format = /^\s*(?:![rsa])?(?::([^{}]*))?\}/.exec(text.slice(part.range.end, part.range.end + 30));
        if (format?.[1] !== undefined && NUMBER_FORMAT.test(format[1])) return [hole(part, true)];
        const parts = inner(part);
        const alone = parts.length === 1 && typeof parts[0] !== 'string';
        if (!alone || written !== expression) return parts;
        const { start, end } = part.range;
        const plain = text[start - 1] === '{' && text[end] === '}';
        return [hole(part, false, plain ? { start: start - 1, end: end + 1 } : undefined)];
      });
    case 'operation': {
      const [left, right] = written.operands;
      if (written.operator === '+' && isText(written, py)) return written.operands.flatMap(inner);
      if (written.operator !== '%' || left === undefined || right === undefined) break;
      const format = py.value(left);
      if (format.kind === 'string') return filledByPercent(format.value, right, inner);
      break;
    }
    case 'call': {
      const { callee } = written;
      if (callee.kind !== 'attribute' || callee.name !== 'format') break;
      const format = py.value(callee.object);
      if (format.kind === 'string') return filledByFormat(format.value, written, inner);
      break;
    }
  }
  return [hole(expression, false)];
}

function hole(expression: Expression, numeric: boolean, place?: Range): Hole {
  return { expression, numeric, place };
}

/** True when a `+` joins texts: one of its operands is known to be one. */
function isText(expression: Expression & { kind: 'operation' }, py: PythonQuestions): boolean {
  return expression.operands.some((operand) => {
    if (operand.kind === 'operation' && operand.operator === '+') return isText(operand, py);
    if (operand.kind === 'formatted') return true;
    const kind = py.value(operand).kind;
    return kind === 'string' || kind === 'partial';
  });
}

type Inner = (part: Expression) => TemplatePart[];

function filledByPercent(format: string, right: Expression, inner: Inner): TemplatePart[] {
  const parts: TemplatePart[] = [];
  const items = right.kind === 'tuple' ? right.items : [right];
  const named = right.kind === 'dict' ? right.entries : [];
  let last = 0;
  let position = 0;
  for (const match of format.matchAll(PERCENT)) {
    parts.push(format.slice(last, match.index));
    last = match.index + match[0].length;
    if (match[2] === '%') parts.push('%');
    else {
      const key = match[1];
      const item =
        key === undefined
          ? items[position++]
          : named.find((entry) => entry.key?.kind === 'string' && entry.key.value === key)?.value;
      if (/[diouxXeEfFgG]/.test(match[2]!)) parts.push(hole(item ?? right, true));
      else parts.push(...(item === undefined ? [hole(right, false)] : inner(item)));
    }
  }
  return [...parts, format.slice(last)];
}

function filledByFormat(format: string, call: Expression & { kind: 'call' }, inner: Inner): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let last = 0;
  let position = 0;
  for (const match of format.matchAll(FIELD)) {
    parts.push(format.slice(last, match.index));
    last = match.index + match[0].length;
    if (match[1] === undefined) {
      parts.push(match[0][0]!);
      continue;
    }
    const field = match[1];
    const index = field === '' ? position++ : /^\d+$/.test(field) ? Number(field) : undefined;
    const argument = call.arguments.find(({ name, position: at }) =>
      index === undefined ? name === field : at === index,
    );
    if (match[2] !== undefined && NUMBER_FORMAT.test(match[2])) parts.push(hole(argument?.value ?? call, true));
    else parts.push(...(argument === undefined ? [hole(call, false)] : inner(argument.value)));
  }
  return [...parts, format.slice(last)];
}

/** Results that hold no text of anybody's choosing: numbers, times, random names, quoted words. */
const OWN_VALUES =
  /^(?:(?:int|float|bool|len|abs|round|ord|hash|id|range)\(\)|uuid\.\w+\(\)|(?:time|datetime|math|tempfile|random|secrets)\..*|os\.(?:getpid|cpu_count|getcwd)\(\)|sys\.(?:executable|prefix|platform|version_info)|shlex\.(?:quote|join)\(\)|pipes\.quote\(\)|torch\.cuda\.device_count\(\))(?:\[\]|\.\w+)*$/;
/** Paths of files that were fetched, whose names the program chose, and what a request only carries along. */
const OWN_PATHS =
  /^(?:(?:huggingface_hub|kagglehub|modelscope|gdown|pooch)\.[\w.]*\(\)|urllib\.request\.urlretrieve\(\)(?:\[\])?|(?:tensorflow\.)?keras\.utils\.get_file\(\)|(?:mlflow|wandb)\..*\.?download(?:_artifacts)?\(\)|(?:fastapi|starlette\.requests)\.Request\(\)\.(?:app|state)\..*)$/;
const HARMLESS_METHODS =
  /^(?:hexdigest|isoformat|strftime|timestamp|item|count|date|as_string|(?:quote|escape|sanitize|bind|validate)\w*|\w*_(?:quote|escape|ident))$/;
const QUOTING =
  /(?:^|_)(?:quote|quoted|escape|escaped|sanitize|sanitized|identifier|placeholders?|validate|validated)/i;
/** A constant by its name: `TABLE`, `settings.TABLE`, a member of an enumeration. */
const CONSTANT_NAME = /(?:^|\.)(?:_?[A-Z][A-Z0-9_]*(?:\.value|\.name)?|__\w+__)$/;

/** True for a value that cannot carry text of somebody else: constants, numbers, quoted text, names of the program's own. */
export function isHarmless(expression: Expression, py: PythonQuestions, depth = 0): boolean {
  const value = py.value(expression).kind;
  if (value === 'string' || value === 'number' || value === 'boolean' || value === 'none') return true;
  const names = py.names(expression);
  if (names.length > 0 && names.every((name) => OWN_VALUES.test(name) || OWN_PATHS.test(name))) return true;
  const { tier } = py.origin(expression);
  if (tier === 'T0' || tier === 'T3') return true;
  if (depth > MAX_DEPTH) return false;
  const harmless = (part: Expression): boolean => isHarmless(part, py, depth + 1);
  if (expression.kind === 'name' && tier !== 'T1' && CONSTANT_NAME.test(expression.name)) return true;
  const written = py.definition(expression);
  if (written !== expression) return harmless(written);
  switch (written.kind) {
    case 'attribute':
      return tier !== 'T1' && CONSTANT_NAME.test(written.name === 'value' ? memberName(written) : written.name);
    case 'operation':
      return written.operator === '*' ? written.operands.some(harmless) : written.operands.every(harmless);
    case 'conditional':
      return harmless(written.then) && harmless(written.otherwise);
    case 'list':
    case 'tuple':
    case 'set':
      return written.items.every(harmless);
    case 'comprehension':
      return written.element.every(harmless);
    case 'formatted':
      return written.parts.every((part) => typeof part === 'string' || harmless(part));
    case 'star':
    case 'await':
      return harmless(written.inner);
    case 'call':
      return harmlessCall(written, harmless);
  }
  return false;
}

function memberName(expression: Expression & { kind: 'attribute' }): string {
  return expression.object.kind === 'attribute' ? expression.object.name : '';
}

function harmlessCall(call: Expression & { kind: 'call' }, harmless: (part: Expression) => boolean): boolean {
  const { callee } = call;
  const name = callee.kind === 'attribute' || callee.kind === 'name' ? callee.name : '';
  if (QUOTING.test(name) || (callee.kind === 'attribute' && HARMLESS_METHODS.test(name))) return true;
  const all = call.arguments.every(({ value }) => harmless(value));
  if (name === 'str' || name === 'sorted' || name === 'list' || name === 'repeat') return all;
  if (callee.kind !== 'attribute') return false;
  if (name === 'join' || name === 'format') return all && harmless(callee.object);
  return /^(?:strip|lower|upper|title|replace|rstrip|lstrip)$/.test(name) && harmless(callee.object);
}

/** The lines above a call in the function it stands in. */
export function linesAbove(call: CallFact, text: string): string {
  const before = text.slice(Math.max(0, call.range.start - 4000), call.range.start);
  return before.slice(
    Math.max(
      before.lastIndexOf('\ndef '),
      before.lastIndexOf('\nasync def '),
      before.lastIndexOf('  def '),
      before.lastIndexOf('  async def '),
      0,
    ),
  );
}

/** True when the lines above the call, in its function, compare a name with what is allowed. */
export function isGuarded(hole: Hole, call: CallFact, text: string): boolean {
  const { expression } = hole;
  if (expression.kind !== 'name' && expression.kind !== 'attribute') return false;
  const written = text.slice(expression.range.start, expression.range.end).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `\\b(?:if|elif|assert|and|or|while|not)\\s+\\(?(?:not\\s+)?${written}(?:\\.lower\\(\\))?\\s+(?:not\\s+)?in\\b|\\b${written}\\.(?:isidentifier|isdigit|isalnum|isnumeric)\\(|\\b(?:re|\\w*(?:RE|PATTERN|REGEX)\\w*)\\.(?:full)?match\\([^\\n]*\\b${written}\\b|\\b(?:check|validate|ensure|assert|sanitize)_?\\w*\\([^\\n]*\\b${written}\\b`,
  ).test(linesAbove(call, text));
}
