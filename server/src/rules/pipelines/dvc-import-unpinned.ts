import {
  type ConfigEntry,
  child,
  config,
  configEdit,
  defineRule,
  edit,
  placeholder,
  text as textOf,
} from '../../engine/index.js';

const COMMIT = /^[0-9a-f]{7,64}$/i;
/** `v1.2`, `2024.1`, `release-3.0.1`: tags, which move only when somebody means it. */
const RELEASE = /(?:^|[-_/])v?\d+(?:\.\d+)+(?:[-.+]?\w)*$|^v\d+$/i;

/** What is asked for, for the title of a fix. */
const WHICH_COMMIT = 'the commit of the other repository that the data here came from';

export default defineRule({
  summary: 'Data imported from another DVC project is not pinned to a commit.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'OWASP-ML02:2023',
    'AML.T0010.002',
    'https://doc.dvc.org/command-reference/import',
    'https://doc.dvc.org/user-guide/project-structure/dvc-files',
  ],
  docs: {
    why: 'Without a commit DVC takes the data from wherever the other repository stands when somebody fetches it. A push there, by a colleague or with a stolen account, changes the training set here without any line of this project changing.',
    instead:
      'Run `dvc update --rev <commit or tag>` on the file: DVC writes the commit it took as `rev_lock` beside the address.',
    fixSafety:
      'Which commit the data came from has to be asked of the other repository, so the fix leaves a place for it.',
    limits:
      'A `rev_lock` names the commit, whatever `rev` says, so nothing is reported beside it. A commit or a release tag as `rev` counts as pinned. Imports by address (`dvc import-url`) are held by their hash.',
    ignoreWhen: 'The other project is a folder of the same repository or is released together with this one.',
  },
  messages: {
    moving: 'Data of `{repo}` follows branch `{rev}` without `rev_lock`, so a push there changes it; pin a commit',
    open: 'Data of `{repo}` has neither `rev_lock` nor `rev`, so a push there changes it; pin a commit',
  },
  query: config.entries(['dvc-pointer'], 'deps.*.repo'),
  check(repo: ConfigEntry, { report, text }) {
    const url = child(repo, 'url');
    const address = textOf(url)?.trim();
    if (address === undefined || url === undefined || textOf(child(repo, 'rev_lock')) !== undefined) return;
    if (!/^(?:[a-z+]+:\/\/|[\w.-]+@)[^{}$<]+$/i.test(address)) return;
    const rev = child(repo, 'rev');
    const name = nameOf(address);
    const written = textOf(rev)?.trim();
    const commit = placeholder('commit');
    if (rev === undefined || written === undefined)
      report(url, 'open', { repo: name }).fix(
        'Name the commit',
        'placeholder',
        rev === undefined ? configEdit.addEntry(text, repo, 'rev', commit) : [],
        WHICH_COMMIT,
      );
    else if (!COMMIT.test(written) && !RELEASE.test(written) && !/[{}$<]/.test(written))
      report(rev, 'moving', { repo: name, rev: written.slice(0, 20) }).fix(
        'Name the commit',
        'placeholder',
        edit.setScalar(text, rev, commit),
        WHICH_COMMIT,
      );
  },
  examples: [
    {
      path: 'data/bureau.csv.dvc',
      bad: 'frozen: true\ndeps:\n- path: data/bureau.csv\n  repo:\n    url: https://github.com/lending/bureau-registry\n    «rev: main»\nouts:\n- md5: 5d41402abc4b2a76b9719d911017c592\n  path: bureau.csv\n',
      message: 'moving',
      good: 'frozen: true\ndeps:\n- path: data/bureau.csv\n  repo:\n    url: https://github.com/lending/bureau-registry\n    rev: 7cbd8d5e1f0a4c2b9d3e6f8a1b2c3d4e5f60718c\nouts:\n- md5: 5d41402abc4b2a76b9719d911017c592\n  path: bureau.csv\n',
      fill: ['7cbd8d5e1f0a4c2b9d3e6f8a1b2c3d4e5f60718c'],
    },
    {
      path: 'models/encoder.dvc',
      bad: 'deps:\n- path: models/encoder\n  repo: {«url: "git@gitlab.lending.eu:ml/encoder.git"»}\nouts:\n- path: encoder\n',
      message: 'open',
      good: 'deps:\n- path: models/encoder\n  repo: {url: "git@gitlab.lending.eu:ml/encoder.git", rev: v1.4.0}\nouts:\n- path: encoder\n',
      fill: ['v1.4.0'],
    },
    {
      path: 'data/bureau.csv.dvc',
      good: 'deps:\n- path: data/bureau.csv\n  repo:\n    url: https://github.com/lending/bureau-registry\n    rev: 7cbd8d5\nouts:\n- path: bureau.csv\n',
      because: 'a commit',
    },
    {
      path: 'data/rows.csv.dvc',
      good: 'deps:\n- etag: 5d41402abc4b2a76\n  path: https://data.lending.eu/rows.csv\nouts:\n- md5: 5d41402abc4b2a76b9719d911017c592\n  path: rows.csv\n',
      because: 'imported by address and held by its hash',
    },
    {
      path: 'data/shared.dvc',
      good: 'deps:\n- path: data\n  repo:\n    url: ../bureau\nouts:\n- path: bureau\n',
      because: 'a folder beside the project',
    },
  ],
});

/** The last two parts of an address: owner and repository. */
function nameOf(address: string): string {
  const parts = address
    .replace(/[?#].*$/, '')
    .replace(/(?:\.git)?\/*$/, '')
    .split(/[/:]/);
  return parts.slice(-2).join('/').slice(0, 40);
}
