import { at, type ConfigEntry, type ConfigFacts, items } from '../config/entry.js';
import { condaRequirements } from './conda.js';
import { requirementsIn } from './declared.js';
import { lockedPackages, pipfileRequirements } from './lock.js';
import { parseRequirement } from './parse.js';
import { pixiRequirements, pyprojectRequirements } from './pyproject.js';
import type { Requirement } from './requirement.js';

/**
 * Dependencies that a config file declares or locks, in source order per table; empty for other files. Ranges lie in the
 * file the facts came from. O(entries).
 *
 * @param path workspace-relative, with `/`
 */
export function requirementsOf(path: string, facts: ConfigFacts): Requirement[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return facts.roots.flatMap((root, index) => {
    switch (facts.formats[index]?.id) {
      case 'pyproject':
        return pyprojectRequirements(root);
      case 'conda':
        return condaRequirements(root);
      case 'uv-lock':
      case 'poetry-lock':
      case 'pdm-lock':
        return lockedPackages(root);
      case 'pipfile':
        return pipfileRequirements(root, false);
      case 'pipfile-lock':
        return pipfileRequirements(root, true);
      default:
        return byName(name, root);
    }
  });
}

/** Files whose name alone says what they hold. */
function byName(name: string, root: ConfigEntry): Requirement[] {
  if (name === 'pixi.toml') return pixiRequirements(root);
  if (/^pylock(?:\..+)?\.toml$/.test(name)) return lockedPackages(root);
  if (/^python_env\.ya?ml$/.test(name)) {
    return [
      ...requirementsIn(at(root, 'build_dependencies'), 'requirements'),
      ...requirementsIn(at(root, 'dependencies'), 'requirements'),
    ];
  }
  return name === 'setup.cfg' ? setupCfg(root) : [];
}

/** `install_requires` and extras of setup.cfg hold one requirement a line; each carries the range of the whole value. */
function setupCfg(root: ConfigEntry): Requirement[] {
  const lists = [at(root, 'options', 'install_requires'), ...items(at(root, 'options.extras_require'))];
  return lists.flatMap((entry) => {
    if (typeof entry?.value !== 'string') return [];
    const range = entry.valueRange;
    return entry.value.split('\n').flatMap((line) => {
      const requirement = parseRequirement(line, 0, 'pyproject');
      if (requirement === undefined) return [];
      const nameRange = requirement.nameRange === undefined ? undefined : range;
      return [{ ...requirement, range, nameRange, specifierRange: range }];
    });
  });
}
