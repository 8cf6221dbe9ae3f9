import { installCommand, type ShellCommand } from '../../engine/index.js';

/** Locks that stand beside a `pyproject.toml`, with the tools that read them. */
export const LOCKS: Readonly<Record<string, RegExp>> = {
  'uv.lock': /^uv$/,
  'poetry.lock': /^poetry$/,
  'pdm.lock': /^pdm$/,
  'pylock.toml': /^(?:pip|uv)$/,
};

/** How a command gets the packages of a project: by its own range of versions, from the lock, or anew. */
export type LockUse = 'project' | 'lock' | 'renewed';

const LIST = /(?:^|\/)(?:requirements|constraints)[^/]*\.(?:txt|in|lock)$|\.lock$/;

/** What a command does about the lock of a project; undefined for commands that do not install one. */
export function lockUse(command: ShellCommand): LockUse | undefined {
  const words = command.words.map(({ text }) => text);
  const at = words.findIndex((word) => /(?:^|\/)(?:uv|poetry|pdm|pip-sync)$/.test(word));
  const [tool, verb] =
    at < 0 ? [] : [words[at]!.replace(/^.*\//, ''), words.slice(at + 1).find((word) => !word.startsWith('-'))];
  if (tool === 'pip-sync' || verb === 'export') return 'lock';
  if (verb === 'update' && (tool === 'poetry' || tool === 'pdm')) return 'renewed';
  if (tool === 'uv' && (verb === 'sync' || verb === 'lock'))
    return words.some((word) => /^(?:-U|--upgrade)$/.test(word)) ? 'renewed' : verb === 'sync' ? 'lock' : undefined;
  if ((tool === 'poetry' || tool === 'pdm') && (verb === 'install' || verb === 'sync')) return 'lock';
  return installsProject(command);
}

/** `pip install .`, `uv pip install -r pyproject.toml`; a list of versions beside it may be what the lock says. */
function installsProject(command: ShellCommand): LockUse | undefined {
  const install = installCommand(command);
  if (install === undefined || (install.tool !== 'pip' && install.tool !== 'uv')) return undefined;
  const { options } = install;
  if (options.some(({ name, value }) => name === '--require-hashes' || LIST.test(value))) return 'lock';
  if (options.some(({ name }) => /^--(?:no-deps|no-index|constraint|dry-run)$/.test(name))) return undefined;
  const whole = command.words.some(({ text }) => /^\.\/?(?:\[[\w,.${}-]+\])?$/.test(text));
  return whole ||
    options.some(({ name, value }) => name === '--requirement' && /^(?:\.\/)?pyproject\.toml$/.test(value))
    ? 'project'
    : undefined;
}
