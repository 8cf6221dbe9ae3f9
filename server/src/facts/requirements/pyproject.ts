import { at, type ConfigEntry, items } from '../config/entry.js';
import { requirementsIn, requirementsOfTable } from './declared.js';
import type { Requirement } from './requirement.js';
import { fromPlain, fromPoetry } from './specifier.js';

const SOURCE = 'pyproject';

/**
 * Dependencies of a pyproject.toml: PEP 621 (`project`), PEP 735 (`dependency-groups`), PEP 518 (`build-system`), and the
 * tables of Poetry, uv, PDM, Hatch and Pixi. A package with a `git` or `url` entry in `tool.uv.sources` appears a second
 * time, as that source.
 */
export function pyprojectRequirements(root: ConfigEntry): Requirement[] {
  const project = at(root, 'project');
  const tool = at(root, 'tool');
  return [
    ...requirementsIn(at(root, 'build-system', 'requires'), SOURCE),
    ...requirementsIn(at(project, 'dependencies'), SOURCE),
    ...listsOf(at(project, 'optional-dependencies')),
    ...listsOf(at(root, 'dependency-groups')),
    ...poetry(at(tool, 'poetry')),
    ...['dev-dependencies', 'constraint-dependencies', 'override-dependencies'].flatMap((key) =>
      requirementsIn(at(tool, 'uv', key), SOURCE),
    ),
    ...uvSources(at(tool, 'uv', 'sources')),
    ...listsOf(at(tool, 'pdm', 'dev-dependencies')),
    ...items(at(tool, 'hatch', 'envs')).flatMap((env) => [
      ...requirementsIn(at(env, 'dependencies'), SOURCE),
      ...requirementsIn(at(env, 'extra-dependencies'), SOURCE),
    ]),
    ...pixiRequirements(at(tool, 'pixi')),
  ];
}

/** Dependencies of a pixi.toml or of `tool.pixi`. */
export function pixiRequirements(root: ConfigEntry | undefined): Requirement[] {
  if (root === undefined) return [];
  return [root, ...items(at(root, 'feature')), ...items(at(root, 'target'))].flatMap((scope) => [
    ...requirementsOfTable(at(scope, 'dependencies'), 'conda', fromPlain),
    ...requirementsOfTable(at(scope, 'pypi-dependencies'), SOURCE, fromPlain),
  ]);
}

function poetry(root: ConfigEntry | undefined): Requirement[] {
  return [
    at(root, 'dependencies'),
    at(root, 'dev-dependencies'),
    ...items(at(root, 'group')).map((group) => at(group, 'dependencies')),
  ].flatMap((table) => requirementsOfTable(table, SOURCE, fromPoetry));
}

function uvSources(table: ConfigEntry | undefined): Requirement[] {
  return requirementsOfTable(table, SOURCE, fromPlain).filter(({ kind }) => kind === 'vcs' || kind === 'url');
}

function listsOf(table: ConfigEntry | undefined): Requirement[] {
  return items(table).flatMap((list) => requirementsIn(list, SOURCE));
}
