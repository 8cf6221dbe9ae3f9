import {
  argumentOf,
  type CallFact,
  type Expression,
  type Origin,
  type PythonQuestions,
  type Report,
  type SourceKind,
} from '../../engine/index.js';

/** Calls whose result is a part of the text they are given, and the place of that text. */
const EXTRACTORS: ReadonlyMap<string, number> = new Map([
  ['json.loads', 0],
  ['re.search', 1],
  ['re.match', 1],
  ['re.findall', 1],
  ['re.split', 1],
  ['re.sub', 2],
  ['textwrap.dedent', 0],
  ['markdown.markdown', 0],
  ['markdown2.markdown', 0],
]);
const MODEL: readonly SourceKind[] = ['model-output'];
const MAX_DEPTH = 6;

/** Where a text comes from when a language model wrote it, also as a part that was cut out of an answer; else undefined. */
export function modelOrigin(expression: Expression, py: PythonQuestions, depth = 0): Origin | undefined {
  const origin = py.origin(expression, MODEL);
  if (origin.tier === 'T1') return origin.source === 'model-output' ? origin : undefined;
  if (origin.tier !== 'T2' || depth > MAX_DEPTH) return undefined;
  for (const part of parts(py.definition(expression), py)) {
    const found = modelOrigin(part, py, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What an expression is made from. */
function parts(expression: Expression, py: PythonQuestions): readonly Expression[] {
  switch (expression.kind) {
    case 'attribute':
    case 'subscript':
      return [expression.object];
    case 'call': {
      const place = py.names(expression.callee).map((name) => EXTRACTORS.get(name))[0];
      if (place !== undefined) return expression.arguments.filter((a) => a.position === place).map((a) => a.value);
      return expression.callee.kind === 'attribute' ? [expression.callee.object] : [];
    }
    case 'await':
    case 'walrus':
      return [expression.inner];
    case 'formatted':
      return expression.parts.filter((part) => typeof part !== 'string');
    case 'operation':
      return expression.operator === '+' || expression.operator === '%' ? expression.operands : [];
  }
  return [];
}

/** Shows the way a value took. */
export function alongTrail(report: Report, origin: Origin): Report {
  for (const step of origin.trail) report.related(step.range, step.message);
  return report;
}

/** True for text that is put together from a fixed part and others. */
export function isMixed(expression: Expression, py: PythonQuestions): boolean {
  const made = py.definition(expression);
  if (made.kind === 'formatted') return made.parts.some((part) => typeof part === 'string' && part.trim() !== '');
  if (made.kind === 'operation') return made.operator === '+' || made.operator === '%';
  return made.kind === 'call' && made.callee.kind === 'attribute' && made.callee.name === 'format';
}

/** What decides which program runs: the command line, the first word of a list, or code handed to an interpreter. */
export function program(call: CallFact, command: Expression, py: PythonQuestions): Expression | undefined {
  const words = py.definition(command);
  if (words.kind !== 'list' && words.kind !== 'tuple') return command;
  const code = words.items.findIndex((word) => word.kind === 'string' && /^(-c|-e|-Command|\/c)$/.test(word.value));
  const shell = argumentOf(call, 'shell');
  const first = words.items[0];
  if (code >= 0) return words.items[code + 1];
  return shell === undefined && first?.kind === 'string' ? undefined : first;
}
