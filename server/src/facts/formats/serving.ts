import { child, items, text } from '../config/entry.js';
import { type FormatRow, hasAny, hasTwo, isMap, says, some, when, YAML } from './row.js';

/** How models are packed and served. */
export const SERVING_FORMATS: readonly FormatRow[] = [
  {
    id: 'cog',
    label: 'Cog configuration',
    languages: YAML,
    keys: ({ root, has }) =>
      when(
        hasTwo(root, 'build', 'predict', 'train') &&
          hasAny(
            child(root, 'build'),
            ...['python_version', 'gpu', 'python_packages', 'python_requirements', 'cuda', 'system_packages'],
          ) &&
          (has('predict') || has('train')),
        '`build` with `gpu`, `python_version` or packages, and `predict` or `train`',
      ),
  },
  {
    id: 'bentofile',
    label: 'Bento build file',
    languages: YAML,
    keys: ({ root, name }) =>
      when(
        (/^bentofile/.test(name) || says(root, 'service', /^[\w./-]+:[\w.]+$/)) &&
          hasAny(root, 'service') &&
          hasAny(root, 'python', 'include', 'docker', 'conda', 'labels', 'models', 'envs'),
        '`service` with `python`, `include` or `docker`',
      ),
  },
  {
    id: 'bentoml-config',
    label: 'BentoML configuration',
    languages: YAML,
    keys: ({ root }) => {
      const service = some(child(root, 'services'), (one) =>
        hasAny(one, 'traffic', 'workers', 'resources', 'runner_probe', 'http', 'grpc', 'logging', 'metrics', 'ssl'),
      );
      const first = hasAny(root, 'api_server') && hasAny(root, 'runners', 'version', 'bento_server');
      return (
        when(
          service && says(root, 'version', /^[12]$/),
          '`services` with `traffic` or `workers` and `version` 1 or 2',
        ) ?? when(first && isMap(child(root, 'api_server')), '`api_server` with `version` or `runners`')
      );
    },
  },
  {
    id: 'torchserve-config',
    label: 'TorchServe configuration',
    languages: ['ini'],
    keys: ({ root }) =>
      when(
        hasAny(root, 'model_store', 'inference_address', 'management_address', 'enable_envvars_config') &&
          root.children.some(({ kind }) => kind === 'scalar'),
        '`inference_address`, `management_address` or `model_store`',
      ),
  },
  {
    id: 'torchserve-model',
    label: 'TorchServe model configuration',
    languages: YAML,
    keys: ({ root }) =>
      when(
        hasTwo(
          root,
          ...['minWorkers', 'maxWorkers', 'batchSize', 'maxBatchDelay', 'responseTimeout', 'deviceType'],
          ...['parallelType', 'torchrun', 'pt2', 'deviceIds', 'continuousBatching', 'startupTimeout'],
        ) && !hasAny(root, 'apiVersion'),
        'two of `minWorkers`, `maxWorkers`, `batchSize`, `responseTimeout` and the like',
      ),
  },
  {
    id: 'triton-config',
    label: 'Triton model configuration',
    languages: ['textproto'],
    keys: ({ root }) =>
      when(
        hasTwo(root, 'name', 'platform', 'backend', 'input', 'max_batch_size', 'instance_group') &&
          hasAny(root, 'platform', 'backend', 'input', 'instance_group'),
        '`platform`, `backend` or `input` of a model',
      ),
  },
  {
    id: 'mlserver-model',
    label: 'MLServer model settings',
    languages: ['json'],
    keys: ({ root, name }) =>
      when(
        says(root, 'implementation', /mlserver/) ||
          (name === 'model-settings.json' && hasAny(root, 'name') && hasAny(root, 'implementation', 'parameters')),
        '`implementation` of MLServer',
      ),
  },
  {
    id: 'mlserver-settings',
    label: 'MLServer settings',
    languages: ['json'],
    name: /^settings\.json$/,
    // Settings of editors have the same name; their keys hold dots.
    keys: ({ root }) =>
      when(
        !root.children.some(({ key }) => key?.includes('.') === true) &&
          hasTwo(
            root,
            ...['http_port', 'grpc_port', 'metrics_port', 'parallel_workers', 'model_repository_root', 'root_path'],
            ...[
              'load_models_at_startup',
              'metrics_endpoint',
              'grpc_max_message_length',
              'debug',
              'host',
              'cors_settings',
            ],
          ),
        'two of `http_port`, `grpc_port`, `parallel_workers` and the like',
      ),
  },
  {
    id: 'ray-serve',
    label: 'Ray Serve configuration',
    languages: YAML,
    keys: ({ root, has }) =>
      when(
        some(child(root, 'applications'), (one) => hasAny(one, 'import_path')) ||
          (has('import_path') && has('deployments')),
        '`applications` with `import_path`',
      ),
  },
  {
    id: 'jupyter-config',
    label: 'Jupyter configuration',
    languages: ['json'],
    keys: ({ root }) => {
      const found = items(root).find(({ key }) =>
        /^(?:ServerApp|NotebookApp|LabApp|JupyterApp|IdentityProvider|PasswordIdentityProvider|JupyterHub)$/.test(
          key ?? '',
        ),
      );
      return when(found?.kind === 'map', `a section \`${text(found) ?? found?.key}\``);
    },
  },
];
