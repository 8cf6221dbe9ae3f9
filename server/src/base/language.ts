/** How a document's text is read. What a config document *is* (its format) is decided later, from its keys. */
export type Language =
  | 'python'
  | 'notebook'
  | 'yaml'
  | 'json'
  | 'toml'
  | 'ini'
  | 'hcl'
  | 'textproto'
  | 'dockerfile'
  | 'requirements';

const EXTENSIONS: ReadonlyMap<string, Language> = new Map([
  ['py', 'python'],
  ['pyw', 'python'],
  ['pyi', 'python'],
  ['ipynb', 'notebook'],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['json', 'json'],
  ['jsonc', 'json'],
  ['toml', 'toml'],
  ['ini', 'ini'],
  ['cfg', 'ini'],
  ['conf', 'ini'],
  ['properties', 'ini'],
  ['env', 'ini'],
  ['tf', 'hcl'],
]);

const NAMES: ReadonlyMap<string, Language> = new Map([
  ['MLproject', 'yaml'],
  ['MLmodel', 'yaml'],
  ['dvc.lock', 'yaml'],
  ['poetry.lock', 'toml'],
  ['.condarc', 'yaml'],
  ['condarc', 'yaml'],
  ['.mambarc', 'yaml'],
  ['Kustomization', 'yaml'],
  ['pixi.lock', 'yaml'],
  ['uv.lock', 'toml'],
  ['pdm.lock', 'toml'],
  ['Pipfile', 'toml'],
  ['Pipfile.lock', 'json'],
  ['.env', 'ini'],
  ['config.pbtxt', 'textproto'],
]);

/** Language of a workspace-relative path with `/`, by its name alone; undefined for files Tidegate does not read. */
export function languageOf(path: string): Language | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const known = NAMES.get(name);
  if (known !== undefined) return known;
  if (/(^|\/)\.dvc\/config(\.local)?$/.test(path)) return 'ini';
  if (/\.dockerignore$/.test(name)) return undefined;
  if (/^(Dockerfile|Containerfile)([.\-_].*)?$/.test(name) || /\.(dockerfile|Dockerfile)$/.test(name))
    return 'dockerfile';
  if (/^\.env\./.test(name)) return 'ini';
  if (/(requirements|constraints)[^/]*\.(txt|in)$/i.test(name)) return 'requirements';
  if (/(^|\/)requirements\/[^/]+\.(txt|in)$/i.test(path)) return 'requirements';
  if (/\.dvc$/.test(name)) return 'yaml';
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : EXTENSIONS.get(name.slice(dot + 1).toLowerCase());
}
