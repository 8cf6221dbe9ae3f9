import type { ConfigTree } from './node.js';
import { readYamlEvents } from './yaml-events.js';
import { readYamlNodes } from './yaml-nodes.js';

/**
 * Reads a YAML stream, one root per document. Never throws; O(n). Aliases point at the entry of their anchor and are
 * never expanded, so cyclic and exploding ones are harmless. Duplicate keys stay in the tree and are reported.
 *
 * Well-formed streams, nearly all, are read from the events of a fast parser; what that one refuses is read by one that
 * recovers from errors. Both give the same tree for the same text.
 */
export function readYaml(text: string): ConfigTree {
  return readYamlEvents(text) ?? readYamlNodes(text);
}
