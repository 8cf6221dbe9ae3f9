import type { Expression, PythonQuestions } from '../../engine/index.js';
import { SCORES } from '../../knowledge/model-calls.js';
import { operandsOf } from './_calls-inside.js';

/** Calls and methods that hand on what they are given, digit by digit. */
const KEEPS =
  /^(?:float|str|list|dict|tuple|zip|enumerate|sorted|numpy\.(?:array|asarray)|json\.dumps|(?:flask|quart)\.jsonify|(?:fastapi\.responses|starlette\.responses|sanic\.response)\.\w+)$/;
const KEEPING_METHODS =
  /^(?:tolist|item|cpu|numpy|detach|squeeze|flatten|reshape|ravel|mean|items|values|to_dict|to_list)$/;
const ARITHMETIC = /^(?:[-+*/]|\*\*)$/;
const MAX_STEPS = 12;

export interface Found {
  readonly range: { readonly start: number; readonly end: number };
  readonly callee: string;
  /** The innermost `float(…)` the score goes through. */
  readonly float: Expression | undefined;
}

/** Scores that are part of a value as they are; a call that nobody knows may do anything with them. */
export function scores(
  expression: Expression,
  py: PythonQuestions,
  text: string,
  float: Expression | undefined = undefined,
  steps = MAX_STEPS,
): Found | undefined {
  if (steps === 0) return undefined;
  const first = (parts: readonly Expression[], within = float): Found | undefined => {
    for (const part of parts) {
      const found = scores(part, py, text, within, steps - 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  switch (expression.kind) {
    case 'name': {
      const definition = py.definition(expression);
      return definition === expression ? undefined : first([definition]);
    }
    case 'call': {
      const { callee } = expression;
      const names = py.names(callee);
      const method = callee.kind === 'attribute' ? callee.name : '';
      const name =
        names.find((candidate) => SCORES.test(candidate)) ?? (SCORES.test(`.${method}`) ? method : undefined);
      if (name !== undefined) {
        const range = callee.kind === 'attribute' ? callee.nameRange : callee.range;
        return { range, callee: name.slice(name.lastIndexOf('.') + 1), float };
      }
      const within = names.includes('float') ? expression : float;
      if (names.some((candidate) => KEEPS.test(candidate)))
        return first(
          expression.arguments.map(({ value }) => value),
          within,
        );
      return callee.kind === 'attribute' && KEEPING_METHODS.test(method) ? first([callee.object]) : undefined;
    }
    case 'operation':
      return ARITHMETIC.test(expression.operator) ? first(expression.operands) : undefined;
    case 'conditional':
      return first([expression.then, expression.otherwise]);
    case 'subscript':
      return first([expression.object]);
    case 'comprehension': {
      const { start, end } = expression.range;
      if (/round|:\.\d|argmax|[<>]/.test(text.slice(start, end))) return undefined;
      return first(expression.clauses.map(({ iterable }) => iterable));
    }
    case 'dict':
    case 'list':
    case 'tuple':
    case 'await':
      return first(operandsOf(expression));
  }
  return undefined;
}
