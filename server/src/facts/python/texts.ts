import { type Range, range } from '../../base/range.js';
import { children, keywordName, nodeText, stringValue } from '../../syntax/python/accessors.js';
import { Kind } from '../../syntax/python/tree.js';
import type { PythonModule } from './module.js';

/** A string literal and the name it is given to. */
export interface StringFact {
  readonly text: string;
  readonly range: Range;
  /** True when offsets in `text` do not run in step with the source. */
  readonly escaped: boolean;
  readonly name: string | undefined;
}

/** Decodes a string node; for a plain literal without escapes the range is that of the text inside the quotes. */
export function stringFact(module: PythonModule, node: number): StringFact | undefined {
  const { tree } = module;
  const whole = module.span(node);
  const source = tree.text.slice(whole.start, whole.end);
  if (tree.kind[node] === Kind.FStr)
    return { text: source, range: whole, escaped: false, name: givenName(module, node) };
  const text = stringValue(tree, node);
  if (text === undefined) return undefined;
  const opening = /^[a-zA-Z]{0,2}("""|'''|"|')/.exec(source)?.[0].length ?? 0;
  const inStep = source.slice(opening, opening + text.length) === text && source.length - opening - text.length <= 3;
  const range = inStep ? { start: whole.start + opening, end: whole.start + opening + text.length } : whole;
  return { text, range, escaped: !inStep, name: givenName(module, node) };
}

/** A literal with what it is given to: the stretch in which `givenName` finds the name. */
export function givenRange(module: PythonModule, node: number): Range {
  const parents = module.parents();
  const { kind, from, to } = module.tree;
  let around = parents[node]!;
  while (around >= 0 && kind[around] === Kind.Group) around = parents[around]!;
  const named =
    around >= 0 &&
    (kind[around] === Kind.Kwarg ||
      kind[around] === Kind.Entry ||
      kind[around] === Kind.Param ||
      kind[around] === Kind.Assign ||
      kind[around] === Kind.AnnAssign);
  return range(from[named ? around : node]!, to[node]!);
}

/** The variable, attribute, keyword, dict key or subscript key a value is given to. */
export function givenName(module: PythonModule, node: number): string | undefined {
  const { tree } = module;
  const parent = module.parents()[node]!;
  if (parent < 0) return undefined;
  switch (tree.kind[parent]) {
    case Kind.Kwarg:
      return keywordName(tree, parent);
    case Kind.Group:
      return givenName(module, parent);
    case Kind.Entry: {
      const [key, value] = children(tree, parent);
      return value === node && key !== undefined ? targetName(module, key) : undefined;
    }
    case Kind.Param:
      return /^[\w]+/.exec(nodeText(tree, parent))?.[0];
    case Kind.Assign:
    case Kind.AnnAssign: {
      const [target] = children(tree, parent);
      return target === undefined || target === node ? undefined : targetName(module, target);
    }
  }
  return undefined;
}

function targetName(module: PythonModule, node: number): string | undefined {
  const { tree } = module;
  switch (tree.kind[node]) {
    case Kind.Name:
      return nodeText(tree, node);
    case Kind.Attr:
      return /(\w+)$/.exec(nodeText(tree, node))?.[1];
    case Kind.Str:
      return stringValue(tree, node);
    case Kind.Subscript: {
      const index = children(tree, node)[1];
      return index === undefined ? undefined : targetName(module, index);
    }
  }
  return undefined;
}

/** Simple statements and the heads of compound ones, by position. O(n). */
export function parsedStatements(module: PythonModule): readonly Range[] {
  const { tree } = module;
  const parents = module.parents();
  const ranges: Range[] = [];
  for (let node = 0; node < tree.count; node++) {
    const parent = parents[node]!;
    if (parent < 0) continue;
    const kind = tree.kind[parent];
    const inBlock = kind === Kind.Block || kind === Kind.Module;
    if (!inBlock && tree.kind[node] !== Kind.Except && tree.kind[node] !== Kind.Case) continue;
    ranges.push(headOf(module, node));
  }
  return ranges.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** A compound statement counts up to the colon that opens its first block: what stands in the block is not its head. */
function headOf(module: PythonModule, node: number): Range {
  const { tree } = module;
  const whole = module.span(node);
  let before = whole.start;
  for (const child of children(tree, node)) {
    if (tree.kind[child] !== Kind.Block) {
      before = tree.to[child]!;
      continue;
    }
    const colon = tree.text.indexOf(':', before);
    const end = colon < 0 || colon >= tree.from[child]! ? tree.from[child]! : colon + 1;
    return { start: whole.start, end };
  }
  return whole;
}
