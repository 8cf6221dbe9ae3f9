/*
 * What outsiders write into the contexts of a workflow, and which events carry it.
 * https://docs.github.com/en/actions/concepts/security/script-injections
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */

const PULL_REQUEST = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
] as const;

/** References in lower case, list items as `*`, and the events whose payload holds them. */
const UNTRUSTED: Readonly<Record<string, readonly string[]>> = {
  'github.head_ref': ['pull_request', 'pull_request_target'],
  ...spread('github.event.pull_request.', PULL_REQUEST, [
    ...['title', 'body', 'head.ref', 'head.label'],
    ...['head.repo.default_branch', 'head.repo.description', 'head.repo.homepage'],
  ]),
  ...spread('github.event.issue.', ['issues', 'issue_comment'], ['title', 'body']),
  'github.event.comment.body': ['issue_comment', 'pull_request_review_comment', 'commit_comment', 'discussion_comment'],
  ...spread('github.event.discussion.', ['discussion', 'discussion_comment'], ['title', 'body']),
  'github.event.review.body': ['pull_request_review'],
  'github.event.pages.*.page_name': ['gollum'],
  ...spread(
    'github.event.',
    ['push'],
    ['head_commit', 'commits.*'].flatMap((commit) =>
      ['message', 'author.email', 'author.name', 'committer.email', 'committer.name'].map(
        (part) => `${commit}.${part}`,
      ),
    ),
  ),
  ...spread(
    'github.event.workflow_run.',
    ['workflow_run'],
    [
      ...['head_branch', 'display_title', 'head_commit.message', 'head_commit.author.email', 'head_commit.author.name'],
      ...['head_repository.description', 'pull_requests.*.head.ref'],
    ],
  ),
};

const NAMES: readonly string[] = Object.keys(UNTRUSTED);

function spread(
  prefix: string,
  events: readonly string[],
  names: readonly string[],
): Record<string, readonly string[]> {
  return Object.fromEntries(names.map((name) => [prefix + name, events]));
}

/**
 * Events on which a reference holds text of an outsider; empty for everything else. A whole object (`github.event`) holds
 * what its parts hold.
 */
export function untrustedOn(reference: string): readonly string[] {
  const own = UNTRUSTED[reference];
  if (own !== undefined) return own;
  if (reference !== 'github' && !reference.startsWith('github.event')) return [];
  return [...new Set(NAMES.filter((name) => name.startsWith(`${reference}.`)).flatMap((name) => UNTRUSTED[name]!))];
}

/** True for text without blanks: names of branches and addresses of mail. */
export function isOneWord(reference: string): boolean {
  return /(?:^|[._])(?:ref|label|branch|email)$/.test(reference);
}

/** Events that outsiders cause and that run with the secrets and the writing token of the repository. */
export const PRIVILEGED_EVENTS: ReadonlySet<string> = new Set([
  'pull_request_target',
  'workflow_run',
  'issues',
  'issue_comment',
  'discussion',
  'discussion_comment',
  'commit_comment',
  'gollum',
]);
