import { CONFIG_KEYS, type ConfigKey } from './config-keys.js';

const HEAD = `# Settings of Tidegate. The nearest file counts, key by key, up to the root of the repository.
# The same keys may stand under [tool.tidegate] in pyproject.toml.
`;

/** A commented `tidegate.yaml` that sets the profile and shows every other key with its default or an example. */
export function configTemplate(): string {
  const blocks = CONFIG_KEYS.map((key) => (key.name === 'profile' ? active(key) : commented(key, '')));
  return `${HEAD}\n${blocks.join('\n\n')}\n`;
}

function active(key: ConfigKey): string {
  return `# ${key.description}\n${key.name}: ${String(key.default)}`;
}

function commented(key: ConfigKey, indent: string): string {
  const about = `${indent}# ${key.description}`;
  if (key.shape.kind === 'table') {
    const inner = key.shape.keys.map((child) => `#   ${child.name}: ${child.example}  # ${child.description}`);
    return [about, `# ${key.name}:`, ...inner].join('\n');
  }
  if (key.shape.kind === 'tables') {
    const inner = key.shape.keys.map((child) => `#     ${child.name}: ${child.example}  # ${child.description}`);
    return [about, `# ${key.name}:`, '#   "notebooks/**":', ...inner].join('\n');
  }
  return `${about}\n${indent}# ${key.name}: ${key.example}`;
}
