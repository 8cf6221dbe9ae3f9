import { languageOf } from '../../base/language.js';
import { dockerfileFacts } from '../../facts/dockerfile/read.js';
import { commandsOf } from '../../facts/dockerfile/shell.js';
import { requirementsOf } from '../../facts/requirements/config.js';
import { requirementsFacts } from '../../facts/requirements/file.js';
import type { Requirement } from '../../facts/requirements/requirement.js';
import { packagesOfPipInstall } from '../../facts/shell/install.js';
import { configFacts, isConfigLanguage } from '../drivers.js';
import { folderOf, nameOf, resolveFrom } from '../paths.js';
import { type Declaration, declarationOf } from './declaration.js';
import { imageVersions } from './images.js';
import { pythonOfConfig, pythonOfVersionFile } from './python-version.js';

const CONFIG_FILES =
  /^(?:pyproject\.toml|(?:poetry|uv|pdm)\.lock|pylock(?:\.[^.]+)?\.toml|Pipfile|Pipfile\.lock|pixi\.toml|setup\.cfg|python_env\.ya?ml|(?:environment|conda|env)[^/]*\.ya?ml)$/;

/** True for files that may say which version of a library or of Python the code beside them runs with. */
export function isDependencyFile(path: string): boolean {
  const name = nameOf(path);
  if (name === '.python-version' || CONFIG_FILES.test(name)) return true;
  const language = languageOf(path);
  return language === 'requirements' || language === 'dockerfile';
}

/** Files that a requirements file pulls in with `-r` and `-c`, resolved to workspace paths. */
export interface DependencyFile {
  readonly declarations: readonly Declaration[];
  readonly includes: readonly string[];
}

/** Reads a dependency file. Drivers of config languages must be loaded. Never throws on content. */
export function readDependencyFile(path: string, text: string): DependencyFile {
  const language = languageOf(path);
  if (nameOf(path) === '.python-version') return { declarations: pythonOfVersionFile(text, path), includes: [] };
  if (language === 'requirements') return readRequirementsFile(path, text);
  if (language === 'dockerfile') return { declarations: ofDockerfile(path, text), includes: [] };
  if (language === undefined || !isConfigLanguage(language)) return { declarations: [], includes: [] };
  const facts = configFacts(path, language, text);
  const python = facts.roots.flatMap((root) => pythonOfConfig(root, path));
  return { declarations: [...declared(requirementsOf(path, facts), path), ...python], includes: [] };
}

function readRequirementsFile(path: string, text: string): DependencyFile {
  const { requirements, options } = requirementsFacts(path, text);
  const includes = options.flatMap(({ name, value }) => {
    if (name !== '--requirement' && name !== '--constraint') return [];
    return resolveFrom(folderOf(path), value) ?? [];
  });
  return { declarations: declared(requirements, path), includes };
}

function ofDockerfile(path: string, text: string): Declaration[] {
  const facts = dockerfileFacts(text);
  const installed = facts.instructions
    .filter((instruction) => instruction.keyword === 'RUN')
    .flatMap((instruction) => commandsOf(instruction, text))
    .flatMap((command) => packagesOfPipInstall(command));
  return [...declared(installed, path), ...imageVersions(facts, path)];
}

function declared(requirements: readonly Requirement[], path: string): Declaration[] {
  return requirements.flatMap((requirement) => declarationOf(requirement, path) ?? []);
}
