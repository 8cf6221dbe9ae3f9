import { argumentOf, type CallFact, defineRule, edit, passesUnknown, placeholder, python } from '../../engine/index.js';
import { isHubId, movingRevision, WHERE_COMMITS_ARE } from '../../knowledge/hub-references.js';

/** Where a Hub id is passed: argument names in the order they came into use, and position. */
interface EntryPoint {
  readonly arguments: readonly string[];
  readonly position: number;
}

const ENTRY_POINTS: Readonly<Record<string, EntryPoint>> = {
  'transformers.pipeline': { arguments: ['model'], position: 1 },
  'huggingface_hub.hf_hub_download': { arguments: ['repo_id'], position: 0 },
  'huggingface_hub.snapshot_download': { arguments: ['repo_id'], position: 0 },
  'huggingface_hub.HfApi().hf_hub_download': { arguments: ['repo_id'], position: 0 },
  'huggingface_hub.HfApi().snapshot_download': { arguments: ['repo_id'], position: 0 },
  'sentence_transformers.SentenceTransformer': { arguments: ['model_name_or_path'], position: 0 },
  'sentence_transformers.SparseEncoder': { arguments: ['model_name_or_path'], position: 0 },
  'sentence_transformers.CrossEncoder': { arguments: ['model_name_or_path', 'model_name'], position: 0 },
  'sentence_transformers.cross_encoder.CrossEncoder': { arguments: ['model_name_or_path', 'model_name'], position: 0 },
};
const FROM_PRETRAINED: EntryPoint = { arguments: ['pretrained_model_name_or_path'], position: 0 };
/** `PeftModel.from_pretrained(model, model_id)`; configurations and Auto classes take the id first. */
const ADAPTER: EntryPoint = { arguments: ['model_id'], position: 1 };
const ADAPTED = /^peft\.(?:.*\.)?(?!Auto)\w*Model\w*\.from_pretrained$/;

export default defineRule({
  summary: 'A model is downloaded from the Hugging Face Hub without a commit.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-829',
    'OWASP-LLM03:2025',
    'OWASP-ML06:2023',
    'OWASP-ML07:2023',
    'AML.T0010.003',
    'https://huggingface.co/docs/huggingface_hub/guides/download',
  ],
  overlaps: ['bandit:B615'],
  docs: {
    why: "Without a commit the download follows the `main` branch. A repository that changes owner or is broken into delivers other weights to the next training run, and nobody can tell which ones last month's model was made of.",
    instead: 'Pass `revision` with the full 40-digit commit id; tags, branches and short ids can move.',
    fixSafety: 'The commit id is known to the Hub only, so the fix leaves a place for it.',
    limits: 'An id that is computed, or that looks like a local folder, is not judged.',
    ignoreWhen: 'The organisation is your own and its `main` branch is protected.',
  },
  messages: {
    movingBranch: '`{callee}("{id}")` follows the moving `main` branch; pin `revision` to a commit',
    movingRevision: '`revision="{revision}"` can move to other weights; pin the full commit id',
  },
  query: python.calls(
    'transformers.**.from_pretrained',
    'diffusers.**.from_pretrained',
    'peft.**.from_pretrained',
    'optimum.**.from_pretrained',
    ...Object.keys(ENTRY_POINTS),
  ),
  check(call: CallFact, { report, python: py, workspace, config, text }) {
    const entry = ENTRY_POINTS[call.name] ?? (ADAPTED.test(call.name) ? ADAPTER : FROM_PRETRAINED);
    const model =
      entry.arguments.map((name) => argumentOf(call, name)).find((argument) => argument !== undefined) ??
      argumentOf(call, undefined, entry.position);
    const type = argumentOf(call, 'repo_type');
    if (model === undefined || passesUnknown(call) || (type !== undefined && py.value(type.value).kind !== 'none'))
      return;
    const id = py.value(model.value);
    if (id.kind !== 'string' || !isHubId(id.value) || config.trusted.organizations.includes(id.value.split('/')[0]!))
      return;
    if (
      workspace.has(`${id.value}/config.json`) ||
      text.includes(`save_pretrained("${id.value}"`) ||
      text.includes(`save_pretrained('${id.value}'`)
    )
      return;
    const local = argumentOf(call, 'local_files_only');
    if (local !== undefined) {
      const only = py.value(local.value);
      if (only.kind !== 'boolean' || only.value) return;
    }
    const revision = argumentOf(call, 'revision');
    const commit = edit.setKeyword(text, call.expression, 'revision', edit.quote(text, placeholder('commit')));
    const pin = ['Pin a commit', 'placeholder', commit, WHERE_COMMITS_ARE] as const;
    if (revision === undefined) {
      const callee = call.name
        .split('.')
        .slice(call.name.endsWith('from_pretrained') ? -2 : -1)
        .join('.');
      report(model.value.range, 'movingBranch', { callee, id: id.value }).fix(...pin);
      return;
    }
    const moving = movingRevision(py.value(revision.value));
    if (moving === undefined) return;
    const finding = report(revision.range, 'movingRevision', { revision: moving });
    // A name may be used elsewhere too.
    if (revision.value.kind === 'string') finding.fix(...pin);
  },
  examples: [
    {
      bad: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained(«"org/model"»)\n',
      message: 'movingBranch',
      good: `from transformers import AutoModel\nnet = AutoModel.from_pretrained("org/model", revision="${'0a1b2c3d'.repeat(5)}")\n`,
      fill: ['0a1b2c3d'.repeat(5)],
    },
    {
      bad: 'from huggingface_hub import snapshot_download as fetch\npath = fetch(repo_id=«"org/model"»)\n',
      message: 'movingBranch',
      good: `from huggingface_hub import snapshot_download as fetch\npath = fetch(repo_id="org/model", revision="${'0a1b2c3d'.repeat(5)}")\n`,
      fill: ['0a1b2c3d'.repeat(5)],
    },
    {
      bad: 'import transformers\nnet = transformers.AutoModel.from_pretrained("org/model", «revision="v1.0"»)\n',
      message: 'movingRevision',
      good: `import transformers\nnet = transformers.AutoModel.from_pretrained("org/model", revision="${'0a1b2c3d'.repeat(5)}")\n`,
      fill: ['0a1b2c3d'.repeat(5)],
    },
    {
      bad: 'from peft import PeftModel\nnet = PeftModel.from_pretrained(base, «"org/adapter"»)\n',
      message: 'movingBranch',
      good: `from peft import PeftModel\nnet = PeftModel.from_pretrained(base, "org/adapter", revision="${'0a1b2c3d'.repeat(5)}")\n`,
      fill: ['0a1b2c3d'.repeat(5)],
    },
    {
      good: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("your-name/model")\n',
      because: 'a placeholder of the documentation',
    },
    {
      good: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("./checkpoints/last")\n',
      because: 'a local folder',
    },
    {
      good: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("results/checkpoint-500")\n',
      because: 'the output folder of a trainer',
    },
    {
      good: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained(args.model)\n',
      because: 'the id is not known',
    },
    {
      good: `from transformers import AutoModel\nREV = "${'0a1b2c3d'.repeat(5)}"\nnet = AutoModel.from_pretrained("org/model", revision=REV)\n`,
      because: 'pinned through a constant',
    },
    {
      good: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("org/model", revision=revision)\n',
      because: 'the revision is not known',
    },
    { good: 'net = AutoModel.from_pretrained("org/model")\n', because: 'nothing says which library this is' },
  ],
});
