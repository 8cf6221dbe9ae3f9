import { isTestFile } from '../server/src/base/test-files.js';
import { checkDocument } from '../server/src/engine/check.js';
import type { QueryShape } from '../server/src/engine/query.js';
import type { RegisteredRule } from '../server/src/engine/rule-set.js';
import type { FormatId } from '../server/src/facts/config/entry.js';
import { NodeFileSystem } from '../server/src/host/node/file-system.js';
import { rules } from '../server/src/rules/index.gen.js';
import { DEFAULT_CONFIG } from '../server/src/workspace/config.js';
import { configFacts, isConfigLanguage } from '../server/src/workspace/drivers.js';
import { Workspace } from '../server/src/workspace/workspace.js';

/** How often a rule speaks about the files it looks at. */
export interface Rate {
  /** Files that its queries match. */
  applies: number;
  /** Those with a finding above `hint`. */
  found: number;
}

interface Watched {
  readonly rule: RegisteredRule;
  /** Formats whose files the rule looks at, whether or not they hold the entry it asks for. */
  readonly formats: ReadonlySet<FormatId>;
}

/**
 * Counts, in one repository, the configuration files that each rule of the default profile looks at and those where it
 * finds something above `hint`: files of the formats that its queries about entries name, and files with a fact of any other
 * kind that it asks for (a container, an instruction, a command, a text, an entry of any format). Files of tests do not
 * count for rules that pass them over.
 */
export async function addRates(folder: string, rates: Map<string, Rate>): Promise<void> {
  const workspace = new Workspace(new NodeFileSystem(folder), { ruleIds: rules.map(({ id }) => id), families: [] });
  await workspace.prepare();
  const asked = new Set<string>();
  const watched = rules.map((rule) => watch(rule, asked));
  const documents = workspace.listFiles().files.filter(({ path }) => !/\.(?:pyi?|pyw|ipynb)$/.test(path));
  for (const { path } of documents) {
    const source = workspace.source(path);
    if ('skipped' in source || source.language === 'notebook') continue;
    asked.clear();
    const { findings } = checkDocument(
      source,
      watched.map(({ rule }) => rule),
      { config: DEFAULT_CONFIG, workspace, today: '2026-11-22', useTriggerWords: false },
    );
    const formats = isConfigLanguage(source.language)
      ? configFacts(path, source.language, source.text, workspace).formats.flatMap((format) => format?.id ?? [])
      : [];
    const found = new Set(findings.filter(({ severity }) => severity !== 'hint').map(({ ruleId }) => ruleId));
    for (const { rule, formats: wanted } of watched) {
      if (rule.rule.skipsTests === true && isTestFile(path)) continue;
      if (!asked.has(rule.id) && !formats.some((format) => wanted.has(format))) continue;
      const rate = rates.get(rule.id) ?? { applies: 0, found: 0 };
      rate.applies++;
      if (found.has(rule.id)) rate.found++;
      rates.set(rule.id, rate);
    }
  }
}

/** The rule, which now leaves its name in `asked` when it is given a fact other than an entry of the formats it names. */
function watch(registered: RegisteredRule, asked: Set<string>): Watched {
  const { id, rule } = registered;
  const queries = (Array.isArray(rule.query) ? rule.query : [rule.query]) as readonly QueryShape[];
  const formats = new Set(
    queries.flatMap((query) => (query.kind === 'entry' && query.formats !== 'any' ? query.formats : [])),
  );
  const check: typeof rule.check = (fact, context) => {
    if (formats.size === 0 || !isEntry(fact)) asked.add(id);
    rule.check(fact, context);
  };
  return { rule: { ...registered, rule: { ...rule, check } }, formats };
}

function isEntry(fact: { readonly keyRange?: unknown; readonly children?: unknown }): boolean {
  return fact.children !== undefined;
}
