import type { RuleTimes, YamlTimes } from './in-process.js';
import type { Keystrokes } from './keystrokes.js';
import type { Speed, Throughput } from './throughput.js';

export interface Figures {
  readonly machine: string;
  readonly corpus: string;
  readonly rounds: number;
  readonly throughput: Throughput;
  readonly keystrokes: { readonly library: Keystrokes; readonly project: Keystrokes; readonly resources: Keystrokes };
  readonly startUp: { readonly empty: number; readonly check: number };
  readonly yaml: YamlTimes;
  readonly rules: RuleTimes | undefined;
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const rate = ({ megabytes, seconds }: Speed): number => megabytes / seconds;

const verdict = (met: boolean): string => (met ? 'yes' : 'no');

/** The figures as Markdown: what was measured, on what, and whether it reaches what the project asks of itself. */
export function markdown(figures: Figures): string {
  const { files, speeds } = figures.throughput;
  const own = speeds[0]!;
  return [
    `Machine: ${figures.machine}.`,
    `Corpus: ${files.toLocaleString('en')} Python files, ${own.megabytes.toFixed(1)} MB of ${figures.corpus}.`,
    `Medians of ${figures.rounds} interleaved rounds; peak memory is the largest of all rounds.`,
    '',
    speedTable(speeds),
    '',
    goalTable(figures),
    ...(figures.rules === undefined ? [] : ['', ruleTable(figures.rules)]),
  ].join('\n');
}

function speedTable(speeds: readonly Speed[]): string {
  const own = rate(speeds[0]!);
  const rows = speeds.map((speed) => [
    speed.name,
    speed.megabytes.toFixed(1),
    speed.seconds.toFixed(2),
    speed.cpuSeconds?.toFixed(2) ?? '',
    rate(speed).toFixed(rate(speed) < 10 ? 2 : 1),
    `${(own / rate(speed)).toFixed(own / rate(speed) < 10 ? 2 : 0)}×`,
    speed.peakMB?.toFixed(0) ?? '',
  ]);
  return table(['Cold process', 'MB', 's', 'CPU s', 'MB/s', 'Tidegate against it', 'peak MB'], rows);
}

function goalTable({ throughput: { speeds }, keystrokes, startUp, yaml }: Figures): string {
  const own = speeds[0]!;
  const wasm = speeds.find(({ name }) => name.startsWith('ruff-wasm'));
  const bandit = speeds.find(({ name }) => name === 'bandit');
  const yamlRate = (yaml.megabytes / yaml.checkMs) * 1000;
  const beyond = startUp.check - startUp.empty;
  const rows = [
    ['Whole corpus, MB/s of Python', rate(own).toFixed(1), '≥ 30', verdict(rate(own) >= 30)],
    ['Peak memory, MB', own.peakMB?.toFixed(0) ?? '', '≤ 350', verdict((own.peakMB ?? Infinity) <= 350)],
    ...(wasm === undefined ? [] : [ratioRow('Against ruff-wasm', own, wasm, 1)]),
    ...(bandit === undefined ? [] : [ratioRow('Against Bandit', own, bandit, 50)]),
    ...typingRows('library code', keystrokes.library, 8),
    ...typingRows('data-frame code full of findings', keystrokes.project, 8),
    ...typingRows('Kubernetes resources', keystrokes.resources, 15),
    [
      `One small file, ms beyond an empty Node process (${startUp.empty.toFixed(0)} ms)`,
      beyond.toFixed(0),
      '≤ 120',
      verdict(beyond <= 120),
    ],
    [
      `YAML: check ÷ parse with \`yaml\`, ${yaml.files} files, ${yaml.megabytes.toFixed(2)} MB`,
      (yaml.checkMs / yaml.parseMs).toFixed(2),
      '≤ 1.6',
      verdict(yaml.checkMs / yaml.parseMs <= 1.6),
    ],
    ['The same, MB/s', yamlRate.toFixed(1), '≥ 3.5', verdict(yamlRate >= 3.5)],
  ];
  return table(['Measure', 'Figure', 'Goal', 'Reached'], rows);
}

function typingRows(kind: string, { lines, median, p95 }: Keystrokes, goal: number): string[][] {
  return [
    [
      `Edit to diagnostics, ${lines} lines of ${kind}, median ms`,
      median.toFixed(1),
      `≤ ${goal}`,
      verdict(median <= goal),
    ],
    ['The same, 95th percentile ms', p95.toFixed(1), '≤ 25', verdict(p95 <= 25)],
  ];
}

function ratioRow(title: string, own: Speed, other: Speed, goal: number): string[] {
  const ratio = rate(own) / rate(other);
  return [title, `${ratio.toFixed(ratio < 10 ? 2 : 0)}×`, goal === 1 ? '> 1×' : `≥ ${goal}×`, verdict(ratio > goal)];
}

function ruleTable({ totalMs, rules }: RuleTimes): string {
  const inRules = rules.reduce((sum, { ms }) => sum + ms, 0);
  const share = (ms: number): string => `${((100 * ms) / totalMs).toFixed(1)} %`;
  const rows = rules.map(({ id, ms }) => [`\`${id}\``, ms.toFixed(1), share(ms)]);
  return [
    `Time inside each rule, over every file of the corpus in one process: ${(totalMs / 1000).toFixed(2)} s in all, ` +
      `${share(inRules)} of it in rules, the rest in parsing, facts and semantics.`,
    '',
    table(['Rule', 'ms', 'of the check'], rows),
  ].join('\n');
}
