import { describe, expect, it } from 'vitest';
import { ImportGraph, importersFolder } from '../../../server/src/workspace/import-graph.js';
import { moduleFile } from '../../../server/src/workspace/module-files.js';
import { isInside } from '../../../server/src/workspace/paths.js';

const FILES: Readonly<Record<string, string>> = {
  'tools/report.py': 'import flask\nfrom shared import paths\n',
  'shared/__init__.py': '',
  'shared/paths.py': 'import openai\n',
  'loan-default/app.py': 'from fastapi import FastAPI\nfrom src.features import scale\n',
  'loan-default/src/features.py': 'import shared.paths\nimport numpy\n\ndef scale(): ...\n',
  'loan-default/src/plots.py': 'import numpy\n',
  'loan-default/src/old.py': 'from . import plots\n',
};

function graphOf(path: string) {
  const read = new Set<string>();
  const graph = new ImportGraph(importersFolder(path), {
    files: (under) => Object.keys(FILES).filter((file) => isInside(file, under)),
    isChecked: (file) => FILES[file] !== undefined,
    text: (file) => {
      read.add(file);
      return FILES[file];
    },
    fileOf: (from, level, module) => moduleFile(from, level, module, (file) => FILES[file] !== undefined),
  });
  return { graph, read };
}

describe('importersFolder', () => {
  it.each([
    ['src/loan_default/features.py', ''],
    ['loan-default/src/features.py', 'loan-default'],
    ['a-b/c/d.e/f/g.py', 'a-b/c/d.e'],
    ['run.py', ''],
  ])('%s: below "%s"', (path, folder) => expect(importersFolder(path)).toBe(folder));
});

describe('the import graph', () => {
  const FEATURES = 'loan-default/src/features.py';

  it('reads what lies below the folder that no import can name, and of the rest what is imported', () => {
    const { graph, read } = graphOf(FEATURES);
    expect(graph.mayReceive(FEATURES, ['request'])).toBe(true);
    expect([...read].every((path) => isInside(path, 'loan-default'))).toBe(true);
    expect(graph.usersOf(FEATURES, 'scale')).toEqual(['loan-default/app.py']);
    expect(graph.usersOf(FEATURES, 'other')).toEqual([]);
    expect(graph.mayBring(FEATURES, ['model-output'])).toBe(true);
    expect([...read].filter((path) => !isInside(path, 'loan-default'))).toEqual(['shared/paths.py']);
  });

  it('knows who imports nothing of interest', () => {
    const { graph } = graphOf('loan-default/src/plots.py');
    expect(graph.mayReceive('loan-default/src/plots.py', ['request'])).toBe(false);
    expect(graph.mayBring('loan-default/src/old.py', ['request', 'model-output'])).toBe(false);
    expect(graph.usersOf('loan-default/src/plots.py', 'draw')).toEqual(['loan-default/src/old.py']);
    expect(graphOf('shared/paths.py').graph.mayReceive('shared/paths.py', ['request'])).toBe(true);
  });

  it('says when a change concerns it', () => {
    const { graph } = graphOf(FEATURES);
    expect(graph.changed(FEATURES)).toBe(false);
    expect(graph.mayBring(FEATURES, ['model-output'])).toBe(true);
    expect([graph.changed(FEATURES), graph.changed('tools/report.py'), graph.changed('loan-default/new.py')]).toEqual([
      false,
      false,
      true,
    ]);
  });
});
