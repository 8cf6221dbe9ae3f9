import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, TextDocumentEdit } from 'vscode-languageserver';
import { rules } from '../../server/src/rules/index.gen.js';
import { Editor, type EditorOptions, FULL } from './editor.js';

const COMPOSE = 'file:///w/docker-compose.yml';
const POD = 'file:///w/k8s/pod.yaml';
const CONFIG = 'file:///w/.dvc/config';
const STRICT = { '/w/tidegate.yaml': 'profile: strict\n' };
const WITHOUT_SNIPPETS = {
  ...FULL,
  workspace: { ...FULL.workspace, workspaceEdit: { ...FULL.workspace!.workspaceEdit, snippetEditSupport: false } },
};

let editor: Editor;

async function start(ids: readonly string[], options: EditorOptions = {}): Promise<void> {
  editor = await Editor.start({ rules: rules.filter(({ id }) => ids.includes(id)), ...options });
}

afterEach(() => editor.stop());

async function fixes(uri: string): Promise<CodeAction[]> {
  return (await editor.actions(uri)).filter(({ edit }) => edit !== undefined);
}

describe('a fix with a placeholder', () => {
  const MOVING = 'services:\n  tracking:\n    image: ghcr.io/mlflow/mlflow:latest\n';

  it('selects what the user has to type, without a preview', async () => {
    await start(['compose-image-latest']);
    await editor.open(COMPOSE, MOVING, 'yaml');
    const [action, ...others] = await fixes(COMPOSE);
    expect(others).toEqual([]);
    expect(action).toMatchObject({ title: 'Name a version (fill in: version)', kind: 'quickfix' });
    expect(action!.isPreferred).toBeUndefined();
    expect(action!.edit!.changeAnnotations).toBeUndefined();
    expect(await editor.apply(action!.edit!)).toBe(true);
    expect(editor.text(COMPOSE)).toBe('services:\n  tracking:\n    image: ghcr.io/mlflow/mlflow:version\n');
    expect(editor.selected).toEqual(['version']);
  });

  it('comes after those that are complete', async () => {
    await start(['compose-image-latest']);
    await editor.open(COMPOSE, `${MOVING}  other:\n    image: ghcr.io/mlflow/mlflow:v3.1.0\n`, 'yaml');
    expect((await fixes(COMPOSE)).map(({ title }) => title)).toEqual([
      'Use `ghcr.io/mlflow/mlflow:v3.1.0` (review: the services may need different versions)',
      'Name a version (fill in: version)',
    ]);
  });

  it.each([
    ['that know no snippets', { capabilities: WITHOUT_SNIPPETS }],
    ['without document changes', { capabilities: { textDocument: FULL.textDocument! }, initializationOptions: {} }],
  ])('is not offered to clients %s', async (_, options) => {
    await start(['compose-image-latest'], options);
    await editor.open(COMPOSE, MOVING, 'yaml');
    expect(editor.codes(COMPOSE)).toEqual(['compose-image-latest']);
    expect(await fixes(COMPOSE)).toEqual([]);
  });

  it('is no part of fix all', async () => {
    await start(['compose-image-latest']);
    await editor.open(COMPOSE, MOVING, 'yaml');
    expect(await editor.actions(COMPOSE, { only: ['source.fixAll.tidegate'] })).toEqual([]);
  });

  it('keeps its own indentation in editors that indent snippets', async () => {
    await start(['k8s-no-memory-limit'], { files: STRICT });
    const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: api\n      image: scoring:1.4.2\n';
    await editor.open(POD, pod, 'yaml');
    const [action] = await fixes(POD);
    expect(action!.title).toBe('Limit the memory (fill in: a little more than the largest allowed request needs)');
    await editor.apply(action!.edit!);
    expect(editor.text(POD)).toBe(`${pod}      resources:\n        limits:\n          memory: 2Gi\n`);
    expect(editor.selected).toEqual(['2Gi']);
  });

  it('leads through several values', async () => {
    await start(['req-unpinned']);
    const uri = 'file:///w/Dockerfile';
    await editor.open(uri, 'FROM python:3.13-slim\nRUN pip install torch "numpy>=1.26"\n', 'dockerfile');
    await editor.apply((await fixes(uri))[0]!.edit!);
    expect(editor.text(uri)).toContain('RUN pip install torch==version "numpy==version"\n');
    expect(editor.selected).toEqual(['version', 'version']);
  });

  it('works in a cell of a notebook, and not in its JSON', async () => {
    await start(['data-hf-dataset-unpinned']);
    const source = 'from datasets import load_dataset\nrows = load_dataset("imdb")';
    const [cell] = await editor.openNotebook('file:///w/a.ipynb', [{ text: source }]);
    await editor.apply((await fixes(cell!))[0]!.edit!);
    expect(editor.text(cell!)).toContain('load_dataset("imdb", revision="commit")');
    const json = JSON.stringify({ cells: [{ cell_type: 'code', source, outputs: [], metadata: {} }], metadata: {} });
    await editor.open('file:///w/b.ipynb', json, 'json');
    expect(editor.codes('file:///w/b.ipynb')).toEqual(['data-hf-dataset-unpinned']);
    expect(await fixes('file:///w/b.ipynb')).toEqual([]);
  });
});

describe('a fix of several files', () => {
  const SECRET = '8a6O2Iu69WEDOc5ZYzPvHnYDKp8zTAQiu4ixxF';
  const DVC = `['remote "storage"']\n    url = s3://data\n    secret_access_key = ${SECRET}\n`;

  it('makes the files that are missing, after the user has seen it', async () => {
    await start(['dvc-remote-secret']);
    await editor.open(CONFIG, DVC, 'ini');
    const [action] = await fixes(CONFIG);
    expect(action!.title).toContain('Move the line to `.dvc/config.local` (review: ');
    expect(action!.edit!.changeAnnotations).toMatchObject({ review: { needsConfirmation: true } });
    expect(action!.edit!.documentChanges!.map((change) => ('kind' in change ? change.kind : 'edit'))).toEqual([
      ...['create', 'edit', 'create', 'edit', 'edit'],
    ]);
    await editor.apply(action!.edit!);
    expect(editor.text(CONFIG)).toBe(`['remote "storage"']\n    url = s3://data\n`);
    expect(editor.disk.text('/w/.dvc/config.local')).toBe(`['remote "storage"']\n    secret_access_key = ${SECRET}\n`);
    expect(editor.disk.text('/w/.dvc/.gitignore')).toBe('/config.local\n');
  });

  it('adds to files that are there', async () => {
    const files = {
      '/w/.dvc/config.local': `['remote "storage"']\n    access_key_id = AKIA\n[core]\n    remote = storage`,
      '/w/.dvc/.gitignore': '/tmp',
    };
    await start(['dvc-remote-secret'], { files });
    await editor.open(CONFIG, DVC, 'ini');
    const [action] = await fixes(CONFIG);
    expect(action!.edit!.documentChanges!.some((change) => 'kind' in change)).toBe(false);
    await editor.apply(action!.edit!);
    expect(editor.disk.text('/w/.dvc/config.local')).toBe(
      `['remote "storage"']\n    secret_access_key = ${SECRET}\n    access_key_id = AKIA\n[core]\n    remote = storage`,
    );
    expect(editor.disk.text('/w/.dvc/.gitignore')).toBe('/tmp\n/config.local\n');
  });

  it('is left out where the client makes no files; what stays in the document is offered', async () => {
    const workspaceEdit = { ...FULL.workspace!.workspaceEdit, resourceOperations: [] };
    await start(['dvc-remote-secret'], {
      capabilities: { ...FULL, workspace: { ...FULL.workspace, workspaceEdit } },
    });
    await editor.open(CONFIG, DVC, 'ini');
    expect((await fixes(CONFIG)).map(({ title }) => title.split(' (')[0])).toEqual(['Delete the line']);
  });

  it('fits the other file as it is now', async () => {
    await start(['compose-literal-secret'], { files: { '/w/.env.example': 'A=\n' } });
    const compose =
      'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: v7bNzgCoq5lEvXrC\n';
    await editor.open(COMPOSE, compose, 'yaml');
    const edits = async () => {
      const [action] = await fixes(COMPOSE);
      return (action!.edit!.documentChanges as TextDocumentEdit[]).map(({ textDocument: { uri }, edits: list }) => [
        uri,
        list.map(({ range }) => range.start.line),
      ]);
    };
    expect(await edits()).toEqual([
      [COMPOSE, [4]],
      ['file:///w/.env.example', [1]],
    ]);
    await editor.open('file:///w/.env.example', 'A=\nB=\n', 'dotenv');
    expect((await edits())[1]).toEqual(['file:///w/.env.example', [2]]);
    await editor.replace('file:///w/.env.example', 'A=\nPOSTGRES_PASSWORD=\n');
    expect(await edits()).toEqual([[COMPOSE, [4]]]);
  });
});
