import { type CompletionItem, CompletionItemKind, type CompletionParams, MarkupKind } from 'vscode-languageserver';
import { type ConfigSuggestion, configSuggestions } from '../../workspace/config-help.js';
import type { ValueShape } from '../../workspace/config-keys.js';
import { configPlace } from '../config-place.js';
import { toLspRange } from '../convert.js';
import type { Session } from '../session.js';

const KINDS: Readonly<Record<ConfigSuggestion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  rule: CompletionItemKind.Constant,
};

/** What a key goes on with. */
function behind(shape: ValueShape | undefined, language: 'yaml' | 'toml'): string {
  if (language === 'toml') return ' = ';
  const nested = shape?.kind === 'table' || shape?.kind === 'tables' || shape?.kind === 'levels';
  return nested ? ':\n  ' : ': ';
}

/** Keys, values and rule names of Tidegate's own configuration. Other documents have better helpers. */
export async function completion(session: Session, params: CompletionParams): Promise<CompletionItem[]> {
  await session.ready;
  const place = configPlace(session, params);
  if (place === undefined) return [];
  const { cursor, language, lines, rules } = place;
  const range = toLspRange(cursor.word, lines);
  return configSuggestions(cursor, rules).map(({ label, kind, description, shape }, index) => {
    const quoted = language === 'toml' && kind !== 'key' && label !== 'true' && label !== 'false' && !place.inQuotes;
    const value = quoted ? `"${label}"` : label;
    const isKey = cursor.on === 'key' && cursor.alone;
    return {
      label,
      kind: KINDS[kind],
      // In the order of the documentation, not of the alphabet.
      sortText: String(index).padStart(4, '0'),
      ...(description === '' ? {} : { documentation: { kind: MarkupKind.Markdown, value: description } }),
      textEdit: { range, newText: isKey ? value + behind(shape, language) : value },
    };
  });
}
