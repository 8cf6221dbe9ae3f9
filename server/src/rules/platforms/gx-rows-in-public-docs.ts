import { isTestFile } from '../../base/test-files.js';
import { at, type ConfigEntry, child, config, defineRule, edit, items, text as textOf } from '../../engine/index.js';

/** Stores of pages that others than the own machine read. */
const STORES: Readonly<Record<string, string>> = {
  TupleS3StoreBackend: 'S3',
  TupleGCSStoreBackend: 'Google Cloud Storage',
  TupleAzureBlobStoreBackend: 'Azure Blob Storage',
};

const SITE =
  'config_version: 3.0\nstores: {}\ndata_docs_sites:\n  team_site:\n    class_name: SiteBuilder\n    store_backend:\n      class_name: TupleS3StoreBackend\n      bucket: loans-docs\n';
const HEAD = 'name: daily\nclass_name: Checkpoint\n';

export default defineRule({
  summary: 'Every failing row of a data check goes into pages in the cloud.',
  stages: ['data-collection', 'preprocessing', 'monitoring'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-359',
    'OWASP-A01:2021',
    'OWASP-ML03:2023',
    'https://docs.greatexpectations.io/docs/core/trigger_actions_based_on_results/choose_a_result_format/',
    'https://docs.greatexpectations.io/docs/core/configure_project_settings/configure_data_docs/',
  ],
  docs: {
    why: 'With `COMPLETE` the docs list each value that failed, with the index of its row. A check of tax numbers that starts to fail copies the tax numbers of real applicants into a bucket that was set up for the whole team to look at.',
    instead: 'Use `SUMMARY`, which keeps counts and a few examples, or `BOOLEAN_ONLY` where values may be personal.',
    fixSafety: 'The list of all failing rows is no longer kept, so the fix is offered for review.',
    limits:
      'The site has to stand in `great_expectations.yml` of the same project, and the checkpoint in a file. Who may read the bucket is not known here. `SUMMARY` still shows up to twenty values.',
    ignoreWhen: 'The bucket is as closed as the data, or no column is personal.',
  },
  messages: {
    rows: '`COMPLETE` copies every failing value into the docs on {store}; use `SUMMARY` or `BOOLEAN_ONLY`',
  },
  words: ['complete'],
  query: [
    config.entries(['gx-checkpoint'], '**.result_format'),
    config.entries(['gx-checkpoint'], '**.result_format.result_format'),
  ],
  check(entry: ConfigEntry, { report, path, text, workspace }) {
    if (!/^complete$/i.test(textOf(entry) ?? '') || entry.alias !== undefined || isTestFile(path)) return;
    const folders = path.split('/').slice(0, -1);
    for (let depth = folders.length; depth >= Math.max(0, folders.length - 2); depth--) {
      const folder = folders
        .slice(0, depth)
        .map((name) => `${name}/`)
        .join('');
      for (const { path: other, facts } of workspace.configsBeside(`${folder}_`)) {
        const root = facts.roots.find((_, i) => facts.formats[i]?.id === 'great-expectations');
        const site = root === undefined ? undefined : siteElsewhere(root);
        if (site === undefined) continue;
        const store = STORES[textOf(site) ?? ''] ?? '';
        report(entry.valueRange, 'rows', { store }).fix(
          'Use `SUMMARY`',
          'review',
          edit.setScalar(text, entry, 'SUMMARY'),
          `rows are no longer kept, see ${other}`,
        );
        return;
      }
    }
  },
  examples: [
    {
      path: 'gx/checkpoints/daily.yml',
      files: { 'gx/great_expectations.yml': SITE },
      bad: `${HEAD}validations: [{expectation_suite_name: applicants}]\nruntime_configuration:\n  result_format:\n    result_format: «COMPLETE» # rows\n`,
      message: 'rows',
      good: `${HEAD}validations: [{expectation_suite_name: applicants}]\nruntime_configuration:\n  result_format:\n    result_format: SUMMARY # rows\n`,
    },
    {
      path: 'gx/checkpoints/daily.json',
      files: { 'gx/great_expectations.yml': SITE },
      bad: '{"name": "daily", "validation_definitions": [{"name": "v"}], "actions": [], "result_format": «"COMPLETE"»}\n',
      message: 'rows',
      good: '{"name": "daily", "validation_definitions": [{"name": "v"}], "actions": [], "result_format": "SUMMARY"}\n',
    },
    {
      path: 'gx/checkpoints/daily.yml',
      files: { 'gx/great_expectations.yml': SITE.replace('TupleS3StoreBackend', 'TupleFilesystemStoreBackend') },
      good: `${HEAD}validations: []\nruntime_configuration: {result_format: COMPLETE}\n`,
      because: 'the pages stay on this machine',
    },
    {
      path: 'gx/checkpoints/daily.yml',
      good: `${HEAD}validations: []\nruntime_configuration: {result_format: COMPLETE}\n`,
      because: 'where the pages go is not known',
    },
    {
      path: 'gx/checkpoints/daily.yml',
      files: { 'gx/great_expectations.yml': SITE },
      good: `${HEAD}validations: []\nruntime_configuration: {result_format: SUMMARY}\n`,
      because: 'counts and a few examples',
    },
  ],
});

/** The class of the store of a site that lies in the cloud. */
function siteElsewhere(root: ConfigEntry): ConfigEntry | undefined {
  return items(child(root, 'data_docs_sites'))
    .map((site) => at(site, 'store_backend', 'class_name'))
    .find((name) => STORES[textOf(name) ?? ''] !== undefined);
}
