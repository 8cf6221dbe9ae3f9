import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { type Corpus, filesBelow, root } from './corpus.js';
import { median, percentile, random } from './measure.js';

export interface Keystrokes {
  readonly lines: number;
  readonly median: number;
  readonly p95: number;
}

const LINES = 3000;
const MANIFEST_LINES = 1000;
const WARM_UP = 60;

/** A document to type in, with a finding at its end, which every line above moves: each edit has an answer of its own. */
export interface TypedDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly text: string;
  /** Lines at the end that are left alone. */
  readonly last: number;
}

function ending(uri: string, languageId: string, text: string, last: string): TypedDocument {
  return { uri, languageId, text: text + last, last: last.split('\n').length };
}

function pythonDocument(code: string): TypedDocument {
  const last = '\nimport pickle\n\nwith open("model.pkl", "rb") as file:\n    model = pickle.load(file)\n';
  return ending('file:///bench/model.py', 'python', code, last);
}

/** Milliseconds from `didChange` to its `publishDiagnostics`: the bundled server over stdio, warm, one edit at a time. */
export async function keystrokes(document: TypedDocument, edits: number): Promise<Keystrokes> {
  const { uri, languageId, text } = document;
  const server = spawn(process.execPath, [join(root, 'dist/server.cjs'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const client = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const ended = new Promise<never>((_, reject) => {
    server.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  ended.catch(() => undefined);
  let arrived: (version: number) => void = () => undefined;
  client.onNotification('textDocument/publishDiagnostics', ({ uri: shownUri, version }: PublishDiagnosticsParams) => {
    if (shownUri === uri && version !== undefined) arrived(version);
  });
  client.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
  client.onRequest('client/registerCapability', () => undefined);
  client.listen();
  const shown = (version: number): Promise<void> =>
    Promise.race([
      ended,
      new Promise<void>((resolve) => {
        arrived = (got) => {
          if (got >= version) resolve();
        };
      }),
    ]);
  const capabilities = { textDocument: { publishDiagnostics: { versionSupport: true } } };
  await client.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities });
  await client.sendNotification('initialized', {});
  const opened = shown(1);
  await client.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId, version: 1, text },
  });
  await opened;
  const times: number[] = [];
  const lines = text.split('\n');
  const places = random(LINES);
  let line = 0;
  for (let edit = 0; edit < WARM_UP + edits; edit++) {
    const insert = edit % 2 === 0;
    if (insert) line = Math.floor(places() * (lines.length - document.last));
    const start = { line, character: lines[line]!.length };
    const change = insert
      ? { range: { start, end: start }, text: '\n' }
      : { range: { start, end: { line: line + 1, character: 0 } }, text: '' };
    const version = edit + 2;
    const answer = shown(version);
    const started = performance.now();
    void client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [change],
    });
    await answer;
    if (edit >= WARM_UP) times.push(performance.now() - started);
  }
  server.removeAllListeners('exit');
  await client.sendRequest('shutdown');
  await client.sendNotification('exit');
  client.dispose();
  return { lines: lines.length, median: median(times), p95: percentile(times, 0.95) };
}

/** The corpus file whose length is closest to 3,000 lines; without long files, short ones one after the other. */
export function libraryCode(corpus: Corpus): TypedDocument {
  const texts = filesBelow(corpus.python).map((file) => readFileSync(file, 'utf8'));
  const distance = (text: string): number => Math.abs(text.split('\n').length - LINES);
  const best = texts.reduce((a, b) => (distance(b) < distance(a) ? b : a));
  return pythonDocument(distance(best) < LINES / 10 ? best : repeated(texts, LINES));
}

/** The modules of the insecure sample one after the other: data frames and findings everywhere. */
export function projectCode(): TypedDocument {
  const files = filesBelow(join(root, 'samples/loan-default')).filter((file) => file.endsWith('.py'));
  return pythonDocument(
    repeated(
      files.map((file) => readFileSync(file, 'utf8')),
      LINES,
    ),
  );
}

/** The Kubernetes resources of the insecure sample one after the other, as one file of many documents. */
export function manifest(): TypedDocument {
  const files = filesBelow(join(root, 'samples/loan-default')).filter((file) => /\.ya?ml$/.test(file));
  const texts = files.map((file) => readFileSync(file, 'utf8')).filter((text) => /^apiVersion:/m.test(text));
  const last =
    '---\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: api\n      image: api\n      securityContext:\n        privileged: true\n';
  return ending(
    'file:///bench/manifest.yaml',
    'yaml',
    repeated(
      texts.map((text) => `---\n${text}`),
      MANIFEST_LINES,
    ),
    last,
  );
}

function repeated(texts: readonly string[], lines: number): string {
  let text = '';
  for (let index = 0; text.split('\n').length < lines; index++) text += texts[index % texts.length];
  return text;
}
