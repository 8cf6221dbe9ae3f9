import type { Range } from '../../base/range.js';
import type { Expression } from './expression.js';

export type BindingKind =
  | 'import'
  | 'value'
  | 'element'
  | 'iteration'
  | 'context'
  | 'parameter'
  | 'function'
  | 'class'
  | 'exception'
  | 'opaque';

/** One place where a name gets a meaning. */
export interface Binding {
  readonly kind: BindingKind;
  readonly name: string;
  readonly range: Range;
  /** Offset from which the name has this meaning in straight-line code: the end of the binding statement's head. */
  readonly from: number;
  /** Innermost block: the binding is certain for uses inside it, possible for later uses outside it. */
  readonly block: Range;
  /** Imports: dotted path; a relative one keeps its leading dots (`..loaders.load`). */
  readonly target: string | undefined;
  /** Values, elements, iterations, contexts: the expression on the right; parameters: the default. */
  readonly value: Expression | undefined;
  /** Elements: index in the unpacked tuple. */
  readonly element: number | undefined;
  /** Annotation of parameters and annotated assignments. */
  readonly annotation: Expression | undefined;
  /** Functions and classes: index of the scope of their body. Parameters: of the function they belong to. */
  readonly body: number | undefined;
}

export interface Scope {
  /** Node index of the scope in its tree; the key the module knows it by. */
  readonly index: number;
  readonly kind: 'module' | 'function' | 'class' | 'lambda' | 'comprehension';
  readonly parent: number | undefined;
  readonly range: Range;
  /** Function or class name; empty for others. */
  readonly name: string;
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
}
