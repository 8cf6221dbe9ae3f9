import { Composer, type CST, type Document, Lexer, Parser } from 'yaml';
import type { Range } from '../../base/range.js';
import { withoutStackTraces } from '../stack-traces.js';

export interface YamlStream {
  readonly documents: readonly Document.Parsed[];
  readonly errors: readonly { readonly range: Range; readonly message: string }[];
}

/** Collections nested deeper than this are left out, and an error says so. */
export const MAX_YAML_DEPTH = 200;

const MAX_ERRORS = 100;

/**
 * Parses every document of a YAML stream. Never throws. Broken documents come back as far as they could be read.
 *
 * The options are for safety: the library's own check for duplicate keys is quadratic, its error text quotes the source,
 * and its aliases are never resolved here because that walks the document once per alias.
 */
export function parseYaml(text: string): YamlStream {
  const errors: { range: Range; message: string }[] = [];
  const report = (at: number, message: string): void => {
    const start = Math.min(at, text.length);
    errors.push({ range: { start, end: start }, message });
  };
  const documents = withoutStackTraces(() => {
    const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'silent', strict: false });
    const read: Document.Parsed[] = [];
    try {
      for (const document of composer.compose(boundedTokens(text, report))) read.push(document);
    } catch (error) {
      report(0, error instanceof Error ? error.message : 'Unreadable YAML');
    }
    return read;
  });
  for (const document of documents) {
    for (const error of document.errors) {
      if (errors.length >= MAX_ERRORS) return { documents, errors };
      const start = Math.max(0, Math.min(error.pos[0], text.length));
      const end = Math.max(start, Math.min(error.pos[1], text.length));
      errors.push({ range: { start, end }, message: error.message });
    }
  }
  return { documents, errors };
}

/**
 * Syntax tokens of the stream, cut where collections nest too deeply. The library recurses once per level when it closes
 * and composes them; V8 ends the process, with no exception to catch, when a regular expression is first compiled close
 * to the end of the stack, so the depth must be bounded before that.
 */
function* boundedTokens(text: string, report: (at: number, message: string) => void): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length <= MAX_YAML_DEPTH) continue;
    report(parser.offset, 'Nested too deeply; the rest is not read');
    break;
  }
  yield* parser.end();
}
