import type { Range } from '../../base/range.js';
import type { CallExpression } from '../../facts/python/expression.js';
import type { Data, Estimator, Fit } from './value.js';

/** The name that is called. */
export function methodRange(call: CallExpression): Range {
  return call.callee.kind === 'attribute' ? call.callee.nameRange : call.callee.range;
}

export function callRange(call: CallExpression): Range {
  return call.callee.range;
}

/** True when a call passes one positional argument and nothing else. */
export function isPlain(call: CallExpression): boolean {
  const [only] = call.arguments;
  return call.callee.kind === 'attribute' && call.arguments.length === 1 && only?.position === 0 && !only.unpacked;
}

export function fitOf(call: CallExpression, by: Pick<Estimator, 'subject' | 'learns'>, data: Data): Fit {
  return {
    range: methodRange(call),
    call: call.range,
    plain: isPlain(call),
    subject: by.subject,
    method: call.callee.kind === 'attribute' ? call.callee.name : by.subject,
    learns: by.learns,
    rows: data.rows,
    part: data.part,
    source: data.source,
    drawn: undefined,
  };
}
