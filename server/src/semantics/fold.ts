import { UNKNOWN, type Value } from './value.js';

/** The known pieces of a text in order; `undefined` is an unknown one. */
export function known(value: Value): (string | undefined)[] {
  if (value.kind === 'string') return [value.value];
  if (value.kind === 'number') return [String(value.value)];
  if (value.kind === 'partial') {
    return value.prefix === '' ? [undefined, ...value.pieces] : [...value.pieces, undefined];
  }
  return [undefined];
}

/** Joins pieces; `undefined` is an unknown one. Without any known piece the result is unknown. */
export function joined(parts: readonly (string | undefined)[]): Value {
  if (parts.every((part) => part !== undefined)) return { kind: 'string', value: parts.join('') };
  const pieces: string[] = [];
  let piece = '';
  for (const part of parts) {
    if (part !== undefined) piece += part;
    else if (piece !== '') {
      pieces.push(piece);
      piece = '';
    }
  }
  if (piece !== '') pieces.push(piece);
  if (pieces.length === 0) return UNKNOWN;
  return { kind: 'partial', prefix: parts[0] === undefined ? '' : pieces[0]!, pieces };
}

/** `a + b` of texts and lists. */
export function concatenated(left: Value, right: Value): Value {
  if (left.kind === 'list' && right.kind === 'list') return { kind: 'list', items: [...left.items, ...right.items] };
  const text = (value: Value): boolean => value.kind === 'string' || value.kind === 'partial';
  if (!text(left) && !text(right)) return UNKNOWN;
  return joined([...known(left), ...known(right)]);
}

/** One value when all are equal constants, else unknown. */
export function same(values: readonly Value[]): Value {
  const [first, ...others] = values;
  if (first === undefined) return UNKNOWN;
  if (others.length === 0) return first;
  return others.every((other) => JSON.stringify(other) === JSON.stringify(first)) && first.kind !== 'dict'
    ? first
    : UNKNOWN;
}

/** Truth of a constant as Python sees it; undefined when unknown. */
export function truth(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'boolean':
      return value.value;
    case 'none':
      return false;
    case 'number':
      return value.value !== 0;
    case 'string':
    case 'bytes':
      return value.value !== '';
    case 'list':
      return value.items.length > 0;
  }
  return undefined;
}
