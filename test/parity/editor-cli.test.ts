import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { languageOf } from '../../server/src/base/language.js';
import { commands } from '../../server/src/cli/commands.js';
import { main } from '../../server/src/cli/main.js';
import { rules } from '../../server/src/rules/index.gen.js';
import { MemoryHost } from '../cli/memory-host.js';
import { Editor } from '../lsp/editor.js';
import { type JsonReport, ROOT } from '../samples/run-cli.js';

type Files = Readonly<Record<string, string>>;

const LEVELS = ['', 'error', 'warning', 'info', 'hint'];
const LANGUAGES: Readonly<Record<string, string>> = { ini: 'properties', requirements: 'pip-requirements' };
const ids = new Set(rules.map((rule) => rule.id));

/** What the command line says, one line a finding: place, level, rule, message. */
async function byCommandLine(files: Files): Promise<string[]> {
  const host = new MemoryHost(Object.fromEntries(Object.entries(files).map(([path, text]) => [`/w/${path}`, text])));
  host.cwd = '/w';
  // Its clock moves with each look at it, which a budget would take for time.
  host.now = () => 0;
  await main(['check', '.', '--format', 'json'], host, () => Promise.resolve(commands));
  const { findings } = JSON.parse(host.stdout.text || '{"findings":[]}') as JsonReport;
  return findings
    .map(({ path, cell, range, severity, ruleId, message }) => {
      const place =
        cell === undefined ? `${range.start.line}:${range.start.column}` : `cell ${cell.index} line ${cell.line}`;
      return `${path} ${place} ${severity} ${ruleId} ${message}`;
    })
    .sort();
}

/** What an editor shows that has every file open. */
async function byEditor(files: Files): Promise<string[]> {
  const editor = await Editor.start({
    files: Object.fromEntries(Object.entries(files).map(([path, text]) => [`/w/${path}`, text])),
    rules,
  });
  const cells = new Map<string, { path: string; index: number }>();
  for (const [path, text] of Object.entries(files)) {
    const language = languageOf(path);
    const uri = `file:///w/${path}`;
    if (language === 'notebook') {
      const uris = await editor.openNotebook(uri, cellsOf(text));
      for (const [index, cell] of uris.entries()) cells.set(cell, { path, index });
    } else if (language !== undefined) await editor.open(uri, text, LANGUAGES[language] ?? language);
  }
  const last = new Map(editor.published.map(({ uri, diagnostics }) => [uri, diagnostics]));
  return [...last].flatMap(([uri, diagnostics]) => diagnostics.flatMap((one) => line(uri, one, cells.get(uri)))).sort();
}

function line(
  uri: string,
  { code, range, severity, message }: Diagnostic,
  cell: { path: string; index: number } | undefined,
): string[] {
  if (!ids.has(String(code))) return [];
  const { start } = range;
  const path = cell?.path ?? decodeURIComponent(uri.slice('file:///w/'.length));
  const place =
    cell === undefined ? `${start.line + 1}:${start.character + 1}` : `cell ${cell.index} line ${start.line + 1}`;
  return [`${path} ${place} ${LEVELS[severity ?? 1]} ${code} ${message}`];
}

interface RawCell {
  readonly id?: string;
  readonly cell_type: string;
  readonly source: string | readonly string[];
}

function cellsOf(text: string): { id?: string; kind: 1 | 2; text: string }[] {
  const { cells } = JSON.parse(text) as { cells: readonly RawCell[] };
  return cells.map(({ id, cell_type, source }) => ({
    ...(id === undefined ? {} : { id }),
    kind: cell_type === 'code' ? 2 : 1,
    text: [source].flat().join(''),
  }));
}

function folder(name: string): Files {
  const files: Record<string, string> = {};
  const walk = (at: string): void => {
    for (const entry of readdirSync(at)) {
      const path = join(at, entry);
      if (statSync(path).isDirectory()) walk(path);
      else if (languageOf(relative(ROOT + name, path)) !== undefined)
        files[relative(ROOT + name, path)] = readFileSync(path, 'utf8');
    }
  };
  walk(ROOT + name);
  return files;
}

describe.each(['samples/loan-default', 'samples/loan-default-secure'])('%s', (name) => {
  it('gives the same findings in the editor and on the command line', async () => {
    const files = folder(name);
    const expected = await byCommandLine(files);
    expect(await byEditor(files)).toEqual(expected);
    expect(expected.length > 0).toBe(!name.endsWith('-secure'));
  });
});

describe.each(rules)('$id', ({ rule }) => {
  it.each(rule.examples.filter((example) => example.bad !== undefined))(
    'reads the same twice: $bad',
    async (example) => {
      const pins = Object.entries(example.given ?? {}).map(([library, version]) => `${library}==${version}\n`);
      const files = {
        ...(pins.length > 0 ? { 'requirements.txt': pins.join('') } : {}),
        ...example.files,
        [example.path ?? 'train.py']: example.bad!.replace(/[«»]/g, ''),
      };
      expect(await byEditor(files)).toEqual(await byCommandLine(files));
    },
  );
});
