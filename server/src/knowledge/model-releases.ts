/**
 * Commands that register a model or put one behind an endpoint, as their tools document them:
 * https://mlflow.org/docs/latest/cli.html, https://docs.aws.amazon.com/cli/latest/reference/sagemaker/,
 * https://learn.microsoft.com/en-us/cli/azure/ml, https://cloud.google.com/sdk/gcloud/reference/ai,
 * https://huggingface.co/docs/huggingface_hub/guides/cli, https://docs.bentoml.com/en/latest/reference/bentoml/cli.html.
 */
const COMMANDS: readonly RegExp[] = [
  /\bmlflow (?:deployments (?:create|update)|sagemaker)\b/,
  /\baws sagemaker (?:create-(?:endpoint|model|model-package)|update-(?:endpoint|model-package))\b/,
  /\baz ml (?:model create|(?:online|batch)-(?:endpoint|deployment) (?:create|update))\b/,
  /\bgcloud (?:beta |alpha )?(?:ai (?:models upload|endpoints deploy-model)|ai-platform versions create)\b/,
  /\b(?:huggingface-cli|hf) upload\b(?!.{0,80}--repo-type[= ](?:dataset|space))/,
  /\b(?:bentoml (?:deploy|deployment (?:create|update))|cog push|gto (?:register|assign))\b/,
];
/** Scripts and modules named after what they do: `register_model.py`, `python -m scoring.deploy`. */
const SCRIPTS: readonly RegExp[] = [
  /\b(?:register|deploy|promote|publish|release|upload|push)_?-?(?:the_)?(?:best_)?models?(?:_\w+)?\.(?:py|sh)\b/i,
  /\bmodels?_(?:register|registration|deploy|deployment|promotion)\.(?:py|sh)\b/i,
  /\bpython3? (?:-u )?(?:-m \S*\.|\S*\/)?(?:register|promote)(?:\.py\b|(?=\s|$))/m,
];

/** True when a command hands a model to those who use it. */
export function releasesModel(command: string): boolean {
  return COMMANDS.some((form) => form.test(command)) || SCRIPTS.some((form) => form.test(command));
}

const TRAINING =
  /\bpython3? (?:-u )?(?:-m )?\S*\b(?:re)?train(?:ing|er)?(?:_\w+)?(?:\.py\b|(?=\s|$))|\bmlflow run\b|\baws sagemaker create-training-job\b|\bpapermill \S*train/im;

/** True when a command fits a model. */
export function trainsModel(command: string): boolean {
  return TRAINING.test(command);
}
