import {
  at,
  type ConfigEntry,
  child,
  type DockerfileFacts,
  type DockerInstruction,
  items,
  type RuleContext,
  text as textOf,
} from '../engine/index.js';

type Where = Pick<RuleContext<never>, 'path' | 'workspace'>;

/** Folders that hold Dockerfiles of a project, which is built from the folder around them. */
const APART = /(?:^|\/)(?:\.?docker|dockerfiles?|containers?|images?|build|ci|deploy|deployment|\.devcontainer)$/i;

/**
 * Folder a Dockerfile is built in: what a compose file around says, else the nearest folder that has most of what is copied.
 * Undefined where two compose files differ or nothing tells. O(files of the folders).
 */
export function buildContextOf({ instructions }: DockerfileFacts, where: Where): string | undefined {
  const folders = foldersUp(where.path);
  const declared = new Set(folders.flatMap((folder) => composedIn(folder, where)));
  if (declared.size > 0) return declared.size === 1 ? [...declared][0] : undefined;
  const sources = instructions.flatMap(copiedSources).filter((source) => source !== '' && !/[$*?[]/.test(source));
  if (sources.length === 0) return APART.test(folders[0]!) ? undefined : folders[0];
  let best: { folder: string; count: number } | undefined;
  for (const folder of folders) {
    const files = where.workspace.sentToBuild(folder, where.path);
    const count = sources.filter((source) => files.some((file) => isCopied(file, source, folder))).length;
    if (count > (best?.count ?? 0)) best = { folder, count };
    if (count === sources.length) break;
  }
  return best?.folder;
}

/** What a `COPY` or `ADD` takes from the folder of the build, without `./` in front and `/` behind; `` is all of it. */
export function copiedSources({ keyword, words, flags }: DockerInstruction): readonly string[] {
  if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.some(({ name }) => name === 'from')) return [];
  return words
    .slice(0, -1)
    .map(({ text }) => text)
    .filter((source) => !/^<<|^[a-z+]+:\/\/|^git@|^\.\.(?:\/|$)/.test(source))
    .map((source) => source.replace(/^(?:\.?\/)+|^\.$/g, '').replace(/\/\.?$/, ''));
}

/** True for a file of the workspace that a copied source is or holds; `*` and `?` stand for parts of a name. */
export function isCopied(file: string, source: string, folder: string): boolean {
  const path = folder === '' ? file : file.slice(folder.length + 1);
  if (source === '') return true;
  if (!/[*?]/.test(source)) return path === source || path.startsWith(`${source}/`);
  const pattern = source
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  return new RegExp(`^${pattern}(?:/|$)`).test(path);
}

/** Folders in which compose files of one folder build a Dockerfile. */
function composedIn(folder: string, { path, workspace }: Where): string[] {
  const beside = workspace.configsBeside(folder === '' ? '_' : `${folder}/_`);
  return beside
    .filter(({ facts }) => facts.formats.some((format) => format?.id === 'compose'))
    .flatMap(({ facts }) => facts.roots.flatMap((root) => items(child(root, 'services'))))
    .flatMap((service) => {
      const context = contextOf(child(service, 'build'), folder);
      return context !== undefined && context.dockerfile === path ? [context.folder] : [];
    });
}

function contextOf(build: ConfigEntry | undefined, folder: string): { folder: string; dockerfile: string } | undefined {
  const written = textOf(build) ?? (build?.kind === 'map' ? (textOf(at(build, 'context')) ?? '.') : undefined);
  const context = written === undefined ? undefined : below(folder, written);
  const dockerfile =
    context === undefined ? undefined : below(context, textOf(child(build, 'dockerfile')) ?? 'Dockerfile');
  return context === undefined || dockerfile === undefined ? undefined : { folder: context, dockerfile };
}

/** A relative path put behind a folder; undefined for others and for variables. */
function below(folder: string, relative: string): string | undefined {
  if (/^\/|\$|:\/\//.test(relative)) return undefined;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** The folder of a path and those around it, nearest first. */
function foldersUp(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return Array.from({ length: parts.length + 1 }, (_, i) => parts.slice(0, parts.length - i).join('/'));
}
