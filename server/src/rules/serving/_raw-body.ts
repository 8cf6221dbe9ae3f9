import type { Expression, HandlerFact, PythonQuestions, SourceKind } from '../../engine/index.js';

const REQUEST: readonly SourceKind[] = ['request'];
/** The body of a request as it came, in the text that starts where a value is first seen. */
const RAW_BODY = /^[\w.]+\s*\.\s*(?:(?:get_)?json|form|values)\b/;
const RAW_TYPES = /^(?:dict|list|typing\.(?:Dict|List|Any|Mapping))$/;

/** Calls that neither check nor change what they are given. */
const PLAIN =
  /^(?:numpy|pandas|polars|torch|tensorflow|xgboost|flask|quart|fastapi|starlette|json|logging|time|builtins)\b|^(?:list|dict|tuple|str|print|range|zip|open|round|sorted|int|float|bool|max|min)$/;

export interface Source {
  readonly range: { readonly start: number; readonly end: number };
  readonly name: string;
}

/** Where the body came in as it was sent: `request.json()`, a parameter that is any dictionary. */
export function rawSource(
  value: Expression,
  handler: HandlerFact,
  py: PythonQuestions,
  text: string,
): Source | undefined {
  const { tier, source, trail } = py.origin(value, REQUEST);
  const at = trail[0]?.range;
  if (tier !== 'T1' || source !== 'request' || at === undefined || !('start' in at)) return undefined;
  if (typeof at.start !== 'number' || typeof at.end !== 'number') return undefined;
  const { start } = at;
  const parameter = handler.function.parameters.find(({ range }) => range.start <= start && start < range.end);
  if (parameter !== undefined) {
    const isRaw = parameter.annotation !== undefined && isAnything(parameter.annotation, py);
    return isRaw ? { range: parameter.range, name: parameter.name } : undefined;
  }
  const body = RAW_BODY.exec(text.slice(start, start + 60));
  return body === null ? undefined : { range: { start, end: start + body[0].length }, name: body[0] };
}

/** `dict`, `list`, `Dict[str, Any]`: types that let every value pass. */
function isAnything(type: Expression, py: PythonQuestions): boolean {
  if (type.kind !== 'subscript') return py.names(type).some((name) => RAW_TYPES.test(name));
  const item = type.index[type.index.length - 1];
  return item !== undefined && isAnything(type.object, py) && py.names(item).includes('typing.Any');
}

/** True for a call of a function whose work is not known. */
export function mayCheck(call: Expression & { readonly kind: 'call' }, py: PythonQuestions): boolean {
  const names = py.names(call.callee);
  if (names.length > 0) return !names.some((name) => PLAIN.test(name)) && call.callee.kind !== 'attribute';
  return call.callee.kind === 'name';
}
