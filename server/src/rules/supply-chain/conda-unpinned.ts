import { defineRule, edit, placeholder, type Requirement, requirements } from '../../engine/index.js';
import { isForDevelopment, isLocked } from '../_lock-files.js';

export default defineRule({
  summary: 'A conda environment leaves the version of Python open.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'CWE-1357',
    'OWASP-ML06:2023',
    'https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html',
    'https://docs.python.org/3/library/pickle.html#comparison-with-marshal',
  ],
  docs: {
    why: 'conda takes the newest interpreter that fits. The environment that is made again next year runs another Python, for which the pinned packages have no builds, so that others, which nobody tested, take their places; and a model stored with cloudpickle under the old one no longer loads, or fails in the middle of scoring.',
    instead: 'Write the series at least, `python=3.11`, or lock the environment with conda-lock.',
    fixSafety:
      'The version that the project names elsewhere may be older than the one installed today, so the fix is offered for review. Where none is named, the fix leaves a place for one.',
    limits:
      'Only `python` itself is looked at; the packages are left to `req-unpinned`. A series or an upper bound is enough, a lower bound alone is a hint. Environments with a lock and files for development are silent.',
    ignoreWhen: 'The environment is a sandbox that trains and serves nothing.',
  },
  messages: {
    open: '`python` has no version here, so the packages and pickled models meet another Python next time; name it',
    lowerBound: '`python{specifier}` takes the newest Python, which the packages and pickled models may not run on',
  },
  query: requirements.all(),
  check({ source, name, specifier, exact, range, specifierRange, nameRange }: Requirement, context) {
    const { path, text, workspace, report } = context;
    if (source !== 'conda' || name !== 'python' || exact !== undefined || nameRange === undefined) return;
    if (/(?:^|,)(?:==|~=|<)|[${}]/.test(specifier) || isForDevelopment(path)) return;
    if (isLocked('conda', path, (file) => workspace.has(file))) return;
    const finding =
      specifier === '' ? report(range, 'open') : report(range, 'lowerBound', { specifier: specifier.slice(0, 20) });
    if (specifier !== '') finding.severity('hint');
    if (nameRange.end > specifierRange.start || text[specifierRange.start] === '[') return;
    if (text.slice(nameRange.end, specifierRange.start).trim() !== '') return;
    // The whole text is replaced: an edit behind a value would not count as one of it.
    const write = (exact: string) =>
      edit.replace({ start: nameRange.start, end: specifierRange.end }, `python=${exact}`);
    const known = workspace.python(path);
    if (known?.exact === undefined || known.place.path === path)
      finding.fix('Name the Python', 'placeholder', write(placeholder('version')));
    else
      finding.fix(`Name Python ${known.exact}`, 'review', write(known.exact), `the version of \`${known.place.path}\``);
  },
  examples: [
    {
      path: 'environment.yml',
      bad: 'channels: [conda-forge]\ndependencies:\n  - «python»  # newest\n  - numpy=2.3.5\n',
      message: 'open',
      good: 'channels: [conda-forge]\ndependencies:\n  - python=3.11.9  # newest\n  - numpy=2.3.5\n',
      files: { '.python-version': '3.11.9\n' },
    },
    {
      path: 'environment.yml',
      bad: 'channels: [conda-forge]\ndependencies: [numpy=2.3.5, «python>=3.10»]\n',
      message: 'lowerBound',
      good: 'channels: [conda-forge]\ndependencies: [numpy=2.3.5, python=3.11.9]\n',
      files: { '.python-version': '3.11.9\n' },
    },
    {
      path: 'environment.yml',
      bad: 'channels: [conda-forge]\ndependencies:\n  - «python»\n  - pip\n',
      message: 'open',
      good: 'channels: [conda-forge]\ndependencies:\n  - python=3.11\n  - pip\n',
      fill: ['3.11'],
    },
    {
      path: 'environment.yml',
      good: 'channels: [conda-forge]\ndependencies:\n  - python=3.11\n  - numpy=2.3.5\n',
      because: 'a series of Python',
    },
    {
      path: 'environment.yml',
      good: 'channels: [conda-forge]\ndependencies:\n  - python>=3.10,<3.12\n',
      because: 'an upper bound',
    },
    {
      path: 'environment.yml',
      good: 'channels: [conda-forge]\ndependencies:\n  - python\n',
      files: { 'conda-lock.yml': 'version: 1\n' },
      because: 'the lock names the build',
    },
    {
      path: 'requirements.txt',
      good: 'numpy==2.3.5\npython-dateutil\n',
      because: 'pip installs no interpreter',
    },
  ],
});
