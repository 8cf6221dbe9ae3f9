/** Full commit ids are the only revisions that cannot move (branches, tags and short ids can). */
export const COMMIT_ID = /^[0-9a-f]{40}$/;

/** The branch, tag or short id a `revision` follows, shortened for a message; undefined for a commit and for what is not known. */
export function movingRevision(revision: { readonly kind: string; readonly value?: unknown }): string | undefined {
  if (revision.kind === 'none') return 'main';
  const { value } = revision;
  return revision.kind !== 'string' || typeof value !== 'string' || COMMIT_ID.test(value)
    ? undefined
    : value.slice(0, 40);
}

/** Models that the Hub serves without an organisation (https://huggingface.co/models, ids from before organisations). */
const CANONICAL = new RegExp(
  `^(${[
    'bert-(base|large)-(un)?cased(-whole-word-masking(-finetuned-squad)?)?',
    'bert-base-(multilingual-(un)?cased|chinese|german-cased|german-dbmdz-(un)?cased|cased-finetuned-mrpc)',
    'distilbert-base-((un)?cased(-distilled-squad)?|german-cased|multilingual-cased|uncased-finetuned-sst-2-english)',
    '(distil)?gpt2|gpt2-(medium|large|xl)|openai-gpt',
    '(distil)?roberta-base|roberta-large(-mnli)?|roberta-(base|large)-openai-detector',
    'xlm-roberta-(base|large(-finetuned-conll0\\d-[a-z]+)?)|xlm-[mc]lm-[a-z\\d-]+-\\d+|xlnet-(base|large)-cased',
    'albert-(base|x{0,2}large)-v[12]|t5-(small|base|large|3b|11b)|camembert-base|ctrl|transfo-xl-wt103',
  ].join('|')})$`,
);

/** First path segments that name a local folder in nearly every project. */
const LOCAL = new Set(
  'results result output outputs out model models checkpoint checkpoints ckpt ckpts data dataset datasets save saved saves logs log runs run artifacts artifact weights tmp temp experiments exp trained train finetuned fine-tuned assets src build dist cache pretrained pretrained_models local home mnt content workspace test tests fixtures examples path user'.split(
    ' ',
  ),
);

/** Names that documentation puts where the reader's own belongs. */
const PLACEHOLDER = /^(your|my)([-_].*)?$|^(user[-_]?name|yournamespace|hf[-_]user(name)?)$/i;

/** True when a string is the id of a repository on the Hugging Face Hub rather than a local path or a placeholder. */
export function isHubId(id: string): boolean {
  if (!/^[\w.-]+(\/[\w.-]+)?$/.test(id) || /^[.~]|\.(pt|pth|bin|safetensors|gguf|json|ckpt|onnx)$/.test(id))
    return false;
  const [first, second] = id.split('/');
  if (second === undefined) return CANONICAL.test(id);
  return (
    !LOCAL.has(first!.toLowerCase()) &&
    !PLACEHOLDER.test(first!) &&
    !/^(checkpoint|epoch|step)[-_]?\d*/.test(second) &&
    !first!.startsWith('.')
  );
}

/** Builders of `datasets` that read local files or any address, not a repository. */
export const LOCAL_BUILDERS: ReadonlySet<string> = new Set(
  'csv json parquet text arrow imagefolder audiofolder videofolder webdataset pandas sql generator spark xml pdffolder'.split(
    ' ',
  ),
);

/** Where to read a commit id, for the title of a fix. */
export const WHERE_COMMITS_ARE = 'the commit id in the history of the repository';
