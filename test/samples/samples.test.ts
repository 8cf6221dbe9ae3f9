import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { rules } from '../../server/src/rules/index.gen.js';
import { CheckedFiles } from '../rules/check-files.js';
import { ROOT, report, tidegate } from './run-cli.js';

interface SarifLocation {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
}
interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly locations: readonly SarifLocation[];
      readonly codeFlows?: readonly {
        readonly threadFlows: readonly { readonly locations: readonly { readonly location: SarifLocation }[] }[];
      }[];
    }[];
  }[];
}
const fileOf = ({ physicalLocation }: SarifLocation): string => physicalLocation.artifactLocation.uri;

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

  it('follows an upload to its loader through two modules, in the report and in SARIF', () => {
    const loaded = report('samples/loan-default').findings.find(
      ({ ruleId, path, severity }) =>
        ruleId === 'load-torch' && path.endsWith('checkpoints.py') && severity === 'error',
    );
    const steps = ['intake.py', 'intake.py', 'intake.py', 'vault.py', 'requirements.txt'];
    expect(loaded?.related.map(({ path }) => path.slice(path.lastIndexOf('/') + 1))).toEqual(steps);
    const sarif = JSON.parse(tidegate(['check', 'samples/loan-default', '--format', 'sarif']).stdout) as Sarif;
    const result = sarif.runs[0]!.results.find(
      ({ ruleId, level, locations }) =>
        ruleId === 'load-torch' && level === 'error' && fileOf(locations[0]!).endsWith('checkpoints.py'),
    );
    const flow = (result?.codeFlows ?? []).flatMap(({ threadFlows }) =>
      threadFlows.flatMap(({ locations }) => locations.map(({ location }) => fileOf(location))),
    );
    expect(flow.map((file) => file.slice(file.lastIndexOf('/') + 1))).toEqual([...steps, 'checkpoints.py']);
  });

  it('lets the default of an option and the pin of a notebook decide', () => {
    const { findings } = report('samples/loan-default');
    const messages = findings.filter(({ ruleId }) => ruleId === 'load-torch').map(({ message }) => message);
    expect(messages.filter((message) => message.includes('unless the command line turns it on'))).toHaveLength(1);
    expect(messages.filter((message) => message.includes('torch 2.3.1'))).toHaveLength(1);
    const repaired = report('samples/loan-default-secure').findings;
    expect(repaired.filter(({ ruleId }) => ruleId === 'load-torch')).toEqual([]);
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
