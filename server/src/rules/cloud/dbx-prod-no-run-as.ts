import { type ConfigEntry, child, config, defineRule, descendants, items, rootOf } from '../../engine/index.js';
import { literal } from './_azureml.js';

export default defineRule({
  summary: 'Jobs of a Databricks target for production run as a person.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-250',
    'OWASP-A01:2021',
    'https://docs.databricks.com/dev-tools/bundles/run-as.html',
    'https://docs.databricks.com/dev-tools/bundles/deployment-modes.html',
  ],
  docs: {
    why: 'A training job that runs as its author reads every table the author may read, and registers models in that name. It stops when the account is closed, and until then whoever changes the notebook acts with the rights of that person.',
    instead:
      'Create a service principal with the rights the jobs need, and set `run_as: {service_principal_name: …}` in the target.',
    fixSafety: 'Which service principal is meant is not known here, so there is no fix.',
    limits:
      'Without `run_as` jobs run as whoever deploys. It is a warning where the target names the folder of a person, else information: a pipeline may deploy as a service principal. Silent where all jobs of the file say it themselves, and for bundles with serving endpoints, which refuse the setting.',
    ignoreWhen: 'Only a pipeline deploys this target, as a service principal.',
  },
  messages: {
    unset: 'Jobs of target `{target}` run with the rights of whoever deploys; set `run_as` to a service principal',
    person: 'Jobs of target `{target}` run with all rights of a person; set `run_as` to a service principal',
  },
  query: config.entries(['databricks-bundle'], 'targets.*'),
  check(entry: ConfigEntry, { report }) {
    if (literal(child(entry, 'mode')) !== 'production' || entry.keyRange === undefined) return;
    const root = rootOf(entry);
    const target = (entry.key ?? '').slice(0, 24);
    const identity = child(entry, 'run_as') ?? child(root, 'run_as');
    if (identity !== undefined) {
      const person = child(identity, 'user_name');
      if (/^[^@\s]+@[^@\s]+$/.test(literal(person) ?? '')) report(person!.valueRange, 'person', { target });
      return;
    }
    if (child(entry, '<<') !== undefined || servesModels(root, entry) || jobsSayIt(root)) return;
    const finding = report(entry.keyRange, 'unset', { target });
    if (!namesPerson(child(entry, 'workspace'))) finding.severity('info');
  },
  examples: [
    {
      path: 'databricks.yml',
      bad: 'bundle:\n  name: loans\ntargets:\n  «prod»:\n    mode: production\n    workspace:\n      root_path: /Workspace/Users/anna@example.com/.bundle/loans\n',
      message: 'unset',
      good: 'bundle:\n  name: loans\ntargets:\n  prod:\n    mode: production\n    workspace:\n      root_path: /Workspace/Users/anna@example.com/.bundle/loans\n    run_as:\n      service_principal_name: ${var.principal}\n',
      byHand: true,
    },
    {
      path: 'databricks.yml',
      bad: 'bundle: {name: loans}\nrun_as: {user_name: «anna@example.com»}\ntargets: {prod: {mode: production}}\n',
      message: 'person',
      good: 'bundle: {name: loans}\nrun_as: {service_principal_name: "${var.principal}"}\ntargets: {prod: {mode: production}}\n',
      byHand: true,
    },
    {
      path: 'databricks.yml',
      good: 'bundle:\n  name: loans\ntargets:\n  dev:\n    mode: development\n',
      because: 'a target for development runs as its developer',
    },
    {
      path: 'databricks.yml',
      good: 'bundle:\n  name: loans\nrun_as:\n  user_name: ${var.runner}\ntargets:\n  prod:\n    mode: production\n',
      because: 'a variable names the identity',
    },
    {
      path: 'databricks.yml',
      good: 'bundle:\n  name: loans\nresources:\n  jobs:\n    train:\n      run_as: {service_principal_name: "${var.principal}"}\ntargets:\n  prod:\n    mode: production\n',
      because: 'the job names its identity itself',
    },
  ],
});

function servesModels(...places: readonly ConfigEntry[]): boolean {
  return places.some((place) => child(child(place, 'resources'), 'model_serving_endpoints') !== undefined);
}

function jobsSayIt(root: ConfigEntry): boolean {
  const jobs = items(child(child(root, 'resources'), 'jobs'));
  return jobs.length > 0 && jobs.every((job) => child(job, 'run_as') !== undefined || child(job, '<<') !== undefined);
}

/** The folder of a person, or whoever deploys. */
function namesPerson(workspace: ConfigEntry | undefined): boolean {
  if (workspace === undefined) return false;
  return [...descendants(workspace)].some(
    ({ value }) => typeof value === 'string' && /\/Users\/[^/\s]+@[^/\s]+/.test(value),
  );
}
