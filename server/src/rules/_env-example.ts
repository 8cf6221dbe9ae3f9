import type { TextEdit } from '../base/range.js';
import { edit, type RuleContext } from '../engine/index.js';

type Context = Pick<RuleContext<never>, 'path' | 'workspace'>;
type FileEdits = { readonly path: string; readonly edits: readonly TextEdit[] };

/** Files that show what belongs into a `.env` file, which is not committed itself. */
const EXAMPLES = ['.env.example', '.env.sample', '.env.template'];

/**
 * The edits of a fix that takes a variable from `.env`, with a line for its name, and never its value, in the example of that
 * file where the project keeps one. None without edits.
 */
export function withExample(edits: readonly TextEdit[], name: string, { path, workspace }: Context): FileEdits[] {
  if (edits.length === 0) return [];
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const example = EXAMPLES.map((file) => folder + file).find((file) => workspace.has(file));
  const text = example === undefined ? undefined : workspace.textOf(example);
  if (example === undefined || text === undefined || names(text).has(name)) return [{ path, edits }];
  const lead = text === '' || /[\r\n]$/.test(text) ? '' : '\n';
  return [
    { path, edits },
    { path: example, edits: edit.insert(text.length, `${lead}${name}=\n`) },
  ];
}

/** Variables a file of settings names, those in comments included. */
function names(text: string): Set<string> {
  return new Set([...text.matchAll(/^[ \t]*(?:#[ \t]*)?(?:export[ \t]+)?(\w+)[ \t]*=/gm)].map((match) => match[1]!));
}
