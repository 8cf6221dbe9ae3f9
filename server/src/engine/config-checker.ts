import type { Range } from '../base/range.js';
import { commandsInConfig } from '../facts/config/commands.js';
import { containersOf } from '../facts/config/containers.js';
import type { ConfigEntry, ConfigFacts } from '../facts/config/entry.js';
import { descendants } from '../facts/config/entry.js';
import { requirementsOf } from '../facts/requirements/config.js';
import { innerRange } from '../facts/requirements/declared.js';
import type { CheckRun } from './check-run.js';
import type { TextFact } from './query.js';
import { checkCommands } from './shell-checker.js';

/** Runs the rules over a config document whose facts are in `run.facts`. O(entries), and what the rules do. */
export function checkConfig(run: CheckRun): void {
  const facts = run.facts;
  if (facts === undefined) return;
  run.fixable = facts.errors.length === 0 && !facts.template;
  facts.roots.forEach((root, document) => {
    const tell = run.index.entries.of(facts.formats[document]?.id);
    for (const entry of descendants(root)) {
      tell(entry, ({ rule }) => {
        if (run.mayFire(rule)) run.invoke(rule, entry);
      });
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
