import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  passesUnknown,
  python,
  type RuleContext,
} from '../../engine/index.js';

const API = ['huggingface_hub', 'huggingface_hub.HfApi()'];
const CREATES = API.flatMap((api) => [`${api}.create_repo`, `${api}.upload_large_folder`]);
const FOLDERS = API.flatMap((api) => [`${api}.upload_folder`, `${api}.upload_large_folder`]);
const PUSHES = ['transformers', 'datasets', 'diffusers', 'peft', 'sentence_transformers'].map(
  (library) => `${library}.**.push_to_hub`,
);
const ARGUMENTS = [
  'transformers.TrainingArguments',
  'transformers.Seq2SeqTrainingArguments',
  'transformers.training_args.TrainingArguments',
  ...['SFT', 'DPO', 'GRPO', 'KTO', 'Reward'].map((method) => `trl.${method}Config`),
];
/** A trainer's visibility is set where its arguments are made; the others hold nothing of what a model learnt. */
const NOT_JUDGED = /(?:Trainer|Tokenizer\w*|Config|Processor|FeatureExtractor|Scheduler)(?:\.\w+)?\(\)\.push_to_hub$/;
/** A repository of this file is made private: what is pushed most likely goes there. */
const PRIVATE =
  /\b(?:private|hub_private_repo)["']?\s*[=:]\s*True\b|visibility["']?\s*[=:]\s*["'](?:private|protected)["']/;
/** Folders that hold the project rather than what is to be published. */
const WHOLE_PROJECT = /^(?:\.|\.\/|\.\.|\.\.\/|~|\/)$/;
const PROJECT_NAMES = ['os.getcwd()', 'pathlib.Path.cwd()', 'os.curdir'];

const messages = {
  publicByDefault: '`{callee}` publishes {what} to everybody unless it is made private; pass `{keyword}=True`',
  public: '`{argument}` publishes {what} to everybody; is it free of personal data?',
  wholeFolder: '`{callee}` publishes the whole folder, with `.env` files and data in it; pass `ignore_patterns`',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'A model or data set goes to a public repository of the Hugging Face Hub.',
  stages: ['training', 'deployment', 'data-collection'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-200',
    'CWE-552',
    'OWASP-ML05:2023',
    'OWASP-LLM02:2025',
    'AML.T0024',
    'https://huggingface.co/docs/huggingface_hub/guides/repository',
    'https://huggingface.co/docs/huggingface_hub/guides/upload',
  ],
  docs: {
    why: 'A new repository is public. A fine-tuned model that was trained on customers’ letters repeats their lines to whoever asks, and `upload_folder(".")` carries the `.env` with the keys of the data lake along; crawlers copy both within minutes.',
    instead:
      'Create the repository with `private=True`, upload a folder that holds nothing but the model, and publish on purpose, after a review.',
    fixSafety:
      'Others can no longer read a repository that is created private, so the fix is offered for review. A repository that exists keeps its visibility.',
    limits:
      'Whether the repository exists, and what an organisation sets as its default, is not known here. Models count as information, because many are published on purpose, and one level less where that is written out, in notebooks and in tests. Tokenizers, configurations and trainers (their arguments are judged) are silent. Any `private=True` in the file keeps pushes silent.',
    ignoreWhen: 'The model or the data is meant to be published and was reviewed for it.',
  },
  messages,
  query: python.calls(...CREATES, ...FOLDERS, ...PUSHES, ...ARGUMENTS),
  check(call: CallFact, context) {
    if (FOLDERS.includes(call.name)) checkFolder(call, context);
    if (call.name.endsWith('.upload_folder') || passesUnknown(call) || NOT_JUDGED.test(call.name)) return;
    if (ARGUMENTS.includes(call.name) && !isOn(call, 'push_to_hub', context)) return;
    const keyword = ARGUMENTS.includes(call.name) ? 'hub_private_repo' : 'private';
    const what = isData(call, context) ? 'a data set' : call.name.endsWith('_repo') ? 'the repository' : 'the model';
    const flag = argumentOf(call, keyword) ?? argumentOf(call, 'visibility');
    const value = flag === undefined ? undefined : context.python.value(flag.value);
    if (flag !== undefined && value?.kind !== 'none') {
      const open = value?.kind === 'boolean' ? !value.value : value?.kind === 'string' && value.value === 'public';
      if (!open) return;
      const written = context.text.slice(flag.range.start, flag.range.end);
      grade(context.report(flag.range, 'public', { argument: written.slice(0, 40), what }), call, context, 1).fix(
        'Make it private',
        'review',
        flag.name === 'visibility'
          ? edit.replace(flag.value.range, edit.quote(context.text, 'private'))
          : edit.replace(flag.value.range, 'True'),
        'others can no longer read a new repository',
      );
      return;
    }
    if (PRIVATE.test(context.text)) return;
    const target = ARGUMENTS.includes(call.name) ? argumentOf(call, 'push_to_hub')!.range : call.calleeRange;
    const callee = ARGUMENTS.includes(call.name) ? 'push_to_hub=True' : call.name.slice(call.name.lastIndexOf('.') + 1);
    grade(context.report(target, 'publicByDefault', { callee, what, keyword }), call, context, 0).fix(
      `Pass \`${keyword}=True\``,
      'review',
      edit.setKeyword(context.text, call.expression, keyword, 'True'),
      'others can no longer read a new repository',
    );
  },
  examples: [
    {
      bad: 'from datasets import Dataset\nrows = Dataset.from_pandas(frame)\n«rows.push_to_hub»("bank/letters")\n',
      message: 'publicByDefault',
      good: 'from datasets import Dataset\nrows = Dataset.from_pandas(frame)\nrows.push_to_hub("bank/letters", private=True)\n',
    },
    {
      bad: 'from transformers import TrainingArguments\nargs = TrainingArguments("out", «push_to_hub=True»)\n',
      message: 'publicByDefault',
      good: 'from transformers import TrainingArguments\nargs = TrainingArguments("out", push_to_hub=True, hub_private_repo=True)\n',
    },
    {
      bad: 'from huggingface_hub import create_repo\ncreate_repo("bank/letters", repo_type="dataset", «private=False»)\n',
      message: 'public',
      good: 'from huggingface_hub import create_repo\ncreate_repo("bank/letters", repo_type="dataset", private=True)\n',
    },
    {
      bad: 'from huggingface_hub import HfApi\napi = HfApi()\n«api.upload_folder»(repo_id="bank/scorer", folder_path=".")\n',
      message: 'wholeFolder',
      good: 'from huggingface_hub import HfApi\napi = HfApi()\napi.upload_folder(repo_id="bank/scorer", folder_path="model")\n',
      byHand: true,
    },
    {
      good: 'from huggingface_hub import create_repo\ncreate_repo("bank/scorer", private=True)\n',
      because: 'the repository is private',
    },
    {
      good: 'from huggingface_hub import create_repo, upload_folder\ncreate_repo("bank/scorer", private=public is False)\nupload_folder(repo_id="bank/scorer", folder_path="model")\n',
      because: 'the program decides while it runs',
    },
    {
      good: 'from huggingface_hub import HfApi\nHfApi().upload_folder(repo_id="bank/scorer", folder_path=".", allow_patterns=["*.safetensors"])\n',
      because: 'only the weights are uploaded',
    },
    {
      good: 'from transformers import TrainingArguments\nargs = TrainingArguments("out", push_to_hub=False)\n',
      because: 'nothing is uploaded',
    },
    {
      good: 'from git import Repo\nRepo(".").push_to_hub("bank/scorer")\n',
      because: 'another library',
    },
  ],
});

function isOn(call: CallFact, keyword: string, { python: py }: Context): boolean {
  const passed = argumentOf(call, keyword);
  const value = passed === undefined ? undefined : py.value(passed.value);
  return value?.kind === 'boolean' && value.value;
}

function isData(call: CallFact, { python: py }: Context): boolean {
  const type = argumentOf(call, 'repo_type');
  const value = type === undefined ? undefined : py.value(type.value);
  return call.name.startsWith('datasets.') || (value?.kind === 'string' && value.value === 'dataset');
}

/** Data sets are a warning, models information; what is written out, in a notebook or in a test one level less. */
function grade(report: ReturnType<Context['report']>, call: CallFact, context: Context, milder: number) {
  const experiment = context.path.endsWith('.ipynb') || isTestFile(context.path) ? 1 : 0;
  const steps = (isData(call, context) ? 0 : 1) + milder + experiment;
  return report.severity(steps === 0 ? 'warning' : steps === 1 ? 'info' : 'hint');
}

function checkFolder(call: CallFact, { report, python: py, path }: Context): void {
  if (passesUnknown(call) || argumentOf(call, 'ignore_patterns') || argumentOf(call, 'allow_patterns')) return;
  const folder = argumentOf(call, 'folder_path', call.name.endsWith('upload_large_folder') ? 1 : undefined);
  if (folder === undefined) return;
  const value = py.value(folder.value);
  const whole =
    value.kind === 'string'
      ? WHOLE_PROJECT.test(value.value)
      : py.names(folder.value).some((name) => PROJECT_NAMES.includes(name));
  if (!whole) return;
  const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
  const finding = report(call.calleeRange, 'wholeFolder', { callee });
  if (path.endsWith('.ipynb') || isTestFile(path)) finding.severity('info');
}
