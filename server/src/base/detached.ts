/**
 * A copy of a short text that does not keep the text it was cut from in memory (engines may share it): for what is kept
 * longer than its document. O(length).
 */
export function detached(text: string): string {
  let copy = '';
  for (let i = 0; i < text.length; i++) copy += String.fromCharCode(text.charCodeAt(i));
  return copy;
}
