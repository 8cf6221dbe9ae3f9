import type { TextEdit } from '../../base/range.js';
import {
  argumentOf,
  type CallFact,
  type Expression,
  edit,
  type PythonQuestions,
  passesUnknown,
} from '../../engine/index.js';
import { S3_TRANSFERS } from '../../knowledge/object-stores.js';

/** The options of an S3 call, written as arguments or as a dict in `ExtraArgs`. */
export interface S3Options {
  readonly method: string;
  /** Expression of the bucket, when it is passed. */
  readonly bucket: Expression | undefined;
  /** Value passed for an option. */
  get(name: string): Expression | undefined;
  /** Edits that add options; nothing where the dict cannot be written to. */
  add(options: Readonly<Record<string, string>>): TextEdit[];
}

/** Undefined when a part of the options is not visible. */
export function s3Options(call: CallFact, py: PythonQuestions, text: string): S3Options | undefined {
  if (passesUnknown(call)) return undefined;
  const method = call.name.slice(call.name.lastIndexOf('.') + 1);
  const transfer = S3_TRANSFERS[method];
  const bucket = argumentOf(call, 'Bucket', transfer?.bucket)?.value;
  if (transfer === undefined) {
    return {
      method,
      bucket,
      get: (name) => argumentOf(call, name)?.value,
      add: (options) => {
        const last = call.arguments[call.arguments.length - 1];
        const written = Object.entries(options)
          .filter(([name]) => argumentOf(call, name) === undefined)
          .map(([name, value]) => `${name}=${value}`);
        return last === undefined ? [] : edit.insert(last.range.end, `, ${written.join(', ')}`);
      },
    };
  }
  const extra = argumentOf(call, 'ExtraArgs', transfer.options)?.value;
  const dict = extra && py.definition(extra);
  if (extra !== undefined && dict?.kind !== 'dict') return undefined;
  if (extra?.kind === 'name' && new RegExp(`\\b${extra.name}(?:\\[|\\.(?:update|setdefault)\\()`).test(text))
    return undefined;
  const entries = dict?.kind === 'dict' ? dict.entries : [];
  if (entries.some(({ key }) => key?.kind !== 'string')) return undefined;
  return {
    method,
    bucket,
    get: (name) => entries.find(({ key }) => key?.kind === 'string' && key.value === name)?.value,
    add: (options) => {
      const written = Object.entries(options).map(([name, value]) => `"${name}": ${value}`);
      if (dict === undefined) return edit.setKeyword(text, call.expression, 'ExtraArgs', `{${written.join(', ')}}`);
      const last = entries[entries.length - 1];
      if (dict !== extra || last === undefined) return [];
      return edit.insert(last.value.range.end, `, ${written.join(', ')}`);
    },
  };
}
