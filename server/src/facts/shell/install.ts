import { parseCondaSpec } from '../requirements/conda.js';
import { clausesOf } from '../requirements/declared.js';
import { exactOf, parseRequirement } from '../requirements/parse.js';
import type { Requirement, RequirementOption } from '../requirements/requirement.js';
import { fromPoetry } from '../requirements/specifier.js';
import type { ShellCommand, ShellWord } from './command.js';

/** A command that installs Python packages. */
export interface InstallCommand {
  /** `uv add`, `uv pip` and `uv tool` are `uv`; mamba and micromamba are `conda`. */
  readonly tool: 'pip' | 'uv' | 'pipx' | 'poetry' | 'pdm' | 'pipenv' | 'conda' | 'pixi' | 'rye';
  readonly requirements: readonly Requirement[];
  /** Options as written, a value in the same or the next word; `-r` and its like in pip's long form. */
  readonly options: readonly RequirementOption[];
}

const PREFIXES = /^(?:sudo|env|exec|command|time|nice|nohup|doas)$/;
const PYTHON = /^(?:python|python\d(?:\.\d+)?|py|pypy\d?)(?:\.exe)?$/;
const PIP = /^pip(?:\d(?:\.\d+)?)?(?:\.exe)?$/;

/** Sub-commands that install, by tool. `uv pip install`, `uv tool install` and `python -m pip` are resolved before. */
const VERBS: Readonly<Record<InstallCommand['tool'], readonly string[]>> = {
  pip: ['install', 'download', 'wheel'],
  uv: ['add', 'install', 'sync'],
  pipx: ['install', 'run', 'inject'],
  poetry: ['add'],
  pdm: ['add'],
  pipenv: ['install'],
  conda: ['install', 'create', 'update'],
  pixi: ['add'],
  rye: ['add'],
};

const LONG: Readonly<Record<string, string>> = {
  '-r': '--requirement',
  '-c': '--constraint',
  '-i': '--index-url',
  '-f': '--find-links',
};

const PIP_VALUES =
  /^(?:-[rcifteb]|--(?:requirement|constraint|index-url|extra-index-url|default-index|index|find-links|target|prefix|root|src|platform|python-version|implementation|abi|timeout|retries|proxy|cert|client-cert|cache-dir|log|trusted-host|allow-insecure-host|upgrade-strategy|no-binary|only-binary|progress-bar|report|global-option|config-settings?|python|exists-action|keyring-provider|use-feature|use-deprecated|root-user-action|dest|wheel-dir|group|extra|optional|rev|tag|branch|source|pip-args|with|index-strategy|prerelease|resolution|link-mode|torch-backend|exclude-newer))$/;
const CONDA_VALUES =
  /^(?:-[ncp]|--(?:name|channel|prefix|file|repodata-fn|subdir|platform|solver|environment-spec|experimental))$/;

/** Packages that a command installs; empty for other commands. Words with variables alone (`$PACKAGES`) are left out. */
export function packagesOfPipInstall(command: ShellCommand): readonly Requirement[] {
  return installCommand(command)?.requirements ?? [];
}

/** What a pip, uv, pipx, Poetry, PDM, Pipenv, conda, Pixi or Rye install command says; undefined for other commands. */
export function installCommand(command: ShellCommand): InstallCommand | undefined {
  const found = findTool(command.words);
  if (found === undefined) return undefined;
  const { tool, rest } = found;
  const verb = rest.findIndex((word) => !word.text.startsWith('-'));
  if (verb < 0 || !VERBS[tool].includes(rest[verb]!.text)) return undefined;
  const words = [...rest.slice(0, verb), ...rest.slice(verb + 1)];
  // The first word behind `inject` names the environment that gets the packages.
  const environment = rest[verb]!.text === 'inject' ? words.findIndex(({ text }) => !text.startsWith('-')) : -1;
  return readArguments(tool, environment < 0 ? words : words.toSpliced(environment, 1));
}

function findTool(
  words: readonly ShellWord[],
): { tool: InstallCommand['tool']; rest: readonly ShellWord[] } | undefined {
  let at = 0;
  const prefixed = PREFIXES.test(baseName(words[0]));
  while (at < words.length && at < 12 && prefixed && isPrefix(words[at]!)) at++;
  const name = baseName(words[at]);
  const rest = words.slice(at + 1);
  if (PIP.test(name)) return { tool: 'pip', rest };
  if (PYTHON.test(name)) {
    const module = rest.findIndex((word) => word.text === '-m');
    if (module < 0 || module > 4) return undefined;
    const target = rest[module + 1]?.text;
    if (target === 'pip') return { tool: 'pip', rest: rest.slice(module + 2) };
    return target === 'pipx' || target === 'uv' ? findTool(rest.slice(module + 1)) : undefined;
  }
  if (name === 'uv')
    return { tool: 'uv', rest: rest[0]?.text === 'pip' || rest[0]?.text === 'tool' ? rest.slice(1) : rest };
  if (/^(?:conda|mamba|micromamba)$/.test(name))
    return { tool: 'conda', rest: rest[0]?.text === 'env' ? rest.slice(1) : rest };
  return name !== 'pip' && Object.hasOwn(VERBS, name) ? { tool: name as InstallCommand['tool'], rest } : undefined;
}

function isPrefix(word: ShellWord): boolean {
  return PREFIXES.test(baseName(word)) || word.text.startsWith('-') || /^[A-Za-z_]\w*=/.test(word.text);
}

function baseName(word: ShellWord | undefined): string {
  return word === undefined
    ? ''
    : word.text.slice(Math.max(word.text.lastIndexOf('/'), word.text.lastIndexOf('\\')) + 1);
}

function readArguments(tool: InstallCommand['tool'], words: readonly ShellWord[]): InstallCommand {
  const requirements: Requirement[] = [];
  const options: RequirementOption[] = [];
  const takesValue = tool === 'conda' || tool === 'pixi' ? CONDA_VALUES : PIP_VALUES;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word.text.startsWith('-') && word.text.length > 1) {
      const equals = word.text.indexOf('=');
      const written = equals < 0 ? word.text : word.text.slice(0, equals);
      const next = equals < 0 && takesValue.test(written) ? words[i + 1] : undefined;
      if (next !== undefined) i++;
      const end = (next ?? word).range.end;
      const value = next?.text ?? (equals < 0 ? '' : word.text.slice(equals + 1));
      const name = (tool === 'conda' ? undefined : LONG[written]) ?? written;
      options.push({ name, value, range: { start: word.range.start, end } });
      if (tool !== 'conda' && (written === '-e' || written === '--editable')) {
        const editable = requirementOf(tool, next ?? word, true);
        if (editable !== undefined) requirements.push(editable);
      }
    } else {
      const requirement = requirementOf(tool, word, false);
      if (requirement !== undefined) requirements.push(requirement);
    }
  }
  return { tool, requirements, options };
}

function requirementOf(tool: InstallCommand['tool'], word: ShellWord, editable: boolean): Requirement | undefined {
  const { text, range } = word;
  const width = range.end - range.start;
  const offset = range.start + (width === text.length + 2 ? 1 : 0);
  const exact = width === text.length || width === text.length + 2;
  const parsed = /^[${]/.test(text) ? undefined : parseWord(tool, text, offset);
  if (parsed === undefined) return undefined;
  const requirement: Requirement = { ...parsed, editable: editable || parsed.editable };
  if (exact) return requirement;
  const nameRange = requirement.nameRange === undefined ? undefined : range;
  return { ...requirement, range, nameRange, specifierRange: range };
}

/** `name@constraint` is Poetry's and PDM's own form; the constraint is theirs too. */
function parseWord(tool: InstallCommand['tool'], text: string, offset: number): Requirement | undefined {
  if (tool === 'conda' || tool === 'pixi') return parseCondaSpec(text, offset);
  const own = tool === 'poetry' || tool === 'pdm' ? /^([\w.-]+(?:\[[^\]]*\])?)@([^/:]*)$/.exec(text) : null;
  const requirement = parseRequirement(own?.[1] ?? text, offset, 'pip-install');
  if (own === null || requirement === undefined) return requirement;
  const specifier = own[2] === 'latest' ? '' : fromPoetry(own[2]!);
  const specifierRange = { start: offset + own[1]!.length, end: offset + text.length };
  const range = { start: requirement.range.start, end: offset + text.length };
  return { ...requirement, specifier, specifierRange, range, exact: exactOf(clausesOf(specifier)) };
}
