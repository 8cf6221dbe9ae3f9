import { relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { languageOf } from '../../server/src/base/language.js';
import { checkDocument } from '../../server/src/engine/check.js';
import { NodeFileSystem } from '../../server/src/host/node/file-system.js';
import { rules } from '../../server/src/rules/index.gen.js';
import { DEFAULT_CONFIG } from '../../server/src/workspace/config.js';
import type { SourceDocument } from '../../server/src/workspace/source-document.js';
import { Workspace } from '../../server/src/workspace/workspace.js';
import { type Corpus, filesBelow, root } from './corpus.js';
import { median } from './measure.js';

export interface RuleTimes {
  readonly totalMs: number;
  /** Slowest first. */
  readonly rules: readonly { readonly id: string; readonly ms: number }[];
}

async function open(folder: string): Promise<{ workspace: Workspace; sources: SourceDocument[] }> {
  const workspace = new Workspace(new NodeFileSystem(folder), { ruleIds: rules.map(({ id }) => id), families: [] });
  await workspace.prepare();
  const sources = filesBelow(folder).flatMap((file) => {
    const path = relative(folder, file).replaceAll('\\', '/');
    if (languageOf(path) === undefined || workspace.whyNever(path) !== undefined) return [];
    const source = workspace.source(path);
    return 'skipped' in source ? [] : [source];
  });
  return { workspace, sources };
}

/** Time spent inside each rule's `check` over the corpus; facts and semantics a rule asks for late count as the rule's. */
export async function ruleTimes(corpus: Corpus): Promise<RuleTimes> {
  const { workspace, sources } = await open(corpus.all);
  const environment = { config: DEFAULT_CONFIG, workspace, today: '2026-06-30' };
  for (const source of sources.slice(0, 1000)) checkDocument(source, rules, environment);
  const times = new Map<string, number>();
  const started = performance.now();
  for (const source of sources) {
    checkDocument(source, rules, {
      ...environment,
      now: () => performance.now(),
      onRuleTime: (id, ms) => times.set(id, (times.get(id) ?? 0) + ms),
    });
  }
  const totalMs = performance.now() - started;
  return { totalMs, rules: [...times].map(([id, ms]) => ({ id, ms })).sort((a, b) => b.ms - a.ms) };
}

export interface YamlTimes {
  readonly files: number;
  readonly megabytes: number;
  readonly checkMs: number;
  readonly parseMs: number;
}

/** Checking all YAML of the corpus and the samples against merely parsing it with the `yaml` package; warm, medians. */
export async function yamlTimes(corpus: Corpus, rounds: number): Promise<YamlTimes> {
  const opened = await Promise.all([corpus.all, corpus.yaml, `${root}samples`].map(open));
  const documents = opened.flatMap(({ workspace, sources }) =>
    sources.flatMap((source) => (source.language === 'yaml' ? [{ workspace, source }] : [])),
  );
  const check = (): void => {
    for (const { workspace, source } of documents)
      checkDocument(source, rules, { config: DEFAULT_CONFIG, workspace, today: '2026-06-30' });
  };
  const parse = (): void => {
    for (const { source } of documents) parseAllDocuments(source.text, { uniqueKeys: false, prettyErrors: false });
  };
  const checks: number[] = [];
  const parses: number[] = [];
  for (let round = 0; round < rounds + 2; round++) {
    const a = timed(check);
    const b = timed(parse);
    if (round < 2) continue;
    checks.push(a);
    parses.push(b);
  }
  const megabytes = documents.reduce((sum, { source }) => sum + Buffer.byteLength(source.text), 0) / 1e6;
  return { files: documents.length, megabytes, checkMs: median(checks), parseMs: median(parses) };
}

function timed(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}
