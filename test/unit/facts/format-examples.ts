import type { FormatId } from '../../../server/src/facts/config/entry.js';
import { DATA_EXAMPLES } from './format-examples-data.js';

export interface FormatExample {
  readonly id: FormatId;
  readonly path: string;
  readonly text: string;
  /** Files that exist. */
  readonly beside?: readonly string[];
  /** Documents that look like the format and are none: path and text. */
  readonly near: readonly (readonly [path: string, text: string])[];
}

const resource = (group: string, kind: string): string => `apiVersion: ${group}\nkind: ${kind}\nmetadata:\n  name: x\n`;

/** A document of each format as people write it, and what may be taken for it. */
export const FORMAT_EXAMPLES: readonly FormatExample[] = [
  {
    id: 'tidegate-config',
    path: 'tidegate.yaml',
    text: 'profile: strict\n',
    near: [['conf/settings.yaml', 'profile: strict\n']],
  },
  // What a cluster runs
  {
    id: 'crd',
    path: 'crds/isvc.yaml',
    text: resource('apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
    near: [['a.yaml', resource('v1', 'Service')]],
  },
  {
    id: 'kustomization',
    path: 'overlays/prod/kustomization.yaml',
    text: 'resources:\n  - ../../base\npatches:\n  - path: replicas.yaml\n',
    near: [
      ['overlays/prod/other.yaml', 'resources:\n  - ../../base\n'],
      ['kustomization.yaml', 'name: notes\n'],
    ],
  },
  {
    id: 'kserve',
    path: 'isvc.yaml',
    text: `${resource('serving.kserve.io/v1beta1', 'InferenceService')}spec:\n  predictor:\n    model: {}\n`,
    near: [['ksvc.yaml', resource('serving.knative.dev/v1', 'Service')]],
  },
  {
    id: 'argo-workflow',
    path: 'train.yaml',
    text: `${resource('argoproj.io/v1alpha1', 'WorkflowTemplate')}spec:\n  templates: []\n`,
    near: [
      ['app.yaml', resource('argoproj.io/v1alpha1', 'Application')],
      ['rollout.yaml', resource('argoproj.io/v1alpha1', 'Rollout')],
    ],
  },
  {
    id: 'kubeflow',
    path: 'job.yaml',
    text: `${resource('kubeflow.org/v1', 'PyTorchJob')}spec:\n  pytorchReplicaSpecs: {}\n`,
    near: [['a.yaml', resource('notkubeflow.org/v1', 'Job')]],
  },
  {
    id: 'ray-kubernetes',
    path: 'ray.yaml',
    text: `${resource('ray.io/v1', 'RayCluster')}spec:\n  headGroupSpec: {}\n`,
    near: [['a.yaml', resource('v1', 'RayCluster')]],
  },
  {
    id: 'seldon',
    path: 'iris.yaml',
    text: resource('machinelearning.seldon.io/v1', 'SeldonDeployment'),
    near: [['a.yaml', resource('apps/v1', 'Deployment')]],
  },
  {
    id: 'spark-operator',
    path: 'etl.yaml',
    text: `${resource('sparkoperator.k8s.io/v1beta2', 'SparkApplication')}spec:\n  image: spark:3.5.1\n`,
    near: [['a.yaml', 'kind: SparkApplication\nimage: spark\n']],
  },
  {
    id: 'tekton',
    path: 'task.yaml',
    text: `${resource('tekton.dev/v1', 'Task')}spec:\n  steps: []\n`,
    near: [['pipeline.yaml', 'kind: Task\nspec:\n  steps: []\n']],
  },
  {
    id: 'kubernetes',
    path: 'deploy.yaml',
    text: resource('apps/v1', 'Deployment'),
    near: [
      ['crd.yaml', resource('apiextensions.k8s.io/v1', 'CustomResourceDefinition')],
      ['Chart.yaml', 'apiVersion: v2\nname: api\nversion: 0.1.0\n'],
    ],
  },
  {
    id: 'helm-chart',
    path: 'chart/Chart.yaml',
    text: 'apiVersion: v2\nname: api\nversion: 0.1.0\ndependencies:\n  - name: redis\n',
    near: [['Chart.yaml', 'name: x\nversion: 1\nseries: []\n']],
  },
  {
    id: 'helm-values',
    path: 'chart/values.yaml',
    text: 'model:\n  name: churn\n',
    beside: ['chart/Chart.yaml'],
    near: [
      ['data/values.yaml', 'low: 1\nhigh: 2\n'],
      ['conf/values-eu.yaml', 'image: logo.png\nservice: shop\n'],
    ],
  },
  {
    id: 'helm-values',
    path: 'deploy/prod-values.yaml',
    text: 'replicaCount: 2\nimage:\n  repository: registry/api\n  tag: "1.2"\nnodeSelector: {}\n',
    near: [],
  },
  {
    id: 'helm-values',
    path: 'infra/helm/airflow/values-local.yaml',
    text: 'executor: KubernetesExecutor\nwebserver: {}\n',
    near: [['deploy/prod.yaml', 'replicaCount: 2\nnodeSelector: {}\n']],
  },
  {
    id: 'jupyterhub-values',
    path: 'hub/values.yaml',
    text: 'hub:\n  config:\n    JupyterHub: {authenticator_class: dummy}\nproxy: {}\nsingleuser:\n  memory: {limit: 1G}\n',
    beside: ['hub/Chart.yaml'],
    near: [['hub.yaml', 'hub: https://registry.example\nproxy: {}\n']],
  },
  {
    id: 'compose',
    path: 'docker-compose.yml',
    text: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v2.16.0\n',
    near: [['services.yaml', 'services:\n  - name: a\n    port: 80\n']],
  },
  {
    id: 'compose',
    path: 'compose.yml',
    text: 'x-base: &base\n  image: feast:0.40\nservices:\n  online:\n    <<: *base\n    command: serve\n',
    near: [['net.yaml', 'x: &x {port: 1}\nservices:\n  a:\n    <<: *x\n']],
  },
  {
    id: 'cloudformation',
    path: 'template.yaml',
    text: 'Resources:\n  Model:\n    Type: AWS::SageMaker::Model\n',
    near: [['template.yaml', 'Resources:\n  a:\n    Type: file\n']],
  },
  {
    id: 'terraform',
    path: 'infra/storage.tf',
    text: 'resource "aws_s3_bucket" "data" {\n  bucket = "loans"\n}\n',
    near: [
      ['infra/storage.tf', 'locals {\n  name = "loans"\n}\n'],
      ['infra/storage.json', '{"resource": {"aws_s3_bucket": {}}}'],
    ],
  },
  // Monitoring
  {
    id: 'prometheus',
    path: 'prometheus.yml',
    text: 'scrape_configs:\n  - job_name: api\n    static_configs: []\n',
    near: [['prometheus.yml', 'prometheus:\n  enabled: true\n']],
  },
  {
    id: 'prometheus-rules',
    path: 'alerts.yml',
    text: 'groups:\n  - name: drift\n    rules:\n      - alert: Drift\n        expr: psi > 0.2\n',
    near: [['rules.yml', 'groups:\n  - name: lint\n    rules: [a, b]\n']],
  },
  {
    id: 'grafana-datasources',
    path: 'datasource.yml',
    text: 'apiVersion: 1\ndatasources:\n  - name: Prometheus\n    type: prometheus\n',
    near: [['sources.yml', 'version: 1\ndatasources:\n  - a\n']],
  },
  // Continuous integration
  {
    id: 'github-workflow',
    path: '.github/workflows/ci.yml',
    text: 'on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps: []\n',
    near: [['ci/ci.yml', 'on: push\njobs:\n  test:\n    runs-on: ubuntu-24.04\n']],
  },
  {
    id: 'github-action',
    path: 'setup/action.yml',
    text: 'name: Setup\nruns:\n  using: composite\n  steps: []\n',
    near: [
      ['action.yml', 'name: jump\nruns: 3\n'],
      ['actions.yml', 'runs:\n  using: composite\n'],
    ],
  },
  {
    id: 'gitlab-ci',
    path: '.gitlab-ci.yml',
    text: 'image: python:3.12\nstages: [train]\ntrain:\n  stage: train\n  script:\n    - python train.py\n',
    near: [['pipeline.yml', 'stages: [train]\ntrain:\n  lr: 0.1\n']],
  },
  {
    id: 'azure-pipelines',
    path: 'azure-pipelines.yml',
    text: 'trigger: [main]\npool:\n  vmImage: ubuntu-latest\nsteps:\n  - script: pip install .\n',
    near: [
      ['pipeline.yml', 'steps:\n  - script: a.py\n'],
      ['.circleci/config.yml', 'version: 2.1\njobs:\n  build:\n    steps: [checkout]\n'],
    ],
  },
  {
    id: 'cloud-build',
    path: 'cloudbuild.yaml',
    text: "steps:\n  - name: gcr.io/cloud-builders/docker\n    args: ['build', '.']\nimages: [gcr.io/p/api]\n",
    near: [['pipeline.yaml', 'steps:\n  - name: train\n    args: {lr: 1}\n']],
  },
  {
    id: 'codebuild',
    path: 'buildspec.yml',
    text: 'version: 0.2\nphases:\n  build:\n    commands:\n      - make\n',
    near: [['plan.yml', 'version: 3\nphases:\n  build:\n    commands: [make]\n']],
  },
  {
    id: 'pre-commit',
    path: '.pre-commit-config.yaml',
    text: 'repos:\n  - repo: https://github.com/astral-sh/ruff-pre-commit\n    rev: v0.6.9\n    hooks:\n      - id: ruff\n',
    near: [['repos.yaml', 'repos:\n  - repo: https://example.org/a\n']],
  },
  {
    id: 'dependabot',
    path: '.github/dependabot.yml',
    text: 'version: 2\nupdates:\n  - package-ecosystem: pip\n    directory: /\n',
    near: [['news.yml', 'version: 2\nupdates:\n  - title: x\n']],
  },
  {
    id: 'renovate',
    path: 'renovate.json',
    text: '{"extends": ["config:recommended"]}',
    near: [
      ['tsconfig.json', '{"extends": "./base.json"}'],
      ['renovate.json', '{"name": "house"}'],
    ],
  },
  // Pipelines and jobs
  {
    id: 'kfp',
    path: 'pipeline.yaml',
    text: 'deploymentSpec:\n  executors:\n    e: {container: {image: x}}\nroot: {}\nschemaVersion: 2.1.0\n',
    near: [['pipeline.yaml', 'steps: [a]\nroot: x\n']],
  },
  {
    id: 'kfp-platform',
    path: 'pipeline.yaml',
    text: 'platforms:\n  kubernetes:\n    deploymentSpec:\n      executors:\n        e: {}\n',
    near: [['meta.yaml', 'platforms:\n  - name: linux\n']],
  },
  {
    id: 'mlproject',
    path: 'MLproject',
    text: 'name: churn\nentry_points:\n  main: {command: "python train.py"}\n',
    near: [['project.yaml', 'name: churn\nentry_points:\n  main: {command: "python train.py"}\n']],
  },
  {
    id: 'mlflow-model',
    path: 'model/MLmodel',
    text: 'flavors:\n  python_function:\n    loader_module: mlflow.sklearn\nmodel_uuid: a1\n',
    near: [['ice.yaml', 'flavors:\n  vanilla: {price: 2}\n']],
  },
  {
    id: 'mlflow-run',
    path: 'runs/0/ab/meta.yaml',
    text: 'artifact_uri: file:///runs/0/ab/artifacts\nexperiment_id: "0"\nrun_id: ab\n',
    near: [['recipe/meta.yaml', 'package:\n  name: x\n']],
  },
  {
    id: 'databricks-bundle',
    path: 'databricks.yml',
    text: 'bundle:\n  name: churn\ntargets:\n  dev: {}\n',
    near: [['app.yml', 'bundle:\n  files: [a.js]\ntargets: [web]\n']],
  },
  {
    id: 'databricks-bundle',
    path: 'resources/train.yml',
    text: 'resources:\n  jobs:\n    train:\n      tasks:\n        - task_key: train\n',
    near: [['limits.yml', 'resources:\n  jobs: 4\n  limits: {cpu: 1}\n']],
  },
  {
    id: 'databricks-job',
    path: 'jobs/train.json',
    text: '{"name": "train", "tasks": [{"task_key": "train", "notebook_task": {"notebook_path": "/train"}}]}',
    near: [['tasks.json', '{"version": "2.0.0", "tasks": [{"label": "build", "type": "shell"}]}']],
  },
  {
    id: 'azureml',
    path: 'job.yml',
    text: '$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json\ncommand: python train.py\n',
    near: [['job.yml', 'type: command\ncommand: python train.py\n']],
  },
  {
    id: 'azureml',
    path: 'endpoint.yml',
    text: 'name: churn\nauth_mode: key\n',
    near: [['ssh.yml', 'name: jump\nauth_mode: password\n']],
  },
  {
    id: 'vertex-job',
    path: 'job.yaml',
    text: 'workerPoolSpecs:\n  - machineSpec: {machineType: n1-standard-4}\n    containerSpec: {imageUri: x}\n',
    near: [['pool.yaml', 'workerPool:\n  size: 3\n']],
  },
  {
    id: 'sagemaker-pipeline',
    path: 'pipeline.json',
    text: '{"Version": "2020-12-01", "Steps": [{"Name": "Train", "Type": "Training"}]}',
    near: [['policy.json', '{"Version": "2012-10-17", "Statement": []}']],
  },
  {
    id: 'prefect',
    path: 'prefect.yaml',
    text: 'name: churn\nprefect-version: 2.20.1\ndeployments:\n  - name: train\n    entrypoint: flow.py:train\n',
    near: [['deployments.yaml', 'deployments:\n  - name: web\n    replicas: 2\n']],
  },
  {
    id: 'dagster-workspace',
    path: 'workspace.yaml',
    text: 'load_from:\n  - python_module: churn.definitions\n',
    near: [['workspace.yaml', 'load_from: [a.yaml]\n']],
  },
  {
    id: 'dagster-instance',
    path: 'dagster.yaml',
    text: 'storage:\n  postgres:\n    postgres_url: {env: DAGSTER_PG}\n',
    near: [['config.yaml', 'storage:\n  postgres: {}\n']],
  },
  {
    id: 'zenml',
    path: 'configs/train.yaml',
    text: 'enable_cache: false\nsettings:\n  docker:\n    requirements: requirements.txt\n',
    near: [['settings.yaml', 'settings:\n  theme: dark\n']],
  },
  {
    id: 'ray-cluster',
    path: 'cluster.yaml',
    text: 'cluster_name: train\nprovider:\n  type: aws\nauth:\n  ssh_user: ubuntu\n',
    near: [['cluster.yml', 'cluster_name: rke\nnodes: []\n']],
  },
  ...DATA_EXAMPLES,
  // How models are packed and served
  {
    id: 'cog',
    path: 'cog.yaml',
    text: 'build:\n  gpu: true\n  python_version: "3.11"\npredict: predict.py:Predictor\n',
    near: [['cog.yaml', 'build:\n  steps: []\npredict: rain\n']],
  },
  {
    id: 'bentofile',
    path: 'bentofile.yaml',
    text: 'service: "service:svc"\ninclude: ["*.py"]\npython:\n  packages: [scikit-learn]\n',
    near: [['bento.yaml', 'input:\n  stdin: {}\noutput: {}\n']],
  },
  {
    id: 'bentoml-config',
    path: 'bentoml_configuration.yaml',
    text: 'version: 2\nservices:\n  churn:\n    traffic: {timeout: 30}\n    workers: 2\n',
    near: [['services.yaml', 'version: 2\nservices:\n  web:\n    port: 80\n']],
  },
  {
    id: 'torchserve-config',
    path: 'config.properties',
    text: 'inference_address=http://0.0.0.0:8080\nmodel_store=/models\n',
    near: [['config.properties', 'log4j.rootLogger=INFO\n']],
  },
  {
    id: 'torchserve-model',
    path: 'model-config.yaml',
    text: 'minWorkers: 1\nmaxWorkers: 4\nbatchSize: 8\n',
    near: [['model-config.yaml', 'batchSize: 8\nlr: 0.1\n']],
  },
  {
    id: 'triton-config',
    path: 'models/iris/config.pbtxt',
    text: 'name: "iris"\nbackend: "python"\ninput [\n  { name: "x" data_type: TYPE_FP32 dims: [ 4 ] }\n]\n',
    near: [['graph/config.pbtxt', 'node {\n  name: "x"\n}\n']],
  },
  {
    id: 'mlserver-model',
    path: 'model-settings.json',
    text: '{"name": "iris", "implementation": "mlserver_sklearn.SKLearnModel"}',
    near: [['model.json', '{"name": "iris", "implementation": "fast"}']],
  },
  {
    id: 'mlserver-settings',
    path: 'settings.json',
    text: '{"debug": true, "http_port": 8080, "parallel_workers": 0}',
    near: [['.vscode/settings.json', '{"python.analysis.typeCheckingMode": "strict", "debug": true, "host": "x"}']],
  },
  {
    id: 'ray-serve',
    path: 'serve_config.yaml',
    text: 'proxy_location: EveryNode\napplications:\n  - name: llm\n    import_path: app:llm\n',
    near: [['apps.yaml', 'applications:\n  - name: a\n    path: /a\n']],
  },
  {
    id: 'jupyter-config',
    path: 'jupyter_server_config.json',
    text: '{"ServerApp": {"token": "", "ip": "0.0.0.0"}}',
    near: [['app.json', '{"ServerApp": "x"}']],
  },
  // Training
  {
    id: 'wandb-sweep',
    path: 'sweep.yaml',
    text: 'program: train.py\nmethod: bayes\nparameters:\n  lr: {min: 0.0001, max: 0.1}\n',
    near: [
      ['sweep.yaml', "gha_enabled: true\nbranch: 'main'\n"],
      ['call.yaml', 'method: POST\nparameters: {a: 1}\n'],
    ],
  },
  {
    id: 'deepspeed',
    path: 'ds_zero2.json',
    text: '{"zero_optimization": {"stage": 2}, "bf16": {"enabled": true}}',
    near: [['ds.json', '{"optimization": {"stage": 2}}']],
  },
  {
    id: 'accelerate',
    path: 'accelerate.yaml',
    text: 'compute_environment: LOCAL_MACHINE\ndistributed_type: MULTI_GPU\nnum_processes: 4\n',
    near: [['run.yaml', 'num_processes: 4\n']],
  },
  {
    id: 'torchtune',
    path: 'lora.yaml',
    text: 'model:\n  _component_: torchtune.models.llama3.lora_llama3_8b\n  lora_rank: 8\n',
    near: [['a.yaml', 'model:\n  component: x\n']],
  },
  {
    id: 'axolotl',
    path: 'examples/llama/qlora.yml',
    text: 'base_model: NousResearch/Llama-2-7b-hf\nadapter: qlora\ndatasets:\n  - path: mhenrichsen/alpaca_2k_test\n    type: alpaca\n',
    near: [['merge.yml', 'base_model: m\nmerge_method: ties\nmodels:\n  - model: a\n']],
  },
  {
    id: 'lightning-cli',
    path: 'config.yaml',
    text: 'seed_everything: 1\ntrainer:\n  max_epochs: 3\nmodel:\n  class_path: churn.Net\n',
    near: [['people.yaml', 'trainer: {name: Ash}\nmodel: x\n']],
  },
  {
    id: 'llama-factory',
    path: 'examples/llama3_lora_sft.yaml',
    text: 'model_name_or_path: meta-llama/Meta-Llama-3-8B-Instruct\nstage: sft\nfinetuning_type: lora\noutput_dir: saves\n',
    near: [['app.yaml', 'model_name_or_path: m\nport: 80\n']],
  },
  {
    id: 'trl',
    path: 'dpo.yaml',
    text: 'model_name_or_path: Qwen/Qwen2-0.5B\ndataset_name: trl-lib/ultrafeedback\nbeta: 0.1\noutput_dir: out\n',
    near: [['app.yaml', 'model_name_or_path: m\ndataset_name: d\n']],
  },
  {
    id: 'hf-training',
    path: 'args.json',
    text: '{"model_name_or_path": "bert-base-uncased", "output_dir": "out", "do_train": true}',
    near: [['app.json', '{"model_name_or_path": "m"}']],
  },
  {
    id: 'hyperpyyaml',
    path: 'hparams/train.yaml',
    text: 'seed: 1\nmodel: !new:speechbrain.nnet.linear.Linear\n  n_neurons: 10\n',
    near: [['stack.yaml', 'a: !Ref Bucket\nnew: x\n']],
  },
  {
    id: 'hydra',
    path: 'conf/config.yaml',
    text: 'defaults:\n  - _self_\n  - model: resnet\nseed: 1\n',
    near: [
      ['conf/config.yaml', 'server:\n  port: 8080\n'],
      ['conf/config.yaml', 'defaults:\n  timeout: 3\n'],
    ],
  },
  {
    id: 'hydra',
    path: 'conf/model/resnet.yaml',
    text: '_target_: churn.models.ResNet\ndepth: 18\n',
    near: [['conf/model.yaml', 'target: churn.models.ResNet\n']],
  },
];
