import { triggerExpression } from './trigger-words.gen.js';

const compiled: { expression?: RegExp } = {};

/**
 * False when `classifyColumn` can find nothing in a text whose names, siblings and containers all stand in it. Takes
 * lower-case text. Linear; the expression is compiled with the first question.
 */
export function mayHoldPersonalNames(lowerCase: string): boolean {
  compiled.expression ??= new RegExp(triggerExpression);
  return compiled.expression.test(lowerCase);
}
