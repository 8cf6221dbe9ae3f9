import { expect, it } from 'vitest';
import { CheckedFiles } from './check-files.js';

/** Built from parts, so that this file holds nothing that looks like a secret. */
const PASSWORD = `kX9${'-vTq2Lm_w'}`;
const AWS_KEY = `ux7LPA5vaw4SPZa9rUmX${'a3Lx3JhVgXCqF30UP9f5'}`;
const HF_TOKEN = `hf_${'kP3xV9sLqTzRwBnYfHcJmUeGdAoQwErTyU'}`;
const ADDRESS = `postgresql://etl:${PASSWORD}@db.lending.eu/loans`;

const POD = (name: string, value: string): string =>
  `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: api\n      image: lending/api:1.2.3\n      env:\n        - name: ${name}\n          value: «${value}»\n`;
const KFP = (value: string): string =>
  `deploymentSpec:\n  executors:\n    exec-split:\n      container:\n        image: python:3.11.4\n        env:\n          - name: HF_TOKEN\n            value: «${value}»\nroot: {dag: {}}\nschemaVersion: 2.1.0\n`;
const SELDON = (name: string, value: string): string =>
  `apiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeployment\nspec:\n  predictors:\n    - graph:\n        name: loans\n        parameters:\n          - {name: ${name}, type: STRING, value: «${value}»}\n`;
const DATABRICKS = (value: string): string =>
  `bundle: {name: loans}\nresources:\n  jobs:\n    train:\n      job_clusters:\n        - new_cluster:\n            spark_conf:\n              spark.hadoop.fs.s3a.secret.key: «${value}»\n`;

/** Weaknesses that several rules know. One of them reports each place, in all of the strict profile. */
const PLACES: readonly (readonly [rule: string, path: string, text: string])[] = [
  ['k8s-literal-secret-env', 'k8s/api.yaml', POD('DB_PASSWORD', PASSWORD)],
  ['k8s-literal-secret-env', 'k8s/api.yaml', POD('DB_PASSWORD', ADDRESS)],
  ['k8s-literal-secret-env', 'k8s/api.yaml', POD('AWS_SECRET_ACCESS_KEY', AWS_KEY)],
  ['k8s-literal-secret-env', 'k8s/api.yaml', POD('HF_TOKEN', HF_TOKEN)],
  ['secret-hf-token', 'k8s/api.yaml', POD('HUB', HF_TOKEN)],
  ['kfp-literal-secret-env', 'pipeline.yaml', KFP(HF_TOKEN)],
  ['seldon-literal-secret', 'seldon.yaml', SELDON('password', PASSWORD)],
  ['seldon-literal-secret', 'seldon.yaml', SELDON('password', ADDRESS)],
  ['seldon-literal-secret', 'seldon.yaml', SELDON('aws_secret_access_key', AWS_KEY)],
  ['dvc-remote-secret', '.dvc/config', `['remote "data"']\n    url = s3://data\n    session_token = «${HF_TOKEN}»\n`],
  [
    'default-credential',
    'compose.yaml',
    'services:\n  s3:\n    image: minio/minio:RELEASE.2024-10-13T13-34-11Z\n    environment:\n      MINIO_ROOT_PASSWORD: «minioadmin»\n',
  ],
  ['default-credential', 'k8s/db.yaml', 'apiVersion: v1\nkind: ConfigMap\ndata:\n  POSTGRES_PASSWORD: «postgres»\n'],
  [
    'airflow-default-admin',
    'compose.yaml',
    'services:\n  init:\n    image: apache/airflow:2.10.2\n    environment:\n      _AIRFLOW_WWW_USER_PASSWORD: «airflow»\n',
  ],
  [
    'secret-hf-token',
    'grafana/datasources.yaml',
    `apiVersion: 1\ndatasources:\n  - name: hub\n    type: infinity\n    secureJsonData:\n      bearerToken: «${HF_TOKEN}»\n`,
  ],
  ['secret-aws-key', 'spark-defaults.conf', `spark.hadoop.fs.s3a.secret.key   «${AWS_KEY}»\n`],
  ['spark-s3a-secret', 'spark-defaults.conf', 'spark.hadoop.fs.s3a.secret.key   «q7LwZ2tVxN4cRb9Kd3Fh»\n'],
  ['spark-s3a-secret', 'databricks.yml', DATABRICKS('q7LwZ2tVxN4cRb9Kd3Fh')],
  [
    'req-http-index',
    'Dockerfile',
    'FROM python:3.13.1-slim\nUSER 1000\nRUN pip install -i «http://pypi.lending.eu/simple» --trusted-host pypi.lending.eu scorer==1.4\n',
  ],
  ['req-http-index', 'Dockerfile', 'FROM python:3.13.1-slim\nUSER 1000\nENV PIP_INDEX_URL=«http://pypi.lending.eu»\n'],
  [
    'uv-insecure-host',
    'Dockerfile',
    'FROM python:3.13.1-slim\nUSER 1000\nRUN uv pip install «--trusted-host pypi.lending.eu» scorer==1.4\n',
  ],
  [
    'load-env-escape-hatch',
    'Dockerfile',
    'FROM lending/mlflow:3.6.0\nUSER 1000\nENV «MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE=true»\n',
  ],
  [
    'mlflow-security-middleware-off',
    'compose.yaml',
    'services:\n  mlflow:\n    image: lending/mlflow:3.6.0\n    environment:\n      «MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE: "true"»\n',
  ],
  [
    'kserve-storage-http',
    'kserve.yaml',
    'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nspec:\n  predictor:\n    model:\n      storageUri: «http://models.lending.eu/loans»\n',
  ],
  [
    'dataset-http-source',
    'conf/base/catalog.yml',
    'loans:\n  type: pandas.CSVDataset\n  filepath: data/loans.csv\nbureau_data:\n  type: api.APIDataset\n  url: «http://files.lending.eu/a.json»\n',
  ],
  [
    'compose-redis-no-auth',
    'compose.yaml',
    'services:\n  features:\n    image: redis:7.4\n    ports: [«"6379:6379"»]\n',
  ],
  [
    'torchserve-mgmt-exposed',
    'compose.yaml',
    'services:\n  scoring:\n    image: pytorch/torchserve:0.12.0-cpu\n    ports: [«"8081:8081"»]\n',
  ],
];

it.each(PLACES)('%s alone reports its place of %s', async (rule, path, marked) => {
  const offset = marked.indexOf('«');
  const text = marked.replace(/[«»]/g, '');
  const files = await CheckedFiles.open({ [path]: text });
  const line = text.slice(0, offset).split('\n').length - 1;
  const character = offset - (text.lastIndexOf('\n', offset - 1) + 1);
  const there = files
    .check(path)
    .findings.filter(
      ({ place: { start, end } }) => start.line === line && start.character <= character && end.character > character,
    );
  expect(there.map(({ ruleId }) => ruleId)).toEqual([rule]);
});
