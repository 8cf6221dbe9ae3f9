/**
 * Dotted-name patterns: `*` is any one segment, `**` any number of segments (also none). Segments are split at dots that
 * stand outside of `()` and `[]` marks, e.g. `boto3.client().put_object` has the segments `boto3`, `client()`, `put_object`.
 */
export class NamePatterns<T> {
  readonly #exact = new Map<string, T[]>();
  readonly #wild: { readonly pattern: RegExp; readonly value: T }[] = [];

  add(pattern: string, value: T): void {
    if (pattern.includes('*')) this.#wild.push({ pattern: toExpression(pattern), value });
    else {
      const list = this.#exact.get(pattern);
      if (list === undefined) this.#exact.set(pattern, [value]);
      else list.push(value);
    }
  }

  /** Values of every pattern that matches. O(number of wildcard patterns). */
  match(name: string): readonly T[] {
    const exact = this.#exact.get(name) ?? [];
    if (this.#wild.length === 0) return exact;
    const wild = this.#wild.filter((entry) => entry.pattern.test(name)).map((entry) => entry.value);
    return wild.length === 0 ? exact : [...exact, ...wild];
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

/** Last segment of a pattern or name without call and item marks: what the text of a matching call must end in. */
export function lastSegment(name: string): string {
  const bare = name.replace(/[()[\]]+$/, '');
  return bare.slice(bare.lastIndexOf('.') + 1);
}
