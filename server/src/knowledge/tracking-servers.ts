/** Calls that say where an experiment tracker is, and the argument that holds its address. */
export interface TrackingCall {
  readonly names: readonly string[];
  readonly argument: string;
  readonly position?: number;
}

const CLIENTS = ['mlflow.MlflowClient', 'mlflow.tracking.MlflowClient', 'mlflow.client.MlflowClient'];
const LOGGERS = ['pytorch_lightning.loggers', 'lightning.pytorch.loggers'].map((module) => `${module}.MLFlowLogger`);

/** From the signatures of mlflow 3, wandb 0.2x, clearml 2 and Lightning 2. */
export const TRACKING_CALLS: readonly TrackingCall[] = [
  { names: ['mlflow.set_tracking_uri', 'mlflow.set_registry_uri'], argument: 'uri', position: 0 },
  { names: CLIENTS, argument: 'tracking_uri', position: 0 },
  { names: CLIENTS, argument: 'registry_uri', position: 1 },
  { names: LOGGERS, argument: 'tracking_uri' },
  { names: ['wandb.login'], argument: 'host' },
  { names: ['wandb.Settings'], argument: 'base_url' },
  ...['api_host', 'web_host', 'files_host'].map((argument) => ({ names: ['clearml.Task.set_credentials'], argument })),
];

/** Environment variables that say the same. */
export const TRACKING_VARIABLES: readonly string[] = [
  'MLFLOW_TRACKING_URI',
  'MLFLOW_REGISTRY_URI',
  'WANDB_BASE_URL',
  'CLEARML_API_HOST',
  'CLEARML_WEB_HOST',
  'CLEARML_FILES_HOST',
];
