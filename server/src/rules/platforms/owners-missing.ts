import { type ConfigEntry, config, defineRule } from '../../engine/index.js';

/** Where GitHub and GitLab look for the file. */
const OWNERS = ['CODEOWNERS', 'docs/CODEOWNERS', '.github/CODEOWNERS', '.gitlab/CODEOWNERS'];
const STAGES = 'stages:\n  train:\n    cmd: python src/train.py\n    outs: [model.skops]\n';
const WORKFLOW = 'on: push\njobs:\n  train:\n    runs-on: ubuntu-24.04\n    steps: [{run: dvc repro}]\n';

export default defineRule({
  summary: 'Nobody is named who has to review changes of the training pipeline.',
  stages: ['training', 'deployment'],
  severity: 'hint',
  confidence: 'low',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-284',
    'CICD-SEC-1',
    'OWASP-A01:2021',
    'https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners',
    'https://docs.gitlab.com/user/project/codeowners/',
  ],
  docs: {
    why: 'A line in the pipeline decides which data the model learns from and which check it has to pass. Without an owner, a change of the threshold or of the source of the data is merged with the approval of anybody, and the next run trains on it.',
    instead:
      'Add a `CODEOWNERS` file that covers `dvc.yaml`, the data pointers and the release scripts, and demand the review of owners for the branch.',
    fixSafety: 'Who owns the pipeline is not known here, so there is no fix.',
    limits:
      'Asked once, at the `dvc.yaml` or `MLproject` beside the workflows of GitHub or the pipeline of GitLab. Only the file is looked for: neither what it covers nor the rules of the branch are visible here.',
    ignoreWhen: 'One person works in the repository, or the host enforces reviews in another way.',
  },
  messages: {
    missing: 'No `CODEOWNERS` names who reviews this pipeline, so anybody may change what the model learns; add one',
  },
  query: [config.entries(['dvc-pipeline'], 'stages'), config.entries(['mlproject'], 'entry_points')],
  check(entry: ConfigEntry, { report, path, workspace }) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    if (entry.keyRange === undefined || (!path.endsWith('dvc.yaml') && workspace.has(`${folder}dvc.yaml`))) return;
    // Only where the host runs something is this folder the root of what it keeps.
    const isRoot =
      workspace.has(`${folder}.gitlab-ci.yml`) || workspace.configsBeside(`${folder}.github/workflows/_`).length > 0;
    if (!isRoot || OWNERS.some((file) => [folder + file, file].some((one) => workspace.textOf(one) !== undefined)))
      return;
    report(entry.keyRange, 'missing');
  },
  examples: [
    {
      path: 'dvc.yaml',
      bad: STAGES.replace('stages', '«stages»'),
      message: 'missing',
      files: { '.github/workflows/train.yml': WORKFLOW },
    },
    {
      path: 'MLproject',
      bad: 'name: risk\n«entry_points»:\n  main: {command: python train.py}\n',
      message: 'missing',
      files: { '.gitlab-ci.yml': 'train:\n  script: [mlflow run .]\n' },
    },
    {
      path: 'dvc.yaml',
      good: STAGES,
      files: { '.github/workflows/train.yml': WORKFLOW, '.github/CODEOWNERS': '/dvc.yaml @risk/owners\n' },
      because: 'the file is there',
    },
    { path: 'dvc.yaml', good: STAGES, because: 'nothing tells where the repository is kept' },
    {
      path: 'challenger/dvc.yaml',
      good: STAGES,
      files: { '.github/workflows/train.yml': WORKFLOW },
      because: 'asked once, beside the workflows',
    },
  ],
});
