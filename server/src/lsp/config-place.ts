import type { TextDocumentPositionParams } from 'vscode-languageserver';
import type { LineIndex } from '../base/line-index.js';
import { type ConfigCursor, configCursor } from '../workspace/config-cursor.js';
import { CONFIG_NAMES } from '../workspace/config-file.js';
import type { RuleName } from '../workspace/config-help.js';
import type { Session } from './session.js';
import { nameOf } from './uri.js';

/** A place in an open configuration file of Tidegate. */
export interface ConfigPlace {
  readonly cursor: ConfigCursor;
  readonly text: string;
  readonly lines: LineIndex;
  readonly language: 'yaml' | 'toml';
  /** True when the word stands behind a quote. */
  readonly inQuotes: boolean;
  /** Families first, then rules. */
  readonly rules: readonly RuleName[];
}

/** The place a request is about, when its document is a configuration file of Tidegate and the place can hold something. */
export function configPlace(session: Session, params: TextDocumentPositionParams): ConfigPlace | undefined {
  const open = session.open.get(params.textDocument.uri);
  if (open?.kind !== 'text') return undefined;
  const name = nameOf(open.uri);
  const language = CONFIG_NAMES.includes(name) ? 'yaml' : name === 'pyproject.toml' ? 'toml' : undefined;
  if (language === undefined) return undefined;
  const { text, lines } = open;
  const cursor = configCursor(text, lines.offset(params.position), language);
  if (cursor === undefined) return undefined;
  const { rules } = session.options;
  const families = [...new Set(rules.map(({ family }) => family))].sort();
  return {
    cursor,
    text,
    lines,
    language,
    inQuotes: /["']/.test(text[cursor.word.start - 1] ?? ''),
    rules: [
      ...families.map((family) => ({ name: family, description: `All rules of the family \`${family}\`.` })),
      ...rules
        .map(({ id, rule }) => ({ name: id, description: rule.summary }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    ],
  };
}
