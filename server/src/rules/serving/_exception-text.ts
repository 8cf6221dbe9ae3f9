import { type Expression, edit, type PythonQuestions, type Statement } from '../../engine/index.js';
import { ANSWERS } from './_answers.js';

/** Exceptions that may come from anywhere; what a narrower one says was written for the caller, as often as not. */
const BROAD = new Set(['Exception', 'BaseException']);
const TRACES = ['format_exc', 'format_exception', 'format_tb', 'format_stack'].map((name) => `traceback.${name}`);

/** The phrase of status 500. */
const GENERIC = 'Internal Server Error';

/** Where an exception gets into an answer; `whole` is the f-string around it. */
export interface Leak {
  readonly at: Expression;
  readonly message: 'cause' | 'trace';
  readonly whole?: Expression & { readonly kind: 'formatted' };
}

type Handler = (Statement & { readonly kind: 'try' })['handlers'][number];

/** `except` clauses, with the name of the exception where it may be any. */
export function handlersOf(
  statement: Statement & { readonly kind: 'try' },
  text: string,
): readonly { readonly handler: Handler; readonly variable: string | undefined }[] {
  return statement.handlers.map((handler) => {
    const { type, body } = handler;
    const types = type === undefined ? [] : type.kind === 'tuple' ? type.items : [type];
    const broad = types.some((one) => one.kind === 'name' && BROAD.has(one.name));
    const between = type === undefined ? '' : text.slice(type.range.end, body[0]?.range.start ?? type.range.end);
    return { handler, variable: broad ? /^\s*\)?\s*as\s+(\w+)/.exec(between)?.[1] : undefined };
  });
}

/** `except` clauses anywhere in a body, those of inner functions left out. */
export function handlersIn(body: readonly Statement[], text: string): ReturnType<typeof handlersOf> {
  return body.flatMap((statement) => [
    ...(statement.kind === 'try' ? handlersOf(statement, text) : []),
    ...handlersIn(bodiesOf(statement), text),
  ]);
}

export function returnedIn(body: readonly Statement[]): readonly Expression[] {
  return body.flatMap((statement) => {
    if (statement.kind === 'return') return statement.value === undefined ? [] : [statement.value];
    return returnedIn(statement.kind === 'try' ? statement.body : bodiesOf(statement));
  });
}

function bodiesOf(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case 'if':
      return statement.branches.flatMap(({ body }) => body);
    case 'for':
    case 'while':
      return [...statement.body, ...statement.otherwise];
    case 'with':
      return statement.body;
    case 'try':
      return [
        ...statement.body,
        ...statement.handlers.flatMap(({ body }) => body),
        ...statement.otherwise,
        ...statement.finally,
      ];
    case 'match':
      return statement.cases.flatMap(({ body }) => body);
  }
  return [];
}

/** The first part of an answer that shows the exception; a choice between two texts is the program's own. */
export function leakIn(
  value: Expression,
  variable: string | undefined,
  py: PythonQuestions,
  depth: number,
): Leak | undefined {
  if (depth > 6) return undefined;
  const is = (one: Expression): boolean => variable !== undefined && one.kind === 'name' && one.name === variable;
  const first = (parts: readonly Expression[]): Leak | undefined => {
    for (const part of parts) {
      const leak = leakIn(part, variable, py, depth + 1);
      if (leak !== undefined) return leak;
    }
    return undefined;
  };
  switch (value.kind) {
    case 'call': {
      const names = py.names(value.callee);
      const given = value.arguments.map((argument) => argument.value);
      if (names.some((name) => TRACES.includes(name))) return { at: value, message: 'trace' };
      if (names.includes('str') || names.includes('repr'))
        return given.some(is) ? { at: value, message: 'cause' } : first(given);
      const joins = value.callee.kind === 'attribute' && /^(?:format|join)$/.test(value.callee.name);
      if (joins && given.some(is)) return { at: value, message: 'cause' };
      return joins || names.includes('dict') || names.some((name) => ANSWERS.has(name)) ? first(given) : undefined;
    }
    case 'formatted':
      for (const part of value.parts) {
        if (typeof part === 'string') continue;
        const leak: Leak | undefined = is(part)
          ? { at: part, message: 'cause' }
          : leakIn(part, variable, py, depth + 1);
        if (leak !== undefined) return { ...leak, whole: value };
      }
      return undefined;
    case 'attribute':
      return value.name === 'args' && is(value.object) ? { at: value, message: 'cause' } : undefined;
    case 'operation':
      if (value.operator === '%' && value.operands.some(is)) return { at: value, message: 'cause' };
      return value.operator === '+' || value.operator === '%' ? first(value.operands) : undefined;
    case 'dict':
      return first(value.entries.map((entry) => entry.value));
    case 'list':
    case 'tuple':
      return first(value.items);
    case 'await':
      return leakIn(value.inner, variable, py, depth + 1);
  }
  return undefined;
}

/** Edits that put a general text in the place of a leak; undefined where that cannot be trusted to read well. */
export function generalText(leak: Leak, text: string): ReturnType<typeof edit.replace> | undefined {
  if (leak.whole !== undefined) return withoutTail(leak, text);
  return edit.replace(leak.at.range, edit.quote(text, GENERIC));
}

/** `f"Prediction failed: {e}"` without its last part; undefined when something stands behind it. */
function withoutTail({ at, whole }: Leak, text: string): ReturnType<typeof edit.replace> | undefined {
  const { range, parts } = whole!;
  const end = /^(?:![rsa])?\}(['"]{1,3})$/.exec(text.slice(at.range.end, range.end));
  const head = text.slice(range.start, at.range.start);
  const start = /^[fF](['"]{1,3})/.exec(head);
  if (end === null || start === null || start[1] !== end[1] || !head.endsWith('{')) return undefined;
  const kept = head.slice(start[0].length, -1).replace(/[\s:;,.(\-–—]+$/, '');
  if (kept === '') return edit.replace(range, edit.quote(text, GENERIC));
  const plain = parts.filter((part) => typeof part !== 'string').length === 1;
  if (plain && /[{}]/.test(kept)) return undefined;
  return edit.replace(range, `${plain ? '' : 'f'}${start[1]}${kept}${start[1]}`);
}
