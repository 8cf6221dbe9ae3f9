import type { Range } from '../../base/range.js';
import { scanTextproto, type TextprotoToken } from '../../syntax/textproto/scan.js';
import { ConfigNode, type ConfigTree, ErrorList } from './node.js';
import { looksLikeTemplate } from './template.js';

const MAX_DEPTH = 100;
const CLOSES: Readonly<Record<string, string>> = { '{': '}', '<': '>', '[': ']' };

/**
 * Reads protobuf's text format (`config.pbtxt`) as one document: messages are maps, lists are lists. A field that is
 * written several times (`input { … } input { … }`) stays several entries of one key. Never throws; O(n).
 *
 * Grammar: https://protobuf.dev/reference/protobuf/textformat-spec/
 */
export function readTextproto(text: string): ConfigTree {
  const reader = new Reader();
  for (const token of scanTextproto(text)) if (!reader.take(token)) break;
  const { root, errors } = reader.end(text.length);
  return { roots: [root], errors: errors.list, template: looksLikeTemplate(text, errors.list.length > 0) };
}

class Reader {
  readonly #root = new ConfigNode('map', { start: 0, end: 0 });
  readonly #errors = new ErrorList();
  readonly #open: { readonly node: ConfigNode; readonly close: string }[] = [];
  #key: { readonly text: string; readonly range: Range; readonly separated: boolean } | undefined;
  /** The scalar a string would continue: strings side by side are one. */
  #string: ConfigNode | undefined;

  /** False when the rest is not read. */
  take(token: TextprotoToken): boolean {
    const { kind, text, range } = token;
    const before = this.#string;
    this.#string = undefined;
    if (kind === 'string' && before !== undefined && this.#key === undefined) this.#continue(before, token);
    else if (kind === 'mark') return this.#mark(text, range);
    else if (this.#inList() || this.#key?.separated === true) this.#scalar(token);
    else {
      if (this.#key !== undefined) this.#withoutValue();
      if (kind === 'string') this.#errors.add(range, 'A field name is expected here');
      else this.#key = { text, range, separated: false };
    }
    return true;
  }

  end(length: number): { root: ConfigNode; errors: ErrorList } {
    if (this.#key !== undefined) this.#withoutValue();
    for (const { node } of this.#open) {
      const { start } = node.valueRange;
      this.#errors.add({ start, end: Math.min(start + 1, length) }, 'This bracket is never closed');
      node.setValueRange({ start, end: length });
    }
    this.#root.setValueRange({ start: 0, end: length });
    return { root: this.#root, errors: this.#errors };
  }

  #mark(mark: string, range: Range): boolean {
    if (mark === ':') {
      if (this.#key === undefined || this.#key.separated) this.#errors.add(range, 'Unexpected colon');
      else this.#key = { ...this.#key, separated: true };
      return true;
    }
    const close = CLOSES[mark];
    if (close === undefined) this.#close(mark, range);
    else if (this.#open.length >= MAX_DEPTH) {
      this.#errors.add(range, 'Nested too deeply; the rest is not read');
      return false;
    } else if (this.#key === undefined && !this.#inList()) this.#errors.add(range, 'A field name is expected here');
    else this.#open.push({ node: this.#add(new ConfigNode(mark === '[' ? 'list' : 'map', range)), close });
    return true;
  }

  #close(mark: string, range: Range): void {
    if (this.#key !== undefined) this.#withoutValue();
    const last = this.#open.at(-1);
    if (last?.close !== mark) {
      this.#errors.add(range, 'This bracket closes nothing');
      return;
    }
    this.#open.pop();
    last.node.setValueRange({ start: last.node.valueRange.start, end: range.end });
  }

  #scalar({ kind, text, range }: TextprotoToken): void {
    const entry = this.#add(new ConfigNode('scalar', range));
    entry.value = kind === 'string' ? text : wordValue(text);
    entry.flow = false;
    if (kind === 'string') {
      entry.style = 'double';
      this.#string = entry;
    }
  }

  #continue(entry: ConfigNode, { text, range }: TextprotoToken): void {
    entry.value = String(entry.value) + text;
    entry.setValueRange({ start: entry.valueRange.start, end: range.end });
    this.#string = entry;
  }

  #withoutValue(): void {
    const { range } = this.#key!;
    this.#errors.add(range, 'This field has no value');
    this.#add(new ConfigNode('scalar', { start: range.end, end: range.end })).value = null;
  }

  #add(node: ConfigNode): ConfigNode {
    node.flow = node.kind !== 'scalar';
    const parent = this.#open.at(-1)?.node ?? this.#root;
    if (this.#key !== undefined) node.named(this.#key.text, this.#key.range);
    this.#key = undefined;
    parent.append(node);
    return node;
  }

  #inList(): boolean {
    return this.#open.at(-1)?.node.kind === 'list';
  }
}

function wordValue(word: string): string | number | boolean {
  if (word === 'true' || word === 'false') return word === 'true';
  return /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(word) ? Number(word) : word;
}
