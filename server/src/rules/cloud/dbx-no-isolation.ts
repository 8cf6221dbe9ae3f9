import { type ConfigEntry, config, defineRule, edit } from '../../engine/index.js';
import { literal } from './_azureml.js';

/** Modes without isolation or of the time before Unity Catalog, with the one that took their place. */
const SUCCESSORS = new Map([
  ['NONE', 'SINGLE_USER'],
  ['LEGACY_SINGLE_USER', 'SINGLE_USER'],
  ['LEGACY_SINGLE_USER_STANDARD', 'SINGLE_USER'],
  ['LEGACY_PASSTHROUGH', 'USER_ISOLATION'],
  ['LEGACY_TABLE_ACL', 'USER_ISOLATION'],
]);

export default defineRule({
  summary: 'A Databricks cluster runs without isolation, or with a mode that Unity Catalog does not govern.',
  stages: ['preprocessing', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-284',
    'OWASP-A01:2021',
    'https://docs.databricks.com/aws/en/compute/configure#access-mode',
    'https://docs.databricks.com/api/workspace/clusters/create',
  ],
  docs: {
    why: 'Without isolation everybody on the cluster runs as the same process: a notebook of one team reads the credentials and cached tables of another, patients included, and no rule of the catalog stands in between.',
    instead: '`SINGLE_USER` for jobs and machine learning runtimes, `USER_ISOLATION` for clusters that people share.',
    fixSafety:
      'Tables then follow the rights of Unity Catalog, and shared clusters lose some low-level interfaces, so the fix is offered for review.',
    limits: 'A cluster that says nothing, and one whose policy or variable sets the mode, is not judged.',
    ignoreWhen: 'The workspace has no Unity Catalog yet, and one team alone uses it.',
  },
  messages: {
    none: '`{mode}` lets users of a cluster read each other’s data and credentials; use `{successor}`',
    legacy: '`{mode}` is past its support and outside of Unity Catalog, whose rights it skips; use `{successor}`',
  },
  query: config.entries(['databricks-bundle', 'databricks-job'], '**.data_security_mode'),
  check(entry: ConfigEntry, { report, text }) {
    const mode = literal(entry) ?? '';
    const successor = SUCCESSORS.get(mode);
    if (successor === undefined) return;
    report(entry.valueRange, mode === 'NONE' ? 'none' : 'legacy', { mode, successor }).fix(
      `Use \`${successor}\``,
      'review',
      edit.setScalar(text, entry, successor),
      'tables follow the rights of Unity Catalog then',
    );
  },
  examples: [
    {
      path: 'resources/train.yml',
      bad: 'resources:\n  jobs:\n    train:\n      job_clusters:\n        - job_cluster_key: main\n          new_cluster:\n            spark_version: 16.4.x-cpu-ml-scala2.12\n            data_security_mode: «NONE»  # quick\n',
      message: 'none',
      good: 'resources:\n  jobs:\n    train:\n      job_clusters:\n        - job_cluster_key: main\n          new_cluster:\n            spark_version: 16.4.x-cpu-ml-scala2.12\n            data_security_mode: SINGLE_USER  # quick\n',
    },
    {
      path: 'job.json',
      bad: '{"name": "train", "new_cluster": {"data_security_mode": «"LEGACY_TABLE_ACL"», "num_workers": 2}, "notebook_task": {"notebook_path": "/train"}}\n',
      message: 'legacy',
      good: '{"name": "train", "new_cluster": {"data_security_mode": "USER_ISOLATION", "num_workers": 2}, "notebook_task": {"notebook_path": "/train"}}\n',
    },
    {
      path: 'resources/train.yml',
      good: 'resources:\n  jobs:\n    train:\n      job_clusters:\n        - new_cluster: {data_security_mode: "${var.mode}"}\n',
      because: 'a variable decides',
    },
    {
      path: 'resources/train.yml',
      good: 'resources:\n  clusters:\n    shared: {data_security_mode: DATA_SECURITY_MODE_STANDARD, num_workers: 2}\n',
      because: 'users of this cluster are isolated',
    },
    {
      path: 'resources/train.yml',
      good: 'resources:\n  jobs:\n    train:\n      job_clusters:\n        - new_cluster: {num_workers: 2, policy_id: ml}\n',
      because: 'the policy may set the mode',
    },
  ],
});
