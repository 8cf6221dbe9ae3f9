import type { Example, Messages } from '../../server/src/engine/rule.js';

/** Text without its `«…»` marks, and where they stood. */
export function unmark(marked: string): { text: string; marks: { start: number; end: number }[] } {
  const marks: { start: number; end: number }[] = [];
  let text = '';
  for (const part of marked.split(/([«»])/)) {
    if (part === '«') marks.push({ start: text.length, end: -1 });
    else if (part === '»') marks[marks.length - 1]!.end = text.length;
    else text += part;
  }
  return { text, marks };
}

/** The files of an example, with the pins it is given. */
export function workspaceOf(example: Example<Messages>, text: string): Record<string, string> {
  const pins = Object.entries(example.given ?? {}).map(([name, version]) => `${name}==${version}`);
  const path = example.path ?? 'train.py';
  return { ...(pins.length > 0 ? { 'requirements.txt': `${pins.join('\n')}\n` } : {}), ...example.files, [path]: text };
}
