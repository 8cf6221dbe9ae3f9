import {
  type ConfigEntry,
  child,
  config,
  defineRule,
  edit,
  items,
  rootOf,
  text as textOf,
} from '../../engine/index.js';

export default defineRule({
  summary: 'A workflow gives its token every right there is.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-250',
    'CICD-SEC-5',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions',
  ],
  overlaps: ['zizmor:excessive-permissions'],
  docs: {
    why: 'Any action or package that the job installs can then push to `main`, replace a released model and publish packages: one poisoned dependency of a training job is enough to change what is served.',
    instead: 'Give the workflow `contents: read`, and the one job that publishes the scopes it needs.',
    fixSafety: 'Steps that push, comment or publish fail until their scope is named, so the fix is offered for review.',
    limits:
      'Only the value `write-all` is seen, not long lists of scopes. A setting that every job overrides is not reported.',
  },
  messages: {
    writeAll:
      '`permissions: write-all` lets each step push code, releases and packages; name the scopes that are needed',
  },
  query: [
    config.entries(['github-workflow'], 'permissions'),
    config.entries(['github-workflow'], 'jobs.*.permissions'),
  ],
  check(entry: ConfigEntry, { report, text }) {
    if (textOf(entry) !== 'write-all') return;
    const root = rootOf(entry);
    const jobs = items(child(root, 'jobs'));
    if (entry.parent === root && jobs.every((job) => child(job, 'permissions') !== undefined)) return;
    const finding = report(entry.valueRange, 'writeAll');
    if (entry.keyRange === undefined || entry.alias !== undefined) return;
    const indent = edit.indentAt(text, entry.keyRange.start);
    const end = text.includes('\r\n') ? '\r\n' : '\n';
    const lead = text.slice(entry.keyRange.end, entry.valueRange.start);
    const edits =
      entry.parent?.flow === true
        ? edit.replace(entry.valueRange, '{contents: read}')
        : /^:[ \t]+$/.test(lead)
          ? edit.replace(
              { start: entry.keyRange.end + 1, end: entry.valueRange.end },
              `${end}${indent}  contents: read`,
            )
          : [];
    finding.fix('Allow reading only', 'review', edits, 'steps that write need their scope named');
  },
  examples: [
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\npermissions: «write-all» # for the release\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps: []\n',
      message: 'writeAll',
      good: 'on: push\npermissions:\n  contents: read # for the release\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps: []\n',
    },
    {
      path: '.github/workflows/train.yml',
      bad: 'on: push\njobs:\n  train: {runs-on: ubuntu-24.04, permissions: «"write-all"», steps: []}\n',
      message: 'writeAll',
      good: 'on: push\njobs:\n  train: {runs-on: ubuntu-24.04, permissions: {contents: read}, steps: []}\n',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\npermissions: read-all\njobs:\n  train:\n    runs-on: ubuntu-24.04\n',
      because: 'nothing can be written',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\npermissions: write-all\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    permissions:\n      contents: read\n',
      because: 'every job has permissions of its own',
    },
    {
      path: '.github/workflows/train.yml',
      good: 'on: push\njobs:\n  publish:\n    runs-on: ubuntu-24.04\n    permissions:\n      contents: write\n      packages: write\n',
      because: 'the scopes are named',
    },
  ],
});
