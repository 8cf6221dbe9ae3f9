import { child } from '../config/entry.js';
import { type FormatRow, hasAny, says, some, when, YAML, YAML_OR_JSON } from './row.js';

const AZURE_STEPS = ['task', 'script', 'bash', 'pwsh', 'powershell', 'checkout', 'template', 'download', 'publish'];
const AZURE_HEADS = ['pool', 'trigger', 'pr', 'schedules', 'variables', 'parameters', 'extends', 'resources'];

/** Continuous integration and the updates of dependencies. */
export const DELIVERY_FORMATS: readonly FormatRow[] = [
  {
    id: 'github-workflow',
    label: 'GitHub workflow',
    languages: YAML,
    name: /(^|\/)\.(github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/,
    keys: ({ root }) =>
      when(
        hasAny(root, 'on', 'true') && some(child(root, 'jobs'), (job) => hasAny(job, 'runs-on', 'uses')),
        'it stands in the workflows folder and has `on` and `jobs` with `runs-on` or `uses`',
      ),
  },
  {
    id: 'github-action',
    label: 'GitHub action',
    languages: YAML,
    name: /^action\.ya?ml$/,
    keys: ({ root, name }) =>
      when(hasAny(child(root, 'runs'), 'using', 'steps'), `the file is named ${name} and has \`runs.using\``),
  },
  {
    id: 'gitlab-ci',
    label: 'GitLab pipeline',
    languages: YAML,
    keys: ({ root, has, name }) => {
      const named = /\.gitlab-ci\.ya?ml$/.test(name);
      const runs = some(root, (job) => job.kind === 'map' && hasAny(job, 'script'));
      const staged = some(root, (job) => hasAny(job, 'script', 'trigger', 'extends') && hasAny(job, 'stage'));
      return (
        when(
          named && (runs || has('include') || has('stages')),
          `the file is named ${name} and has jobs with \`script\``,
        ) ?? when(staged && child(root, 'stages')?.kind === 'list', '`stages` and jobs with `stage` and `script`')
      );
    },
  },
  {
    id: 'codebuild',
    label: 'CodeBuild specification',
    languages: YAML,
    keys: ({ root }) =>
      when(
        says(root, 'version', /^0\.[12]$/) && some(child(root, 'phases'), (phase) => hasAny(phase, 'commands')),
        '`phases` with `commands` and `version` 0.1 or 0.2',
      ),
  },
  {
    id: 'cloud-build',
    label: 'Cloud Build configuration',
    languages: YAML_OR_JSON,
    keys: ({ root, name }) =>
      when(
        some(child(root, 'steps'), (step) => hasAny(step, 'name') && hasAny(step, 'args', 'entrypoint', 'script')) &&
          (/^cloudbuild/.test(name) ||
            hasAny(root, 'substitutions', 'options', 'images', 'timeout', 'availableSecrets', 'serviceAccount')) &&
          !hasAny(root, 'jobs', 'on', 'kind'),
        '`steps` with an image as `name` and `args`',
      ),
  },
  {
    id: 'azure-pipelines',
    label: 'Azure pipeline',
    languages: YAML,
    keys: ({ root, name }) => {
      const named = /azure-?pipelines?/.test(name);
      const steps = some(child(root, 'steps'), (step) => hasAny(step, ...AZURE_STEPS) && !hasAny(step, 'uses', 'run'));
      const jobs = some(child(root, 'jobs'), (job) => hasAny(job, 'job', 'deployment', 'template'));
      const stages = some(child(root, 'stages'), (stage) => hasAny(stage, 'stage', 'template'));
      return when(
        (steps || jobs || stages) && (named || hasAny(root, ...AZURE_HEADS)),
        '`steps`, `jobs` or `stages` of Azure with `pool` or `trigger`',
      );
    },
  },
  {
    id: 'pre-commit',
    label: 'pre-commit configuration',
    languages: YAML,
    keys: ({ root }) =>
      when(
        some(child(root, 'repos'), (repo) => hasAny(repo, 'repo') && hasAny(repo, 'hooks')),
        '`repos` with `hooks`',
      ),
  },
  {
    id: 'dependabot',
    label: 'Dependabot configuration',
    languages: YAML,
    keys: ({ root, has }) =>
      when(
        has('version') && some(child(root, 'updates'), (update) => hasAny(update, 'package-ecosystem')),
        '`updates` with `package-ecosystem`',
      ),
  },
  {
    id: 'renovate',
    label: 'Renovate configuration',
    languages: ['json'],
    keys: ({ root, name }) =>
      when(says(root, '$schema', /renovate/), '`$schema` of Renovate') ??
      when(
        /^\.?renovate(?:rc)?(?:\.jsonc?)?$/.test(name) &&
          hasAny(root, 'extends', 'packageRules', 'enabledManagers', 'schedule'),
        `the file is named ${name} and has \`extends\` or \`packageRules\``,
      ),
  },
];
