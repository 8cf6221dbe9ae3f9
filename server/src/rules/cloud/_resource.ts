import type { Range, TextEdit } from '../../base/range.js';
import {
  type ConfigEntry,
  child,
  config,
  configEdit,
  hclEdit,
  placeholder,
  text as textOf,
} from '../../engine/index.js';

/** A resource of Terraform or CloudFormation, whose arguments are asked for by both names. */
export interface Resource {
  readonly syntax: 'terraform' | 'cloudformation';
  readonly type: string;
  readonly name: string;
  /** Where it is named: the place for what it lacks. */
  readonly at: Range;
  /** Its arguments; undefined for a CloudFormation resource without properties. */
  readonly body: ConfigEntry | undefined;
  readonly entry: ConfigEntry;
}

/** Resources of both syntaxes, one by one. */
export const RESOURCES = [
  config.entries(['terraform'], 'resource.*.*'),
  config.entries(['cloudformation'], 'Resources.*'),
] as const;

/** The resource an entry of `RESOURCES` is, when it has one of the types. */
export function resourceOf(entry: ConfigEntry, ...types: readonly string[]): Resource | undefined {
  const { key, keyRange, kind } = entry;
  if (key === undefined || keyRange === undefined || kind !== 'map') return undefined;
  if (entry.parent?.key === 'Resources') {
    const type = textOf(child(entry, 'Type')) ?? '';
    if (!types.includes(type)) return undefined;
    return { syntax: 'cloudformation', type, name: key, at: keyRange, body: child(entry, 'Properties'), entry };
  }
  const type = entry.parent?.key ?? '';
  if (!types.includes(type)) return undefined;
  return { syntax: 'terraform', type, name: key, at: keyRange, body: entry, entry };
}

/** An argument as far as it is known. */
export type Setting =
  | { readonly state: 'absent' | 'unknown' }
  | { readonly state: 'set'; readonly entry: ConfigEntry; readonly value: string | undefined };

/** An argument by its names in Terraform and CloudFormation; dots lead into blocks. */
export function setting(resource: Resource, terraform: string, cloudformation: string): Setting {
  const isTerraform = resource.syntax === 'terraform';
  let entry = resource.body;
  if (entry !== undefined && isComputed(entry)) return { state: 'unknown' };
  for (const key of (isTerraform ? terraform : cloudformation).split('.')) {
    const found: ConfigEntry | undefined = child(entry, key);
    if (found === undefined) return { state: entry !== undefined && hasHidden(entry, key) ? 'unknown' : 'absent' };
    if (isComputed(found)) return { state: 'unknown' };
    entry = found.kind === 'list' && found.children[0]?.kind === 'map' && isTerraform ? found.children[0] : found;
  }
  if (entry === undefined) return { state: 'absent' };
  if (entry.kind === 'scalar' && entry.value === null) return { state: isTerraform ? 'absent' : 'unknown' };
  return { state: 'set', entry, value: textOf(entry) };
}

/** `var.x`, `!If`, `{Ref: X}`, an alias: known only when it runs. */
function isComputed(entry: ConfigEntry): boolean {
  if (entry.alias !== undefined || (entry.tag !== undefined && entry.tag !== '!jsonencode')) return true;
  if (entry.kind === 'scalar') return typeof entry.value === 'string' && /\$\{|\{\{/.test(entry.value);
  return entry.children.some(({ key }) => key !== undefined && /^(?:Ref|Condition|Fn::\w+)$/.test(key));
}

/** Arguments that may come from a place that is not read: dynamic blocks, merge keys, transforms. */
function hasHidden(entry: ConfigEntry, key: string): boolean {
  return child(child(entry, 'dynamic'), key) !== undefined || child(entry, '<<') !== undefined;
}

/** Edits that give an argument of the resource itself (no block) a constant; none where it is computed. */
export function set(
  text: string,
  resource: Resource,
  names: readonly [terraform: string, cloudformation: string],
  value: string,
): TextEdit[] {
  const { body, syntax } = resource;
  if (body === undefined) return [];
  const key = syntax === 'terraform' ? names[0] : names[1];
  const known = child(body, key);
  const isHcl = syntax === 'terraform' && text[resource.at.end] !== ':' && !isJson(text);
  const bare = /^(?:true|false|\d+)$/.test(value);
  if (isHcl) return hclEdit.setArgument(text, body, key, bare ? value : `"${value}"`);
  const written = isJson(text) && !bare ? `"${value}"` : value;
  if (known === undefined) return configEdit.addEntry(text, body, key, written);
  return known.kind === 'scalar' && known.tag === undefined ? configEdit.replaceEntry(text, known, key, written) : [];
}

/** Edits that add an argument with a value that somebody fills in, in the syntax of the file. */
export function fillIn(
  text: string,
  { body, syntax }: Resource,
  names: readonly [terraform: string, cloudformation: string],
  word: string,
): TextEdit[] {
  if (body === undefined) return [];
  if (isJson(text))
    return configEdit.addEntry(text, body, names[syntax === 'terraform' ? 0 : 1], `"${placeholder(word)}"`);
  return syntax === 'terraform'
    ? hclEdit.setArgument(text, body, names[0], placeholder(word))
    : configEdit.addEntry(text, body, names[1], placeholder(word));
}

function isJson(text: string): boolean {
  return text.trimStart().startsWith('{');
}

/** A name for messages. */
export function shortName({ name }: Resource): string {
  return name.slice(0, 40);
}
