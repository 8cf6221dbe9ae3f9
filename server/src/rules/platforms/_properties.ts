import type { Range } from '../../base/range.js';
import { type ConfigEntry, child, config, text as textOf } from '../../engine/index.js';

/** A setting of a Java properties file. */
export interface Property {
  readonly key: string;
  readonly value: string;
  /** The value. */
  readonly place: Range;
  /** Key and value. */
  readonly range: Range;
}

/** `=`, `:` or blanks separate key and value (https://docs.oracle.com/javase/8/docs/api/java/util/Properties.html). */
const PROPERTY = /^([ \t]*)([A-Za-z_][\w.-]{0,120})([ \t]*[=:][ \t]*|[ \t]+)(\S[^\r\n]{0,2000})?$/gm;

/**
 * Settings of a properties file in text order: for the root of a file those of the file, for a value of a ConfigMap those of
 * the file that is written out there as a block. Nothing for other entries.
 */
export function propertiesOf(entry: ConfigEntry, text: string): readonly Property[] {
  const whole = entry.parent === undefined;
  if (!whole && (entry.style !== 'literal' || textOf(child(entry.parent?.parent, 'kind')) !== 'ConfigMap')) return [];
  const from = whole ? 0 : entry.valueRange.start;
  const block = text.slice(from, whole ? undefined : entry.valueRange.end).replace(/\r(?=\n)/g, ' ');
  return [...block.matchAll(PROPERTY)].map((match) => {
    const [, indent, key, separator, written] = match;
    // A comment behind a value is not one to Java, but to those who write it.
    const value = written?.replace(/[ \t]#.*$/, '').trimEnd() ?? '';
    const start = from + match.index + indent!.length;
    const at = start + key!.length + separator!.length;
    return { key: key!, value, place: { start: at, end: at + value.length }, range: { start, end: at + value.length } };
  });
}

/** The last setting of a name, which is the one that counts. */
export function propertyOf(properties: readonly Property[], key: string): Property | undefined {
  return properties.findLast((one) => one.key === key);
}

/** Files of TorchServe, also inside of a ConfigMap. */
export const torchServeFiles = [
  config.entries(['torchserve-config'], ''),
  config.entries(['kubernetes'], 'data.*'),
] as const;

/** Settings of TorchServe; nothing where a ConfigMap holds another program's file. */
export function torchServeSettings(entry: ConfigEntry, text: string): readonly Property[] {
  const properties = propertiesOf(entry, text);
  return properties.some(({ key }) => /^(?:model_store|(?:inference|management)_address)$/.test(key)) ? properties : [];
}

/** True for a binding of TorchServe that other machines reach: `http://0.0.0.0:8081`, `0.0.0.0`. */
export function bindsEverything(value: string): boolean {
  return /^(?:https?:\/\/)?(?:0\.0\.0\.0|\[::\]|\*)(?::\d+)?\/?$/.test(value);
}
