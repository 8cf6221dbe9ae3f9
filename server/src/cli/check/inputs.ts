import picomatch from 'picomatch';
import type { SkippedFile } from '../../report/run-report.js';
import type { EffectiveConfig } from '../../workspace/config.js';
import { Workspace, type WorkspaceOptions } from '../../workspace/workspace.js';
import { absolute, commonFolder, holds, parentOf, relative, under } from '../absolute-paths.js';
import type { CliHost, Location } from '../host.js';

/** What a run works on. Paths of files are relative to the root. */
export interface Inputs {
  /** Absolute. The root of the repository around what is checked, else the current folder. */
  readonly root: string;
  readonly workspace: Workspace;
  /** What the workspace was opened with. */
  readonly options: WorkspaceOptions;
  /** Sorted, each once. */
  readonly files: readonly string[];
  /** Files that were named themselves. */
  readonly explicit: ReadonlySet<string>;
  readonly skipped: readonly SkippedFile[];
  /** Paths that lead nowhere, with what is wrong. */
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  readonly notes: readonly string[];
}

export interface InputRequest {
  readonly paths: readonly string[];
  readonly config: string | boolean | undefined;
  readonly exclude: readonly string[];
  readonly forceExclude: boolean;
  readonly overrides: Partial<EffectiveConfig>;
  readonly ruleIds: readonly string[];
  readonly families: readonly string[];
}

/** Finds the root, opens the workspace and collects the files that the paths stand for. */
export async function collectInputs(host: CliHost, request: InputRequest): Promise<Inputs> {
  const targets = request.paths.map((path) => target(host, path));
  const root = rootOf(host, targets.map(anchorOf));
  const options = workspaceOptions(host, root, request);
  const workspace = new Workspace(host.files(root), options);
  const named = targets.filter(({ kind }) => kind === 'file').map(({ path }) => relative(root, path));
  const walks = targets.some(({ kind }) => kind === 'folder' || kind === 'glob');
  await workspace.prepare(walks ? undefined : named);
  const collector = new Collector(workspace, root, request.forceExclude);
  for (const one of targets) collector.add(one);
  return { root, workspace, options, ...collector.result() };
}

/** Opens the workspace of one document that comes from standard input. */
export async function openForStdin(host: CliHost, path: string, request: InputRequest): Promise<Inputs> {
  const full = absolute(host.cwd, path);
  const root = rootOf(host, [parentOf(full)]);
  const options = workspaceOptions(host, root, request);
  const workspace = new Workspace(host.files(root), options);
  const name = relative(root, full);
  await workspace.prepare([name]);
  const none = { skipped: [], errors: [], notes: [] };
  return { root, workspace, options, files: [name], explicit: new Set([name]), ...none };
}

interface Target extends Omit<Location, 'kind'> {
  readonly kind: Location['kind'] | 'glob';
  /** As written. */
  readonly name: string;
  /** Globs: the glob relative to `path`. */
  readonly glob: string;
}

function target(host: CliHost, name: string): Target {
  const found = host.locate(name);
  if (found.kind !== 'missing' || !/[*?[{]/.test(name)) return { ...found, name, glob: '' };
  const segments = name.replace(/\\/g, '/').split('/');
  const magic = segments.findIndex((segment) => /[*?[{]/.test(segment));
  const base = absolute(host.cwd, segments.slice(0, magic).join('/') || (name.startsWith('/') ? '/' : '.'));
  return { path: base, kind: 'glob', name, glob: segments.slice(magic).join('/') };
}

/** The folder that decides about the root. */
function anchorOf({ kind, path }: Target): string {
  return kind === 'folder' || kind === 'glob' ? path : parentOf(path);
}

function rootOf(host: CliHost, anchors: readonly string[]): string {
  const common = anchors.length === 0 ? host.cwd : commonFolder(anchors);
  for (let folder = common; ; folder = parentOf(folder)) {
    if (host.locate(under(folder, '.git')).kind !== 'missing') return folder;
    if (parentOf(folder) === folder) return holds(host.cwd, common) ? host.cwd : common;
  }
}

function workspaceOptions(host: CliHost, root: string, request: InputRequest): WorkspaceOptions {
  const { config, ruleIds, families } = request;
  const fromRoot = (glob: string) => `/${relative(root, absolute(host.cwd, glob))}`;
  const exclude = request.exclude.map((glob) => (/[/]/.test(glob.replace(/\/$/, '')) ? fromRoot(glob) : glob));
  const configFile = typeof config === 'string' ? relative(root, absolute(host.cwd, config.replace(/\\/g, '/'))) : null;
  return {
    ruleIds,
    families,
    overrides: { ...request.overrides, exclude },
    ...(typeof config === 'string' || config === false ? { configFile } : {}),
  };
}

class Collector {
  readonly #workspace: Workspace;
  readonly #root: string;
  readonly #forceExclude: boolean;
  readonly #files = new Set<string>();
  readonly #explicit = new Set<string>();
  readonly #skipped = new Map<string, string>();
  readonly #errors: { path: string; message: string }[] = [];
  readonly #notes: string[] = [];

  constructor(workspace: Workspace, root: string, forceExclude: boolean) {
    this.#workspace = workspace;
    this.#root = root;
    this.#forceExclude = forceExclude;
  }

  add(one: Target): void {
    const path = relative(this.#root, one.path);
    if (one.kind === 'file') this.#file(path, one.name);
    else if (one.kind === 'folder') this.#folder(path);
    else if (one.kind === 'glob') this.#glob(path, one);
    else this.#fail(path, one.kind === 'missing' ? 'no such file or folder' : 'not a regular file');
  }

  result(): Omit<Inputs, 'root' | 'workspace' | 'options'> {
    const skipped = [...this.#skipped].filter(([path]) => !this.#files.has(path));
    return {
      files: [...this.#files].sort(),
      explicit: this.#explicit,
      skipped: skipped.map(([path, reason]) => ({ path, reason })).sort((a, b) => (a.path < b.path ? -1 : 1)),
      errors: this.#errors,
      notes: this.#notes,
    };
  }

  #file(path: string, name: string): void {
    const never = this.#workspace.whyNever(path);
    const usually = never ?? this.#workspace.whySkipped(path);
    if (never !== undefined || (usually !== undefined && this.#forceExclude)) {
      this.#skipped.set(path, usually!);
      this.#notes.push(`${name} is not checked: ${usually}`);
      return;
    }
    if (usually !== undefined) this.#notes.push(`${name} is checked because it was named, although: ${usually}`);
    this.#files.add(path);
    this.#explicit.add(path);
  }

  #folder(path: string): void {
    const { files, skipped } = this.#workspace.listFiles(path);
    for (const file of files) this.#files.add(file.path);
    for (const { path: left, reason } of skipped) this.#skipped.set(left, reason);
  }

  #glob(base: string, { glob, name }: Target): void {
    const matches = picomatch(base === '' ? glob : `${base}/${glob}`, { dot: true });
    const { files, skipped } = this.#workspace.listFiles(base);
    const found = files.filter((file) => matches(file.path));
    for (const file of found) this.#files.add(file.path);
    const left = skipped.filter((entry) => matches(entry.path));
    for (const entry of left) this.#skipped.set(entry.path, entry.reason);
    if (found.length === 0 && left.length === 0) this.#fail(base, `no file matches ${name}`);
  }

  #fail(path: string, message: string): void {
    this.#errors.push({ path, message });
  }
}
