import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { VERSION } from '../../server/src/base/version.js';
import { referenceUrl } from '../../server/src/report/reference-links.js';
import { ruleHelp, rulePage } from '../../server/src/report/rule-page.js';
import { rules } from '../../server/src/rules/index.gen.js';
import { run } from './run.js';

test('the version is the one of the package', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(VERSION).toBe(manifest.version);
});

describe('explain', () => {
  test('prints the page', async () => {
    const { code, stdout } = await run({}, ['explain', 'load-danger']);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot('fixtures/golden/rule-page.md');
  });

  test('an unknown rule', async () => {
    const { code, stderr } = await run({}, ['explain', 'load-dager']);
    expect([code, stderr]).toEqual([2, 'error: Unknown rule "load-dager"; did you mean "load-danger"?\n']);
  });

  test('every rule has a page and a help text without loose ends', () => {
    for (const rule of rules) {
      const page = rulePage(rule);
      expect(page, rule.id).toMatch(new RegExp(`^# ${rule.id}\n`));
      for (const part of ['## Why it matters', '## What to do instead', '## Limits', `ignore[${rule.id}]`])
        expect(page, rule.id).toContain(part);
      expect(page + ruleHelp(rule), rule.id).not.toMatch(/undefined|\[object|[«»]/);
      for (const reference of rule.rule.references)
        expect(referenceUrl(reference), `${rule.id}: ${reference}`).toMatch(/^https:/);
    }
  });
});

describe('rules', () => {
  test('as a table and as JSON', async () => {
    const table = await run({}, ['rules']);
    expect(table.stdout.split('\n')).toHaveLength(8);
    expect(table.stdout).toContain('load-danger   loading       error    A loader that runs code.');
    const json = JSON.parse((await run({}, ['rules', '--format', 'json'])).stdout);
    expect(json.map(({ id }: { id: string }) => id)).toContain('secret-token');
    expect(json[0]).toMatchObject({ id: 'break-it', family: 'loading', severity: 'info', profile: 'essential' });
    expect((await run({}, ['rules', '--format', 'xml'])).code).toBe(2);
  });
});

describe('why', () => {
  const FILES = {
    '/repo/.gitignore': 'local.yaml\n',
    '/repo/k8s.yaml': 'apiVersion: v1\nkind: Pod\n---\na: 1\n',
    '/repo/overlay/kustomization.yaml': 'patches: [{path: pod.yaml}]\n',
    '/repo/overlay/pod.yaml': 'apiVersion: v1\nkind: Pod\n',
    '/repo/local.yaml': 'lr: 0.1\n',
    '/repo/train.py': '',
    '/repo/notes.md': '',
  };
  const lines = async (file: string) => (await run(FILES, ['why', file])).stdout.trimEnd().split(/\n {2}/);

  test('names the format of each document with its evidence', async () => {
    expect(await lines('k8s.yaml')).toEqual([
      'k8s.yaml',
      'Checked as YAML',
      'Document 1: Kubernetes resource: apiVersion is v1 and kind is Pod',
      'Document 2: No format was recognised: only rules for any file ran, such as those about secrets',
    ]);
    expect(await lines('train.py')).toEqual(['train.py', 'Checked as Python']);
  });

  test('says what a patch is, and why a file is left out', async () => {
    expect(await lines('overlay/pod.yaml')).toContain('A patch of Kustomize: what it lacks means nothing');
    expect((await lines('local.yaml')).slice(0, 3)).toEqual([
      'local.yaml',
      'Not checked: ignored by .gitignore',
      'When it is named:',
    ]);
    expect(await lines('notes.md')).toEqual(['notes.md', 'Not checked: not a kind of file that Tidegate reads']);
    expect((await run(FILES, ['why', 'gone.yaml'])).stderr).toBe('error: gone.yaml: no such file\n');
  });
});

describe('config', () => {
  test('--init writes a file that is valid, once', async () => {
    const first = await run({ '/repo/a.py': '' }, ['config', '--init']);
    expect(first.code).toBe(0);
    const text = first.host.text('tidegate.yaml')!;
    const check = await run({ '/repo/a.py': '', '/repo/tidegate.yaml': text }, ['check']);
    expect(check.stderr).not.toContain('warning');
    const second = await run({ '/repo/tidegate.yaml': '' }, ['config', '--init']);
    expect([second.code, second.stderr]).toEqual([2, 'error: tidegate.yaml is already there\n']);
  });

  test('--show tells the settings and where they come from', async () => {
    const files = {
      '/repo/.git/HEAD': '',
      '/repo/tidegate.yaml': 'profile: strict\nexclude: [sub/x.py]\nbad: 1',
      '/repo/sub/x.py': '',
    };
    const { stdout, stderr, code } = await run(files, ['config', '--show', 'x.py'], (host) => {
      host.cwd = '/repo/sub';
    });
    expect(JSON.parse(stdout)).toMatchObject({
      file: 'sub/x.py',
      checked: 'excluded by the configuration (sub/x.py)',
      source: 'tidegate.yaml',
      profile: 'strict',
    });
    expect(stderr).toBe('warning: tidegate.yaml:3:1: Unknown key `bad`\n');
    expect(code).toBe(0);
  });

  test('one of the two', async () => {
    expect((await run({}, ['config'])).code).toBe(2);
    expect((await run({}, ['config', '--init', '--show', 'x.py'])).code).toBe(2);
  });
});

test('server serves', async () => {
  expect(await run({}, ['server', '--stdio'])).toMatchObject({ code: 0, stdout: 'serving' });
});
