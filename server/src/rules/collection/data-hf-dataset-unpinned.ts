import { argumentOf, type CallFact, defineRule, edit, passesUnknown, placeholder, python } from '../../engine/index.js';
import { isHubId, LOCAL_BUILDERS, movingRevision, WHERE_COMMITS_ARE } from '../../knowledge/hub-references.js';

const LOADERS = [
  'datasets.load_dataset',
  'datasets.load_dataset_builder',
  'datasets.get_dataset_config_names',
  'datasets.get_dataset_split_names',
];
const DOWNLOADS = [
  'huggingface_hub.hf_hub_download',
  'huggingface_hub.snapshot_download',
  'huggingface_hub.HfApi().hf_hub_download',
  'huggingface_hub.HfApi().snapshot_download',
];

export default defineRule({
  summary: 'A data set is downloaded from the Hugging Face Hub without a commit.',
  stages: ['data-collection', 'training', 'evaluation'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-829',
    'OWASP-ML02:2023',
    'OWASP-LLM03:2025',
    'OWASP-LLM04:2025',
    'AML.T0010.002',
    'https://huggingface.co/docs/datasets/package_reference/loading_methods#datasets.load_dataset',
  ],
  overlaps: ['bandit:B615'],
  docs: {
    why: 'Without a commit every run reads whatever the `main` branch holds that day. Rows that somebody adds or relabels enter the training data unseen: the cheapest way to poison a model.',
    instead: 'Pass `revision` with the full 40-digit commit id of the data set.',
    fixSafety: 'The commit id is known to the Hub only, so the fix leaves a place for it.',
    limits: 'A name that is computed is not judged; names without an organisation are judged only for `load_dataset`.',
    ignoreWhen: 'The organisation is your own and its `main` branch is protected.',
  },
  messages: {
    movingBranch:
      '`{callee}("{id}")` reads whatever the data set\'s `main` branch holds that day; pin `revision` to a commit',
    movingRevision: '`revision="{revision}"` can move to other rows; pin the full commit id',
  },
  query: python.calls(...LOADERS, ...DOWNLOADS),
  check(call: CallFact, { report, python: py, workspace, config, text }) {
    const isLoader = LOADERS.includes(call.name);
    const type = argumentOf(call, 'repo_type');
    const repoType = type === undefined ? undefined : py.value(type.value);
    if (!isLoader && (repoType?.kind !== 'string' || repoType.value !== 'dataset')) return;
    const name = argumentOf(call, isLoader ? 'path' : 'repo_id', 0);
    if (name === undefined || passesUnknown(call)) return;
    const id = py.value(name.value);
    if (
      id.kind !== 'string' ||
      !isDataset(id.value, isLoader) ||
      config.trusted.organizations.includes(id.value.split('/')[0]!)
    )
      return;
    if (workspace.has(`${id.value}/README.md`) || workspace.has(id.value)) return;
    const revision = argumentOf(call, 'revision');
    const commit = edit.setKeyword(text, call.expression, 'revision', edit.quote(text, placeholder('commit')));
    const pin = ['Pin a commit', 'placeholder', commit, WHERE_COMMITS_ARE] as const;
    const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
    if (revision === undefined) {
      report(name.value.range, 'movingBranch', { callee, id: id.value }).fix(...pin);
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
      bad: 'from datasets import load_dataset\nrows = load_dataset(«"imdb"», split="train")\n',
      message: 'movingBranch',
      good: `from datasets import load_dataset\nrows = load_dataset("imdb", split="train", revision="${'0a1b2c3d'.repeat(5)}")\n`,
      fill: ['0a1b2c3d'.repeat(5)],
    },
    {
      bad: 'import huggingface_hub as hub\npath = hub.snapshot_download(«"org/data"», repo_type="dataset")\n',
      message: 'movingBranch',
      good: `import huggingface_hub as hub\npath = hub.snapshot_download("org/data", repo_type="dataset", revision="${'0a1b2c3d'.repeat(5)}")\n`,
      fill: ['0a1b2c3d'.repeat(5)],
    },
    {
      bad: 'import datasets as ds\nrows = ds.load_dataset("org/data", «revision="main"»)\n',
      message: 'movingRevision',
      good: `import datasets as ds\nrows = ds.load_dataset("org/data", revision="${'0a1b2c3d'.repeat(5)}")\n`,
      fill: ['0a1b2c3d'.repeat(5)],
    },
    {
      good: 'from datasets import load_dataset\nrows = load_dataset("csv", data_files="rows.csv")\n',
      because: 'a builder for local files',
    },
    { good: 'from datasets import load_dataset\nrows = load_dataset("./data/reviews")\n', because: 'a local folder' },
    {
      good: 'from datasets import load_dataset\nrows = load_dataset(name, revision=commit)\n',
      because: 'name and revision are not known',
    },
    { good: 'from seaborn import load_dataset\nrows = load_dataset("penguins")\n', because: 'another library' },
    {
      good: 'from huggingface_hub import snapshot_download\npath = snapshot_download("org/model")\n',
      because: 'a model, which has a rule of its own',
    },
  ],
});

function isDataset(id: string, canonical: boolean): boolean {
  if (LOCAL_BUILDERS.has(id)) return false;
  return isHubId(id) || (canonical && /^[a-z][\w.-]*$/.test(id) && !id.includes('.'));
}
