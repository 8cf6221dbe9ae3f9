import type { Range } from '../../base/range.js';

/** What a module-level name of a workspace module stands for, seen from outside. */
export type PythonExport =
  /** A re-export: absolute dotted path of a library object, e.g. `torch.load`. */
  | { readonly kind: 'import'; readonly target: string }
  | {
      readonly kind: 'constant';
      readonly name: string;
      readonly value: string | number | boolean | null;
      readonly path: string;
      readonly range: Range;
    }
  | {
      readonly kind: 'function' | 'class' | 'unknown';
      /** The name it has in the module that defines it. */
      readonly name: string;
      readonly path: string;
      readonly range: Range;
    };
