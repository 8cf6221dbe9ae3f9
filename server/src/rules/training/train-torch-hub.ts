import type { Severity } from '../../base/severity.js';
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
import { COMMIT_ID, isHubId } from '../../knowledge/hub-references.js';

/** Positions of `skip_validation` and `trust_repo`; `load` hands positional arguments on to the model. */
const FLAGS: Readonly<Record<string, readonly [skip: number | undefined, trust: number | undefined]>> = {
  'torch.hub.load': [undefined, undefined],
  'torch.hub.list': [2, 3],
  'torch.hub.help': [3, 4],
};
/** Owners that torch itself never asks about (`_TRUSTED_REPO_OWNERS` in `torch/hub.py`, the same from 2.0 to 2.15). */
const KNOWN_OWNERS = ['pytorch', 'facebookresearch', 'facebookincubator', 'fairinternal'];
/** Branches by the names everybody gives them: no better than naming none. */
const BRANCH = /^(refs\/heads\/.+|main|master|head|dev|devel|develop|development|trunk|nightly|latest)$/i;
const SHORT_ID = /^(?=.*\d)[0-9a-f]{7,39}$/;
const COMMIT = '0a1b2c3d'.repeat(5);

export default defineRule({
  summary: 'Code from a GitHub repository is run through PyTorch Hub without a commit.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-829',
    'CWE-494',
    'OWASP-ML06:2023',
    'OWASP-ML07:2023',
    'https://docs.pytorch.org/docs/stable/hub.html',
  ],
  docs: {
    why: "PyTorch Hub downloads an archive of the repository and imports its `hubconf.py`. Whoever takes over the account or can push to the branch runs code on the training machine with the next empty cache, with the job's credentials at hand.",
    instead:
      'Name the full commit id of a released tag: `owner/repo:<commit>`. PyTorch looks for it among the heads of branches and tags only; any other commit belongs into a checked-in or vendored copy, loaded with `source="local"`.',
    fixSafety:
      'A question on the terminal stops jobs that nobody watches, and a ref that is no branch or tag of the repository is refused, so both fixes are offered for review. A commit id cannot be made up.',
    limits:
      'A source or a repository that is computed is not judged by its ref. Next to a full commit id both switches are left alone: the code cannot change any more, and commits that are not the head of a branch or tag load in no other way. Tags lower the level, as do owners that PyTorch trusts by itself and a `hubconf.py` at the root of the workspace, whose own repository may be meant.',
    ignoreWhen:
      'The repository is your own and its branches and tags are protected; `trusted.organizations` says so too.',
  },
  messages: {
    movingBranch: '`{callee}` runs code from the moving branch of `{repo}`; pin a full commit id',
    movingRef: '`{ref}` can move to other code, which `{callee}` runs; pin the full commit id',
    trusted: '`trust_repo=True` runs code from a repository without asking whether to trust it; pass `"check"`',
    unchecked: '`skip_validation=True` also runs commits that only a fork holds; leave the check on',
  },
  words: ['hub'],
  query: python.calls(...Object.keys(FLAGS)),
  check(call: CallFact, context) {
    const { report, python: py, config, text, workspace } = context;
    if (!fromGitHub(call, context)) return;
    const callee = call.name.split('.').slice(1).join('.');
    const argument = argumentOf(call, 'repo_or_dir') ?? argumentOf(call, 'github', 0);
    const value = argument === undefined ? undefined : py.value(argument.value);
    const known = value?.kind === 'string' ? value.value : undefined;
    const [repo = '', ref] = known?.split(':') ?? [];
    if (known !== undefined && (!repo.includes('/') || !isHubId(repo))) return;
    const owner = (value?.kind === 'partial' && value.prefix.includes('/') ? value.prefix : repo).split('/')[0]!;
    if (config.trusted.organizations.includes(owner)) return;
    if (ref !== undefined && COMMIT_ID.test(ref)) return;
    const askedAbout = !KNOWN_OWNERS.includes(owner);
    // Who publishes through the hub mostly loads what is published: nothing here says which repository that is.
    const outside = askedAbout && !workspace.has('hubconf.py');
    if (known !== undefined) {
      const moving = ref === undefined || BRANCH.test(ref);
      const level: Severity = moving && outside ? 'error' : moving || outside ? 'warning' : 'info';
      const finding = moving
        ? report(argument!.value.range, 'movingBranch', { callee, repo: repo.slice(0, 60) })
        : report(argument!.value.range, 'movingRef', { callee, ref: ref.slice(0, 40) });
      finding.severity(SHORT_ID.test(ref ?? '') ? 'info' : level);
      if (passesUnknown(call)) finding.confidence('medium');
    } else if (passesUnknown(call)) return;
    const [skipAt, trustAt] = FLAGS[call.name]!;
    const trust = switchedOn(call, 'trust_repo', trustAt, context);
    if (trust !== undefined && askedAbout) {
      const finding = report(trust.range, 'trusted').severity('warning');
      if (known === undefined) finding.confidence('medium');
      finding.fix(
        'Pass `"check"`',
        'review',
        edit.replace(trust.value.range, edit.quote(text, 'check')),
        'the first download waits for an answer on the terminal',
      );
    }
    const skip = switchedOn(call, 'skip_validation', skipAt, context);
    // The default branch and branches by name are the repository's own: nothing is skipped that could fail.
    if (skip === undefined || (known !== undefined && (ref === undefined || BRANCH.test(ref)))) return;
    const finding = report(skip.range, 'unchecked').severity('warning');
    if (known === undefined) finding.confidence('medium');
    const byName = skip.name !== undefined;
    finding.fix(
      byName ? 'Remove `skip_validation=True`' : 'Pass `False`',
      'review',
      byName ? edit.removeArgument(text, call.expression, skip) : edit.replace(skip.value.range, 'False'),
      'a ref that is no branch or tag of the repository is refused, and GitHub is asked',
    );
  },
  examples: [
    {
      bad: 'import torch\nnet = torch.hub.load(«"org/net"», "large", pretrained=True)\n',
      message: 'movingBranch',
      good: `import torch\nnet = torch.hub.load("org/net:${COMMIT}", "large", pretrained=True)\n`,
      byHand: true,
    },
    {
      bad: 'from torch import hub\nnames = hub.list(«"org/net:main"»)\n',
      message: 'movingBranch',
      good: `from torch import hub\nnames = hub.list("org/net:${COMMIT}")\n`,
      byHand: true,
    },
    {
      bad: 'import torch\nnet = torch.hub.load(repo_or_dir=«"org/net:v1.2"», model="large")\n',
      message: 'movingRef',
      good: `import torch\nnet = torch.hub.load(repo_or_dir="org/net:${COMMIT}", model="large")\n`,
      byHand: true,
    },
    {
      bad: 'import torch\ndef build(repo):\n    return torch.hub.load(repo, "large", «trust_repo=True»)\n',
      message: 'trusted',
      good: 'import torch\ndef build(repo):\n    return torch.hub.load(repo, "large", trust_repo="check")\n',
    },
    {
      bad: 'import torch\ndef build(repo):\n    return torch.hub.load(repo, "large", «skip_validation=True», force_reload=True)\n',
      message: 'unchecked',
      good: 'import torch\ndef build(repo):\n    return torch.hub.load(repo, "large", force_reload=True)\n',
    },
    {
      good: 'import torch\nnet = torch.hub.load("vendor/net", "large", source="local", trust_repo=True)\n',
      because: 'a folder of the project',
    },
    {
      good: `import torch\nnet = torch.hub.load("org/net:${COMMIT}", "large", trust_repo=True, skip_validation=True)\n`,
      because: 'pinned to a commit, which cannot change',
    },
    { good: 'import torch\nnet = torch.hub.load(args.repo, args.model)\n', because: 'the repository is not known' },
    {
      good: 'import torch\nnet = torch.hub.load(args.repo, "large", trust_repo="check", skip_validation=False)\n',
      because: 'both checks are on',
    },
    {
      good: 'import torch\nnet = torch.hub.load(path, "large", source=source, trust_repo=True)\n',
      because: 'the source is not known',
    },
    {
      good: 'import tensorflow_hub as hub\nnet = hub.load("org/net")\n',
      because: 'another hub',
    },
  ],
});

type Asked = Pick<RuleContext<Record<never, string>>, 'python'>;

/** `source` is "github" by default; one that is not known may be "local". */
function fromGitHub(call: CallFact, { python: py }: Asked): boolean {
  if (call.name !== 'torch.hub.load') return true;
  const source = argumentOf(call, 'source');
  if (source === undefined) return true;
  const value = py.value(source.value);
  return value.kind === 'string' && value.value.toLowerCase() === 'github';
}

function switchedOn(
  call: CallFact,
  name: string,
  position: number | undefined,
  { python: py }: Asked,
): Argument | undefined {
  const argument = argumentOf(call, name, position);
  const value = argument === undefined ? undefined : py.value(argument.value);
  return value?.kind === 'boolean' && value.value ? argument : undefined;
}
