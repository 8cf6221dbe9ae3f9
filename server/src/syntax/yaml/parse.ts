import { type Document, parseAllDocuments } from 'yaml';
import type { Range } from '../../base/range.js';

export interface YamlStream {
  readonly documents: readonly Document.Parsed[];
  readonly errors: readonly { readonly range: Range; readonly message: string }[];
}

const MAX_ERRORS = 100;

/**
 * Parses every document of a YAML stream. Never throws. Broken documents come back as far as they could be read.
 *
 * The options are for safety: the library's own check for duplicate keys is quadratic, its error text quotes the source,
 * and its aliases are never resolved here because that walks the document once per alias.
 */
export function parseYaml(text: string): YamlStream {
  const errors: { range: Range; message: string }[] = [];
  const documents = withoutStackTraces(() => {
    try {
      const parsed = parseAllDocuments(text, {
        uniqueKeys: false,
        prettyErrors: false,
        logLevel: 'silent',
        keepSourceTokens: false,
        strict: false,
      });
      return Array.isArray(parsed) ? (parsed as Document.Parsed[]) : [];
    } catch (error) {
      errors.push({ range: { start: 0, end: 0 }, message: error instanceof Error ? error.message : 'Unreadable YAML' });
      return [];
    }
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

/** Every YAML error captures a stack trace that nobody reads; leaving it out halves the time on broken files (V8). */
function withoutStackTraces<T>(run: () => T): T {
  const limits = Error as { stackTraceLimit?: number };
  const before = limits.stackTraceLimit;
  if (before !== undefined) limits.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    if (before !== undefined) limits.stackTraceLimit = before;
  }
}
