import { overlaps, type Range, type TextEdit } from '../base/range.js';
import { type ConfigEntry, type ConfigFacts, descendants } from '../facts/config/entry.js';
import { configFacts, isConfigLanguage } from '../workspace/drivers.js';
import type { SourceDocument } from '../workspace/source-document.js';
import { applyEdits } from './apply-fixes.js';

/** A value where it stands: its keys from the root, list positions left out, since items may come and go before it. */
function standing(entry: ConfigEntry): string {
  const keys = entry.path.filter((part) => typeof part === 'string');
  return JSON.stringify([entry.document, ...keys, entry.value ?? null, entry.tag ?? '']);
}

function values(facts: ConfigFacts): ConfigEntry[] {
  return facts.roots.flatMap((root) => [...descendants(root)].filter((entry) => entry.kind === 'scalar'));
}

/** Text that is put beside a value may become a part of it. */
function changes({ range: { start, end } }: TextEdit, value: Range): boolean {
  return start === end ? value.start <= start && start <= value.end : overlaps({ start, end }, value);
}

/**
 * True when edits of a config document leave it readable and every value they do not touch where it is: a fix that moves
 * a key under another one, or swallows its neighbour, is not offered. True for documents of other languages. Reads the
 * document twice.
 */
export function keepsTheRest(document: SourceDocument, edits: readonly TextEdit[]): boolean {
  const { language, path } = document;
  if (!isConfigLanguage(language) || document.language === 'notebook') return true;
  const before = configFacts(path, language, document.text);
  const after = configFacts(path, language, applyEdits(document.text, edits));
  if (after.errors.length > before.errors.length) return false;
  const untouched = values(before).filter(({ range }) => !edits.some((edit) => changes(edit, range)));
  const now = values(after).map(standing);
  let at = 0;
  return untouched.every((entry) => {
    at = now.indexOf(standing(entry), at) + 1;
    return at > 0;
  });
}
