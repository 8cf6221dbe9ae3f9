import { basename, dirname, join, relative, sep } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { root } from './project-root.js';

/** Marks questions of our own, which must not be answered by asking again. */
export const RESOLVED = Symbol('resolved');

/** A file made from a module with these contents, which stands in the root of the project. */
export interface Part {
  readonly file: string;
  readonly contents: string;
}

/**
 * How to build parts of one program that are loaded when they are needed. What they import with `import()` is a part of its
 * own, in `on-demand/`. A module that several parts need is in the shared file alone, every other one in its part: so every
 * module exists once, with its state and classes, and each file is one scope, compiled at once. (Splitting by the bundler knows
 * modules of the platform only, which cannot be loaded in the middle of a check, and makes a file for every combination of
 * parts.)
 *
 * @param shared the shared file, beside or above the parts
 */
export async function sharedAndParts(
  shared: string,
  given: readonly Part[],
  common: BuildOptions,
): Promise<readonly BuildOptions[]> {
  const { parts, graphs } = await graphsOf(given, common);
  const uses = new Map<string, number>();
  for (const { outputs } of graphs) {
    for (const [module, { bytesInOutput }] of Object.entries(Object.values(outputs)[0]!.inputs))
      if (bytesInOutput > 0 && module !== '<stdin>') uses.set(module, (uses.get(module) ?? 0) + 1);
  }
  const isShared = (module: string): boolean => (uses.get(module) ?? 0) > 1;
  const asked = graphs.flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([module]) => !isShared(module))
      .flatMap(([, { imports }]) => imports.map(({ path }) => path).filter(isShared)),
  );
  const doors = await doorsOf([...new Set(asked)].sort(), common);
  const contents = [...doors].map(([module, { name }]) => `export * as ${name} from './${module}';`).join('\n');
  return [{ file: shared, contents }, ...parts].map((part) => {
    const own = part.file === shared ? [] : [takesFrom(pathTo(shared, part.file), doors)];
    return { ...common, ...entry(part), plugins: [...(common.plugins ?? []), onDemand(part.file), ...own] };
  });
}

/** The parts with those that they load on demand, and what each is made of. */
async function graphsOf(given: readonly Part[], common: BuildOptions): Promise<{ parts: Part[]; graphs: Metafile[] }> {
  const parts = [...given];
  const graphs: Metafile[] = [];
  const found = (part: Part): void => {
    if (!parts.some(({ file }) => file === part.file)) parts.push(part);
  };
  while (graphs.length < parts.length)
    graphs.push(...(await Promise.all(parts.slice(graphs.length).map((part) => graphOf(part, common, found)))));
  return { parts, graphs };
}

/** Makes every `import()` one of a part. */
function onDemand(from: string, found: (part: Part) => void = () => undefined): Plugin {
  return {
    name: 'on-demand',
    setup(build) {
      build.onResolve({ filter: /./ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === RESOLVED) return undefined;
        const module = await build.resolve(path, { resolveDir, importer, kind, pluginData: RESOLVED });
        const file = `on-demand/${basename(path, '.js')}.cjs`;
        found({ file, contents: `export * from './${projectPath(module.path)}';` });
        return { path: pathTo(file, from), external: true };
      });
    },
  };
}

function entry({ file, contents }: Part): BuildOptions {
  return { stdin: { contents, resolveDir: root, loader: 'ts' }, outfile: file };
}

async function graphOf(part: Part, common: BuildOptions, found: (part: Part) => void): Promise<Metafile> {
  const { metafile } = await build({
    ...common,
    ...entry(part),
    plugins: [...(common.plugins ?? []), onDemand(part.file, found)],
    sourcemap: false,
    write: false,
    metafile: true,
  });
  return metafile;
}

/** A module of the shared file that parts import from. */
interface Door {
  /** Its name among what the shared file exports. */
  readonly name: string;
  readonly exports: readonly string[];
}

async function doorsOf(modules: readonly string[], common: BuildOptions): Promise<ReadonlyMap<string, Door>> {
  const { metafile } = await build({
    ...common,
    plugins: [...(common.plugins ?? []), onDemand('')],
    entryPoints: [...modules],
    format: 'esm',
    splitting: true,
    outdir: 'dist',
    sourcemap: false,
    write: false,
    metafile: true,
  });
  const exports = new Map(Object.values(metafile.outputs).map(({ entryPoint, exports }) => [entryPoint, exports]));
  return new Map(modules.map((module, index) => [module, { name: `m${index}`, exports: exports.get(module)! }]));
}

/** Imports of modules of the shared file become reads of what it exports. */
function takesFrom(path: string, doors: ReadonlyMap<string, Door>): Plugin {
  return {
    name: 'takes-from-shared',
    setup(build) {
      build.onResolve({ filter: /^shared-file$/ }, () => ({ path, external: true }));
      build.onResolve({ filter: /./ }, async (args) => {
        if (args.kind !== 'import-statement' || args.pluginData === RESOLVED) return undefined;
        const { path, resolveDir, importer, kind } = args;
        const found = path.startsWith('.')
          ? join(resolveDir, path).replace(/\.js$/, '.ts')
          : (await build.resolve(path, { resolveDir, importer, kind, pluginData: RESOLVED })).path;
        const module = projectPath(found);
        return doors.has(module) ? { path: module, namespace: 'shared' } : undefined;
      });
      build.onLoad({ filter: /./, namespace: 'shared' }, ({ path }) => ({ contents: doorText(doors.get(path)!) }));
    },
  };
}

function doorText({ name, exports }: Door): string {
  const own = exports.map((each) =>
    each === 'default' ? 'export default door.default;' : `export const ${each} = door.${each};`,
  );
  return [`const door = require('shared-file').${name};`, ...own].join('\n');
}

function projectPath(path: string): string {
  return relative(root, path).split(sep).join('/');
}

function pathTo(shared: string, from: string): string {
  const path = relative(dirname(from), shared).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}
