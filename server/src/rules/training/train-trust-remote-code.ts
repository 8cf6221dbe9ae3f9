import {
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  passesUnknown,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { COMMIT_ID } from '../../knowledge/hub-references.js';

/** Calls whose flag means something else: data scripts have a rule of their own, MCP servers run their own code. */
const OTHERS = /^(datasets\.|evaluate\.|dict$)|\.from_mcp$/;
const MODEL_ARGUMENTS = ['pretrained_model_name_or_path', 'model_name_or_path', 'model', 'model_id'];

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
      'A value that is computed at run time is not judged. A pinned commit, a revision that is not known and a literal local folder lower the level.',
    ignoreWhen: 'The commit is pinned and its code has been reviewed.',
  },
  messages: {
    runsCode: '`trust_remote_code=True` runs Python from the repository on load, and no commit is pinned',
    pinned: '`trust_remote_code=True` runs Python from the repository at the pinned commit; review that code',
    unknownRevision: '`trust_remote_code=True` runs Python from the repository; make `revision` a full commit id',
    localFolder: '`trust_remote_code=True` runs Python from the model folder `{folder}`; review that code',
  },
  query: python.callsWithKeyword('trust_remote_code'),
  check(call: CallFact, context) {
    const { report, python: py, text } = context;
    const flag = argumentOf(call, 'trust_remote_code');
    if (flag === undefined || OTHERS.test(call.name)) return;
    const value = py.value(flag.value);
    if (value.kind !== 'boolean' || !value.value) return;
    const folder = localFolder(call, context);
    const finding =
      folder !== undefined
        ? report(flag.range, 'localFolder', { folder }).severity('info')
        : report(flag.range, revisionMessage(call, context));
    if (folder === undefined && revisionMessage(call, context) !== 'runsCode') finding.severity('warning');
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
      bad: 'from transformers import AutoModel\ndef load(name, revision):\n    return AutoModel.from_pretrained(name, revision=revision, «trust_remote_code=True»)\n',
      message: 'unknownRevision',
      good: 'from transformers import AutoModel\ndef load(name, revision):\n    return AutoModel.from_pretrained(name, revision=revision)\n',
    },
    {
      bad: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("./models/net", «trust_remote_code=True»)\n',
      message: 'localFolder',
      good: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("./models/net")\n',
    },
    {
      good: 'from smolagents import ToolCollection\nwith ToolCollection.from_mcp(server, trust_remote_code=True) as tools:\n    pass\n',
      because: 'a confirmation about a server, not code of a model repository',
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

type Asked = Pick<RuleContext<Record<string, string>>, 'python' | 'workspace'>;

/** What is known of the code's version: a commit, a branch or nothing, or a value that is not known here. */
function revisionMessage(call: CallFact, { python: py }: Asked): 'runsCode' | 'pinned' | 'unknownRevision' {
  const revision = argumentOf(call, 'code_revision') ?? argumentOf(call, 'revision');
  if (revision === undefined) return passesUnknown(call) ? 'unknownRevision' : 'runsCode';
  const commit = py.value(revision.value);
  if (commit.kind === 'unknown' || commit.kind === 'partial') return 'unknownRevision';
  return commit.kind === 'string' && COMMIT_ID.test(commit.value) ? 'pinned' : 'runsCode';
}

/** The folder a model is loaded from, when it is written out. */
function localFolder(call: CallFact, { python: py, workspace }: Asked): string | undefined {
  const named = MODEL_ARGUMENTS.map((name) => argumentOf(call, name)).find((argument) => argument !== undefined);
  const model = named ?? argumentOf(call, undefined, 0);
  const id = model === undefined ? undefined : py.value(model.value);
  if (id?.kind !== 'string') return undefined;
  return /^(\.{0,2}\/|~|[A-Za-z]:\\)/.test(id.value) || workspace.has(`${id.value}/config.json`) ? id.value : undefined;
}
