import type { JsonNode } from '../../syntax/json/parse.js';
import { parseJson } from '../../syntax/json/parse.js';
import { ConfigNode, type ConfigTree, ErrorList } from './node.js';
import { looksLikeTemplate } from './template.js';

/** Reads JSON, JSON with comments and broken JSON as one document. O(n); never throws. */
export function readJson(text: string): ConfigTree {
  const { root, errors } = parseJson(text);
  const list = new ErrorList();
  for (const error of errors) list.add(error.range, error.message);
  const roots = root === undefined ? [] : [convert(root, list)];
  return { roots, errors: list.list, template: looksLikeTemplate(text, list.list.length > 0) };
}

/** The parser bounds the depth, so recursion is safe. */
function convert(node: JsonNode, errors: ErrorList): ConfigNode {
  const kind = node.kind === 'object' ? 'map' : node.kind === 'array' ? 'list' : 'scalar';
  const entry = new ConfigNode(kind, { start: node.start, end: node.end });
  entry.value = node.value;
  entry.style = node.kind === 'string' ? 'double' : 'plain';
  entry.flow = kind !== 'scalar';
  if (node.key !== undefined) entry.named(node.key.text, node.key.range);
  const seen = kind === 'map' ? new Set<string>() : undefined;
  for (const childNode of node.children) {
    const key = childNode.key;
    if (seen !== undefined && key !== undefined) {
      if (seen.has(key.text)) errors.add(key.range, `Duplicate key "${key.text.slice(0, 80)}"`);
      seen.add(key.text);
    }
    entry.append(convert(childNode, errors));
  }
  return entry;
}
