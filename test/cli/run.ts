import { commands } from '../../server/src/cli/commands.js';
import { main } from '../../server/src/cli/main.js';
import { checkDocument } from '../../server/src/engine/check.js';
import type { RuleSet } from '../../server/src/engine/rule-set.js';
import type { MemoryFile } from '../unit/workspace/memory-tree.js';
import { MemoryHost } from './memory-host.js';
import { testRules } from './test-rules.js';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly host: MemoryHost;
}

/** Runs the command line over files in memory with the rules of the tests, or with others. */
export async function run(
  files: Readonly<Record<string, MemoryFile>>,
  argv: readonly string[],
  prepare: (host: MemoryHost) => void = () => undefined,
  rules: RuleSet = testRules,
): Promise<Ran> {
  const host = new MemoryHost(files);
  const engine = { check: checkDocument, rules };
  prepare(host);
  const code = await main(argv, host, () => Promise.resolve({ ...commands, engine }));
  return { code, stdout: host.stdout.text, stderr: host.stderr.text, host };
}

/** A notebook file with one string a line, as Jupyter writes it. */
export function notebook(...sources: readonly string[]): string {
  const cells = sources.map((source) => ({
    cell_type: 'code',
    execution_count: null,
    metadata: {},
    outputs: [],
    source: source.split(/(?<=\n)/),
  }));
  return `${JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`;
}
