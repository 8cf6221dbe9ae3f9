import { type IniLine, parseIni } from '../../syntax/ini/parse.js';
import { ConfigNode, type ConfigTree, ErrorList, spanChildren } from './node.js';
import { looksLikeTemplate } from './template.js';

/** What stands on a line of its own in nginx, HOCON, JSON and TOML, all of which are found in files named `.conf` or `.cfg`. */
const BRACKETS = /^[[\](){},;]+$/;

/**
 * Reads INI, properties and env files as one document: sections are maps, keys stay whole even with dots, every value is
 * a string (null when empty). A section that is written twice is one map. A file in brackets is of another syntax: like a
 * template it is read as far as its lines go, has no errors and is not edited. Never throws; O(n).
 */
export function readIni(text: string): ConfigTree {
  const { lines, errors } = parseIni(text);
  const list = new ErrorList();
  for (const error of errors) list.add(error.range, error.message);
  const root = new ConfigNode('map', { start: 0, end: 0 });
  const sections = new Map<string, { node: ConfigNode; keys: Set<string> }>();
  let current = { node: root, keys: new Set<string>() };
  for (const line of lines) {
    if (line.kind === 'section') {
      const known = sections.get(line.name.text);
      if (known !== undefined) list.add(line.name.range, `Duplicate section "${line.name.text.slice(0, 80)}"`);
      current = known ?? openSection(root, line);
      sections.set(line.name.text, current);
    } else {
      const { key } = line;
      if (current.keys.has(key.text)) list.add(key.range, `Duplicate key "${key.text.slice(0, 80)}"`);
      current.keys.add(key.text);
      current.node.append(pair(line));
    }
  }
  for (const { node } of sections.values()) spanChildren(node);
  spanChildren(root);
  if (lines.some((line) => line.kind === 'pair' && BRACKETS.test(line.key.text)))
    return { roots: [root], errors: [], template: true };
  return { roots: [root], errors: list.list, template: looksLikeTemplate(text, list.list.length > 0) };
}

function openSection(root: ConfigNode, line: IniLine & { kind: 'section' }): { node: ConfigNode; keys: Set<string> } {
  const node = new ConfigNode('map', { start: line.end, end: line.end }).named(line.name.text, line.name.range);
  root.append(node);
  return { node, keys: new Set() };
}

function pair(line: IniLine & { kind: 'pair' }): ConfigNode {
  const range = line.value?.range ?? { start: line.valueAt, end: line.valueAt };
  const entry = new ConfigNode('scalar', range).named(line.key.text, line.key.range);
  entry.value =
    line.value === undefined || (line.value.text === '' && line.quote === undefined) ? null : line.value.text;
  entry.style = line.quote ?? 'plain';
  return entry;
}
