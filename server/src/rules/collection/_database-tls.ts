import type { Range, TextEdit } from '../../base/range.js';
import { argumentOf, type CallFact, type Expression, edit, type PythonQuestions } from '../../engine/index.js';
import { TLS_IN_ADDRESS } from '../../knowledge/database-tls.js';
import { type Option, partsOf } from './_connection.js';

/** Options by name: the values that turn TLS or its checks off, and the fix for each. */
const BY_NAME: Readonly<Record<string, { readonly bad: readonly (string | boolean)[]; readonly safe: string }>> = {
  sslmode: { bad: ['disable', 'allow', 'prefer'], safe: '"verify-full"' },
  ssl_mode: { bad: ['DISABLED', 'PREFERRED'], safe: '"VERIFY_IDENTITY"' },
  ssl: { bad: [false, 'disable', 'allow', 'prefer'], safe: 'True' },
  ssl_disabled: { bad: [true], safe: 'False' },
  tls: { bad: [false], safe: 'True' },
  tlsAllowInvalidCertificates: { bad: [true], safe: 'False' },
  tlsAllowInvalidHostnames: { bad: [true], safe: 'False' },
  tlsInsecure: { bad: [true], safe: 'False' },
  Encrypt: { bad: ['no', 'optional'], safe: '"yes"' },
  TrustServerCertificate: { bad: ['yes'], safe: '"no"' },
};

export interface Setting {
  readonly at: Range;
  readonly option: string;
  readonly value: string;
  readonly safe: string;
  /** Where the value is written. */
  readonly literal: Range;
  readonly edits: readonly TextEdit[];
  readonly weak: boolean;
}

/** `.option("url", "jdbc:…")` of a Spark reader or writer. */
export function jdbcOption(call: CallFact, py: PythonQuestions): Expression | undefined {
  const key = argumentOf(call, 'key', 0);
  const value = argumentOf(call, 'value', 1);
  const name = key === undefined ? undefined : py.value(key.value);
  if (value === undefined || name?.kind !== 'string' || name.value !== 'url') return undefined;
  return partsOf(py.value(value.value))[0]?.startsWith('jdbc:') ? value.value : undefined;
}

/** The first setting that an address or a connection string spells out. */
export function settingInText(address: Expression, py: PythonQuestions, text: string): Setting | undefined {
  const parts = partsOf(py.value(address));
  for (const { pattern, safe, weak } of TLS_IN_ADDRESS) {
    const [, option, value] = parts.map((part) => pattern.exec(part)).find((match) => match !== null) ?? [];
    if (option === undefined || value === undefined) continue;
    const literal = py.definition(address).range;
    const written = pattern.exec(text.slice(literal.start, literal.end));
    const end = written === null ? 0 : literal.start + written.index + written[0].length;
    const edits = written === null ? [] : edit.replace({ start: end - value.length, end }, safe);
    return { at: address.range, option, value, safe, literal, edits, weak: weak?.test(value) ?? false };
  }
  return undefined;
}

/** `ssl` is a switch in some drivers only; for MySQL it holds the files of the certificates. */
export function settingByName({ name, value }: Option, callee: string, py: PythonQuestions): readonly Setting[] {
  const entry = Object.hasOwn(BY_NAME, name) ? BY_NAME[name]! : undefined;
  const known = py.value(value);
  if (entry === undefined || (known.kind !== 'string' && known.kind !== 'boolean')) return [];
  if (name === 'ssl' && !/^(asyncpg|pymongo|motor)\./.test(callee)) return [];
  if (!entry.bad.includes(known.value)) return [];
  const isText = typeof known.value === 'string';
  const safe = isText && name === 'ssl' ? '"verify-full"' : entry.safe;
  const literal = py.definition(value).range;
  const shown = isText ? String(known.value) : known.value ? 'True' : 'False';
  const weak = /^prefer/i.test(shown);
  const edits = edit.replace(literal, safe);
  return [{ at: value.range, option: name, value: shown, safe: safe.replaceAll('"', ''), literal, edits, weak }];
}
