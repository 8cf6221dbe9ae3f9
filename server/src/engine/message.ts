import type { Range } from '../base/range.js';

/** Message templates by id; `{name}` is filled by `report`. */
export type Messages = Readonly<Record<string, string>>;

/** The placeholders of a message template, as a union of their names. */
export type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** Anything with a place. */
export type Target = Range | { readonly range: Range };

/** Fills `{name}` placeholders; a missing value leaves the placeholder, which a test of the rule shows. */
export function fillMessage(template: string, values: Readonly<Record<string, string | number>> | undefined): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values?.[name] ?? whole));
}

/** Shortens text for a message: one line, at most `limit` characters. */
export function shorten(text: string, limit = 40): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}
