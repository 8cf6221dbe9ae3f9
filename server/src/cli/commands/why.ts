import type { RuleSet } from '../../engine/rule-set.js';
import { whyChecked } from '../../workspace/why.js';
import { absolute, relative } from '../absolute-paths.js';
import { openForStdin } from '../check/inputs.js';
import { Exit, UsageError } from '../exit.js';
import type { CliHost } from '../host.js';

/** `tidegate why FILE`: what a file is checked as and why, or why it is not checked. */
export async function why(host: CliHost, file: string, rules: RuleSet): Promise<number> {
  const name = file.replace(/\\/g, '/');
  const families = [...new Set(rules.map((rule) => rule.family))];
  const ruleIds = rules.map((rule) => rule.id);
  const request = { paths: [], config: undefined, exclude: [], forceExclude: false, overrides: {}, ruleIds, families };
  const { root, workspace } = await openForStdin(host, name, request);
  const path = relative(root, absolute(host.cwd, name));
  const never = workspace.whyNever(path);
  if (never === undefined && !workspace.has(path)) throw new UsageError(`${file}: no such file`);
  const skipped = never ?? workspace.whySkipped(path);
  const source = never === undefined ? workspace.source(path) : { skipped: never };
  const lines = 'skipped' in source ? [] : whyChecked(workspace, source);
  const reason = 'skipped' in source ? source.skipped : skipped;
  const head = reason === undefined ? [] : [`Not checked: ${reason}`];
  const told = reason === undefined || lines.length === 0 ? lines : ['When it is named:', ...lines];
  host.stdout.write(`${path}\n${[...head, ...told].map((line) => `  ${line}\n`).join('')}`);
  return Exit.clean;
}
