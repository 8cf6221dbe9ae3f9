import type { Language } from '../../base/language.js';
import { at, type ConfigEntry, child, type FormatId, items, text } from '../config/entry.js';

export interface FormatSubject {
  readonly path: string;
  /** Last part of the path. */
  readonly name: string;
  readonly root: ConfigEntry;
  /** Whether the root map has a key. */
  readonly has: (key: string) => boolean;
}

/** One row: a document is of this format when language, name and keys all fit. */
export interface FormatRow {
  readonly id: FormatId;
  /** Name of the format for people. */
  readonly label: string;
  readonly languages: readonly Language[];
  /** Tested against the file name, or against the whole path when the pattern holds a `/`. Absent: any name. */
  readonly name?: RegExp;
  /** The content test. Answers with the evidence in words, or undefined. Names alone prove little. */
  readonly keys: (file: FormatSubject) => string | undefined;
}

const when = (test: boolean | undefined, because: string): string | undefined => (test ? because : undefined);

/** Whether some child of a map or list satisfies a test; looks at the first few hundred only. */
const some = (entry: ConfigEntry | undefined, test: (item: ConfigEntry) => boolean): boolean =>
  items(entry).slice(0, 500).some(test);

const hasAny = (entry: ConfigEntry, ...keys: string[]): boolean => keys.some((key) => child(entry, key) !== undefined);

/** Formats from the specific to the general. Ids are listed in `FormatId`; a new format is one new row. */
export const FORMATS: readonly FormatRow[] = [
  {
    id: 'tidegate-config',
    label: 'Tidegate configuration',
    languages: ['yaml'],
    name: /^\.?tidegate\.ya?ml$/,
    keys: ({ name }) => `the file is named ${name}`,
  },
  {
    id: 'kserve',
    label: 'KServe resource',
    languages: ['yaml', 'json'],
    keys: ({ root }) =>
      when(
        text(child(root, 'apiVersion'))?.startsWith('serving.kserve.io/') && child(root, 'kind') !== undefined,
        `apiVersion is ${text(child(root, 'apiVersion'))}`,
      ),
  },
  {
    id: 'kubernetes',
    label: 'Kubernetes resource',
    languages: ['yaml', 'json'],
    keys: ({ root }) => {
      const version = text(child(root, 'apiVersion'));
      const kind = text(child(root, 'kind'));
      // A custom resource definition describes keys such as `hostPath`; it does not use them.
      return when(
        version !== undefined &&
          kind !== undefined &&
          kind !== 'CustomResourceDefinition' &&
          /^[\w.-]+(\/[\w.-]+)?$/.test(version),
        `apiVersion is ${version} and kind is ${kind}`,
      );
    },
  },
  {
    id: 'github-workflow',
    label: 'GitHub workflow',
    languages: ['yaml'],
    name: /(^|\/)\.(github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/,
    keys: ({ root }) =>
      when(
        hasAny(root, 'on', 'true') && some(child(root, 'jobs'), (job) => hasAny(job, 'runs-on', 'uses')),
        'it stands in the workflows folder and has `on` and `jobs` with `runs-on` or `uses`',
      ),
  },
  {
    id: 'compose',
    label: 'Docker Compose file',
    languages: ['yaml', 'json'],
    keys: ({ root, has }) =>
      when(
        !has('apiVersion') &&
          !has('resources') &&
          child(root, 'services')?.kind === 'map' &&
          some(child(root, 'services'), (service) => hasAny(service, 'image', 'build', 'extends')),
        '`services` with `image`, `build` or `extends`',
      ),
  },
  {
    id: 'dvc-pipeline',
    label: 'DVC pipeline',
    languages: ['yaml'],
    name: /^(dvc\.ya?ml|dvc\.lock)$/,
    keys: ({ root, name }) =>
      when(
        some(child(root, 'stages'), (stage) => hasAny(stage, 'cmd', 'foreach', 'matrix', 'do')) ||
          hasAny(root, 'artifacts', 'metrics', 'plots'),
        `the file is named ${name} and has \`stages\` with commands`,
      ),
  },
  {
    id: 'dvc-config',
    label: 'DVC configuration',
    languages: ['ini'],
    name: /(^|\/)\.dvc\/config(\.local)?$/,
    keys: ({ root }) =>
      when(
        root.children.some(
          (section) => section.kind === 'map' && /^(core|cache|remote\s|feature|db\s?)/.test(section.key ?? ''),
        ),
        'it stands in `.dvc` and has a `core`, `cache` or `remote` section',
      ),
  },
  {
    id: 'kfp',
    label: 'Kubeflow pipeline',
    languages: ['yaml', 'json'],
    keys: ({ root, has }) => {
      const spec = child(root, 'pipelineSpec') ?? root;
      const compiled = at(spec, 'deploymentSpec', 'executors') !== undefined && hasAny(spec, 'root', 'schemaVersion');
      const component =
        has('implementation') &&
        (at(root, 'implementation', 'container') ?? at(root, 'implementation', 'graph')) !== undefined;
      return (
        when(compiled, '`deploymentSpec.executors` with `root`') ??
        when(component, '`implementation` with a container or graph')
      );
    },
  },
  {
    id: 'mlproject',
    label: 'MLflow project',
    languages: ['yaml'],
    name: /^MLproject$/i,
    keys: ({ root }) =>
      when(
        hasAny(root, 'entry_points') || (hasAny(root, 'name') && hasAny(root, 'conda_env', 'python_env', 'docker_env')),
        'the file is named MLproject and has `entry_points` or an environment',
      ),
  },
  {
    id: 'cloudformation',
    label: 'CloudFormation template',
    languages: ['yaml', 'json'],
    keys: ({ root, has }) =>
      when(has('AWSTemplateFormatVersion'), '`AWSTemplateFormatVersion`') ??
      when(
        some(child(root, 'Resources'), (resource) => text(child(resource, 'Type'))?.startsWith('AWS::') === true),
        '`Resources` of an `AWS::` type',
      ),
  },
  {
    id: 'conda',
    label: 'Conda environment',
    languages: ['yaml'],
    keys: ({ root, has }) =>
      when(
        child(root, 'dependencies')?.kind === 'list' &&
          (has('channels') || some(child(root, 'dependencies'), (item) => child(item, 'pip') !== undefined)),
        'a `dependencies` list with `channels` or a `pip` list',
      ),
  },
  {
    id: 'pyproject',
    label: 'Python project file',
    languages: ['toml'],
    name: /^pyproject\.toml$/,
    keys: ({ root }) =>
      when(hasAny(root, 'project', 'tool', 'build-system', 'dependency-groups'), 'the file is named pyproject.toml'),
  },
  {
    id: 'uv-lock',
    label: 'uv lock file',
    languages: ['toml'],
    name: /^uv\.lock$/,
    keys: ({ has }) => when(has('package') || has('version'), 'the file is named uv.lock and lists packages'),
  },
  {
    id: 'poetry-lock',
    label: 'Poetry lock file',
    languages: ['toml'],
    name: /^poetry\.lock$/,
    keys: ({ has }) => when(has('package') || has('metadata'), 'the file is named poetry.lock and lists packages'),
  },
  {
    id: 'pdm-lock',
    label: 'PDM lock file',
    languages: ['toml'],
    name: /^pdm\.lock$/,
    keys: ({ has }) => when(has('package') || has('metadata'), 'the file is named pdm.lock and lists packages'),
  },
  {
    id: 'pipfile',
    label: 'Pipfile',
    languages: ['toml'],
    name: /^Pipfile$/,
    keys: ({ root }) => when(hasAny(root, 'packages', 'dev-packages', 'source'), 'the file is named Pipfile'),
  },
  {
    id: 'pipfile-lock',
    label: 'Pipfile lock file',
    languages: ['json'],
    name: /^Pipfile\.lock$/,
    keys: ({ root }) => when(hasAny(root, '_meta', 'default'), 'the file is named Pipfile.lock'),
  },
  {
    id: 'env-file',
    label: 'Environment file',
    languages: ['ini'],
    name: /^(\.env(\..+)?|.+\.env|env\.(sh|local))$/,
    keys: ({ root }) =>
      when(
        root.children.length > 0 && root.children.every((c) => c.kind === 'scalar'),
        'an env file of plain `NAME=value` lines',
      ),
  },
];
