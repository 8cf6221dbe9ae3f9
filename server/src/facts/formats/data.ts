import { at, type ConfigEntry, child, items, text } from '../config/entry.js';
import {
  type FormatRow,
  hasAll,
  hasAny,
  hasTwo,
  isList,
  isMap,
  isScalar,
  says,
  some,
  when,
  YAML,
  YAML_OR_JSON,
} from './row.js';

const DBT_LISTS = [
  'models',
  'sources',
  'seeds',
  'snapshots',
  'exposures',
  'metrics',
  'semantic_models',
  'macros',
  'groups',
];
const KEDRO_SETTINGS = [
  'filepath',
  'sql',
  'table',
  'table_name',
  'credentials',
  'load_args',
  'save_args',
  'versioned',
  'path',
];
const CREDENTIAL =
  /^(?:key|secret|con|token|password|username|account_name|account_key|sas_token|client_kwargs|aws_\w+)$/;

const named = (entry: ConfigEntry): boolean => hasAny(entry, 'name');

/** Where data comes from, how it is changed, and what checks it. */
export const DATA_FORMATS: readonly FormatRow[] = [
  {
    id: 'dvc-pipeline',
    label: 'DVC pipeline',
    languages: YAML,
    name: /^(dvc\.ya?ml|dvc\.lock)$/,
    keys: ({ root, name }) =>
      when(
        some(child(root, 'stages'), (stage) => hasAny(stage, 'cmd', 'foreach', 'matrix', 'do')) ||
          hasAny(root, 'artifacts', 'metrics', 'plots'),
        `the file is named ${name} and has \`stages\` with commands`,
      ),
  },
  {
    id: 'dvc-pointer',
    label: 'DVC pointer',
    languages: YAML,
    name: /\.dvc$/,
    keys: ({ root }) =>
      when(
        some(child(root, 'outs'), (out) => hasAny(out, 'md5', 'etag', 'checksum', 'path')) ||
          isList(child(root, 'deps')),
        'its name ends with .dvc and it lists `outs`',
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
    id: 'dbt-project',
    label: 'dbt project',
    languages: YAML,
    keys: ({ root }) =>
      when(
        hasAny(root, 'config-version', 'model-paths', 'source-paths') && hasAny(root, 'name', 'profile', 'version'),
        '`config-version` or `model-paths` with `name` or `profile`',
      ),
  },
  {
    id: 'dbt-packages',
    label: 'dbt packages',
    languages: YAML,
    name: /^(?:packages|dependencies)\.ya?ml$/,
    keys: ({ root }) =>
      when(
        isList(child(root, 'packages')) &&
          some(child(root, 'packages'), (one) => hasAny(one, 'package', 'git', 'local', 'tarball')),
        '`packages` with `package`, `git` or `local`',
      ),
  },
  {
    id: 'dbt-profiles',
    label: 'dbt profiles',
    languages: YAML,
    keys: ({ root }) =>
      when(
        some(
          root,
          (profile) => hasAny(profile, 'target') && some(child(profile, 'outputs'), (output) => hasAny(output, 'type')),
        ),
        'a profile with `target` and `outputs` of a `type`',
      ),
  },
  {
    id: 'dbt-properties',
    label: 'dbt properties',
    languages: YAML,
    keys: ({ root }) => {
      const listed = DBT_LISTS.filter((key) => isList(child(root, key)) && some(child(root, key), named));
      const typical = listed.some((key) =>
        some(child(root, key), (one) =>
          hasTwo(one, 'columns', 'description', 'data_tests', 'tests', 'tables', 'depends_on'),
        ),
      );
      return when(
        (listed.length > 0 && says(root, 'version', /^2$/)) || (typical && !hasAny(root, 'apiVersion')),
        `\`${listed[0]}\` with names and \`version: 2\` or \`columns\``,
      );
    },
  },
  {
    id: 'kedro-catalog',
    label: 'Kedro catalog',
    languages: YAML,
    name: /(^|\/)conf\/(?:[^/]+\/)*[^/]*catalog[^/]*\.ya?ml$|(^|\/)conf\/(?:[^/]+\/)*catalog[^/]*\/[^/]+\.ya?ml$/,
    keys: ({ root }) =>
      when(
        some(root, (entry) => hasAny(entry, 'type') && hasAny(entry, ...KEDRO_SETTINGS)),
        'it stands in `conf` and has entries with `type` and `filepath`, `sql` or `table`',
      ),
  },
  {
    id: 'kedro-credentials',
    label: 'Kedro credentials',
    languages: YAML,
    name: /(^|\/)conf\/(?:[^/]+\/)*credentials[^/]*\.ya?ml$/,
    keys: ({ root }) =>
      when(
        some(root, (entry) => some(entry, ({ key }) => CREDENTIAL.test(key ?? ''))),
        'it stands in `conf` and has entries with `key`, `con` or `token`',
      ),
  },
  {
    id: 'feast',
    label: 'Feast feature store',
    languages: YAML,
    keys: ({ root, name }) => {
      const own = hasAny(root, 'online_store', 'offline_store', 'registry', 'entity_key_serialization_version');
      return when(
        (isScalar(child(root, 'project')) &&
          own &&
          hasTwo(root, 'registry', 'provider', 'online_store', 'offline_store')) ||
          (/^feature_store[\w.-]*\.ya?ml$/.test(name) &&
            hasAny(root, 'project', 'registry') &&
            (own || hasAny(root, 'provider'))),
        '`project` with `registry`, `online_store` or `provider`',
      );
    },
  },
  {
    id: 'great-expectations',
    label: 'Great Expectations project',
    languages: YAML,
    keys: ({ root }) =>
      when(
        hasAny(root, 'config_version') &&
          hasAny(
            root,
            ...['stores', 'datasources', 'fluent_datasources', 'data_docs_sites', 'expectations_store_name'],
          ),
        '`config_version` with `stores` or `datasources`',
      ),
  },
  {
    id: 'gx-checkpoint',
    label: 'Great Expectations checkpoint',
    languages: YAML_OR_JSON,
    keys: ({ root }) =>
      when(
        (says(root, 'class_name', /Checkpoint$/) && hasAny(root, 'validations', 'batch_request', 'action_list')) ||
          (hasAny(root, 'validations', 'batch_request') && hasAny(root, 'expectation_suite_name', 'action_list')) ||
          hasAll(root, 'validation_definitions', 'actions'),
        '`validations` with `action_list` or an `expectation_suite_name`',
      ),
  },
  {
    id: 'gx-suite',
    label: 'Great Expectations suite',
    languages: YAML_OR_JSON,
    keys: ({ root }) =>
      when(
        hasAny(root, 'expectation_suite_name', 'name', 'meta') &&
          some(
            child(root, 'expectations'),
            (one) => hasAny(one, 'expectation_type') || says(one, 'type', /^expect_\w+$/),
          ),
        '`expectations` with an `expectation_type`',
      ),
  },
  {
    id: 'gx-variables',
    label: 'Great Expectations variables',
    languages: YAML,
    name: /(^|\/)config_variables\.ya?ml$/,
    keys: ({ root }) => when(isMap(root) && root.children.length > 0, 'it is named config_variables.yml'),
  },
  {
    id: 'soda-config',
    label: 'Soda configuration',
    languages: YAML,
    keys: ({ root }) =>
      when(
        items(root).some(({ key, kind }) => kind === 'map' && /^data_source [\w${}.-]+$/.test(key ?? '')) ||
          (hasAny(child(root, 'soda_cloud'), 'host', 'api_key_id') && isMap(child(root, 'soda_cloud'))),
        '`data_source NAME` or `soda_cloud`',
      ),
  },
  {
    id: 'soda-checks',
    label: 'Soda checks',
    languages: YAML,
    keys: ({ root }) =>
      when(
        items(root).some(({ key }) =>
          /^(?:checks for|for each dataset|automated monitoring for|profile columns)\b/.test(key ?? ''),
        ),
        '`checks for DATASET`',
      ),
  },
  {
    id: 'soda-contract',
    label: 'Soda contract',
    languages: YAML,
    keys: ({ root }) =>
      when(
        isScalar(child(root, 'dataset')) && isList(child(root, 'columns')) && some(child(root, 'columns'), named),
        '`dataset` with a list of `columns`',
      ),
  },
  {
    id: 'spark-defaults',
    label: 'Spark configuration',
    languages: ['ini'],
    keys: ({ root }) => {
      const keys = items(root).filter(({ kind }) => kind === 'scalar');
      const spark = keys.filter(({ key }) => /^spark\.[\w.]+/.test(key ?? ''));
      return when(
        spark.length > 0 && spark.length * 2 > keys.length && keys.length === root.children.length,
        `keys such as \`${spark[0]?.key}\``,
      );
    },
  },
  {
    id: 'airflow-config',
    label: 'Airflow configuration',
    languages: ['ini'],
    keys: ({ root, name }) => {
      const others = ['webserver', 'api', 'scheduler', 'database', 'logging', 'celery'];
      const fits = isMap(child(root, 'core')) && hasAny(root, ...others);
      const core = hasAny(
        child(root, 'core'),
        'dags_folder',
        'executor',
        'fernet_key',
        'sql_alchemy_conn',
        'load_examples',
      );
      return when(fits && (/^airflow/.test(name) || core), 'sections `core` and `webserver`, `api` or `scheduler`');
    },
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
  {
    id: 'metaflow-config',
    label: 'Metaflow configuration',
    languages: ['json'],
    keys: ({ root }) =>
      when(
        items(root).some(({ key }) => /^METAFLOW_[A-Z_]+$/.test(key ?? '')),
        `keys such as \`${items(root).find(({ key }) => key?.startsWith('METAFLOW_'))?.key}\``,
      ),
  },
  {
    id: 'flyte-config',
    label: 'Flyte configuration',
    languages: YAML,
    keys: ({ root }) =>
      when(
        text(at(root, 'admin', 'endpoint')) !== undefined &&
          (hasAny(child(root, 'admin'), 'insecure', 'authType', 'clientId', 'insecureSkipVerify') ||
            hasAny(root, 'storage', 'logger', 'console', 'image')),
        '`admin.endpoint` with `authType` or `insecure`',
      ),
  },
];
