import { lazy } from './lazy.js';

/**
 * Dotted-name patterns: `*` is any one segment, `**` any number of segments (also none). Segments are split at dots that
 * stand outside of `()` and `[]` marks, e.g. `boto3.client().put_object` has the segments `boto3`, `client()`, `put_object`.
 */
export class NamePatterns<T> {
  readonly #exact = new Map<string, T[]>();
  /** Patterns with wildcards, by their last segment; those that end in a wildcard under `*`. */
  readonly #wild = new Map<string, { readonly pattern: () => RegExp; readonly value: T }[]>();

  add(pattern: string, value: T): void {
    if (pattern.includes('*')) {
      const last = pattern.slice(pattern.lastIndexOf('.') + 1);
      const key = last.includes('*') ? '*' : last;
      const list = this.#wild.get(key) ?? [];
      // Most patterns never meet a name that ends like them.
      list.push({ pattern: lazy(() => toExpression(pattern)), value });
      this.#wild.set(key, list);
    } else {
      const list = this.#exact.get(pattern);
      if (list === undefined) this.#exact.set(pattern, [value]);
      else list.push(value);
    }
  }

  /** Values of every pattern that matches. O(number of wildcard patterns with the same last segment, or none). */
  match(name: string): readonly T[] {
    const exact = this.#exact.get(name) ?? [];
    if (this.#wild.size === 0) return exact;
    const ending = this.#wild.get(name.slice(name.lastIndexOf('.') + 1)) ?? [];
    const open = this.#wild.get('*') ?? [];
    if (ending.length === 0 && open.length === 0) return exact;
    const wild = [...ending, ...open].filter(({ pattern }) => pattern().test(name));
    return wild.length === 0 ? exact : [...exact, ...wild.map(({ value }) => value)];
  }
}

function toExpression(pattern: string): RegExp {
  const escaped = pattern
    .split('.')
    .map((segment) =>
      segment === '**'
        ? '(?:[^.]+(?:\\.[^.]+)*)?'
        : segment.replace(/[()[\]\\^$+?{}|]/g, '\\$&').replace(/\*/g, '[^.()\\[\\]]+'),
    )
    .join('\\.')
    .replaceAll('\\.(?:[^.]+(?:\\.[^.]+)*)?\\.', '(?:\\.[^.]+)*\\.')
    .replaceAll('(?:[^.]+(?:\\.[^.]+)*)?\\.', '(?:[^.]+\\.)*');
  return new RegExp(`^${escaped}$`);
}

const MARKS = '()[]';

/** Last segment of a pattern or name without call and item marks: what the text of a matching call must end in. */
export function lastSegment(name: string): string {
  let end = name.length;
  while (end > 0 && MARKS.includes(name[end - 1]!)) end--;
  return name.slice(name.lastIndexOf('.', end - 1) + 1, end);
}
