import type { Range } from '../base/range.js';
import { commandsInConfig } from '../facts/config/commands.js';
import { containersOf } from '../facts/config/containers.js';
import type { ConfigEntry, ConfigFacts } from '../facts/config/entry.js';
import { descendants } from '../facts/config/entry.js';
import { requirementsOf } from '../facts/requirements/config.js';
import { innerRange } from '../facts/requirements/declared.js';
import type { CheckRun } from './check-run.js';
import type { QueryShape, TextFact } from './query.js';
import type { Subscription } from './rule-index.js';
import { checkCommands } from './shell-checker.js';

type EntryQuery = Extract<QueryShape, { kind: 'entry' }>;

/** Runs the rules over a config document whose facts are in `run.facts`. O(entries × subscriptions of their depth). */
export function checkConfig(run: CheckRun): void {
  const facts = run.facts;
  if (facts === undefined) return;
  run.fixable = facts.errors.length === 0 && !facts.template;
  const entryRules = run.index.of('entry').filter(({ rule }) => run.mayFire(rule));
  facts.roots.forEach((root, document) => {
    const format = facts.formats[document]?.id;
    const wanted = entryRules.filter(
      ({ query }) => query.formats === 'any' || (format !== undefined && query.formats.includes(format)),
    );
    if (wanted.length === 0) return;
    for (const entry of descendants(root)) {
      for (const { rule, query } of wanted) if (pathMatches(query.path, entry.path)) run.invoke(rule, entry);
    }
  });
  checkContainers(run, facts);
  checkTexts(run, facts.roots);
  if (run.index.has('requirement')) {
    for (const requirement of requirementsOf(run.path, facts)) {
      for (const { rule } of run.index.of('requirement')) run.invoke(rule, requirement);
    }
  }
  if (run.index.has('command')) checkCommands(run, commandsInConfig(facts, run.text), 'config');
}

function checkContainers(run: CheckRun, facts: ConfigFacts): void {
  const rules = run.mayFireOf(run.index.of('container'));
  if (rules.length === 0) return;
  facts.roots.forEach((root, document) => {
    for (const container of containersOf(root, facts.formats[document]?.id, run.text)) {
      for (const { rule } of rules) run.invoke(rule, container);
    }
  });
}

function checkTexts(run: CheckRun, roots: readonly ConfigEntry[]): void {
  const rules = run.index.of('text').filter(({ rule }) => run.mayFire(rule));
  if (rules.length === 0) return;
  for (const root of roots) {
    for (const entry of descendants(root)) {
      if (typeof entry.value !== 'string') continue;
      const range = innerRange(entry);
      const escaped = run.text.slice(range.start, range.end) !== entry.value;
      const fact: TextFact = {
        kind: 'text',
        text: entry.value,
        range: escaped ? entry.valueRange : range,
        escaped,
        name: nameOf(entry),
      };
      for (const { rule } of rules) run.invoke(rule, fact);
    }
  }
}

/** The key a value is given to; for `{name: X, value: Y}` pairs the name. */
function nameOf(entry: ConfigEntry): string | undefined {
  if (entry.key === 'value') {
    const name = entry.parent?.children.find((sibling) => sibling.key === 'name')?.value;
    if (typeof name === 'string') return name;
  }
  if (entry.key === undefined && typeof entry.value === 'string') return /^(\w+)=/.exec(entry.value)?.[1];
  return entry.key;
}

/** `*` matches one key or index, `**` any number of them. */
export function pathMatches(pattern: readonly string[], path: readonly (string | number)[], at = 0, from = 0): boolean {
  if (at === pattern.length) return from === path.length;
  if (pattern[at] === '**') {
    for (let i = from; i <= path.length; i++) if (pathMatches(pattern, path, at + 1, i)) return true;
    return false;
  }
  if (from >= path.length) return false;
  return (pattern[at] === '*' || pattern[at] === String(path[from])) && pathMatches(pattern, path, at + 1, from + 1);
}

/** What an ignore comment binds to: each entry by the line it starts on. */
export function configStatements(roots: readonly ConfigEntry[]): readonly Range[] {
  return roots.flatMap((root) =>
    [...descendants(root)]
      .filter((entry) => entry.parent !== undefined && !isSpread(entry))
      .map((entry) => entry.range),
  );
}

/** Holds entries that stand elsewhere: the type and the labels of HCL blocks. */
function isSpread({ children, valueRange }: ConfigEntry): boolean {
  return children.length > 0 && valueRange.start === valueRange.end;
}

export type EntrySubscription = Subscription<EntryQuery>;
