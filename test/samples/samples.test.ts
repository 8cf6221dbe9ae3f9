import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index.gen.js';
import { CheckedFiles } from '../rules/check-files.js';
import { ROOT, report, tidegate } from './run-cli.js';

const copy = mkdtempSync(join(tmpdir(), 'tidegate-sample-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('samples/loan-default', () => {
  it('raises what the snapshot says', async () => {
    const { status, stdout } = tidegate(['check', 'samples/loan-default', '--format', 'concise']);
    expect(status).toBe(1);
    await expect(stdout).toMatchFileSnapshot('loan-default.findings.txt');
  });

  it('meets every rule', () => {
    const strict = report('samples/loan-default', ROOT, '--profile', 'strict', '--min-confidence', 'low');
    const found = new Set(strict.findings.map((finding) => finding.ruleId));
    expect(rules.map((rule) => rule.id).filter((id) => !found.has(id))).toEqual([]);
  });

  it('is repaired as far as fixes go, still parses, and has nothing left to fix', () => {
    cpSync(`${ROOT}samples/loan-default`, copy, { recursive: true });
    const before = report(copy).findings.length;
    tidegate(['check', copy, '--fix', '--review-fixes']);
    const after = report(copy);
    expect(after.findings.length).toBeLessThan(before);
    expect(after.findings.filter((finding) => finding.fixes.length > 0)).toEqual([]);
    expect(after.errors).toEqual([]);
    expect(tidegate(['check', copy, '--fix', '--review-fixes']).stderr).not.toMatch(/\bfixed\b/);
    for (const name of readdirSync(join(copy, 'notebooks'))) {
      JSON.parse(readFileSync(join(copy, 'notebooks', name), 'utf8'));
    }
    const python = spawnSync('python3', [
      '-c',
      'import ast,pathlib,sys\nfor p in pathlib.Path(sys.argv[1]).rglob("*.py"): ast.parse(p.read_text())',
      copy,
    ]);
    if (python.error === undefined) expect(python.stderr.toString()).toBe('');
  });
});

describe('samples/loan-default-secure', () => {
  it('raises nothing', () => {
    const { status, stdout } = tidegate(['check', 'samples/loan-default-secure', '--format', 'concise']);
    expect(stdout.replace(/^No findings\s*/, '')).toBe('');
    expect(status).toBe(0);
  });
});

describe('snippets', () => {
  const paths: Record<string, (prefix: string) => string> = {
    python: () => 'train.py',
    dockerfile: () => 'Dockerfile',
    yaml: (prefix) =>
      prefix.includes('workflow') ? '.github/workflows/ci.yml' : prefix.includes('dvc') ? 'dvc.yaml' : 'tidegate.yaml',
  };
  const snippets = Object.keys(paths).flatMap((language) => {
    const file = JSON.parse(readFileSync(`${ROOT}snippets/${language}.json`, 'utf8')) as Record<
      string,
      { prefix: string; body: string | string[] }
    >;
    return Object.values(file).map(({ prefix, body }) => ({
      prefix,
      path: paths[language]!(prefix),
      text: expand([body].flat().join('\n')),
    }));
  });

  it('are a dozen', () => expect(snippets.length).toBeGreaterThanOrEqual(12));

  it.each(snippets)('$prefix scans clean', async ({ path, text }) => {
    const { findings, problems } = (await CheckedFiles.open({ [path]: text })).check(path);
    expect(findings.map((finding) => `${finding.ruleId}: ${finding.message}`)).toEqual([]);
    expect(problems).toEqual([]);
  });
});

/** A snippet as it is before anything is typed: every tab stop has its default, also where it is repeated. */
function expand(body: string): string {
  const defaults = new Map(
    [...body.matchAll(/\$\{(\d+)(?::([^${}]*)|\|([^,|]*)[^}]*\|)\}/g)].map((m) => [m[1], m[2] ?? m[3] ?? '']),
  );
  const filled = body
    .replace(/\$\{(\d+)(?::[^${}]*|\|[^}]*\|)?\}/g, (_, stop: string) => defaults.get(stop) ?? '')
    .replace(/(?<!\\)\$(\d+)/g, (_, stop: string) => defaults.get(stop) ?? '');
  return `${filled.replace(/\\([$}\\])/g, '$1')}\n`;
}
