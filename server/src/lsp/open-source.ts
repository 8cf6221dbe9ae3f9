import { type Language, languageOf } from '../base/language.js';
import type { SourceDocument } from '../workspace/source-document.js';
import type { OpenNotebook } from './open-notebook.js';
import type { OpenText } from './open-text.js';
import { cellsOf } from './saved-notebook.js';

/** Something open that is checked as a whole. */
export type OpenDocument = OpenText | OpenNotebook;

/** Language ids of VS Code and of common extensions, for documents whose name says nothing. */
const LANGUAGE_IDS: ReadonlyMap<string, Language> = new Map([
  ['python', 'python'],
  ['yaml', 'yaml'],
  ['dockercompose', 'yaml'],
  ['github-actions-workflow', 'yaml'],
  ['json', 'json'],
  ['jsonc', 'json'],
  ['toml', 'toml'],
  ['ini', 'ini'],
  ['properties', 'ini'],
  ['dotenv', 'ini'],
  ['terraform', 'hcl'],
  ['opentofu', 'hcl'],
  ['dockerfile', 'dockerfile'],
  ['pip-requirements', 'requirements'],
]);

/** How an open document is read: by its name, as the command line does, and else by the editor's language. */
export function languageOfOpen(open: OpenDocument, path: string): Language | undefined {
  if (open.kind === 'notebook') return 'notebook';
  const named = languageOf(path);
  // A cell's document bears the notebook's name; a notebook opened as text is its JSON.
  if (named === 'notebook' && !open.text.trimStart().startsWith('{')) return LANGUAGE_IDS.get(open.languageId);
  return named ?? LANGUAGE_IDS.get(open.languageId);
}

/** What is given to the check for an open document. */
export function sourceOfOpen(open: OpenDocument, path: string, language: Language): SourceDocument {
  if (open.kind === 'notebook') {
    return { path, language: 'notebook', text: open.saved?.text, cells: cellsOf(open.cells, open.saved) };
  }
  if (language === 'notebook') return { path, language, text: open.text, cells: undefined };
  return { path, language, text: open.text };
}
