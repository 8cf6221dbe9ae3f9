import type { Range } from '../../base/range.js';
import type { Requirement } from './requirement.js';

export type RequirementSource = Requirement['source'];

/** A requirement about nothing in particular; readers fill in what they know. */
export function blankRequirement(source: RequirementSource, range: Range): Requirement {
  return {
    kind: 'named',
    name: undefined,
    nameRange: undefined,
    extras: [],
    specifier: '',
    specifierRange: { start: range.end, end: range.end },
    exact: undefined,
    url: undefined,
    revision: undefined,
    marker: undefined,
    hashes: [],
    editable: false,
    range,
    source,
  };
}

/** Lower case with runs of `-`, `_` and `.` as one `-` (PEP 503). */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

const NAME = /[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?/y;
const EXTRAS = /\s*\[([^\]\n]*)\]/y;
const CLAUSE = /\s*(===|==|~=|!=|<=|>=|<|>)\s*([^\s,;()[\]<>=!~]+)\s*/y;
const VCS = /^(?:(?:git|hg|svn|bzr)\+[\w+.-]+:|(?:git|hg|svn|bzr)\+git@|git:\/\/)/i;
const URL_START = /^(?:https?|ftp|file|s3|gs):/i;
const PATH_START = /^(?:[\w.-]*[\\/]|\.{1,2}(?:$|\[|\s)|~[\\/]|[A-Za-z]:[\\/])/;
const ARCHIVE = /\.(?:whl|zip|tar\.gz|tgz|tar\.bz2|tar\.xz)(?:$|[\s;#[])/i;
const OPTION = /\s--?[A-Za-z]/;

/**
 * Reads one dependency declaration: PEP 508 (`name[extra]>=1,<2; marker`, `name @ url`), a VCS or plain URL, an archive
 * or a path, with pip's `-e` in front and `--hash=…` behind. Comments must be gone. Undefined when it is none of these.
 *
 * @param text the declaration
 * @param offset where `text` starts in its file; all ranges are offsets in the file
 */
export function parseRequirement(text: string, offset: number, source: RequirementSource): Requirement | undefined {
  const lead = text.length - text.trimStart().length;
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const range = { start: offset + lead, end: offset + lead + trimmed.length };
  const editable = /^(?:-e|--editable)(?:\s+|=)?/.exec(trimmed);
  const skipped = editable === null ? 0 : editable[0].length;
  const body = trimmed.slice(skipped).replace(/^(["'])(.*)\1$/, ' $2 ');
  const options = OPTION.exec(body);
  const declaration = options === null ? body : body.slice(0, options.index);
  const base = { ...blankRequirement(source, range), hashes: hashesOf(body), editable: editable !== null };
  const at = range.start + skipped;
  return located(declaration, at, base) ?? (editable === null ? named(declaration, at, base) : undefined);
}

function hashesOf(text: string): string[] {
  if (!text.includes('--hash')) return [];
  return [...text.matchAll(/--hash(?:=|\s+)(\S+)/g)].map((match) => match[1]!);
}

/** A URL, a VCS URL or a path. */
function located(text: string, offset: number, base: Requirement): Requirement | undefined {
  const start = text.length - text.trimStart().length;
  const target = text.slice(start);
  const vcs = VCS.test(target);
  const url = vcs || URL_START.test(target);
  const archive = ARCHIVE.test(target) && !/^[\w.-]+(?:\[[^\]]*\])?\s*@/.test(target);
  if (!url && !base.editable && !archive && !PATH_START.test(target)) return undefined;
  const split = splitMarker(target);
  const where = split.text.trimEnd();
  if (where === '' || /\s/.test(where)) return undefined;
  return withUrl({ ...base, marker: split.marker, kind: url ? 'url' : 'path' }, where, offset + start);
}

/** Fills in what a URL says: kind, revision, and the name and extras of `#egg=`. */
export function withUrl(base: Requirement, url: string, offset: number): Requirement {
  const kind = VCS.test(url) ? 'vcs' : base.kind;
  const egg = /[#&]egg=([\w.-]+)(?:\[([^\]]*)\])?/.exec(url);
  const specifierRange = { start: offset + url.length, end: offset + url.length };
  const described: Requirement = {
    ...base,
    kind,
    url,
    specifierRange,
    revision: kind === 'vcs' ? revisionOf(url) : undefined,
  };
  if (egg === null || base.name !== undefined) return described;
  const from = offset + egg.index + egg[0].indexOf('=') + 1;
  return {
    ...described,
    name: normalizeName(egg[1]!),
    nameRange: { start: from, end: from + egg[1]!.length },
    extras: splitExtras(egg[2]),
  };
}

/** The part after `@` in the path of a VCS URL; the `@` of `user@host` does not count. */
function revisionOf(url: string): string | undefined {
  const end = url.search(/[#?]/);
  const bare = end < 0 ? url : url.slice(0, end);
  const scheme = bare.indexOf('://');
  const host = scheme < 0 ? bare.indexOf('@') + 1 : scheme + 3;
  const slash = bare.slice(host).search(scheme < 0 ? /[/:]/ : /\//);
  if (slash < 0) return undefined;
  const at = bare.lastIndexOf('@');
  return at > host + slash && at + 1 < bare.length ? bare.slice(at + 1) : undefined;
}

/** A PEP 508 declaration that starts with a name. */
function named(text: string, offset: number, base: Requirement): Requirement | undefined {
  const start = text.length - text.trimStart().length;
  NAME.lastIndex = start;
  const name = NAME.exec(text);
  if (name === null) return undefined;
  let at = NAME.lastIndex;
  EXTRAS.lastIndex = at;
  const extras = EXTRAS.exec(text);
  if (extras !== null) at = EXTRAS.lastIndex;
  const described: Requirement = {
    ...base,
    name: normalizeName(name[0]),
    nameRange: { start: offset + start, end: offset + start + name[0].length },
    extras: splitExtras(extras?.[1]),
    specifierRange: { start: offset + at, end: offset + at },
  };
  const direct = /^\s*@\s*/.exec(text.slice(at));
  if (direct !== null) {
    const from = at + direct[0].length;
    const split = splitMarker(text.slice(from));
    const url = split.text.trimEnd();
    return url === '' ? undefined : withUrl({ ...described, kind: 'url', marker: split.marker }, url, offset + from);
  }
  return versioned(text, at, offset, described);
}

function versioned(text: string, from: number, offset: number, base: Requirement): Requirement | undefined {
  const open = /^\s*\(/.exec(text.slice(from));
  const clauses = readClauses(text, open === null ? from : from + open[0].length);
  if (clauses === undefined) return undefined;
  let rest = text.slice(clauses.end);
  if (open !== null) {
    if (!rest.startsWith(')')) return undefined;
    rest = rest.slice(1);
  }
  const tail = rest.trim();
  if (tail !== '' && !tail.startsWith(';')) return undefined;
  const specifierRange =
    clauses.list.length === 0 ? base.specifierRange : { start: offset + clauses.first, end: offset + clauses.last };
  return {
    ...base,
    specifier: clauses.list.map(({ operator, version }) => operator + version).join(','),
    specifierRange,
    exact: exactOf(clauses.list),
    marker: tail === '' ? undefined : tail.slice(1).trim() || undefined,
  };
}

export interface Clause {
  readonly operator: string;
  readonly version: string;
}

function readClauses(
  text: string,
  from: number,
): { list: Clause[]; first: number; last: number; end: number } | undefined {
  const list: Clause[] = [];
  let first = from;
  let last = from;
  let end = from;
  for (;;) {
    CLAUSE.lastIndex = end;
    const match = CLAUSE.exec(text);
    if (match === null) break;
    const shown = match[0].trim();
    const start = match.index + match[0].indexOf(shown);
    if (list.length === 0) first = start;
    last = start + shown.length;
    list.push({ operator: match[1]!, version: match[2]! });
    end = CLAUSE.lastIndex;
    if (text[end] !== ',') break;
    end++;
  }
  return { list, first, last, end };
}

/** The version of a single `==` or `===` clause without wildcard or variable. */
export function exactOf(clauses: readonly Clause[]): string | undefined {
  const equal = clauses.filter(({ operator }) => operator === '==' || operator === '===');
  const version = equal.length === 1 ? equal[0]!.version : undefined;
  return version === undefined || /[*${}]/.test(version) ? undefined : version;
}

/** URLs may hold `;`, so only one behind white space starts a marker. */
function splitMarker(text: string): { text: string; marker: string | undefined } {
  const at = text.search(/\s;/);
  return at < 0
    ? { text, marker: undefined }
    : { text: text.slice(0, at), marker: text.slice(at + 2).trim() || undefined };
}

function splitExtras(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((extra) => extra.trim())
    .filter((extra) => extra !== '');
}
