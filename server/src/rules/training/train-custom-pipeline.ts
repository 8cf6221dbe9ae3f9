import {
  type Argument,
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { COMMIT_ID, isHubId } from '../../knowledge/hub-references.js';

const METHODS = ['from_pretrained', 'from_pipe', 'download'];
const LOCAL_PATH = /^(?:\.{0,2}\/|~|[A-Za-z]:\\)|\.py$/;
const COMMIT = '0a1b2c3d'.repeat(5);

const messages = {
  hub: '`custom_pipeline` runs Python from `{id}`, and no commit is pinned; set `custom_revision` to a commit',
  moving: '`custom_revision="{revision}"` can move to other code, which `custom_pipeline` runs; pin the full commit id',
  community: '`custom_pipeline` runs `{id}.py` from the unreleased branch of Diffusers; leave `custom_revision` out',
  folder: '`custom_pipeline` runs Python from `{id}` outside of this project; review that code',
  outside: '`custom_pipeline` takes the name of code to run from outside: {description}; allow known names only',
  generate: '`custom_generate` runs Python from `{id}`, and no commit is pinned; pass `revision` with a commit',
} as const;

export default defineRule({
  summary: 'A generation pipeline is loaded as code from a repository.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-94',
    'CWE-829',
    'OWASP-LLM03:2025',
    'OWASP-ML06:2023',
    'AML.T0010.003',
    'CVE-2026-44513',
    'https://huggingface.co/docs/diffusers/main/en/using-diffusers/custom_pipeline_overview',
    'https://huggingface.co/docs/transformers/main/en/generation_strategies',
  ],
  docs: {
    why: 'The name of a custom pipeline is the address of a `pipeline.py` that Diffusers downloads and imports; before 0.38 not even `trust_remote_code` stands in between. Who takes over that repository runs code on every machine that draws the next image, with its tokens and data.',
    instead:
      'Keep a reviewed copy of the pipeline in the project, or pin `custom_revision` to the full commit id of the version that was read.',
    fixSafety:
      'Without `custom_revision` the pipeline of the installed release is used, which may differ from the branch, so the fix is offered for review. A commit id cannot be made up.',
    limits:
      'Names that are computed are not judged unless they come from a request. A single name is a community pipeline that was reviewed for the release and is passed over, as is a file of this project. With `trust_remote_code=True` the rule about that flag speaks for `custom_generate`.',
    ignoreWhen: 'The repository is your own and its branches are protected; `trusted.organizations` says so too.',
  },
  messages,
  query: [
    python.calls(...METHODS.map((method) => `diffusers.**.${method}`)),
    python.callsWithKeyword('custom_generate'),
  ],
  check(call: CallFact, context) {
    const pipeline = argumentOf(call, 'custom_pipeline');
    if (pipeline !== undefined && call.name.startsWith('diffusers.')) checkPipeline(call, pipeline, context);
    const generate = argumentOf(call, 'custom_generate');
    if (generate !== undefined) checkGenerate(call, generate, context);
  },
  examples: [
    {
      bad: 'from diffusers import DiffusionPipeline\npipe = DiffusionPipeline.from_pretrained("org/model", custom_pipeline=«"org/pipeline"»)\n',
      message: 'hub',
      good: `from diffusers import DiffusionPipeline\npipe = DiffusionPipeline.from_pretrained("org/model", custom_pipeline="org/pipeline", custom_revision="${COMMIT}")\n`,
      byHand: true,
      given: { diffusers: '0.31.0' },
    },
    {
      bad: 'import diffusers as df\npipe = df.DiffusionPipeline.from_pretrained("org/model", custom_pipeline="org/pipeline", «custom_revision="v1"»)\n',
      message: 'moving',
      good: `import diffusers as df\npipe = df.DiffusionPipeline.from_pretrained("org/model", custom_pipeline="org/pipeline", custom_revision="${COMMIT}")\n`,
      byHand: true,
    },
    {
      bad: 'from diffusers import DiffusionPipeline\npipe = DiffusionPipeline.from_pretrained("org/model", custom_pipeline="lpw_stable_diffusion", «custom_revision="main"»)\n',
      message: 'community',
      good: 'from diffusers import DiffusionPipeline\npipe = DiffusionPipeline.from_pretrained("org/model", custom_pipeline="lpw_stable_diffusion")\n',
    },
    {
      bad: 'from diffusers import DiffusionPipeline\npipe = DiffusionPipeline.from_pretrained("org/model", custom_pipeline=«"/mnt/shared/pipeline.py"»)\n',
      message: 'folder',
      good: 'from diffusers import DiffusionPipeline\npipe = DiffusionPipeline.from_pretrained("org/model")\n',
      byHand: true,
    },
    {
      bad: 'from diffusers import DiffusionPipeline\nfrom flask import request\npipe = DiffusionPipeline.from_pretrained("org/model", custom_pipeline=«request.args["pipeline"]»)\n',
      message: 'outside',
      good: 'from diffusers import DiffusionPipeline\nfrom flask import request\npipe = DiffusionPipeline.from_pretrained("org/model")\n',
      byHand: true,
    },
    {
      bad: 'def answer(model, ids):\n    return model.generate(ids, custom_generate=«"org/sampler"»)\n',
      message: 'generate',
      good: `def answer(model, ids):\n    return model.generate(ids, custom_generate="org/sampler", revision="${COMMIT}")\n`,
      byHand: true,
    },
    {
      good: 'from diffusers import DiffusionPipeline\npipe = DiffusionPipeline.from_pretrained("org/model", custom_pipeline="lpw_stable_diffusion")\n',
      because: 'a community pipeline of the installed release',
    },
    {
      good: 'from diffusers import DiffusionPipeline\npipe = DiffusionPipeline.from_pretrained("org/model", custom_pipeline="org/pipeline")\n',
      given: { diffusers: '0.38.0' },
      because: 'refused since 0.38 without `trust_remote_code=True`',
    },
    {
      good: 'from diffusers import DiffusionPipeline\npipe = DiffusionPipeline.from_pretrained("org/model", custom_pipeline=name)\n',
      because: 'the name is not known',
    },
    {
      good: 'from pycaret.classification import setup\nsetup(data, custom_pipeline="org/pipeline")\n',
      because: 'another library',
    },
    {
      good: 'def answer(model, ids, sampler):\n    return model.generate(ids, custom_generate=sampler)\n',
      because: 'may be a function of the program',
    },
  ],
});

type Asked = RuleContext<typeof messages>;

function checkPipeline(call: CallFact, pipeline: Argument, context: Asked): void {
  const { report, python: py, text, workspace, config } = context;
  const value = py.value(pipeline.value);
  if (value.kind !== 'string') {
    const { tier, operator, description, trail } = py.origin(pipeline.value);
    if (tier !== 'T1' || operator) return;
    const finding = report(pipeline.value.range, 'outside', { description });
    for (const step of trail) finding.related(step.range, step.message);
    return;
  }
  const id = value.value;
  const revision = argumentOf(call, 'custom_revision');
  const known = revision === undefined ? undefined : py.value(revision.value);
  if (LOCAL_PATH.test(id)) {
    if (!isOwnFile(id, workspace)) report(pipeline.value.range, 'folder', { id }).severity('info');
    return;
  }
  if (!id.includes('/')) {
    if (revision === undefined || known?.kind !== 'string' || known.value !== 'main') return;
    report(revision.range, 'community', { id })
      .severity('warning')
      .fix(
        'Leave `custom_revision` out',
        'review',
        edit.removeArgument(text, call.expression, revision),
        'the pipeline of the installed release may differ from the branch',
      );
    return;
  }
  if (!isHubId(id) || config.trusted.organizations.includes(id.split('/')[0]!) || isOwnFile(id, workspace)) return;
  const trusted = trusts(call, context);
  const diffusers = context.version('diffusers');
  const refused = diffusers !== undefined && isBelow(diffusers, '0.38') === false;
  if (refused && trusted !== true) return;
  if (revision === undefined || known?.kind === 'none') {
    const finding = report(pipeline.value.range, 'hub', { id });
    if (diffusers !== undefined) finding.related(diffusers.place, 'diffusers is pinned here');
    // Where the flag is passed its own rule speaks about the trust; what is left here is the commit.
    if (trusted === true) finding.severity('warning');
  } else if (known?.kind === 'string' && !COMMIT_ID.test(known.value))
    report(revision.range, 'moving', { revision: known.value.slice(0, 40) }).severity('warning');
}

function checkGenerate(call: CallFact, generate: Argument, context: Asked): void {
  const { report, python: py, config, workspace } = context;
  const id = py.value(generate.value);
  if (id.kind !== 'string' || !isHubId(id.value) || !id.value.includes('/') || isOwnFile(id.value, workspace)) return;
  if (config.trusted.organizations.includes(id.value.split('/')[0]!)) return;
  if (trusts(call, context) !== undefined || argumentOf(call, 'revision') !== undefined) return;
  // Without the flag a question on the terminal stands in between.
  report(generate.value.range, 'generate', { id: id.value }).severity('warning');
}

function trusts(call: CallFact, { python: py }: Asked): boolean | undefined {
  const flag = argumentOf(call, 'trust_remote_code');
  const value = flag === undefined ? undefined : py.value(flag.value);
  return value?.kind === 'boolean' ? value.value : undefined;
}

function isOwnFile(path: string, workspace: Asked['workspace']): boolean {
  const plain = path.replace(/^\.\//, '').replace(/\/$/, '');
  return workspace.has(plain) || workspace.has(`${plain}/pipeline.py`);
}
