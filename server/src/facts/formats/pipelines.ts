import { at, type ConfigEntry, child } from '../config/entry.js';
import { type FormatRow, hasAll, hasAny, isList, isMap, says, some, when, YAML, YAML_OR_JSON } from './row.js';

const BUNDLE_RESOURCES = [
  ...['jobs', 'pipelines', 'model_serving_endpoints', 'experiments', 'models', 'registered_models', 'clusters'],
  ...['schemas', 'volumes', 'quality_monitors', 'dashboards', 'apps', 'sql_warehouses', 'secret_scopes'],
];

const poolsOf = (root: ConfigEntry): ConfigEntry | undefined => {
  const spec = child(root, 'jobSpec') ?? child(root, 'job_spec') ?? root;
  return child(spec, 'workerPoolSpecs') ?? child(spec, 'worker_pool_specs');
};

/** Pipelines, jobs and the services that run them. */
export const PIPELINE_FORMATS: readonly FormatRow[] = [
  {
    id: 'kfp',
    label: 'Kubeflow pipeline',
    languages: YAML_OR_JSON,
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
    id: 'kfp-platform',
    label: 'Platform part of a Kubeflow pipeline',
    languages: YAML_OR_JSON,
    keys: ({ root }) =>
      when(
        some(child(root, 'platforms'), (platform) => at(platform, 'deploymentSpec', 'executors') !== undefined),
        '`platforms` with `deploymentSpec.executors`',
      ),
  },
  {
    id: 'mlproject',
    label: 'MLflow project',
    languages: YAML,
    name: /^MLproject$/i,
    keys: ({ root }) =>
      when(
        hasAny(root, 'entry_points') || (hasAny(root, 'name') && hasAny(root, 'conda_env', 'python_env', 'docker_env')),
        'the file is named MLproject and has `entry_points` or an environment',
      ),
  },
  {
    id: 'mlflow-model',
    label: 'MLflow model',
    languages: YAML,
    keys: ({ root, name }) =>
      when(
        isMap(child(root, 'flavors')) && (name === 'MLmodel' || hasAny(root, 'mlflow_version', 'model_uuid', 'run_id')),
        '`flavors` of a model',
      ),
  },
  {
    id: 'mlflow-run',
    label: 'Record of an MLflow run',
    languages: YAML,
    name: /^meta\.ya?ml$/,
    keys: ({ root }) =>
      when(
        hasAny(root, 'artifact_uri', 'artifact_location', 'storage_location') &&
          hasAny(root, 'experiment_id', 'run_id', 'name'),
        'the file is named meta.yaml and has an `experiment_id` and a place for artifacts',
      ),
  },
  {
    id: 'databricks-bundle',
    label: 'Databricks bundle',
    languages: YAML_OR_JSON,
    keys: ({ root, has }) =>
      when(
        hasAny(child(root, 'bundle'), 'name') &&
          hasAny(root, 'targets', 'include', 'resources', 'workspace', 'variables'),
        '`bundle.name` with `targets`, `include` or `resources`',
      ) ??
      when(
        !has('apiVersion') &&
          some(child(root, 'resources'), (group) => BUNDLE_RESOURCES.includes(group.key ?? '') && some(group, isMap)),
        '`resources` with jobs, pipelines or endpoints',
      ),
  },
  {
    id: 'databricks-job',
    label: 'Databricks job',
    languages: YAML_OR_JSON,
    keys: ({ root }) =>
      when(
        some(child(root, 'tasks'), (task) => hasAny(task, 'task_key')) ||
          some(child(child(root, 'settings'), 'tasks'), (task) => hasAny(task, 'task_key')) ||
          (hasAny(root, 'new_cluster', 'existing_cluster_id') &&
            hasAny(root, 'notebook_task', 'spark_python_task', 'name')),
        '`tasks` with a `task_key`, or `new_cluster`',
      ),
  },
  {
    id: 'azureml',
    label: 'Azure Machine Learning asset',
    languages: YAML_OR_JSON,
    keys: ({ root, has }) =>
      when(says(root, '$schema', /azuremlschemas/), '`$schema` of Azure Machine Learning') ??
      when(
        (says(root, 'type', /^pipeline$/) && isMap(child(root, 'jobs'))) ||
          (says(root, 'type', /^command$/) && has('command') && has('environment')) ||
          (has('endpoint_name') && hasAny(root, 'model', 'instance_type', 'environment')) ||
          (says(root, 'auth_mode', /^(?:key|aml_token|aad_token)$/i) && has('name')),
        '`type` with `jobs` or `command`, or an endpoint with `auth_mode`',
      ),
  },
  {
    id: 'vertex-job',
    label: 'Vertex AI job',
    languages: YAML_OR_JSON,
    keys: ({ root }) => when(isList(poolsOf(root)), 'a list `workerPoolSpecs`'),
  },
  {
    id: 'sagemaker-pipeline',
    label: 'SageMaker pipeline',
    languages: ['json'],
    keys: ({ root }) =>
      when(
        says(root, 'Version', /^2020-12-01$/) && some(child(root, 'Steps'), (step) => hasAny(step, 'Type')),
        '`Steps` of a `Type` with `Version` 2020-12-01',
      ),
  },
  {
    id: 'prefect',
    label: 'Prefect project',
    languages: YAML,
    keys: ({ root, name }) =>
      when(hasAny(root, 'prefect-version'), '`prefect-version`') ??
      when(
        /^prefect[\w.-]*\.ya?ml$/.test(name) && isList(child(root, 'deployments')),
        `the file is named ${name} and has \`deployments\``,
      ) ??
      when(
        some(child(root, 'deployments'), (one) => hasAny(one, 'entrypoint') && hasAny(one, 'work_pool', 'schedules')),
        '`deployments` with `entrypoint` and `work_pool`',
      ),
  },
  {
    id: 'dagster-workspace',
    label: 'Dagster workspace',
    languages: YAML,
    keys: ({ root }) =>
      when(
        some(child(root, 'load_from'), (one) =>
          hasAny(one, 'python_file', 'python_module', 'python_package', 'grpc_server'),
        ),
        '`load_from` with `python_file`, `python_module` or `grpc_server`',
      ),
  },
  {
    id: 'dagster-instance',
    label: 'Dagster instance',
    languages: YAML,
    keys: ({ root, name }) =>
      when(
        (/^dagster[\w.-]*\.ya?ml$/.test(name) && hasAny(root, 'storage', 'telemetry', 'retention', 'code_servers')) ||
          hasAny(root, 'run_launcher', 'run_coordinator', 'run_storage', 'event_log_storage', 'schedule_storage'),
        '`storage`, `run_launcher` or `run_storage`',
      ),
  },
  {
    id: 'zenml',
    label: 'ZenML configuration',
    languages: YAML,
    keys: ({ root }) => {
      const settings = (entry: ConfigEntry | undefined) =>
        some(
          child(entry, 'settings'),
          ({ key, kind }) => kind === 'map' && /^(?:docker$|orchestrator\b)/.test(key ?? ''),
        );
      return when(
        settings(root) ||
          (hasAny(root, 'enable_cache') && some(child(root, 'steps'), (step) => hasAny(step, 'settings'))),
        '`settings.docker` or `settings.orchestrator`',
      );
    },
  },
  {
    id: 'ray-cluster',
    label: 'Ray cluster',
    languages: YAML,
    keys: ({ root }) =>
      when(
        hasAll(root, 'cluster_name', 'provider') && hasAny(root, 'auth', 'available_node_types', 'head_node_type'),
        '`cluster_name` and `provider` with `auth` or `available_node_types`',
      ),
  },
];
