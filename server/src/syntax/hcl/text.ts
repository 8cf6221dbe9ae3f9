const ESCAPES = /\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\(.)|\$\$\{|%%\{/gs;
const NAMED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** What a quoted string without templates stands for. */
export function decodeString(raw: string): string {
  if (!raw.includes('\\') && !raw.includes('{')) return raw;
  return raw.replace(ESCAPES, (whole, short?: string, long?: string, named?: string) => {
    const code = short ?? long;
    if (code !== undefined) {
      const point = Number.parseInt(code, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
    }
    return named === undefined ? whole.slice(1) : (NAMED[named] ?? named);
  });
}

/** What the lines of a here-document stand for; undefined when they hold a template. */
export function decodeHeredoc(raw: string, indented: boolean): string | undefined {
  if (/(?:^|[^$])\$\{|(?:^|[^%])%\{/.test(raw)) return undefined;
  const text = indented ? withoutIndent(raw) : raw;
  return text.replaceAll('$${', '${').replaceAll('%%{', '%{');
}

/** Takes away the white space that all lines begin with. */
function withoutIndent(raw: string): string {
  const lines = raw.split('\n');
  let indent = Number.MAX_SAFE_INTEGER;
  for (const line of lines) if (line.trim() !== '') indent = Math.min(indent, line.search(/[^ \t]/));
  return lines.map((line) => line.slice(indent)).join('\n');
}
