import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { QualitySample, SampledFinding } from './quality-page.js';
import { addRates, type Rate } from './quality-rates.js';

/**
 * Draws findings for people to judge: `tsx tools/quality-sample.ts python|configs FOLDER OUT [COUNT] [SEED]`. FOLDER holds one folder
 * for each repository (`owner+name`) with a file `.commit`. Checks each in the default profile, counts findings and fixes of
 * Python files and notebooks, or of all other files, by rule, for the latter also the files that each rule looks at, and writes COUNT findings of level warning and error, drawn at random with SEED, to OUT (JSON).
 * The verdicts are filled in by hand.
 */
const [kind, folder, out, count = '200', seed = '20261122'] = process.argv.slice(2);
if ((kind !== 'python' && kind !== 'configs') || folder === undefined || out === undefined)
  throw new Error('tsx tools/quality-sample.ts python|configs FOLDER OUT [COUNT] [SEED]');

interface Finding {
  readonly ruleId: string;
  readonly severity: string;
  readonly message: string;
  readonly path: string;
  readonly cell?: { readonly index: number; readonly line: number };
  readonly range: { readonly start: { readonly line: number } };
  readonly fixes: readonly unknown[];
}

const cli = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'tidegate-quality-'));

function check(path: string): { findings: readonly Finding[]; files: number } {
  const file = join(reports, 'report.json');
  execFileSync(process.execPath, [cli, 'check', '.', '--no-config', '--exit-zero', '-q', '--format', `json=${file}`], {
    cwd: path,
    maxBuffer: 1 << 28,
  });
  const report = JSON.parse(readFileSync(file, 'utf8')) as { findings: Finding[]; files: { checked: number } };
  return {
    findings: report.findings.filter(({ path: at }) => /\.(py|ipynb)$/.test(at) === (kind === 'python')),
    files: report.files.checked,
  };
}

/** Mulberry32: a small generator whose numbers depend on the seed alone. */
function random(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const repositories: QualitySample['repositories'][number][] = [];
const rules = new Map<string, { findings: number; warnings: number; fixes: number }>();
const rates = new Map<string, Rate>();
const candidates: SampledFinding[] = [];
for (const name of readdirSync(folder).sort()) {
  const path = join(folder, name);
  if (name.startsWith('.') || !statSync(path).isDirectory()) continue;
  const { findings, files } = check(path);
  const commit = readFileSync(join(path, '.commit'), 'utf8').trim();
  const repository = name.replace('+', '/');
  if (kind === 'configs') await addRates(path, rates);
  const serious = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  repositories.push({
    repository,
    commit,
    files,
    findings: findings.length,
    serious: serious.length,
    fixable: serious.filter(({ fixes }) => fixes.length > 0).length,
  });
  for (const { ruleId, severity, fixes } of findings) {
    const counts = rules.get(ruleId) ?? { findings: 0, warnings: 0, fixes: 0 };
    counts.findings++;
    if (severity === 'error' || severity === 'warning') counts.warnings++;
    if (fixes.length > 0) counts.fixes++;
    rules.set(ruleId, counts);
  }
  for (const { ruleId, severity, message, path: at, cell, range } of serious) {
    const line = cell === undefined ? `${range.start.line}` : `cell ${cell.index + 1}, line ${cell.line}`;
    candidates.push({ repository, path: at, line, rule: ruleId, severity, message, verdict: '', note: '' });
  }
}

const next = random(Number(seed));
const drawn: SampledFinding[] = [];
while (drawn.length < Number(count) && candidates.length > 0)
  drawn.push(...candidates.splice(Math.floor(next() * candidates.length), 1));
const sample: QualitySample = {
  seed: Number(seed),
  repositories,
  rules: Object.fromEntries([...rules].sort(([a], [b]) => a.localeCompare(b))),
  ...(rates.size > 0 ? { rates: Object.fromEntries([...rates].sort(([a], [b]) => a.localeCompare(b))) } : {}),
  findings: drawn,
  changes: [],
};
writeFileSync(out, `${JSON.stringify(sample, undefined, 2)}\n`);
