import { NamePatterns } from '../../base/name-pattern.js';

/** What decides which model is loaded: the first argument and keywords beside it. */
export interface ModelChooser {
  readonly names: readonly string[];
  readonly keyword: string;
  readonly position: number;
  readonly more?: readonly string[];
}

const HUB = ['revision', 'subfolder', 'code_revision'];
export const MODEL_CHOOSERS: readonly ModelChooser[] = [
  {
    names: ['transformers', 'diffusers', 'sentence_transformers', 'auto_gptq', 'awq', 'optimum.onnxruntime'].flatMap(
      (library) => [`${library}.*.from_pretrained`],
    ),
    keyword: 'pretrained_model_name_or_path',
    position: 0,
    more: HUB,
  },
  { names: ['peft.*.from_pretrained'], keyword: 'model_id', position: 1, more: ['adapter_name', ...HUB] },
  {
    names: ['transformers.pipeline', 'transformers.pipelines.pipeline'],
    keyword: 'model',
    position: 1,
    more: ['tokenizer', 'revision'],
  },
  {
    names: ['sentence_transformers.SentenceTransformer', 'sentence_transformers.CrossEncoder'],
    keyword: 'model_name_or_path',
    position: 0,
    more: HUB,
  },
  {
    names: ['hf_hub_download', 'snapshot_download'].flatMap((name) => [
      `huggingface_hub.${name}`,
      `huggingface_hub.HfApi().${name}`,
    ]),
    keyword: 'repo_id',
    position: 0,
    more: ['revision', 'filename'],
  },
  { names: ['vllm.LLM'], keyword: 'model', position: 0, more: ['tokenizer', 'revision'] },
  { names: ['vllm.lora.request.LoRARequest'], keyword: 'lora_path', position: 2, more: ['lora_local_path'] },
  {
    names: ['load_lora_weights', 'load_textual_inversion', 'load_ip_adapter', 'from_single_file'].map(
      (method) => `diffusers.**.${method}`,
    ),
    keyword: 'pretrained_model_name_or_path_or_dict',
    position: 0,
    more: ['weight_name', 'subfolder'],
  },
  { names: ['faster_whisper.WhisperModel'], keyword: 'model_size_or_path', position: 0 },
  { names: ['whisper.load_model'], keyword: 'name', position: 0 },
  { names: ['spacy.load'], keyword: 'name', position: 0 },
  { names: ['timm.create_model'], keyword: 'model_name', position: 0 },
];

const LISTED = MODEL_CHOOSERS.map((chooser) => ({ chooser, matches: matcherOf(chooser.names) }));

function matcherOf(names: readonly string[]): (name: string) => boolean {
  const patterns = new NamePatterns<true>();
  for (const name of names) patterns.add(name, true);
  return (name) => patterns.match(name).length > 0;
}

/** Choosers of a call by its resolved name. */
export function choosersOf(name: string): readonly ModelChooser[] {
  return LISTED.filter(({ matches }) => matches(name)).map(({ chooser }) => chooser);
}
