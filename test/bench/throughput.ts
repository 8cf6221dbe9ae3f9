import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Corpus, filesBelow, root } from './corpus.js';
import { median, type Ran, runNode, runProcess } from './measure.js';
import { installPeers, subset } from './native-tools.js';

export interface Speed {
  readonly name: string;
  readonly megabytes: number;
  readonly seconds: number;
  /** Node processes only: the largest of all rounds. */
  readonly peakMB: number | undefined;
  /** Node processes only: the median. */
  readonly cpuSeconds: number | undefined;
}

export interface Throughput {
  readonly files: number;
  readonly speeds: readonly Speed[];
}

interface Contender {
  readonly name: string;
  readonly megabytes: number;
  readonly runs: Ran[];
  run(): Promise<Ran>;
}

const CLI = join(root, 'dist/cli.cjs');
const BANDIT_MB = 3;

/** Whole cold processes over the same Python files, all tools in each round, the medians of the rounds. */
export async function throughput(corpus: Corpus, rounds: number): Promise<Throughput> {
  const files = await checkedFiles(corpus.python);
  const contenders = contend(corpus.python, files);
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      const ran = await contender.run();
      if (ran.status !== 0) throw new Error(`${contender.name} ended with ${ran.status}: ${ran.stderr.slice(-500)}`);
      contender.runs.push(ran);
    }
  }
  return {
    files: files.length,
    speeds: contenders.map(({ name, megabytes, runs }) => {
      const used = runs.flatMap((ran) => ran.used ?? []);
      return {
        name,
        megabytes,
        seconds: median(runs.map(({ seconds }) => seconds)),
        peakMB: used.length === 0 ? undefined : Math.max(...used.map(({ peakMB }) => peakMB)),
        cpuSeconds: used.length === 0 ? undefined : median(used.map(({ cpuSeconds }) => cpuSeconds)),
      };
    }),
  };
}

/** The files that Tidegate does check: those it leaves out for their size count for nobody. */
async function checkedFiles(folder: string): Promise<string[]> {
  const { stdout, stderr } = await runProcess(process.execPath, [
    CLI,
    'check',
    '-q',
    '-f',
    'json',
    '--exit-zero',
    folder,
  ]);
  if (stdout === '') throw new Error(`tidegate check gave no report: ${stderr.slice(-500)}`);
  const report = JSON.parse(stdout) as { files: { skipped: { path: string }[] } };
  const left = report.files.skipped.map(({ path }) => join(process.cwd(), path));
  return filesBelow(folder).filter((file) => !left.some((path) => file === path || file.startsWith(`${path}/`)));
}

function contend(folder: string, files: readonly string[]): Contender[] {
  const megabytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
  const list = files.join('\n');
  const wasm = fileURLToPath(new URL('ruff-wasm.mjs', import.meta.url));
  const contenders: Contender[] = [
    {
      name: 'tidegate check',
      megabytes,
      runs: [],
      run: () => runNode([CLI, 'check', '-q', '-f', 'concise', '--exit-zero', folder]),
    },
    { name: 'ruff-wasm, S rules', megabytes, runs: [], run: () => runNode([wasm], list) },
  ];
  const bin = installPeers();
  if (bin === undefined) return contenders;
  const small = subset(files, folder, BANDIT_MB);
  const ruff = ['check', '--isolated', '--no-cache', '--quiet', '--exit-zero', '--select', 'S', folder];
  return [
    ...contenders,
    { name: 'ruff (native, all cores), S rules', megabytes, runs: [], run: () => runProcess(join(bin, 'ruff'), ruff) },
    {
      name: 'bandit',
      megabytes: small.megabytes,
      runs: [],
      run: () => runProcess(join(bin, 'bandit'), ['-r', '-q', '--exit-zero', '-f', 'json', small.folder]),
    },
  ];
}

/** Milliseconds that checking one small file takes beyond an empty Node process: median of interleaved runs. */
export async function startUp(runs: number): Promise<{ readonly empty: number; readonly check: number }> {
  const file = join(root, 'samples/loan-default-secure/src/loan_default/features.py');
  const empty: number[] = [];
  const check: number[] = [];
  for (let run = 0; run < runs + 1; run++) {
    const nothing = await runProcess(process.execPath, ['-e', '0']);
    const one = await runProcess(process.execPath, [CLI, 'check', '-q', '--exit-zero', file]);
    if (one.status !== 0) throw new Error(`tidegate check ended with ${one.status}: ${one.stderr}`);
    // The first pair fills the page cache.
    if (run === 0) continue;
    empty.push(nothing.seconds * 1000);
    check.push(one.seconds * 1000);
  }
  return { empty: median(empty), check: median(check) };
}
