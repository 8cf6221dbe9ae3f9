import { argumentOf, type CallFact, defineRule, edit, python } from '../../engine/index.js';

const COMMIT = /^[0-9a-f]{40}$/;

export default defineRule({
  summary: 'Code from a model repository is run on load.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-94',
    'CWE-829',
    'OWASP-LLM03:2025',
    'OWASP-ML06:2023',
    'AML.T0010.003',
    'https://huggingface.co/docs/transformers/main/en/models#custom-models',
  ],
  docs: {
    why: '`trust_remote_code=True` downloads Python files from the model repository and imports them. Whoever can push to that repository, now or later, runs code on the training machine and in the service.',
    instead:
      'Use a model whose class is part of the library. Where that is not possible, read the code once and pin both `revision` and `code_revision` to that commit.',
    fixSafety:
      'Models whose class lives in their repository stop loading without the argument, so the fix is offered for review.',
    limits:
      'A value that is computed at run time is not judged. A pinned commit lowers the level: its code can be read before it is trusted.',
    ignoreWhen: 'The commit is pinned and its code has been reviewed.',
  },
  messages: {
    runsCode: '`trust_remote_code=True` runs Python from the repository on load, and no commit is pinned',
    pinned: '`trust_remote_code=True` runs Python from the repository at the pinned commit; review that code',
  },
  query: python.callsWithKeyword('trust_remote_code'),
  check(call: CallFact, { report, python: py, text }) {
    if (/^(datasets\.|evaluate\.|dict$)/.test(call.name)) return;
    const flag = argumentOf(call, 'trust_remote_code');
    if (flag === undefined) return;
    const value = py.value(flag.value);
    if (value.kind !== 'boolean' || !value.value) return;
    const revision = argumentOf(call, 'code_revision') ?? argumentOf(call, 'revision');
    const commit = revision === undefined ? undefined : py.value(revision.value);
    const pinned = commit?.kind === 'string' && COMMIT.test(commit.value);
    const finding = pinned ? report(flag.range, 'pinned').severity('warning') : report(flag.range, 'runsCode');
    if (call.name === '?') finding.confidence('medium');
    finding.fix(
      'Remove `trust_remote_code=True`',
      'review',
      edit.removeArgument(text, call.expression, flag),
      'models whose class lives in their repository stop loading',
    );
  },
  examples: [
    {
      bad: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("org/model", «trust_remote_code=True»)\n',
      message: 'runsCode',
      good: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("org/model")\n',
    },
    {
      bad: 'import transformers as tf\nTRUST = True\npipe = tf.pipeline(\n    "text-generation",\n    model="org/model",\n    «trust_remote_code=TRUST»,\n)\n',
      message: 'runsCode',
      good: 'import transformers as tf\nTRUST = True\npipe = tf.pipeline(\n    "text-generation",\n    model="org/model",\n)\n',
    },
    {
      bad: `from sentence_transformers import SentenceTransformer\nnet = SentenceTransformer("org/model", «trust_remote_code=True», revision="${'0a1b2c3d'.repeat(5)}")\n`,
      message: 'pinned',
      good: `from sentence_transformers import SentenceTransformer\nnet = SentenceTransformer("org/model", revision="${'0a1b2c3d'.repeat(5)}")\n`,
    },
    {
      good: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("org/model", trust_remote_code=False)\n',
      because: 'switched off',
    },
    {
      good: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("org/model", trust_remote_code=args.trust)\n',
      because: 'the value is not known',
    },
    {
      good: 'from datasets import load_dataset\ndata = load_dataset("org/data", trust_remote_code=True)\n',
      because: 'data sets have a rule of their own',
    },
    { good: 'def load(path, trust_remote_code=True):\n    return path\n', because: 'a parameter default, not a call' },
  ],
});
