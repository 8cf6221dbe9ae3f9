import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

export interface Ran {
  readonly seconds: number;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Node processes only. */
  readonly used: Used | undefined;
}

export interface Used {
  /** Peak resident memory. */
  readonly peakMB: number;
  /** Of all threads, in user and system mode. */
  readonly cpuSeconds: number;
}

const PRELOAD = fileURLToPath(new URL('resources.cjs', import.meta.url));

/** Runs a program to its end: wall time from the start of the process until its output is closed. */
export function runProcess(program: string, args: readonly string[], input = ''): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
    const texts = ['', '', '', ''];
    for (const index of [1, 2, 3]) {
      const stream = child.stdio[index] as NodeJS.ReadableStream;
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        texts[index] += text;
      });
    }
    child.on('error', reject);
    child.stdin!.on('error', () => undefined);
    child.stdin!.end(input);
    child.on('close', (status) => {
      const seconds = (performance.now() - started) / 1000;
      const [, stdout, stderr, resources] = texts as [string, string, string, string];
      const used = resources === '' ? undefined : (JSON.parse(resources) as Used);
      resolve({ seconds, status, stdout, stderr, used });
    });
  });
}

/** The same for a script of Node, which also says what it used. */
export function runNode(args: readonly string[], input?: string): Promise<Ran> {
  return runProcess(process.execPath, ['--require', PRELOAD, ...args], input);
}

/** The middle value; the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Smallest value that `share` (0…1) of all values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!;
}

/** Deterministic numbers in 0…1 (mulberry32), so that every run measures the same edits. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Processor, cores, memory, Node: what figures depend on. */
export function machine(): string {
  const model = cpus()[0]?.model ?? processorName() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${model}, ${cpus().length} cores, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

function processorName(): string | undefined {
  try {
    return /model name\s*: (.+)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
