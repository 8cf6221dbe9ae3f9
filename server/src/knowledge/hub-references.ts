/** Full commit ids are the only revisions that cannot move (branches, tags and short ids can). */
export const COMMIT_ID = /^[0-9a-f]{40}$/;

/** Canonical models that live on the Hub without an organisation. */
const CANONICAL =
  /^(bert|distilbert|roberta|distilroberta|xlm|xlnet|albert|gpt2|distilgpt2|openai-gpt|t5|camembert|ctrl|transfo-xl)(-[\w.-]+)?$/;

/** First path segments that name a local folder in nearly every project. */
const LOCAL = new Set(
  'results result output outputs out model models checkpoint checkpoints ckpt ckpts data dataset datasets save saved saves logs log runs run artifacts artifact weights tmp temp experiments exp trained train finetuned fine-tuned assets src build dist cache pretrained pretrained_models local home mnt content workspace test tests fixtures examples path your my username user'.split(
    ' ',
  ),
);

/** True when a string is the id of a repository on the Hugging Face Hub rather than a local path or a placeholder. */
export function isHubId(id: string): boolean {
  if (!/^[\w.-]+(\/[\w.-]+)?$/.test(id) || /^[.~]|\.(pt|pth|bin|safetensors|gguf|json|ckpt|onnx)$/.test(id))
    return false;
  const [first, second] = id.split('/');
  if (second === undefined) return CANONICAL.test(id);
  return (
    !LOCAL.has(first!.toLowerCase()) && !/^(checkpoint|epoch|step)[-_]?\d*/.test(second) && !first!.startsWith('.')
  );
}

/** Builders of `datasets` that read local files or any address, not a repository. */
export const LOCAL_BUILDERS: ReadonlySet<string> = new Set(
  'csv json parquet text arrow imagefolder audiofolder videofolder webdataset pandas sql generator spark xml pdffolder'.split(
    ' ',
  ),
);
