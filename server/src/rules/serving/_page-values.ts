import { argumentOf, type CallFact, type Expression, type PythonQuestions } from '../../engine/index.js';

/** Names of path parameters that the framework turns into numbers: `/<int:row>`. */
export function convertedBy(decorator: Expression, py: PythonQuestions): ReadonlySet<string> {
  const rule = decorator.kind === 'call' ? argumentOf(decorator, 'rule', 0) : undefined;
  const value = rule === undefined ? undefined : py.value(rule.value);
  if (value?.kind !== 'string') return new Set();
  return new Set([...value.value.matchAll(/<(?:int|float|uuid)(?:\([^)]*\))?:(\w+)>/g)].map((match) => match[1]!));
}

/** A text that is put together: f-string, concatenation, `%`, `format`. */
export function isBuilt(value: Expression): boolean {
  if (value.kind === 'call') return value.callee.kind === 'attribute' && value.callee.name === 'format';
  return (
    value.kind === 'formatted' || (value.kind === 'operation' && (value.operator === '+' || value.operator === '%'))
  );
}

export function holdsMarkup(value: Expression): boolean {
  if (value.kind === 'formatted') return value.parts.some((part) => typeof part === 'string' && part.includes('<'));
  if (value.kind === 'string') return value.value.includes('<');
  return (
    isBuilt(value) &&
    (value.kind === 'operation' ? value.operands : value.kind === 'call' ? [value.callee] : []).some((part) =>
      holdsMarkup(part.kind === 'attribute' ? part.object : part),
    )
  );
}

/** `media_type="text/plain"`, `content_type="application/json"`. */
export function answersOtherwise(call: CallFact, py: PythonQuestions): boolean {
  const type = ['media_type', 'content_type', 'mimetype'].map((name) => argumentOf(call, name)).find(Boolean);
  if (type === undefined) return false;
  const value = py.value(type.value);
  return value.kind !== 'string' || !/html|svg/.test(value.value);
}

/** The values a text is made of; a name is followed to where it is put together. */
export function leaves(value: Expression, py: PythonQuestions, depth: number): readonly Expression[] {
  const found = depth > 3 ? value : py.definition(value);
  if (!isBuilt(found)) return [value];
  const inside = (parts: readonly Expression[]) => parts.flatMap((part) => leaves(part, py, depth + 1));
  if (found.kind === 'formatted') return inside(found.parts.filter((part) => typeof part !== 'string'));
  if (found.kind === 'call') return inside(found.arguments.map((argument) => argument.value));
  if (found.kind !== 'operation') return [value];
  return inside(found.operands.flatMap((operand) => (operand.kind === 'tuple' ? operand.items : [operand])));
}
