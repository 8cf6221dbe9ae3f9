import {
  type ConfigEntry,
  child,
  config,
  configEdit,
  defineRule,
  edit,
  items,
  placeholder,
  text as textOf,
} from '../../engine/index.js';

const BRANCH =
  /^(?:main|master|develop|development|dev|trunk|HEAD|stable|latest)$|^(?:refs\/heads|feature|feat|fix|bugfix)\//;
const VARIABLE = /\{[{%]|\$\{/;

export default defineRule({
  summary: 'A dbt package is installed in whatever version is newest.',
  stages: ['data-collection', 'preprocessing', 'feature-engineering'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-1357',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://docs.getdbt.com/docs/build/packages#specifying-unpinned-git-packages',
    'https://docs.getdbt.com/reference/commands/deps',
  ],
  docs: {
    why: 'Macros of a package run with the rights of the warehouse user, before every model that uses them. A changed `generate_surrogate_key` quietly joins other rows into the training set; a macro that an attacker pushed to the branch can read or drop any table.',
    instead:
      'Name a release or the commit in `revision` and one version of a hub package, or commit the `package-lock.yml` that dbt 1.7 and later writes.',
    fixSafety: 'The revision has to be looked up in the repository, so the fix leaves a place for it.',
    limits:
      'Branches are told by their usual names, tags count as fixed. Ranges of hub packages with an upper bound are hints. Nothing is reported beside a `package-lock.yml` or a template, nor for local packages.',
    ignoreWhen: 'The package is your own and its branch is protected.',
  },
  messages: {
    noRevision: '`{package}` is installed from the tip of its default branch; name a release or commit in `revision`',
    branch: '`{package}` is installed from `{revision}`, which moves with every push; name a release or commit',
    noVersion: '`{package}` is installed in its newest version, whose macros run in the warehouse; name a version',
    range: '`{package}` may be installed in a newer version, whose macros run in the warehouse; name one version',
  },
  query: config.entries(['dbt-packages'], 'packages.*'),
  check(entry: ConfigEntry, { path, workspace, report, text }) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    if (workspace.has(`${folder}package-lock.yml`) || entry.alias !== undefined) return;
    const git = child(entry, 'git');
    const hub = child(entry, 'package');
    const address = textOf(git) ?? textOf(hub) ?? '';
    if (address === '' || VARIABLE.test(address)) return;
    const name = shortName(address);
    if (git !== undefined) {
      const revision = child(entry, 'revision');
      const written = textOf(revision);
      const commit = placeholder('commit');
      if (revision === undefined)
        report(git.valueRange, 'noRevision', { package: name }).fix(
          'Name a release or commit',
          'placeholder',
          configEdit.addEntry(text, entry, 'revision', commit),
        );
      else if (written !== undefined && BRANCH.test(written))
        report(revision.valueRange, 'branch', { package: name, revision: written.slice(0, 30) }).fix(
          'Name a release or commit',
          'placeholder',
          edit.setScalar(text, revision, commit),
        );
    } else if (hub !== undefined) {
      const version = child(entry, 'version');
      const clauses =
        version?.kind === 'list' ? items(version).map((one) => textOf(one) ?? '') : [textOf(version) ?? ''];
      const one = placeholder('version');
      if (version === undefined)
        report(hub.valueRange, 'noVersion', { package: name }).fix(
          'Name a version',
          'placeholder',
          configEdit.addEntry(text, entry, 'version', one),
        );
      else if (!clauses.some((clause) => VARIABLE.test(clause)) && clauses.some((clause) => /^\s*[<>]/.test(clause))) {
        const finding = report(version.valueRange, 'range', { package: name });
        finding.severity(clauses.some((clause) => /</.test(clause)) ? 'hint' : 'info');
        // A block list stands on lines of its own.
        if (version.kind === 'scalar' || version.flow)
          finding.fix('Name a version', 'placeholder', edit.replace(version.valueRange, one));
      }
    }
  },
  examples: [
    {
      path: 'packages.yml',
      bad: 'packages:\n  - git: «https://github.com/nimbus/dbt-features.git»\n    warn-unpinned: false\n',
      message: 'noRevision',
      good: 'packages:\n  - git: https://github.com/nimbus/dbt-features.git\n    warn-unpinned: false\n    revision: 1.4.0\n',
      fill: ['1.4.0'],
    },
    {
      path: 'packages.yml',
      bad: 'packages:\n  - git: https://github.com/nimbus/dbt-features.git\n    revision: «main»\n',
      message: 'branch',
      good: 'packages:\n  - git: https://github.com/nimbus/dbt-features.git\n    revision: 2f1cc0b7ab7d9b8d04a0a2a9e9a6f0e6c2a3f6b1\n',
      fill: ['2f1cc0b7ab7d9b8d04a0a2a9e9a6f0e6c2a3f6b1'],
    },
    {
      path: 'dependencies.yml',
      bad: 'packages:\n  - package: «dbt-labs/dbt_utils»\n',
      message: 'noVersion',
      good: 'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.1\n',
      fill: ['1.3.1'],
    },
    {
      path: 'packages.yml',
      bad: 'packages:\n  - package: dbt-labs/dbt_utils\n    version: «[">=1.0.0"]»\n',
      message: 'range',
      good: 'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.1\n',
      fill: ['1.3.1'],
    },
    {
      path: 'packages.yml',
      good: 'packages:\n  - git: https://github.com/nimbus/dbt-features.git\n',
      files: { 'package-lock.yml': 'packages:\n  - git: https://github.com/nimbus/dbt-features.git\n' },
      because: 'the lock names the commit',
    },
    {
      path: 'packages.yml',
      good: 'packages:\n  - git: https://github.com/nimbus/dbt-features.git\n    revision: "{{ env_var(\'FEATURES_REVISION\') }}"\n',
      because: 'the revision is set from outside',
    },
    { path: 'packages.yml', good: 'packages:\n  - local: ../features\n', because: 'a folder of the project' },
    {
      path: 'packages.yml',
      good: 'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.1\n',
      because: 'one version',
    },
  ],
});

/** `owner/name` of a repository or hub package. */
function shortName(address: string): string {
  return address
    .replace(/\.git$/, '')
    .split(/[/:]/)
    .filter((part) => part !== '')
    .slice(-2)
    .join('/')
    .slice(0, 40);
}
