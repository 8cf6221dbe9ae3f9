import type { TextEdit } from '../../base/range.js';
import { type ConfigEntry, edit, type RuleContext } from '../../engine/index.js';

/** The line of `.gitignore` that DVC itself writes for its local settings. */
const IGNORED = '/config.local';

/**
 * Edits that move a line of `.dvc/config` into the same section of `.dvc/config.local`, which DVC reads on top of it, and keep
 * that file out of git. Files that are missing are made. None where a file cannot be read.
 */
export function moveToLocal(
  entry: ConfigEntry,
  text: string,
  path: string,
  workspace: RuleContext<never>['workspace'],
): { readonly path: string; readonly edits: readonly TextEdit[] }[] {
  const line = text.slice(entry.keyRange?.start, entry.range.end).trim();
  const section = headOf(entry, text);
  if (!path.endsWith('.dvc/config') || section === undefined || entry.key === undefined || /[\r\n]/.test(line))
    return [];
  const local = `${path}.local`;
  const ignore = path.replace(/config$/, '.gitignore');
  const [settings, ignored] = [local, ignore].map((file) => (workspace.has(file) ? workspace.textOf(file) : ''));
  if (settings === undefined || ignored === undefined) return [];
  return [
    { path: local, edits: addToSection(settings, section, entry.key, line) },
    { path: ignore, edits: /^\/?config\.local[ \t]*$/m.test(ignored) ? [] : appendLine(ignored, IGNORED) },
    { path, edits: edit.deleteLines(text, entry.range) },
  ];
}

/** The line a section starts with, as it is written: `['remote "storage"']`. */
function headOf({ parent }: ConfigEntry, text: string): string | undefined {
  if (parent?.keyRange === undefined) return undefined;
  const start = text.lastIndexOf('\n', parent.keyRange.start - 1) + 1;
  return /^[ \t]*(\[[^\]\r\n]*\])/.exec(text.slice(start))?.[1];
}

/** Adds a line below the head of a section, which is written at the end when it is missing; none when the key is set there. */
function addToSection(text: string, section: string, key: string, line: string): TextEdit[] {
  const parts = [...text.matchAll(/^[ \t]*(\[[^\]\r\n]*\])/gm)];
  const at = parts.findIndex(([, head]) => plain(head!) === plain(section));
  const head = parts[at];
  if (head === undefined) return appendLine(text, `${section}\n    ${line}`);
  const body = text.slice(head.index, parts[at + 1]?.index);
  const isSet = body.split('\n').some((other) => other.split('=')[0]!.trim().toLowerCase() === key.toLowerCase());
  return isSet ? [] : edit.insertLinesBelow(text, head.index, line, '    ');
}

function appendLine(text: string, line: string): TextEdit[] {
  const lead = text === '' || /[\r\n]$/.test(text) ? '' : '\n';
  return edit.insert(text.length, `${lead}${line}\n`);
}

/** Names of sections with and without quotes are the same. */
function plain(section: string): string {
  return section.replace(/["'\s]/g, '');
}
