import type { Range } from '../../base/range.js';
import { parseHcl } from '../../syntax/hcl/parse.js';
import type { HclBlock, HclExpression, HclItem, HclName } from '../../syntax/hcl/tree.js';
import type { ScalarStyle } from './entry.js';
import { NamedChildren } from './named-children.js';
import { ConfigNode, type ConfigTree, ErrorList } from './node.js';
import { looksLikeTemplate } from './template.js';

/** Tag of a value that must be computed. */
export const EXPRESSION_TAG = '!expression';
/** Tag of what `jsonencode(…)` writes out. */
export const ENCODED_TAG = '!jsonencode';

const STYLES: Readonly<Record<'none' | 'double' | 'heredoc', ScalarStyle>> = {
  none: 'plain',
  double: 'double',
  heredoc: 'literal',
};

/**
 * Reads HCL (Terraform) as one document in the shape of Terraform's JSON syntax: a block is a map under its type and labels
 * (`resource.aws_s3_bucket.data`), blocks of the same type and labels are a list. Never throws; O(n).
 */
export function readHcl(text: string): ConfigTree {
  const { items, errors } = parseHcl(text);
  const list = new ErrorList();
  for (const error of errors) list.add(error.range, error.message);
  const root = new ConfigNode('map', { start: 0, end: text.length });
  new HclReader(text, list).addAll(root, items);
  return { roots: [root], errors: list.list, template: looksLikeTemplate(text, list.list.length > 0) };
}

class HclReader {
  readonly #text: string;
  readonly #errors: ErrorList;
  readonly #names = new NamedChildren();
  /** Maps that stand for a type or label, not for something between braces. */
  readonly #labels = new Set<ConfigNode>();
  readonly #bodies = new Set<ConfigNode>();
  readonly #repeated = new Set<ConfigNode>();

  constructor(text: string, errors: ErrorList) {
    this.#text = text;
    this.#errors = errors;
  }

  /** The parser bounds the depth, so recursion is safe. */
  addAll(parent: ConfigNode, items: readonly HclItem[]): void {
    for (const item of items) {
      if (item.kind === 'block') this.#block(parent, item);
      else {
        if (this.#names.find(parent, item.name.text) !== undefined) {
          this.#errors.add(item.name.range, `Duplicate argument "${item.name.text.slice(0, 80)}"`);
        }
        this.#names.add(parent, this.#value(item.value).named(item.name.text, item.name.range));
      }
    }
  }

  #block(parent: ConfigNode, block: HclBlock): void {
    let node = parent;
    let name = block.type;
    for (const label of block.labels) {
      node = this.#labelled(node, name);
      name = label;
    }
    const body = new ConfigNode('map', block.body);
    body.flow = this.#startsOnItsLine(block.body, block.items[0]);
    this.#bodies.add(body);
    this.#place(node, name, body);
    this.addAll(body, block.items);
  }

  /** Its pieces may stand anywhere in the file, so a map for a type or label has an empty value behind its first key. */
  #labelled(parent: ConfigNode, name: HclName): ConfigNode {
    const known = this.#names.find(parent, name.text);
    if (known !== undefined && this.#labels.has(known)) return known;
    const made = new ConfigNode('map', { start: name.range.end, end: name.range.end }).named(name.text, name.range);
    this.#labels.add(made);
    this.#names.add(parent, made);
    return made;
  }

  #place(parent: ConfigNode, name: HclName, body: ConfigNode): void {
    const known = this.#names.find(parent, name.text);
    if (known !== undefined && this.#repeated.has(known)) {
      known.append(body);
      return;
    }
    if (known === undefined || !this.#bodies.has(known)) {
      this.#names.add(parent, body.named(name.text, name.range));
      return;
    }
    const { key, keyRange, index } = known;
    const end = keyRange?.end ?? known.range.start;
    const list = new ConfigNode('list', { start: end, end }).named(key ?? '', keyRange ?? name.range);
    list.parent = parent;
    list.index = index;
    parent.children[index] = list;
    known.key = undefined;
    known.keyRange = undefined;
    known.setValueRange(known.valueRange);
    list.append(known);
    list.append(body);
    this.#repeated.add(list);
    this.#names.replace(parent, name.text, list);
  }

  #value(expression: HclExpression): ConfigNode {
    const { start, end } = expression;
    if (expression.kind === 'encoded') {
      const node = this.#value(expression.content);
      node.setValueRange({ start, end });
      node.tag ??= ENCODED_TAG;
      return node;
    }
    if (expression.kind === 'unknown' || expression.kind === 'literal') {
      const node = new ConfigNode('scalar', { start, end });
      if (expression.kind === 'unknown') node.tag = EXPRESSION_TAG;
      else {
        node.value = expression.value;
        node.style = STYLES[expression.quote];
      }
      return node;
    }
    const node = new ConfigNode(expression.kind === 'tuple' ? 'list' : 'map', { start, end });
    if (expression.kind === 'tuple') {
      node.flow = true;
      for (const item of expression.items) node.append(this.#value(item));
      return node;
    }
    node.flow = this.#startsOnItsLine(expression, expression.pairs[0]?.key.range);
    for (const { key, value } of expression.pairs) node.append(this.#value(value).named(key.text, key.range));
    return node;
  }

  /** Whether what is in braces begins on the line of its brace, so that no line can be put in between. */
  #startsOnItsLine(braces: Range, first: HclItem | Range | undefined): boolean {
    const range = first === undefined ? braces : 'kind' in first ? nameOf(first).range : first;
    const until = first === undefined ? braces.end : range.start;
    return !/[\r\n]/.test(this.#text.slice(braces.start, until));
  }
}

function nameOf(item: HclItem): HclName {
  return item.kind === 'block' ? item.type : item.name;
}
