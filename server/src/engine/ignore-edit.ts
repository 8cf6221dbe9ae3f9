import type { Language } from '../base/language.js';
import { LineIndex } from '../base/line-index.js';
import type { Range, TextEdit } from '../base/range.js';
import { type Directive, directivesIn } from './ignore-comments.js';
import { type LogicalLine, logicalLineAt } from './logical-line.js';
import { MINIMUM_REASON } from './suppress.js';

/** What to ignore and why. */
export interface IgnoreRequest {
  /** Text of the file; of a notebook (language `notebook`): source of the cell. */
  readonly text: string;
  readonly language: Language;
  readonly ruleId: string;
  /** The finding, in `text`. */
  readonly range: Range;
  readonly scope: 'statement' | 'file';
  readonly reason: string;
}

/** File directives count in the first lines only, where readers look for them. */
const FILE_DIRECTIVE_LINES = 20;

type Keyword = 'ignore' | 'ignore-file';
const SCOPES: Readonly<Record<Keyword, Directive['scope']>> = { ignore: 'statement', 'ignore-file': 'file' };

/** First lines that must stay first: interpreter, cloud-init marker. */
const FIRST_LINE = /^(#!|#cloud-config)/;
/** PEP 263. */
const ENCODING = /^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+/;
/** https://docs.docker.com/reference/dockerfile/#parser-directives */
const PARSER_DIRECTIVE = /^#[ \t]*(syntax|escape|check)[ \t]*=/i;

/** Directives of ours in a span of comments, in order. */
function ownDirectives(text: string, span: Range): readonly Directive[] {
  return directivesIn(text.slice(span.start, span.end), span.start, []);
}

/**
 * Edits that ignore a finding by a comment, best first: each alone is meant to be enough, and the caller takes the first
 * that a new check confirms. Empty when the language has no comments or the reason is too short.
 */
export function ignoreEdits(request: IgnoreRequest): readonly TextEdit[] {
  const reason = request.reason.replace(/\s+/g, ' ').trim();
  if (request.language === 'json' || reason.length < MINIMUM_REASON) return [];
  if (request.language === 'notebook' && request.text.startsWith('%%')) return [];
  const place = new CommentPlace({ ...request, reason });
  return request.scope === 'file' ? place.file() : place.statement();
}

class CommentPlace {
  readonly #request: IgnoreRequest;
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #break: string;

  constructor(request: IgnoreRequest) {
    this.#request = request;
    this.#text = request.text;
    this.#lines = new LineIndex(request.text);
    this.#break = /\r\n|\n|\r/.exec(request.text)?.[0] ?? '\n';
  }

  file(): readonly TextEdit[] {
    const head = { start: 0, end: this.#lines.startOf(FILE_DIRECTIVE_LINES) };
    const merged = this.#merge(ownDirectives(this.#text, head), 'ignore-file');
    if (merged !== undefined) return [merged];
    let line = FIRST_LINE.test(this.#line(0)) ? 1 : 0;
    if (this.#request.language === 'python' && line < 2) {
      if (ENCODING.test(this.#line(line))) line++;
    } else if (this.#request.language === 'dockerfile') {
      while (PARSER_DIRECTIVE.test(this.#line(line))) line++;
    }
    return [this.#insertLine(line, 'ignore-file', '')];
  }

  statement(): readonly TextEdit[] {
    const { language, range, text } = this.#request;
    if (language === 'python' || language === 'notebook') {
      return this.#beside(logicalLineAt(text, range.start, language === 'notebook'));
    }
    const line = this.#lines.lineAt(range.start);
    if (language === 'dockerfile') return this.#above([this.#firstOf(line, /[\\`][ \t]*$/)]);
    if (language === 'requirements') return this.#requirement(line);
    return this.#above([line, ...(language === 'yaml' || language === 'hcl' ? this.#parents(line) : [])]);
  }

  /** Python: at the end of the statement's first line when a comment may stand there, else above it. */
  #beside(statement: LogicalLine): readonly TextEdit[] {
    const written = statement.stretches.flatMap((stretch) =>
      stretch.comment === undefined
        ? []
        : ownDirectives(this.#text, { start: stretch.comment, end: stretch.range.end }),
    );
    const merged = this.#merge(written, 'ignore');
    const first = statement.stretches[0]!;
    const end = first.range.start + this.#text.slice(first.range.start, first.range.end).trimEnd().length;
    const beside = { range: { start: end, end: first.range.end }, newText: `  ${this.#comment('ignore')}` };
    return [
      ...(merged === undefined ? [] : [merged]),
      ...(first.open ? [beside] : []),
      ...this.#above([this.#lines.lineAt(statement.range.start)]),
    ];
  }

  /** pip takes a comment at the end of a requirement, and joins lines that end in a backslash first. */
  #requirement(line: number): readonly TextEdit[] {
    let last = line;
    while (/\\[ \t]*$/.test(this.#line(last)) && last + 1 < this.#lines.lineCount) last++;
    const start = this.#lines.startOf(last);
    const content = this.#line(last);
    const merged = this.#merge(ownDirectives(this.#text, { start, end: start + content.length }), 'ignore');
    const end = start + content.trimEnd().length;
    return [
      merged ?? { range: { start: end, end: start + content.length }, newText: `  ${this.#comment('ignore')}` },
      ...this.#above([this.#firstOf(line, /\\[ \t]*$/)]),
    ];
  }

  /** On a line of its own above each of the lines, or merged into a directive that stands there already. */
  #above(lines: readonly number[]): readonly TextEdit[] {
    return lines.map((line) => {
      let top = line;
      while (top > 0 && /^[ \t]*#/.test(this.#line(top - 1))) top--;
      const comments = { start: this.#lines.startOf(top), end: this.#lines.startOf(line) };
      const indent = /^[ \t]*/.exec(this.#line(line))![0];
      return this.#merge(ownDirectives(this.#text, comments), 'ignore') ?? this.#insertLine(line, 'ignore', indent);
    });
  }

  /** First line of what `line` continues; comment lines may stand in between. */
  #firstOf(line: number, continued: RegExp): number {
    let first = line;
    for (let above = line - 1; above >= 0; above--) {
      if (continued.test(this.#line(above))) first = above;
      else if (!/^[ \t]*(#|$)/.test(this.#line(above))) break;
    }
    return first;
  }

  /** YAML, HCL: the nearest lines above with less indentation. A finding inside a text of several lines has its key there. */
  #parents(line: number): number[] {
    const parents: number[] = [];
    let indent = /^ */.exec(this.#line(line))![0].length;
    for (let above = line - 1; above >= 0 && indent > 0 && parents.length < 3; above--) {
      const found = /^( *)[^\s#]/.exec(this.#line(above));
      if (found === null || found[1]!.length >= indent) continue;
      indent = found[1]!.length;
      parents.push(above);
    }
    return parents;
  }

  #merge(directives: readonly Directive[], keyword: Keyword): TextEdit | undefined {
    const directive = directives.find((d) => d.scope === SCOPES[keyword]);
    if (directive === undefined) return undefined;
    const { ruleId, reason } = this.#request;
    const ids = [...new Set([...directive.ids.map((written) => written.id), ruleId])].join(',');
    const until = directive.until === undefined ? '' : ` until=${directive.until.date}`;
    const reasons = [...new Set([...(directive.reason === undefined ? [] : [directive.reason]), reason])].join('; ');
    return { range: directive.range, newText: `# tidegate: ${keyword}[${ids}]${until} -- ${reasons}` };
  }

  #comment(keyword: Keyword): string {
    return `# tidegate: ${keyword}[${this.#request.ruleId}] -- ${this.#request.reason}`;
  }

  #insertLine(line: number, keyword: Keyword, indent: string): TextEdit {
    const at = this.#lines.startOf(line);
    const comment = indent + this.#comment(keyword);
    // Past the last line: the text does not end in a line break.
    if (line >= this.#lines.lineCount) return { range: { start: at, end: at }, newText: this.#break + comment };
    return { range: { start: at, end: at }, newText: comment + this.#break };
  }

  /** A line without its break; empty past the end. */
  #line(line: number): string {
    return this.#text.slice(this.#lines.startOf(line), this.#lines.startOf(line + 1)).replace(/[\r\n]+$/, '');
  }
}
