import type { Expression, PythonQuestions, SourceKind } from '../../engine/index.js';

const REQUEST: readonly SourceKind[] = ['request'];
/** Mappings of a request: they show their texts with `repr`. */
const MAPPINGS =
  /\.(?:form|args|files|values|headers|cookies|json|query_params|path_params|state|get_json\(\)|json\(\)|form\(\)|model_dump\(\)|dict\(\))$/;
/** What holds no line break: words and addresses of the server, and headers, which end at one. */
const SINGLE_LINE =
  /\.(?:headers(?:\[\]|\.\w+\(\))|cookies(?:\[\]|\.get\(\))|method|client\.host|client|url|url\.\w+|base_url|remote_addr|endpoint|scheme|host|port|content_type|mimetype|user_agent)$/;
const READS = new Set(['get', 'strip', 'lower', 'upper', 'decode', 'get_argument', 'getfirst']);
/** Names of numbers, flags and lists, which show themselves without line breaks. */
const NO_TEXT =
  /(?:^|[ _])(?:k|n|num|count|size|page|limit|offset|weight|score|threshold|sim|port|active|enabled|is|has|type|rate|seed|temperature|list|rows)(?:$|[ _])|(?:ids|[^aiouys]s) /i;

/** A value of a request that is a text, as far as is known, may hold line breaks, and was read in this file. */
export function isForeignText(value: Expression, py: PythonQuestions, text: string): boolean {
  const names = py.names(value);
  if (names.some((name) => MAPPINGS.test(name) || SINGLE_LINE.test(name))) return false;
  const found = py.definition(value);
  const shape = found.kind === 'await' ? found.inner : found;
  if (!names.includes('str()')) {
    const read = shape.kind === 'call' ? shape.callee.kind === 'attribute' && READS.has(shape.callee.name) : true;
    if (!read || !['attribute', 'subscript', 'call'].includes(shape.kind)) return false;
    if (shape.kind === 'attribute' && isDeclaredOtherwise(shape.name, text)) return false;
  }
  if (value.kind === 'subscript' && value.index[0]?.kind === 'other') return false;
  const called = wordsOf(value) + wordsOf(shape);
  if (NO_TEXT.test(called)) return false;
  const { source, trail, cleanedFor } = py.origin(value, REQUEST);
  const near = trail.length <= 3 && trail.every(({ range }) => !('path' in range));
  return source === 'request' && near && cleanedFor?.includes('log') !== true;
}

/** What a value is called: variable, member, key. */
function wordsOf(value: Expression): string {
  if (value.kind === 'name' || value.kind === 'attribute') return ` ${value.name} `;
  const key =
    value.kind === 'subscript' ? value.index[0] : value.kind === 'call' ? value.arguments[0]?.value : undefined;
  return key?.kind === 'string' ? ` ${key.value} ` : '';
}

/** A field of a model of the file that holds no text: `age: int`. */
function isDeclaredOtherwise(field: string, text: string): boolean {
  const declared = new RegExp(`^[ \\t]+${field}[ \\t]*:[ \\t]*([\\w.]+)`, 'm').exec(text)?.[1];
  return declared !== undefined && !/^(?:str|Optional|Union|Annotated|EmailStr|constr|Any)$/.test(declared);
}
