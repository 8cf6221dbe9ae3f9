import type { CallFact, Expression, PythonQuestions, ReferenceFact } from '../../engine/index.js';
import type { TemplatePart } from '../_text-template.js';

/** What hands every value of a column or a list to the function: `.apply(eval)`, `map(eval, rows)`, a converter. */
const EACH_VALUE = /(?:\.(?:apply|map|applymap|transform|agg|map_elements)|(?<![\w.])map)\(\s*(?:func\s*=\s*)?$/;
const CONVERTER = /\b(?:converters|object_hook|parse_float|parse_constant|converter)\s*[=:]\s*(?:\{[^{}]*:\s*)?$/;
const OPTION_TYPE = /\btype\s*=\s*$/;
/** Text that builds Python code, not a literal: a call, a lookup, a statement. */
const CODE = /[(.[=]|\b(?:import|lambda|def|class|for)\b/;

/** What a function that is named and not called is for; undefined when that cannot be told. */
export function useOf(fact: ReferenceFact, text: string): 'eachValue' | 'option' | undefined {
  const before = text.slice(fact.statement.start, fact.range.start);
  if (EACH_VALUE.test(before) || CONVERTER.test(before)) return 'eachValue';
  return OPTION_TYPE.test(before) && /\badd_argument\(/.test(before) ? 'option' : undefined;
}

/** The text that runs; `exec(compile(text, …))` runs what is compiled. */
export function sourceOf(call: CallFact, py: PythonQuestions): Expression | undefined {
  const [first] = call.arguments;
  if (first === undefined || first.unpacked) return undefined;
  const written = py.definition(first.value);
  if (written.kind !== 'call') return first.value;
  const name = py.names(written.callee)[0];
  if (name === 'compile' || name === 'builtins.compile') return written.arguments[0]?.value ?? first.value;
  return name?.endsWith('.__code__') || name === 'marshal.loads' ? undefined : first.value;
}

/** `type(x).__name__`, `func.__name__`: a name that the program gave. */
export function namesOfProgram(expression: Expression): boolean {
  return expression.kind === 'attribute' && /^__\w+__$/.test(expression.name);
}

/** `exec(open("version.py").read())`: the text of a file whose name is written in the program. */
export function isOwnFile(source: Expression, text: string): boolean {
  const written = text.slice(source.range.start, source.range.end);
  return /\.read(?:_text)?\(/.test(written) && /["'][\w./-]*\.py["']/.test(written);
}

/** Text that is compiled under a file name or read from a file: a module that is read in another way than by `import`. */
export function isModule(call: CallFact, source: Expression, text: string): boolean {
  const read = /\.read(?:_text)?\(\)$/.test(text.slice(source.range.start, source.range.end));
  return source !== call.arguments[0]?.value || (read && call.name.endsWith('exec'));
}

/** `eval(x) if x.isnumeric() else x`. */
export function isNumber(call: CallFact, text: string): boolean {
  return /^\s*if\s+\w+\.is(?:numeric|digit|decimal)\(\)/.test(text.slice(call.range.end, call.range.end + 60));
}

/** True for a whole value that may be a literal: not code that is put together, and not used as a class or function. */
export function readsLiteral(call: CallFact, parts: readonly TemplatePart[], text: string): boolean {
  if (call.arguments.length !== 1 || /^\s*[(.]/.test(text.slice(call.range.end, call.range.end + 3))) return false;
  return parts.length === 1 || !parts.some((part) => typeof part === 'string' && CODE.test(part));
}
