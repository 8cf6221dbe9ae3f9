/** A command that fetches data or models with credentials from its environment. */
export interface DownloadCommand {
  /** Program and sub-command as messages name them. */
  readonly shown: string;
  readonly program: RegExp;
  /** What has to follow, options aside; for `python` what its text has to call. */
  readonly action: RegExp;
  /** Variables the tool reads its credentials from, those that only name an account included. */
  readonly variables: readonly string[];
}

const AWS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
const AZURE = [
  'AZURE_STORAGE_KEY',
  'AZURE_STORAGE_CONNECTION_STRING',
  'AZURE_STORAGE_SAS_TOKEN',
  'AZURE_CLIENT_SECRET',
];
const HUB = ['HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN', 'HUGGINGFACE_HUB_TOKEN'];

/**
 * Credentials from the environment, by their documentation: https://dvc.org/doc/user-guide/data-management/remote-storage,
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html,
 * https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables, https://github.com/Kaggle/kaggle-cli,
 * https://docs.wandb.ai/guides/track/environment-variables/, https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/,
 * https://learn.microsoft.com/cli/azure/storage, https://github.com/peak/s5cmd#specifying-credentials
 */
export const downloadCommands: readonly DownloadCommand[] = [
  {
    shown: 'dvc pull',
    program: /^dvc$/,
    action: /^(?:pull|fetch|get|get-url|import|import-url)$/,
    variables: [...AWS, ...AZURE, 'GDRIVE_CREDENTIALS_DATA'],
  },
  { shown: 'aws s3', program: /^aws$/, action: /^(?:s3|s3api)$/, variables: AWS },
  { shown: 's5cmd', program: /^s5cmd$/, action: /^(?:cp|sync|cat|run)$/, variables: AWS },
  { shown: 'hf download', program: /^(?:hf|huggingface-cli)$/, action: /^(?:download|login|auth)$/, variables: HUB },
  {
    shown: 'python',
    program: /^python(?:3(?:\.\d+)?)?$/,
    action: /\b(?:snapshot_download|hf_hub_download|from_pretrained)\b/,
    variables: HUB,
  },
  {
    shown: 'kaggle',
    program: /^kaggle$/,
    action: /^(?:datasets|competitions|models|kernels|d|c|m)$/,
    variables: ['KAGGLE_KEY', 'KAGGLE_USERNAME', 'KAGGLE_API_TOKEN'],
  },
  { shown: 'wandb artifact', program: /^wandb$/, action: /^(?:artifact|login)$/, variables: ['WANDB_API_KEY'] },
  {
    shown: 'mlflow artifacts',
    program: /^mlflow$/,
    action: /^(?:artifacts|models)$/,
    variables: ['MLFLOW_TRACKING_PASSWORD', 'MLFLOW_TRACKING_USERNAME', 'MLFLOW_TRACKING_TOKEN', ...AWS],
  },
  { shown: 'az storage', program: /^az$/, action: /^storage$/, variables: AZURE },
];
