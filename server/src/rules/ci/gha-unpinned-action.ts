import type { TextEdit } from '../../base/range.js';
import {
  at,
  type ConfigEntry,
  config,
  defineRule,
  edit,
  placeholder,
  type RuleContext,
  text as textOf,
} from '../../engine/index.js';
import { imageReference, isMovingImage } from '../../knowledge/container-images.js';
import { offerDigest } from '../_images.js';

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const RELEASE = /^v?\d+(?:\.\d+)*(?:[-+.][\w.-]+)?$/i;
const ACTION = /^([\w.-]+)\/([\w.-]+)((?:\/[\w./-]+)?)@(\S+)$/;
const PINNED = /\buses:[ \t]*["']?([\w.-]+\/[\w./-]+)@([0-9a-f]{40})["']?[ \t]*(?:#[ \t]*(\S+))?/g;

/** Owners whose actions GitHub itself writes. */
const FIRST_PARTY: ReadonlySet<string> = new Set(['actions', 'github']);

/** Files of a project's root that say on which page of GitHub it lives, and the paths of those entries. */
const OWN_PAGES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'pyproject.toml': [
    ...['Homepage', 'homepage', 'Repository', 'repository', 'Source', 'source'].map((key) => ['project', 'urls', key]),
    ['tool', 'poetry', 'repository'],
    ['tool', 'poetry', 'homepage'],
  ],
  'package.json': [['repository', 'url'], ['repository'], ['homepage']],
  'mkdocs.yml': [['repo_url']],
};

export default defineRule({
  summary: 'A workflow runs an action that can change under it.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-829',
    'CWE-494',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions',
  ],
  docs: {
    why: 'An action runs with the workflow’s token and the cloud role that may read training data and push models. When the tags of tj-actions/changed-files were moved in March 2025, every workflow that named a tag printed its secrets.',
    instead: 'Name the full commit and keep the version as a comment: `uses: owner/action@<40 characters> # v4.2.2`.',
    fixSafety:
      'The commit that the same file names elsewhere may be another version than the tag stands for, so the fix is offered for review. Another fix leaves a place for the commit.',
    limits:
      'Branches and moving images are warnings, tags of third parties information, tags of `actions/*` and `github/*` hints. Branches of the owner that `pyproject.toml`, `package.json` or `mkdocs.yml` of the project names as its own, and of repositories called `.github`, are information. Commits cannot be looked up here. References with expressions are not judged.',
    ignoreWhen: 'The action is your own and its tags are protected.',
  },
  messages: {
    branch: '`{action}` follows `{ref}`, so whoever pushes there runs here; name a commit',
    tag: '`{action}` follows the tag `{ref}`, which its owner can move; name a commit',
    image: '`{image}` can be replaced in its registry and then runs here; name its digest',
  },
  query: [
    config.entries(['github-workflow'], 'jobs.*.steps.*.uses'),
    config.entries(['github-workflow'], 'jobs.*.uses'),
    config.entries(['github-action'], 'runs.steps.*.uses'),
  ],
  check(entry: ConfigEntry, { report, text, workspace }) {
    const uses = textOf(entry);
    if (uses === undefined || uses.includes('${{') || uses.startsWith('./') || uses.startsWith('../')) return;
    if (uses.startsWith('docker://')) {
      const image = imageReference(uses.slice('docker://'.length));
      if (image.digest !== undefined) return;
      const finding = report(entry.valueRange, 'image', { image: uses.slice(9, 69) });
      offerDigest(finding.severity(isMovingImage(image) ? 'warning' : 'info'), entry, text);
      return;
    }
    const match = ACTION.exec(uses);
    if (match === null || COMMIT.test(match[4]!)) return;
    const [, owner = '', name, folder, ref = ''] = match;
    const action = `${owner}/${name}${folder}`;
    const release = RELEASE.test(ref);
    const values = { action: action.slice(0, 60), ref: ref.slice(0, 30) };
    const finding = release ? report(entry.valueRange, 'tag', values) : report(entry.valueRange, 'branch', values);
    if (release) finding.severity(FIRST_PARTY.has(owner.toLowerCase()) ? 'hint' : 'info');
    else if (name === '.github' || ownersOf(workspace).has(owner.toLowerCase())) finding.severity('info');
    const pinned = pinnedElsewhere(text, action, release ? ref : undefined);
    if (pinned !== undefined) {
      finding.fix(
        `Use the commit \`${pinned.commit.slice(0, 12)}\` this file names elsewhere`,
        'review',
        pinEdits(entry, text, action, pinned),
        'it may be another version',
      );
    }
    const commit = { commit: placeholder('commit'), version: release ? ref : undefined };
    finding.fix(
      'Name a commit',
      'placeholder',
      pinEdits(entry, text, action, commit),
      `all characters of the commit \`${values.ref}\` stands for`,
    );
  },
  examples: [
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: «aws-actions/configure-aws-credentials@main»\n',
      message: 'branch',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: aws-actions/configure-aws-credentials@b47578312673ae6fa5b5096b330d9fbac3d116df\n',
      fill: ['b47578312673ae6fa5b5096b330d9fbac3d116df'],
    },
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\njobs:\n  lint:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: «actions/checkout@v4»\n',
      message: 'tag',
      good: 'on: push\njobs:\n  lint:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n',
    },
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: «iterative/setup-cml@v2»\n',
      message: 'tag',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: iterative/setup-cml@b1d5ba5c3f6b8a7c5d8e9f00112233445566778a # v2\n',
      fill: ['b1d5ba5c3f6b8a7c5d8e9f00112233445566778a'],
    },
    {
      path: '.github/workflows/scan.yml',
      bad: 'on: push\njobs:\n  scan:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: «docker://ghcr.io/example/scanner:1.4»\n',
      message: 'image',
      good: 'on: push\njobs:\n  scan:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: docker://ghcr.io/example/scanner:1.4@sha256:9c900dea9e8fb7e16277c179b555cc72d29a352dbc33cff48ad5a0412fd5bfc7\n',
      fill: ['sha256:9c900dea9e8fb7e16277c179b555cc72d29a352dbc33cff48ad5a0412fd5bfc7'],
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n',
      because: 'a full commit',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  train:\n    uses: ./.github/workflows/shared.yml\n',
      because: 'a workflow of this repository, at this commit',
    },
    {
      path: 'pipeline.yml',
      good: 'jobs:\n  train:\n    steps:\n      - uses: actions/checkout@v4\n',
      because: 'no GitHub workflow',
    },
  ],
});

interface Pinned {
  readonly commit: string;
  readonly version: string | undefined;
}

/** The commit this text names for an action, when its version comment fits the tag (`v4` and `v4.2.2`). */
function pinnedElsewhere(text: string, action: string, tag: string | undefined): Pinned | undefined {
  for (const [, name, commit = '', comment] of text.matchAll(PINNED)) {
    if (name?.toLowerCase() !== action.toLowerCase()) continue;
    const version = comment !== undefined && RELEASE.test(comment) ? comment : undefined;
    if (tag === undefined || (version !== undefined && `${version}.`.startsWith(`${tag}.`))) return { commit, version };
  }
  return undefined;
}

function pinEdits(entry: ConfigEntry, text: string, action: string, { commit, version }: Pinned): TextEdit[] {
  const edits = edit.setScalar(text, entry, `${action}@${commit}`);
  const rest = /^[^\r\n]*/.exec(text.slice(entry.valueRange.end, entry.valueRange.end + 500))![0];
  const comment = version === undefined || rest.trim() !== '' ? [] : edit.insert(entry.valueRange.end, ` # ${version}`);
  return [...edits, ...comment];
}

/** Owners on GitHub, in small letters, that the project names as its own. */
function ownersOf(workspace: RuleContext<Record<string, string>>['workspace']): ReadonlySet<string> {
  const pages = workspace
    .configsBeside('.github')
    .flatMap(({ path, facts }) => (OWN_PAGES[path] ?? []).map((keys) => textOf(at(facts.roots[0], ...keys)) ?? ''));
  return new Set(pages.flatMap((page) => /github\.com[/:]([\w.-]+)\//.exec(page)?.[1]?.toLowerCase() ?? []));
}
