import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareCorpus, root } from './corpus.js';
import { markdown } from './figures.js';
import { ruleTimes, yamlTimes } from './in-process.js';
import { keystrokes, libraryCode, manifest, projectCode } from './keystrokes.js';
import { machine } from './measure.js';
import { startUp, throughput } from './throughput.js';

/**
 * `npm run bench [-- --rules] [--rounds N] [--write]`: builds, measures, prints. `--rules` adds the time of each rule,
 * `--write` puts the figures into `docs/benchmarks.md`.
 */
const given = process.argv.slice(2);
const at = given.indexOf('--rounds');
const rounds = at < 0 ? 5 : Number(given[at + 1]);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number');

const say = (step: string): void => void process.stderr.write(`${step}…\n`);

say('build');
const built = spawnSync(process.execPath, ['--import', 'tsx', 'esbuild.ts'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
say('corpus');
const corpus = prepareCorpus();
say('throughput');
const speeds = await throughput(corpus, rounds);
say('start-up');
const start = await startUp(15);
say('keystrokes');
const library = await keystrokes(libraryCode(corpus), 200);
const project = await keystrokes(projectCode(), 200);
const resources = await keystrokes(manifest(), 200);
say('YAML');
const yaml = await yamlTimes(corpus, rounds);
if (given.includes('--rules')) say('rules');
const rules = given.includes('--rules') ? await ruleTimes(corpus) : undefined;

const text = markdown({
  machine: machine(),
  corpus: corpus.title,
  rounds,
  throughput: speeds,
  keystrokes: { library, project, resources },
  startUp: start,
  yaml,
  rules,
});
console.log(text);

if (given.includes('--write')) {
  const page = join(root, 'docs/benchmarks.md');
  const [begin, end] = ['<!-- bench:begin -->', '<!-- bench:end -->'];
  const before = readFileSync(page, 'utf8');
  const from = before.indexOf(begin);
  const to = before.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${page} has no ${begin} … ${end}`);
  writeFileSync(page, `${before.slice(0, from + begin.length)}\n${text}\n${before.slice(to)}`);
}
