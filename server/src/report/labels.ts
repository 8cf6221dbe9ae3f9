import type { Place } from '../base/place.js';

/** `path:line:column` with the cell between for notebooks; everything counts from 1. */
export function locationOf(place: Place): string {
  const { cell } = place;
  if (cell === undefined) return `${place.path}:${place.start.line + 1}:${place.start.character + 1}`;
  return `${place.path}:cell ${cell.index + 1}:${cell.start.line + 1}:${cell.start.character + 1}`;
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
