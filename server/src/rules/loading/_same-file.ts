import type { Range } from '../../base/range.js';

const WRITERS = ['save', 'export', 'save_local', 'save_model', 'save_pretrained'];

/** True when a method that writes a model is given the same expression in the same text: `learn.export(path)`. */
export function isWrittenHere(text: string, source: Range): boolean {
  const expression = text.slice(source.start, source.end);
  return WRITERS.some((writer) => [',', ')'].some((after) => text.includes(`.${writer}(${expression}${after}`)));
}
