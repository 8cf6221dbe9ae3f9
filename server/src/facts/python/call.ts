import type { Range } from '../../base/range.js';
import type { Argument, CallExpression, Expression } from './expression.js';

/**
 * A call whose callee could be named. The name is the dotted path of what is called, with `()` for "the result of calling"
 * and `[]` for "an item of": `torch.load`, `tarfile.open().extractall`, `boto3.client().put_object`.
 */
export interface CallFact {
  readonly kind: 'call';
  /** The resolved name that matched the query. */
  readonly name: string;
  readonly expression: CallExpression;
  readonly arguments: readonly Argument[];
  readonly callee: Expression;
  readonly calleeRange: Range;
  readonly range: Range;
  /** Index of the scope the call stands in. */
  readonly scope: number;
  /** The logical statement around it. */
  readonly statement: Range;
}

/** A function named but not called: `map(eval, rows)`, `value_deserializer=pickle.loads`. */
export interface ReferenceFact {
  readonly kind: 'reference';
  readonly name: string;
  readonly expression: Expression;
  readonly range: Range;
  readonly scope: number;
  readonly statement: Range;
}
