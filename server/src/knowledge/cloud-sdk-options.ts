/*
 * What the SDKs of the clouds call the protections of a job, an endpoint or a data set. Read from the signatures of
 * sagemaker 2.232, sagemaker-train 1.27 (the SDK 3), boto3, google-cloud-aiplatform 2.7, google-cloud-bigquery 3.47,
 * azure-ai-ml 1.35, azureml-core 1.61, azure-functions 1.26 and chalice 1.34.
 */

export type JobOption = 'count' | 'instance' | 'outputKey' | 'volumeKey' | 'traffic' | 'isolation' | 'subnets';

/** Where an option stands: an argument, and below it keys of dictionaries or arguments of the object passed. */
export interface OptionPath {
  readonly path: readonly string[];
  readonly position?: number;
  /** Name of the argument before version 2 of the SDK. */
  readonly former?: string;
}

/** Calls that describe or start a job of SageMaker in the same way. */
export interface JobShape {
  readonly names: readonly string[];
  readonly options: Readonly<Partial<Record<JobOption, OptionPath>>>;
  /** Class that holds the network options, with the module it is imported from; absent where they are arguments. */
  readonly network?: { readonly argument: string; readonly module: string; readonly type: string };
}

/** Clients of boto3, by the names they resolve to. */
export const AWS_CLIENTS = ['boto3.client()', 'boto3.Session().client()', 'boto3.session.Session().client()'];

/** Calls of a service that no other service of AWS has under this name. */
export function awsCalls(...methods: readonly string[]): string[] {
  return AWS_CLIENTS.flatMap((client) => methods.map((method) => `${client}.${method}`));
}

const ESTIMATOR_OPTIONS: JobShape['options'] = {
  count: { path: ['instance_count'], former: 'train_instance_count' },
  instance: { path: ['instance_type'], former: 'train_instance_type' },
  outputKey: { path: ['output_kms_key'] },
  volumeKey: { path: ['volume_kms_key'], former: 'train_volume_kms_key' },
  traffic: { path: ['encrypt_inter_container_traffic'] },
  isolation: { path: ['enable_network_isolation'] },
  subnets: { path: ['subnets'] },
};

const { isolation: _isolation, ...WITHOUT_ISOLATION } = ESTIMATOR_OPTIONS;
const FRAMEWORKS = ['HuggingFace', 'MXNet', 'PyTorch', 'SKLearn', 'TensorFlow', 'XGBoost'];
const PROCESSORS = ['Processor', 'ScriptProcessor', 'FrameworkProcessor'].concat(
  ['HuggingFace', 'MXNet', 'PyTorch', 'TensorFlow', 'XGBoost'].map((framework) => `${framework}Processor`),
);
const NETWORK = { argument: 'network_config', module: 'sagemaker.network', type: 'NetworkConfig' };
const PROCESSOR_OPTIONS: JobShape['options'] = {
  count: { path: ['instance_count'] },
  instance: { path: ['instance_type'] },
  outputKey: { path: ['output_kms_key'] },
  volumeKey: { path: ['volume_kms_key'] },
  traffic: { path: ['network_config', 'encrypt_inter_container_traffic'] },
  isolation: { path: ['network_config', 'enable_network_isolation'] },
  subnets: { path: ['network_config', 'subnets'] },
};
const { isolation: _processorIsolation, ...SPARK_OPTIONS } = PROCESSOR_OPTIONS;
const { traffic: _traffic, ...SHARD_OPTIONS } = PROCESSOR_OPTIONS;

export const SAGEMAKER_JOBS: readonly JobShape[] = [
  {
    names: ['sagemaker.estimator.Estimator'],
    options: {
      ...ESTIMATOR_OPTIONS,
      count: { ...ESTIMATOR_OPTIONS.count!, position: 2 },
      instance: { ...ESTIMATOR_OPTIONS.instance!, position: 3 },
    },
  },
  { names: FRAMEWORKS.map((name) => `sagemaker.**.${name}`), options: ESTIMATOR_OPTIONS },
  // These containers need the network, so isolation is no option for them.
  {
    names: ['sagemaker.**.RLEstimator', 'sagemaker.**.Chainer'],
    options: WITHOUT_ISOLATION,
  },
  { names: PROCESSORS.map((name) => `sagemaker.**.${name}`), network: NETWORK, options: PROCESSOR_OPTIONS },
  // Each of its machines works on a share of the files and talks to none of the others.
  { names: ['sagemaker.**.SKLearnProcessor'], network: NETWORK, options: SHARD_OPTIONS },
  // Spark reads and writes buckets from the container.
  {
    names: ['sagemaker.**.PySparkProcessor', 'sagemaker.**.SparkJarProcessor'],
    network: NETWORK,
    options: SPARK_OPTIONS,
  },
  {
    names: [
      'sagemaker.train.ModelTrainer',
      'sagemaker.**.model_trainer.ModelTrainer',
      'sagemaker.modules.**.ModelTrainer',
    ],
    options: {
      count: { path: ['compute', 'instance_count'] },
      instance: { path: ['compute', 'instance_type'] },
      outputKey: { path: ['output_data_config', 'kms_key_id'] },
      volumeKey: { path: ['compute', 'volume_kms_key_id'] },
      traffic: { path: ['networking', 'enable_inter_container_traffic_encryption'] },
      isolation: { path: ['networking', 'enable_network_isolation'] },
      subnets: { path: ['networking', 'subnets'] },
    },
  },
  {
    names: awsCalls('create_training_job'),
    options: {
      count: { path: ['ResourceConfig', 'InstanceCount'] },
      instance: { path: ['ResourceConfig', 'InstanceType'] },
      outputKey: { path: ['OutputDataConfig', 'KmsKeyId'] },
      volumeKey: { path: ['ResourceConfig', 'VolumeKmsKeyId'] },
      traffic: { path: ['EnableInterContainerTrafficEncryption'] },
      isolation: { path: ['EnableNetworkIsolation'] },
      subnets: { path: ['VpcConfig', 'Subnets'] },
    },
  },
  {
    names: awsCalls('create_processing_job'),
    options: {
      count: { path: ['ProcessingResources', 'ClusterConfig', 'InstanceCount'] },
      instance: { path: ['ProcessingResources', 'ClusterConfig', 'InstanceType'] },
      outputKey: { path: ['ProcessingOutputConfig', 'KmsKeyId'] },
      volumeKey: { path: ['ProcessingResources', 'ClusterConfig', 'VolumeKmsKeyId'] },
      traffic: { path: ['NetworkConfig', 'EnableInterContainerTrafficEncryption'] },
      isolation: { path: ['NetworkConfig', 'EnableNetworkIsolation'] },
      subnets: { path: ['NetworkConfig', 'VpcConfig', 'Subnets'] },
    },
  },
];

/**
 * True for the instance types of SageMaker with disks of their own, which are encrypted in hardware and refuse a key for the
 * volume (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-store-volumes.html), and for jobs on this machine.
 */
export function refusesVolumeKey(instance: string): boolean {
  return /^local|^ml\.(?:[a-z]+\d+[a-z]*d[a-z]*|g4dn|g5|g6e?|gr6|p3dn|p4de?|p5e?n?|p6\S*|trn[12]n?|i\d\w*)\./.test(
    instance,
  );
}

/** A mark in the text of defaults from the SDK's configuration file, which are not in the code. */
export const SAGEMAKER_DEFAULTS = /sagemaker_config|SAGEMAKER_(?:USER|ADMIN)_CONFIG/;

/** An argument that opens something, the value that does, and the one that does not. */
export interface OpeningOption {
  readonly option: string;
  readonly names: readonly string[];
  readonly opens: true | RegExp;
  readonly closed: string;
  /** What the option lets in. */
  readonly to: string;
}

const AZURE_ENTITIES = 'azure.ai.ml.entities';

export const AZURE_ML_OPENINGS: readonly OpeningOption[] = [
  {
    option: 'public_network_access',
    names: ['Workspace', 'Hub', 'Registry', 'FeatureStore', 'ManagedOnlineEndpoint'].map(
      (type) => `${AZURE_ENTITIES}.${type}`,
    ),
    opens: /^enabled$/i,
    closed: 'Disabled',
    to: 'it answers the whole internet',
  },
  {
    option: 'egress_public_network_access',
    names: [`${AZURE_ENTITIES}.ManagedOnlineDeployment`],
    opens: /^enabled$/i,
    closed: 'Disabled',
    to: 'the model may send data anywhere',
  },
  {
    option: 'enable_node_public_ip',
    names: [
      `${AZURE_ENTITIES}.AmlCompute`,
      `${AZURE_ENTITIES}.ComputeInstance`,
      'azureml.core.compute.AmlCompute.provisioning_configuration',
      'azureml.core.compute.amlcompute.AmlCompute.provisioning_configuration',
    ],
    opens: true,
    closed: 'False',
    to: 'each node has an address on the internet',
  },
  {
    option: 'ssh_public_access_enabled',
    names: [`${AZURE_ENTITIES}.AmlCompute`, `${AZURE_ENTITIES}.ComputeInstance`],
    opens: true,
    closed: 'False',
    to: 'its SSH port faces the internet',
  },
  {
    option: 'remote_login_port_public_access',
    names: [
      'azureml.core.compute.AmlCompute.provisioning_configuration',
      'azureml.core.compute.amlcompute.AmlCompute.provisioning_configuration',
    ],
    opens: /^enabled$/i,
    closed: 'Disabled',
    to: 'its SSH port faces the internet',
  },
];

const VERTEX_KEYS = ['encryption_spec_key_name'];
const VERTEX_TRAINING_KEYS = ['training_encryption_spec_key_name', 'model_encryption_spec_key_name'];

/** Calls of `google.cloud.aiplatform` that store something, with the arguments that name the key it is encrypted with. */
const VERTEX_RESOURCES: ReadonlyMap<string, readonly string[]> = new Map([
  ...[
    'CustomJob',
    'CustomJob.from_local_script',
    'HyperparameterTuningJob',
    'PipelineJob',
    'BatchPredictionJob.create',
    'Model.upload',
    'Model.upload_xgboost_model_file',
    'Model.upload_scikit_learn_model_file',
    'Model.upload_tensorflow_saved_model',
    'Endpoint.create',
    'TabularDataset.create',
    'ImageDataset.create',
    'TextDataset.create',
    'TimeSeriesDataset.create',
    'Featurestore.create',
    'Tensorboard.create',
    'MatchingEngineIndex.create_tree_ah_index',
    'MatchingEngineIndex.create_brute_force_index',
  ].map((name): [string, readonly string[]] => [name, VERTEX_KEYS]),
  ...[
    'CustomTrainingJob',
    'CustomContainerTrainingJob',
    'CustomPythonPackageTrainingJob',
    'AutoMLTabularTrainingJob',
    'AutoMLImageTrainingJob',
    'AutoMLTextTrainingJob',
  ].map((name): [string, readonly string[]] => [name, VERTEX_TRAINING_KEYS]),
]);

/** The arguments that name the key of what a call stores in Vertex AI, by its resolved name; undefined for other calls. */
export function vertexKeys(name: string): readonly string[] | undefined {
  const match =
    /^google\.cloud\.aiplatform\.(?:(?:jobs|models|training_jobs|pipeline_jobs|datasets)\.)?([A-Z].*)$/.exec(name);
  return match === null ? undefined : VERTEX_RESOURCES.get(match[1]!);
}

/** Configurations of BigQuery jobs that write a table with an argument for its encryption. */
export const BIGQUERY_WRITES: readonly string[] = ['google.cloud.bigquery', 'google.cloud.bigquery.job'].flatMap(
  (module) => ['LoadJobConfig', 'QueryJobConfig', 'CopyJobConfig'].map((type) => `${module}.${type}`),
);

/** Models of SageMaker that are described before they are served. */
export const SAGEMAKER_MODELS: readonly string[] = [
  'sagemaker.Model',
  'sagemaker.model.Model',
  'sagemaker.PipelineModel',
  'sagemaker.pipeline.PipelineModel',
  ...FRAMEWORKS.map((framework) => `sagemaker.**.${framework}Model`),
];

const deployments = (...types: readonly string[]): string[] =>
  ['azureml.core.webservice', 'azureml.core.webservice.aci', 'azureml.core.webservice.aks'].flatMap((module) =>
    types.map((type) => `${module}.${type}.deploy_configuration`),
  );

/** Deployments of Azure ML (SDK 1) to a container instance: no authentication and no TLS by default. */
export const ACI_DEPLOYMENTS: readonly string[] = deployments('AciWebservice');
/** Deployments to a cluster: a key by default. */
export const AKS_DEPLOYMENTS: readonly string[] = deployments('AksWebservice', 'AksEndpoint');

const APPS = ['FunctionApp', 'AsgiFunctionApp', 'WsgiFunctionApp', 'Blueprint'];

/** Calls of Azure Functions that say who may call, with the argument and its position; the default asks for a key. */
export const FUNCTION_LEVELS: ReadonlyMap<string, readonly [string, number?]> = new Map([
  ['azure.functions.FunctionApp', ['http_auth_level', 0]],
  ['azure.functions.AsgiFunctionApp', ['http_auth_level', 1]],
  ['azure.functions.WsgiFunctionApp', ['http_auth_level', 1]],
  ...APPS.map((app): [string, [string, number?]] => [`azure.functions.${app}().route`, ['auth_level', 4]]),
]);

/** Decorators of Chalice that publish a function through API Gateway. */
export const CHALICE_ROUTES: readonly string[] = ['Chalice', 'Blueprint'].map((app) => `chalice.${app}().route`);
