import { isTestFile } from '../../base/test-files.js';
import {
  type Argument,
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  passesUnknown,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';

const DOWNLOADS = ['hf_hub_download', 'cached_download'].flatMap((name) => [
  `huggingface_hub.${name}`,
  `huggingface_hub.HfApi().${name}`,
]);
/** Methods by last name that take the flag, whatever the model is called: `model.save_pretrained(…)`. */
const READS = /^(?:from_pretrained|from_single_file|from_quantized|load_lora_weights|load_textual_inversion)$/;
const WRITES = /^(?:save_pretrained|push_to_hub|save_model|save_state|save)$/;
const WEIGHT_READERS = /^(?:load_lora_weights|load_ip_adapter|load_textual_inversion|load_attn_procs)$/;
const PICKLE_FILE = /\.(?:bin|pt|pth|ckpt)$/i;
/** Names that libraries write in both formats, so that the safe one is mostly beside it. */
const TWINS =
  /(?:^|\/)(?:(?:diffusion_)?pytorch_model|adapter_model|pytorch_lora_weights|open_clip_pytorch_model)(?:[.-][\w.-]+)?\.bin$/;

const messages = {
  reads: '`use_safetensors=False` reads pickled weights, which can run code, even where safe ones are there; remove it',
  writes: '`{flag}=False` saves weights as a pickle, which whoever loads them has to trust; remove it',
  twin: '`{file}` is a pickle, which can run code when it is loaded; most repositories hold safe weights beside it',
  pickle: '`{file}` is a pickle, which can run code when it is loaded; prefer a `.safetensors` file if there is one',
} as const;

export default defineRule({
  summary: 'Pickled weights are read or written where safetensors would do.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'https://huggingface.co/docs/safetensors/index',
    'https://huggingface.co/docs/transformers/main/en/main_classes/model',
    'https://huggingface.co/docs/hub/security-pickle',
  ],
  docs: {
    why: 'A `.bin` or `.pt` file is a pickle: a model that was swapped on the Hub runs code where it is loaded, and one that you publish asks all of your users for that trust. Safetensors holds numbers only and loads faster.',
    instead:
      'Leave `use_safetensors` and `safe_serialization` at their defaults, or pass `use_safetensors=True` so that a repository without safe weights is refused.',
    fixSafety:
      'Programs that look for `pytorch_model.bin` no longer find it, and a repository may hold other numbers in its safe file, so the fixes are offered for review.',
    limits:
      'A flag or file name that is computed is not judged, nor are tests. Known names of weights that mostly exist in both formats weigh more than other files. Reading weighs less where torch is 2.6 or newer, whose restricted loader stands in between. transformers 5 saves safetensors in any case.',
    ignoreWhen: 'The repository holds no safe weights and its commit is pinned, or a consumer cannot read them yet.',
  },
  messages,
  query: [
    python.callsWithKeyword('use_safetensors', 'safe_serialization', 'save_safetensors', 'weight_name'),
    python.calls(...DOWNLOADS),
  ],
  check(call: CallFact, context) {
    if (isTestFile(context.path)) return;
    const method =
      call.callee.kind === 'attribute' ? call.callee.name : call.name.slice(call.name.lastIndexOf('.') + 1);
    if (DOWNLOADS.includes(call.name)) checkDownload(call, context);
    else if (READS.test(method)) checkFlag(call, 'use_safetensors', context);
    else if (WRITES.test(method)) checkFlag(call, 'safe_serialization', context);
    else if (method.endsWith('TrainingArguments')) checkFlag(call, 'save_safetensors', context);
    if (!WEIGHT_READERS.test(method)) return;
    const file = argumentOf(call, 'weight_name');
    if (file !== undefined) checkFile(file, context);
  },
  examples: [
    {
      bad: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("org/model", «use_safetensors=False»)\n',
      message: 'reads',
      good: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("org/model")\n',
    },
    {
      bad: 'def publish(model):\n    model.save_pretrained("out", «safe_serialization=False»)\n',
      message: 'writes',
      good: 'def publish(model):\n    model.save_pretrained("out")\n',
      given: { transformers: '4.45.1' },
    },
    {
      bad: 'from huggingface_hub import hf_hub_download as fetch\npath = fetch("org/model", «"pytorch_model.bin"»)\n',
      message: 'twin',
      good: 'from huggingface_hub import hf_hub_download as fetch\npath = fetch("org/model", "model.safetensors")\n',
      byHand: true,
    },
    {
      bad: 'from huggingface_hub import hf_hub_download\npath = hf_hub_download("org/model", filename=«"weights/encoder.pth"»)\n',
      message: 'pickle',
      good: 'from huggingface_hub import hf_hub_download\npath = hf_hub_download("org/model", filename="weights/encoder.safetensors")\n',
      byHand: true,
    },
    {
      good: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("org/model", use_safetensors=True)\n',
      because: 'pickles are refused',
    },
    {
      good: 'def publish(model):\n    model.save_pretrained("out", safe_serialization=False)\n',
      given: { transformers: '5.0.0' },
      because: 'transformers 5 knows the flag no more and saves safetensors',
    },
    {
      good: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("org/model", use_safetensors=safe)\n',
      because: 'the value is not known',
    },
    {
      good: 'from huggingface_hub import hf_hub_download\npath = hf_hub_download("org/model", "config.json")\n',
      because: 'no weights',
    },
    {
      good: 'from huggingface_hub import hf_hub_download\npath = hf_hub_download("org/rows", "rows.bin", repo_type="dataset")\n',
      because: 'a file of a data set, not weights',
    },
    { good: 'net = get_model(path, use_safetensors=False)\n', because: "a function of the program's own" },
  ],
});

type Asked = RuleContext<typeof messages>;

function checkFlag(call: CallFact, name: string, { report, python: py, text, version }: Asked): void {
  const flag = argumentOf(call, name);
  const value = flag === undefined ? undefined : py.value(flag.value);
  if (flag === undefined || value?.kind !== 'boolean' || value.value) return;
  const reading = name === 'use_safetensors';
  if (!reading && !/^(?:diffusers|peft|accelerate|sentence_transformers)\./.test(call.name)) {
    const transformers = version('transformers');
    if (transformers !== undefined && isBelow(transformers, '5') === false) return;
  }
  const finding = reading ? report(flag.range, 'reads') : report(flag.range, 'writes', { flag: name });
  const torch = reading ? version('torch') : undefined;
  if (torch !== undefined && isBelow(torch, '2.6') === false) finding.severity('info');
  finding.fix(
    `Remove \`${name}=False\``,
    'review',
    edit.removeArgument(text, call.expression, flag),
    reading
      ? 'the safe file of the repository may hold other numbers'
      : 'programs that look for `.bin` files no longer find one',
  );
}

function checkDownload(call: CallFact, context: Asked): void {
  const type = argumentOf(call, 'repo_type');
  if (type !== undefined) {
    const value = context.python.value(type.value);
    if (value.kind !== 'none' && (value.kind !== 'string' || value.value !== 'model')) return;
  }
  if (passesUnknown(call)) return;
  const file = argumentOf(call, 'filename', 1);
  if (file !== undefined) checkFile(file, context);
}

function checkFile(file: Argument, { report, python: py }: Asked): void {
  const value = py.value(file.value);
  if (value.kind !== 'string' || !PICKLE_FILE.test(value.value)) return;
  const name = value.value.slice(value.value.lastIndexOf('/') + 1).slice(0, 40);
  const twin = TWINS.test(value.value);
  const finding = report(file.value.range, twin ? 'twin' : 'pickle', { file: name });
  if (twin) finding.confidence('medium');
  else finding.severity('info');
}
