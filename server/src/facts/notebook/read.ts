import { type JsonNode, parseJson } from '../../syntax/json/parse.js';
import { identityMap, mapStrings } from './map.js';
import type { Notebook, NotebookCell, NotebookOutput } from './notebook.js';

const KEPT_MIME = /^(?:text\/|application\/json$)/;
/** Output keys of nbformat 3, which name the kind of the data instead of its media type. */
const OLD_MIMES: Readonly<Record<string, string>> = { text: 'text/plain', html: 'text/html', json: 'application/json' };

/**
 * Reads a notebook file (nbformat 3 and 4). Never throws; a cut or broken file gives the cells that could be read, and
 * errors. Outputs are kept where they are text; images are left out. O(n).
 *
 * https://nbformat.readthedocs.io/en/latest/format_description.html
 */
export function readNotebook(text: string): Notebook {
  const { root, errors } = parseJson(text);
  const list = [...errors];
  if (root?.kind !== 'object') {
    list.push({ range: { start: 0, end: 0 }, message: 'This is not a notebook: the file holds no JSON object' });
  }
  const worksheets = get(root, 'worksheets')?.children ?? [];
  const nodes = get(root, 'cells')?.children ?? worksheets.flatMap((sheet) => get(sheet, 'cells')?.children ?? []);
  const language = languageOf(get(root, 'metadata'));
  const cells = nodes
    .filter(({ kind }) => kind === 'object')
    .map((node, index) => readCell(node, index, language, text));
  return { cells, language, errors: list };
}

/** Value of a property; the last one wins where it is written twice, as in every JSON reader. */
function get(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.children.findLast((child) => child.key?.text === key) : undefined;
}

function stringOf(node: JsonNode | undefined): string | undefined {
  return typeof node?.value === 'string' ? node.value : undefined;
}

function languageOf(metadata: JsonNode | undefined): string {
  const said =
    stringOf(get(get(metadata, 'language_info'), 'name')) ??
    stringOf(get(get(metadata, 'kernelspec'), 'language')) ??
    'python';
  const language = said.toLowerCase();
  return language === 'ipython' || /^python\d/.test(language) ? 'python' : language;
}

function readCell(node: JsonNode, index: number, language: string, raw: string): NotebookCell {
  const source = get(node, 'source') ?? get(node, 'input');
  const mapped = source?.kind === 'string' || source?.kind === 'array' ? mapStrings(source, raw) : undefined;
  const outputs = get(node, 'outputs');
  return {
    index,
    kind: kindOf(node, language),
    id: stringOf(get(node, 'id')),
    source: mapped?.text ?? '',
    map: mapped?.map,
    outputs: outputs?.kind === 'array' ? outputs.children.flatMap((output) => readOutput(output, raw)) : [],
    outputsRange: outputs === undefined ? undefined : { start: outputs.start, end: outputs.end },
    ignores: readIgnores(get(get(get(node, 'metadata'), 'tidegate'), 'ignore')),
  };
}

/** A code cell in another language than the notebook's (VS Code records it) is no code for us. */
function kindOf(node: JsonNode, language: string): NotebookCell['kind'] {
  const type = stringOf(get(node, 'cell_type'));
  if (type === 'raw') return 'raw';
  if (type !== 'code') return 'markdown';
  const own = stringOf(get(get(get(node, 'metadata'), 'vscode'), 'languageId'));
  return own === undefined || own.toLowerCase() === language ? 'code' : 'raw';
}

function readOutput(node: JsonNode, raw: string): NotebookOutput[] {
  const rawRange = { start: node.start, end: node.end };
  const outputs: NotebookOutput[] = [];
  const add = (mime: string, value: JsonNode | undefined, joint = ''): void => {
    if (value === undefined) return;
    if (value.kind === 'string' || value.kind === 'array') {
      const { text, map } = mapStrings(value, raw, joint);
      if (text !== '') outputs.push({ mime, text, map, rawRange });
    } else if (value.kind === 'object') {
      const length = value.end - value.start;
      outputs.push({ mime, text: raw.slice(value.start, value.end), map: identityMap(value.start, length), rawRange });
    }
  };
  const type = stringOf(get(node, 'output_type'));
  const data = get(node, 'data');
  if (type === 'stream') add('text/plain', get(node, 'text'));
  else if (type === 'error' || type === 'pyerr') add('text/plain', get(node, 'traceback') ?? get(node, 'evalue'), '\n');
  else if (data !== undefined) {
    for (const child of data.children) if (KEPT_MIME.test(child.key?.text ?? '')) add(child.key!.text, child);
  } else {
    for (const [key, mime] of Object.entries(OLD_MIMES)) add(mime, get(node, key));
  }
  return outputs;
}

/** `metadata.tidegate.ignore`: a list of `{ "rules": ["id"], "reason": "…", "until": "2026-01-31" }`. */
function readIgnores(node: JsonNode | undefined): NotebookCell['ignores'] {
  const list = node === undefined ? [] : node.kind === 'array' ? node.children : [node];
  return list
    .filter(({ kind }) => kind === 'object')
    .map((entry) => {
      const rules = get(entry, 'rules') ?? get(entry, 'rule');
      const named = rules?.kind === 'array' ? rules.children.map(stringOf) : [stringOf(rules)];
      return {
        rules: named.filter((id) => id !== undefined),
        reason: stringOf(get(entry, 'reason')),
        until: stringOf(get(entry, 'until')),
      };
    });
}
