import type { TextEdit } from '../../base/range.js';
import { type CallFact, type Expression, edit, type PythonQuestions, passesUnknown } from '../../engine/index.js';
import { type PlaceholderStyle, type SqlCall, styleOf } from '../../knowledge/sql-calls.js';
import type { Hole, TemplatePart } from '../_text-template.js';

/** What a hole of a statement stands for: a value can be bound, a name or clause cannot. */
export type SqlRole = 'value' | 'name';

export interface SqlHole extends Hole {
  readonly role: SqlRole;
  /** The known text right before and behind it. */
  readonly before: string;
  readonly after: string;
}

/** Statements that take no bound values. */
const UNBOUND =
  /^\s*(?:PRAGMA|ATTACH|DETACH|CREATE|DROP|ALTER|USE|SHOW|DESCRIBE|DESC|GRANT|REVOKE|SET|COPY|LOAD|INSTALL|TRUNCATE|VACUUM|EXPORT|UNLOAD|BACKUP|RESTORE|OPTIMIZE|ANALYZE|REFRESH|EXPLAIN|LOCK)\b/i;
/** A file or table where a table stands: `FROM '{path}'`, `read_parquet('{path}')`. */
const TABLE_SOURCE = /(?:\b(?:FROM|JOIN|INTO)|\b(?:read|scan)_\w+\(\s*\[?|\b\w+_scan\()\s*'[^']*$/i;
const COMPARED =
  /(?:[=<>]|\b(?:LIKE|ILIKE|BETWEEN|LIMIT|OFFSET)|\bBETWEEN\s+\S+\s+AND|\b(?:IN|VALUES)\s*\((?:[^()]*,)?)\s*[bBnN]?$/i;
const MARK = '\u0001';

/** Every hole of a statement with its role. */
export function sqlHoles(parts: readonly TemplatePart[]): readonly SqlHole[] {
  const holes: SqlHole[] = [];
  let before = '';
  parts.forEach((part, index) => {
    if (typeof part === 'string') {
      before += part;
      return;
    }
    const next = parts[index + 1];
    const after = typeof next === 'string' ? next : '';
    holes.push({ ...part, role: roleOf(before, after), before: before.slice(before.lastIndexOf(MARK) + 1), after });
    before += MARK;
  });
  return holes;
}

function roleOf(before: string, after: string): SqlRole {
  if (UNBOUND.test(before) || TABLE_SOURCE.test(before)) return 'name';
  if (before.split("'").length % 2 === 0) return 'value';
  if (/^[.(\w]/.test(after) || !COMPARED.test(before)) return 'name';
  return 'value';
}

/** Edits that bind the values instead of pasting them in; nothing where a placeholder cannot stand for all of them. */
export function boundEdits(
  call: CallFact,
  entry: SqlCall,
  holes: readonly SqlHole[],
  py: PythonQuestions,
  text: string,
): TextEdit[] {
  const statement = call.arguments.find(({ position, name }) => position === 0 || name === entry.argument);
  const style = entry.connection === undefined ? entry.style : readerStyle(call, entry.connection, py);
  if (style === undefined || statement?.value.kind !== 'formatted' || passesUnknown(call)) return [];
  const { range } = statement.value;
  const source = text.slice(range.start, range.end);
  const written = entry.connection === undefined ? [statement] : call.arguments.filter((a) => a.name === 'params');
  if (entry.connection === undefined ? call.arguments.length !== 1 : written.length > 0) return [];
  const names: string[] = [];
  const edits: TextEdit[] = [];
  for (const { place, before, after, role, expression } of holes) {
    if (place === undefined || role !== 'value' || expression.kind === 'star') return [];
    const quoted = before.endsWith("'") && after.startsWith("'");
    if (!quoted && (!/[=<>]\s*$|\b(?:LIKE|LIMIT|OFFSET)\s+$/i.test(before) || /^["'%\w]/.test(after))) return [];
    if (quoted && /[%_]$/.test(before.slice(0, -1))) return [];
    const value = text.slice(place.start + 1, place.end - 1).trim();
    const name = style === ':name' ? /(?:^|\.)(\w+)$/.exec(value)?.[1] : style;
    if (name === undefined || (style === ':name' && names.some((other) => other.startsWith(`${name}=`)))) return [];
    names.push(style === ':name' ? `${name}=${value}` : value);
    const around = quoted ? 1 : 0;
    edits.push({
      range: { start: place.start - around, end: place.end + around },
      newText: style === ':name' ? `:${name}` : style,
    });
  }
  const known = source.replace(/\{[^{}]*\}/g, '');
  const escapes = /\{\{|\}\}|\\/.test(source) || known.includes(style === ':name' ? ':' : style[0]!);
  if (names.length === 0 || escapes) return [];
  const prefix = /^(?:[rR]?[fF]|[fF][rR])(?=["'])/.exec(source);
  if (prefix === null) return [];
  if (source.split('{').length - 1 === holes.length) {
    const kept = prefix[0].replace(/f/i, '');
    edits.unshift({ range: { start: range.start, end: range.start + prefix[0].length }, newText: kept });
  }
  if (style === ':name') return [...edits, ...edit.insert(call.range.end, `.bindparams(${names.join(', ')})`)];
  const tuple = names.length === 1 ? `(${names[0]},)` : `(${names.join(', ')})`;
  if (entry.connection !== undefined) return [...edits, ...edit.setKeyword(text, call.expression, 'params', tuple)];
  return [...edits, ...edit.insert(statement.range.end, `, ${tuple}`)];
}

function readerStyle(
  call: CallFact,
  connection: { readonly argument: string; readonly position: number },
  py: PythonQuestions,
): PlaceholderStyle | undefined {
  const passed = call.arguments.find((a) => a.name === connection.argument || a.position === connection.position);
  return passed === undefined
    ? undefined
    : py
        .names(passed.value)
        .map(styleOf)
        .find((style) => style !== undefined);
}

/** `", ".join(f":{name}" for name in columns)`: marks for bound values, named after columns. */
export function isMarks(expression: Expression, py: PythonQuestions): boolean {
  const written = py.definition(expression);
  if (written.kind !== 'call' || written.callee.kind !== 'attribute' || written.callee.name !== 'join') return false;
  const [items] = written.arguments;
  const element = items?.value.kind === 'comprehension' ? items.value.element[0] : undefined;
  const first = element?.kind === 'formatted' ? element.parts[0] : undefined;
  return typeof first === 'string' && /^(?::|@|%\(|\?|\$|\w+\.)/.test(first);
}
