/** What is known of a value without running anything. */
export type Value =
  | { readonly kind: 'string'; readonly value: string }
  /** A string whose beginning is known: f-string, concatenation, path join. `pieces` are the known parts in order. */
  | { readonly kind: 'partial'; readonly prefix: string; readonly pieces: readonly string[] }
  | { readonly kind: 'bytes'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'dict'; readonly entries: ReadonlyMap<string, Value>; readonly open: boolean }
  | { readonly kind: 'unknown' };

export const UNKNOWN: Value = { kind: 'unknown' };
