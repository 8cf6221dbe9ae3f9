/** What a SELECT statement says of the columns it gives; undefined where it does not say. */
export interface Selection {
  /** Result names in order; undefined with `*`, with parts that are computed without a name, or when it is no SELECT. */
  readonly columns: readonly string[] | undefined;
  readonly table: string | undefined;
}

const MAX_LENGTH = 8000;
const ITEM = /^(?:distinct\s+)?(?:[\w"`[\]]+\.)*["`[]?(\w+)["`\]]?(?:\s+(?:as\s+)?["`[]?(\w+)["`\]]?)?$/i;
const COMPUTED = /\bas\s+["`[]?(\w+)["`\]]?$/i;

/** Reads the outermost SELECT list and its first table. Linear; anything unusual gives "unknown". */
export function readSelect(sql: string): Selection {
  const text = sql
    .slice(0, MAX_LENGTH)
    .replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
    .trim();
  const table = /\bfrom\s+["`[]?(?:\w+["`\]]?\.["`[]?)*(\w+)/i.exec(text)?.[1];
  if (!/^select\b/i.test(text)) return { columns: undefined, table };
  const end = outerFrom(text);
  const columns: string[] = [];
  for (const item of splitOuter(text.slice(6, end))) {
    const computed = COMPUTED.exec(item);
    const plain = ITEM.exec(item);
    const name = plain !== null ? (plain[2] ?? plain[1]) : computed?.[1];
    if (name === undefined || (item.includes('*') && computed === null)) return { columns: undefined, table };
    columns.push(name);
  }
  return { columns: columns.length > 0 ? columns : undefined, table };
}

/** Offset of the FROM that belongs to the first SELECT. */
function outerFrom(text: string): number {
  const words = /[()]|\bfrom\b/gi;
  let depth = 0;
  for (let match = words.exec(text); match !== null; match = words.exec(text)) {
    if (match[0] === '(') depth++;
    else if (match[0] === ')') depth--;
    else if (depth === 0) return match.index;
  }
  return text.length;
}

function splitOuter(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= list.length; i++) {
    const c = list[i];
    if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (c === undefined || (c === ',' && depth === 0)) {
      parts.push(list.slice(start, i).trim());
      start = i + 1;
    }
  }
  return parts;
}
