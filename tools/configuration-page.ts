import { CONFIG_KEYS, type ConfigKey } from '../server/src/workspace/config-keys.js';
import { configTemplate } from '../server/src/workspace/config-template.js';

/** Reference of `tidegate.yaml`, from the same table that validates it. */
export function configurationPage(): string {
  return [
    '# Configuration',
    '',
    'Settings live in `tidegate.yaml` or under `[tool.tidegate]` in `pyproject.toml`; the nearest file wins, up to the root',
    'of the repository. Flags of the command line are stronger, settings of the editor weaker. Unknown keys and wrong values',
    'are reported where they stand, and the rest of the file still counts.',
    '',
    '| Key | Default | Meaning |',
    '|---|---|---|',
    ...rows(CONFIG_KEYS, ''),
    '',
    '## A file to start from',
    '',
    '```yaml',
    configTemplate().trimEnd(),
    '```',
    '',
  ].join('\n');
}

function rows(keys: readonly ConfigKey[], prefix: string): string[] {
  return keys.flatMap((key) => {
    const name = `${prefix}${key.name}`;
    const fallback = key.default === undefined ? '' : `\`${JSON.stringify(key.default)}\``;
    const own = `| \`${name}\` | ${fallback} | ${key.description} |`;
    if (key.shape.kind === 'table') return [own, ...rows(key.shape.keys, `${name}.`)];
    if (key.shape.kind === 'tables') return [own, ...rows(key.shape.keys, `${name}.<glob>.`)];
    return [own];
  });
}
