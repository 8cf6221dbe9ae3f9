import type { Argument, Expression, PythonQuestions } from '../../engine/index.js';

/** True where a value is known to be `True`; not for an argument that is not passed. */
export function isTrue(passed: Argument | Expression | undefined, py: PythonQuestions): boolean {
  const value = passed === undefined ? undefined : py.value('kind' in passed ? passed : passed.value);
  return value?.kind === 'boolean' && value.value;
}

/** True where a value is known to be this text. */
export function isText(expression: Expression, wanted: string, py: PythonQuestions): boolean {
  const value = py.value(expression);
  return value.kind === 'string' && value.value === wanted;
}
