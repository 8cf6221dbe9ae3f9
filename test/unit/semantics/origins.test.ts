import { describe, expect, it } from 'vitest';
import type { Origin } from '../../../server/src/semantics/origin.js';
import { atSinks, workspaceOf } from './module-in-workspace.js';

async function originsIn(files: Record<string, string>, path = 'main.py'): Promise<Origin[]> {
  const workspace = await workspaceOf(files);
  return atSinks(workspace, path, files[path]!, ({ origins }, argument) => origins.origin(argument));
}

const API = 'from fastapi import FastAPI, UploadFile, Depends\napp = FastAPI()\n';

/** Programs with one `sink(x)`, and what is known of `x`: its tier and, for T1, the kind of its source. */
const PROGRAMS: readonly (readonly [title: string, program: string, known: string])[] = [
  ['a literal', 'sink("a")', 'T3'],
  ['an unknown name', 'sink(x)', 'T2'],
  ['a response', 'import requests\nsink(requests.get(u).content)', 'T1 network'],
  ['an argument of the program', 'import sys\nsink(sys.argv[1])', 'T1 operator'],
  ['an f-string', 'import requests\nr = requests.get(u)\nsink(f"a{r.text}")', 'T1 network'],
  ['a list', 'sink([input()])', 'T1 operator'],
  ['a dict', 'sink({"a": input()})', 'T1 operator'],
  ['a comprehension', 'sink([x.strip() for x in input().split()])', 'T1 operator'],
  ['the item of a tuple', 'a, b = "x", input()\nsink(a)', 'T3'],
  ['the other item', 'a, b = "x", input()\nsink(b)', 'T1 operator'],
  ['a comparison', 'sink(input() == "x")', 'T0'],
  ['a number', 'sink(int(input()))', 'T0'],
  ['a digest', 'import hashlib\nsink(hashlib.sha256(input()).hexdigest())', 'T0'],
  ['one of two branches', 'if y:\n    x = "a"\nelse:\n    x = input()\nsink(x)', 'T1 operator'],
  ['overwritten', 'x = input()\nx = "a"\nsink(x)', 'T3'],
  ['a loop', 'import requests\nfor x in requests.get(u).json():\n    sink(x)', 'T1 network'],
  ['with', 'import urllib.request\nwith urllib.request.urlopen(u) as f:\n    sink(f.read())', 'T1 network'],
  ['a function that hands on', 'def f(x):\n    return x\nsink(f(input()))', 'T1 operator'],
  ['a function that hands on a constant', 'def f(x):\n    return x\nsink(f("a"))', 'T3'],
  ['a function that reads', 'import os\ndef f():\n    return os.environ["A"]\nsink(f())', 'T1 operator'],
  ['recursion', 'def f(x):\n    return f(x)\nsink(f(input()))', 'T2'],
  ['a caller', 'def f(x):\n    sink(x)\nf(input())', 'T1 operator'],
  ['a caller of a caller', 'def f(x):\n    sink(x)\ndef g(y):\n    f(x=y)\ng(input())', 'T1 operator'],
  ['callers that pass constants', 'def f(x):\n    sink(x)\nf("a")', 'T2'],
  ['callers in a ring', 'def f(x):\n    g(x)\n    sink(x)\ndef g(x):\n    f(x)', 'T2'],
  ['another function of that name', 'def f(x):\n    sink(x)\nother.f(input())', 'T2'],
  ['a method', 'class A:\n    def f(self, x):\n        sink(x)\nA().f(input())', 'T1 operator'],
  [
    'a field the constructor sets',
    'class A:\n    def __init__(self, x):\n        self.x = x\n    def f(self):\n        sink(self.x)\nA(input())',
    'T1 operator',
  ],
  ['an upload', `${API}@app.post("/")\ndef f(x: UploadFile):\n    sink(x.file.read())`, 'T1 request'],
  ['a path parameter', `${API}@app.get("/{x}")\ndef f(x: str):\n    sink(x)`, 'T1 request'],
  ['a number of a request', `${API}@app.get("/{x}")\ndef f(x: int):\n    sink(x)`, 'T0'],
  ['a dependency', `${API}@app.get("/")\ndef f(x=Depends(make)):\n    sink(x)`, 'T2'],
  [
    'an enumeration',
    `${API}from enum import Enum\nclass M(Enum):\n    a = "a"\n@app.get("/{x}")\ndef f(x: M):\n    sink(x)`,
    'T0',
  ],
  ['a callback', 'import gradio as gr\ndef f(x):\n    sink(x)\ngr.Interface(fn=f, inputs="text")', 'T1 interface'],
  [
    'a LitServe method',
    'import litserve as ls\nclass A(ls.LitAPI):\n    def decode_request(self, r):\n        sink(r)',
    'T1 request',
  ],
  ['a Flask form', 'from flask import request\nsink(request.form["a"])', 'T1 request'],
  [
    'text of a model',
    'from openai import OpenAI\nc = OpenAI()\nr = c.chat.completions.create(model="m")\nsink(r.choices[0].message.content)',
    'T1 model-output',
  ],
  [
    'a chain of LangChain',
    'from langchain_openai import ChatOpenAI\nchain = prompt | ChatOpenAI()\nsink(chain.invoke({}))',
    'T1 model-output',
  ],
  ['after a check for membership', 'x = input()\nif x not in KNOWN:\n    raise ValueError\nsink(x)', 'T0'],
  ['inside a check for membership', 'x = input()\nif x in KNOWN and y:\n    sink(x)', 'T0'],
  ['outside of it', 'x = input()\nif x in KNOWN:\n    pass\nsink(x)', 'T1 operator'],
  ['a check that only warns', 'x = input()\nif x not in KNOWN:\n    print(x)\nsink(x)', 'T1 operator'],
  [
    'a check that may be skipped',
    'x = input()\nif x not in KNOWN and y:\n    raise ValueError\nsink(x)',
    'T1 operator',
  ],
  ['part of a text', 'x = input()\nif x in "abc":\n    sink(x)', 'T1 operator'],
  ['a tool', 'from langchain_core.tools import tool\n@tool\ndef f(x: str):\n    sink(x)', 'T1 model-output'],
  ['decoded JSON', 'import json\nimport requests\nsink(json.loads(requests.get(u).text)["a"])', 'T1 network'],
  ['a union of sets', 'sink((a | b).invoke())', 'T2'],
];

describe('origin of a value', () => {
  it.each(PROGRAMS)('%s', async (_, program, known) => {
    const [origin] = await originsIn({ 'main.py': program });
    expect([origin!.tier, origin!.source].filter((part) => part !== undefined).join(' ')).toBe(known);
  });

  it('keeps what made a value harmless', async () => {
    const program = 'from werkzeug.utils import secure_filename\nsink(secure_filename(input()))';
    const [origin] = await originsIn({ 'main.py': program });
    expect(origin).toMatchObject({ tier: 'T1', cleanedFor: ['path'] });
  });

  it.each([
    ['a function that cleans and hands on', 'import os\ndef f(x):\n    return os.path.basename(x)\nsink(f(input()))'],
    ['a caller that cleans', 'import os\ndef f(x):\n    sink(x)\ndef g(y):\n    f(os.path.basename(y))\ng(input())'],
    ['a function whose name says so', 'sink(sanitize_filename(input()))'],
    ['a segment of an address', `${API}@app.get("/{x}.docx")\ndef f(x: str):\n    sink(x)`],
  ])('is clean for paths: %s', async (_, program) => {
    const [origin] = await originsIn({ 'main.py': program });
    expect(origin).toMatchObject({ tier: 'T1' });
    expect(origin!.cleanedFor).toContain('path');
  });

  it('is not clean when an address part may hold slashes', async () => {
    const [origin] = await originsIn({ 'main.py': `${API}@app.get("/{x:path}")\ndef f(x: str):\n    sink(x)` });
    expect(origin!.cleanedFor).toBeUndefined();
  });

  it('is clean only where every branch is', async () => {
    const program = 'import shlex\nx = shlex.quote(input()) if y else input()\nsink(x)';
    const [origin] = await originsIn({ 'main.py': program });
    expect(origin).toMatchObject({ tier: 'T1' });
    expect(origin!.cleanedFor).toBeUndefined();
  });
});

describe('origin across modules', () => {
  const FETCH = 'import requests\nx = requests.get(u).content\n';
  const UPLOAD = `${API}from .store import keep\n@app.post("/")\nasync def f(x: UploadFile):\n    data = await x.read()\n    keep(data)\n`;

  it('follows an upload through two modules, and says each step', async () => {
    const [origin] = await originsIn(
      {
        'app/__init__.py': '',
        'app/api.py': UPLOAD,
        'app/store.py': 'import io\nfrom app.loading import load\ndef keep(content):\n    load(io.BytesIO(content))\n',
        'app/loading.py': 'def load(file):\n    sink(file)\n',
      },
      'app/loading.py',
    );
    expect(origin).toMatchObject({ tier: 'T1', source: 'request' });
    expect(origin!.trail.map(({ range, message }) => [(range as { path?: string }).path, message])).toEqual([
      ['app/api.py', 'request data'],
      ['app/api.py', 'assigned to `data`'],
      ['app/api.py', 'passed to `keep`'],
      ['app/store.py', 'passed to `load`'],
    ]);
  });

  it('sums up what a function of another module returns', async () => {
    const fetch =
      'import requests\ndef fetch(url):\n    return requests.get(url).content\ndef same(x):\n    return x\n';
    const main = 'from fetch import fetch, same\nsink(fetch("a"))\nsink(same("a"))\nsink(same(input()))\n';
    const origins = await originsIn({ 'fetch.py': fetch, 'main.py': main });
    expect(origins.map(({ tier, source }) => [tier, source])).toEqual([
      ['T1', 'network'],
      ['T3', undefined],
      ['T1', 'operator'],
    ]);
  });

  it('finds the method of an object another module makes', async () => {
    const origins = await originsIn(
      {
        'a.py': 'from b import Store\nimport requests\nStore(requests.get(u).content).load()\n',
        'b.py':
          'class Store:\n    def __init__(self, data):\n        self.data = data\n    def load(self):\n        sink(self.data)\n',
      },
      'b.py',
    );
    expect(origins[0]).toMatchObject({ tier: 'T1', source: 'network' });
  });

  it('does not look for what the operator passes in another module', async () => {
    const [origin] = await originsIn({
      'main.py': 'def f(x):\n    sink(x)\n',
      'cli.py': 'import requests\nfrom main import f\nf(input())\n',
    });
    expect(origin!.tier).toBe('T2');
  });

  it('ends when modules call each other in a ring', async () => {
    const [origin] = await originsIn({
      'main.py': 'from other import g\ndef f(x):\n    sink(x)\n    return g(x)\n',
      'other.py': 'from main import f\ndef g(x):\n    return f(x)\n',
    });
    expect(origin!.tier).toBe('T2');
  });

  it('follows at most four modules', async () => {
    const files: Record<string, string> = { 'm0.py': 'def f0(x):\n    sink(x)\n' };
    for (let i = 1; i < 8; i++)
      files[`m${i}.py`] = `from m${i - 1} import f${i - 1}\ndef f${i}(x):\n    f${i - 1}(x)\n`;
    expect((await originsIn({ ...files, 'main.py': `${FETCH}from m3 import f3\nf3(x)\n` }, 'm0.py'))[0]!.tier).toBe(
      'T1',
    );
    expect((await originsIn({ ...files, 'main.py': `${FETCH}from m7 import f7\nf7(x)\n` }, 'm0.py'))[0]!.tier).toBe(
      'T2',
    );
  });

  it('sees what an editor changes in the calling module', async () => {
    const workspace = await workspaceOf({
      'main.py': `${FETCH}from lib import f\nf("a")\n`,
      'lib.py': 'def f(x):\n    sink(x)\n',
    });
    const ask = () =>
      atSinks(workspace, 'lib.py', 'def f(x):\n    sink(x)\n', ({ origins }, x) => origins.origin(x).tier)[0];
    expect(ask()).toBe('T2');
    expect(workspace.overlay('main.py', `${FETCH}from lib import f\nf(x)\n`)).toBe(true);
    expect(ask()).toBe('T1');
    workspace.overlay('main.py', 'from lib import f\n');
    expect(ask()).toBe('T2');
  });
});
