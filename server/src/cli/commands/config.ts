import type { RuleSet } from '../../engine/rule-set.js';
import { locationOf } from '../../report/labels.js';
import type { EffectiveConfig } from '../../workspace/config.js';
import { configTemplate } from '../../workspace/config-template.js';
import { absolute, relative } from '../absolute-paths.js';
import { openForStdin } from '../check/inputs.js';
import { Exit, UsageError } from '../exit.js';
import type { CliHost } from '../host.js';

const NAME = 'tidegate.yaml';

/** `tidegate config --init`: writes a commented configuration file into the current folder. */
export function initConfig(host: CliHost): number {
  if (host.locate(NAME).kind !== 'missing') throw new UsageError(`${NAME} is already there`);
  const problem = host.write(absolute(host.cwd, NAME), { text: configTemplate(), encoding: 'utf-8', bom: false });
  if (problem !== undefined) throw new UsageError(`${NAME}: ${problem}`);
  host.stderr.write(`Wrote ${NAME}\n`);
  return Exit.clean;
}

/** `tidegate config --show FILE`: the settings a file is checked with and where they come from, as JSON. */
export async function showConfig(host: CliHost, file: string, rules: RuleSet): Promise<number> {
  const families = [...new Set(rules.map((rule) => rule.family))];
  const ruleIds = rules.map((rule) => rule.id);
  const request = { paths: [], config: undefined, exclude: [], forceExclude: false, overrides: {}, ruleIds, families };
  const { root, workspace } = await openForStdin(host, file.replace(/\\/g, '/'), request);
  const path = relative(root, absolute(host.cwd, file.replace(/\\/g, '/')));
  const { config, problems } = workspace.configFor(path);
  for (const { place, message } of problems) host.stderr.write(`warning: ${locationOf(place)}: ${message}\n`);
  const skipped = workspace.whySkipped(path);
  host.stdout.write(`${JSON.stringify({ file: path, checked: skipped ?? true, ...asKeys(config) }, undefined, 2)}\n`);
  return Exit.clean;
}

/** The settings under the names they have in the configuration file. */
function asKeys(config: EffectiveConfig): object {
  return {
    source: config.source ?? 'defaults',
    profile: config.profile,
    select: config.select,
    ignore: config.ignore,
    severity: config.severity,
    'minimum-confidence': config.minimumConfidence,
    exclude: config.exclude,
    'max-size-kb': config.maxSizeKB,
    'per-file': Object.fromEntries(config.perFile.map(({ files, ignore, reason }) => [files, { ignore, reason }])),
    ignores: { 'require-reason': config.requireReason, 'honour-foreign': config.honourForeign },
    trusted: config.trusted,
  };
}
