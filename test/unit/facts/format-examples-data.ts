import type { FormatExample } from './format-examples.js';

/** Formats of data and of packages. */
export const DATA_EXAMPLES: readonly FormatExample[] = [
  // Data and its checks
  {
    id: 'dvc-pipeline',
    path: 'dvc.yaml',
    text: 'stages:\n  train:\n    cmd: python train.py\n',
    near: [
      ['pipeline.yaml', 'stages:\n  train:\n    cmd: python train.py\n'],
      ['params.yaml', 'train: {lr: 1}\n'],
    ],
  },
  {
    id: 'dvc-pointer',
    path: 'data/raw.csv.dvc',
    text: 'outs:\n- md5: a304afb96060aad90176268345e10355\n  size: 1\n  path: raw.csv\n',
    near: [['a.dvc', 'name: x\n']],
  },
  {
    id: 'dvc-config',
    path: '.dvc/config',
    text: '[core]\n    remote = s\n[\'remote "s"\']\n    url = s3://b\n',
    near: [['conf/config.ini', '[core]\nremote = s\n']],
  },
  {
    id: 'dbt-project',
    path: 'dbt_project.yml',
    text: 'name: shop\nconfig-version: 2\nprofile: shop\nmodel-paths: [models]\n',
    near: [['project.yml', 'name: shop\nversion: 2\n']],
  },
  {
    id: 'dbt-packages',
    path: 'packages.yml',
    text: 'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.1.1\n',
    near: [
      ['packages.yaml', 'packages:\n  all: {compiler: [gcc]}\n'],
      ['packages.yml', 'packages: [numpy, pandas]\n'],
    ],
  },
  {
    id: 'dbt-profiles',
    path: 'profiles.yml',
    text: 'shop:\n  target: dev\n  outputs:\n    dev: {type: postgres, host: localhost}\n',
    near: [['model.yml', 'net:\n  target: y\n  outputs: [p]\n']],
  },
  {
    id: 'dbt-properties',
    path: 'models/schema.yml',
    text: 'version: 2\nmodels:\n  - name: customers\n    columns:\n      - name: email\n        tests: [unique]\n',
    near: [['models.yml', 'models:\n  - name: gpt-4\n    provider: x\n']],
  },
  {
    id: 'kedro-catalog',
    path: 'conf/base/catalog.yml',
    text: 'companies:\n  type: pandas.CSVDataset\n  filepath: data/companies.csv\n',
    near: [
      ['shop/catalog.yml', 'companies:\n  type: pandas.CSVDataset\n  filepath: data/companies.csv\n'],
      ['conf/catalog.yml', 'products:\n  type: shoe\n'],
    ],
  },
  {
    id: 'kedro-credentials',
    path: 'conf/local/credentials.yml',
    text: 'warehouse:\n  con: postgresql://localhost/db\n',
    near: [['conf/local/credentials.yml', 'note: ask the owner\n']],
  },
  {
    id: 'feast',
    path: 'feature_repo/feature_store.yaml',
    text: 'project: churn\nregistry: data/registry.db\nprovider: local\nonline_store:\n  type: sqlite\n',
    near: [['gcp.yaml', 'project: my-project\nprovider: gcp\n']],
  },
  {
    id: 'great-expectations',
    path: 'gx/great_expectations.yml',
    text: 'config_version: 3.0\nstores:\n  expectations_store: {}\n',
    near: [['app.yml', 'config_version: 3\nname: x\n']],
  },
  {
    id: 'gx-checkpoint',
    path: 'gx/checkpoints/daily.yml',
    text: 'name: daily\nclass_name: Checkpoint\nvalidations:\n  - batch_request: {}\n',
    near: [['checkpoints/last.yml', 'name: last\nepoch: 3\n']],
  },
  {
    id: 'gx-suite',
    path: 'gx/expectations/raw.json',
    text: '{"expectation_suite_name": "raw", "expectations": [{"expectation_type": "expect_column_to_exist", "kwargs": {}}]}',
    near: [['plan.json', '{"name": "x", "expectations": [{"title": "grow"}]}']],
  },
  {
    id: 'soda-config',
    path: 'configuration.yml',
    text: 'data_source warehouse:\n  type: postgres\n  host: localhost\n',
    near: [['config.yml', 'data_source: warehouse\ntype: postgres\n']],
  },
  {
    id: 'soda-checks',
    path: 'checks.yml',
    text: 'checks for customers:\n  - row_count > 0\n',
    near: [['checks.yml', 'checks:\n  - row_count > 0\n']],
  },
  {
    id: 'soda-contract',
    path: 'contracts/customers.yml',
    text: 'dataset: warehouse/public/customers\ncolumns:\n  - name: id\n    data_type: integer\n',
    near: [['train.yaml', 'dataset: titanic\ncolumns: [age, fare]\n']],
  },
  {
    id: 'spark-defaults',
    path: 'conf/spark-defaults.conf',
    text: '# cluster\nspark.master            spark://head:7077\nspark.authenticate      true\n',
    near: [['app.properties', 'spring.port=1\nspark.home=/opt\nname=x\n']],
  },
  {
    id: 'airflow-config',
    path: 'airflow.cfg',
    text: '[core]\ndags_folder = /dags\nexecutor = LocalExecutor\n[webserver]\nexpose_config = True\n',
    near: [['server.cfg', '[core]\nname = x\n[api]\nport = 1\n']],
  },
  {
    id: 'env-file',
    path: '.env',
    text: 'MLFLOW_TRACKING_URI=http://localhost:5000\n',
    near: [['a.env', '[section]\na=1\n']],
  },
  {
    id: 'metaflow-config',
    path: 'config_prod.json',
    text: '{"METAFLOW_DEFAULT_METADATA": "service", "METAFLOW_SERVICE_URL": "https://m.example"}',
    near: [['config.json', '{"metaflow": {"service": "x"}}']],
  },
  {
    id: 'flyte-config',
    path: '.flyte/config.yaml',
    text: 'admin:\n  endpoint: dns:///flyte.example\n  authType: Pkce\n  insecure: false\n',
    near: [['config.yaml', 'admin:\n  endpoint: /admin\n  email: x\n']],
  },
  // Packages and environments
  {
    id: 'conda-lock',
    path: 'conda-lock.yml',
    text: 'version: 1\nmetadata:\n  content_hash: {linux-64: ab}\npackage:\n  - name: python\n    version: 3.12.0\n',
    near: [['list.yml', 'metadata: {title: x}\npackage: [a]\n']],
  },
  {
    id: 'pixi-lock',
    path: 'pixi.lock',
    text: 'version: 6\nenvironments:\n  default:\n    channels: []\n',
    near: [['pixi.yaml', 'version: 6\nenvironments: {}\n']],
  },
  {
    id: 'conda',
    path: 'environment.yml',
    text: 'channels: [conda-forge]\ndependencies:\n  - python=3.12\n',
    near: [['galaxy.yml', 'name: x\ndependencies:\n  - name: y\n']],
  },
  {
    id: 'condarc',
    path: '.condarc',
    text: 'channels:\n  - http://mirror.example/conda\nssl_verify: false\n',
    near: [['channels.yml', 'channels:\n  - news\n']],
  },
  {
    id: 'python-env',
    path: 'python_env.yaml',
    text: 'python: "3.11"\nbuild_dependencies: [pip]\ndependencies:\n  - -r requirements.txt\n',
    near: [['.readthedocs.yaml', 'python:\n  install: []\n']],
  },
  {
    id: 'pyproject',
    path: 'pyproject.toml',
    text: '[project]\nname = "churn"\n',
    near: [['project.toml', '[project]\nname = "churn"\n']],
  },
  { id: 'uv-lock', path: 'uv.lock', text: 'version = 1\n', near: [['a.toml', 'version = 1\n']] },
  {
    id: 'poetry-lock',
    path: 'poetry.lock',
    text: '[[package]]\nname = "numpy"\n',
    near: [['a.toml', '[[package]]\nname = "numpy"\n']],
  },
  { id: 'pdm-lock', path: 'pdm.lock', text: '[metadata]\n', near: [['a.toml', '[metadata]\n']] },
  {
    id: 'pylock',
    path: 'pylock.dev.toml',
    text: 'lock-version = "1.0"\n[[packages]]\nname = "numpy"\n',
    near: [['pylock.toml', 'name = "x"\n']],
  },
  {
    id: 'pixi',
    path: 'pixi.toml',
    text: '[workspace]\nchannels = ["conda-forge"]\n[dependencies]\npython = "3.12.*"\n',
    near: [['Cargo.toml', '[package]\nname = "x"\n[dependencies]\n']],
  },
  {
    id: 'uv-toml',
    path: 'uv.toml',
    text: 'allow-insecure-host = ["mirror.example"]\n',
    near: [['uv.toml', 'wavelength = 365\n']],
  },
  {
    id: 'poetry-config',
    path: 'poetry.toml',
    text: '[virtualenvs]\nin-project = true\n',
    near: [['poetry.toml', '[poems]\n']],
  },
  {
    id: 'pipfile',
    path: 'Pipfile',
    text: '[packages]\nnumpy = "*"\n',
    near: [['a.toml', '[packages]\nnumpy = "*"\n']],
  },
  {
    id: 'pipfile-lock',
    path: 'Pipfile.lock',
    text: '{"_meta": {}, "default": {}}',
    near: [['a.json', '{"_meta": {}, "default": {}}']],
  },
  {
    id: 'setup-cfg',
    path: 'setup.cfg',
    text: '[metadata]\nname = churn\n[options]\ninstall_requires =\n  numpy\n',
    near: [['app.cfg', '[metadata]\nname = churn\n']],
  },
  {
    id: 'pip-conf',
    path: 'docker/pip.conf',
    text: '[global]\nindex-url = http://mirror.example/simple\n',
    near: [['app.conf', '[global]\nindex-url = x\n']],
  },
];
