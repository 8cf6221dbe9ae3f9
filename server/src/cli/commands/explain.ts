import type { RuleSet } from '../../engine/rule-set.js';
import { rulePage } from '../../report/rule-page.js';
import { didYouMean } from '../../workspace/config-values.js';
import { Exit, UsageError } from '../exit.js';
import type { CliHost } from '../host.js';

/** `tidegate explain RULE`: the page of a rule as Markdown. */
export function explain(host: CliHost, id: string, rules: RuleSet): number {
  const registered = rules.find((rule) => rule.id === id);
  if (registered === undefined) {
    const names = rules.map((rule) => rule.id);
    throw new UsageError(`Unknown rule "${id}"${didYouMean(id, names).replaceAll('`', '"')}`);
  }
  host.stdout.write(rulePage(registered));
  return Exit.clean;
}
