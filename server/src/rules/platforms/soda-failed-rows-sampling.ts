import { isTestFile } from '../../base/test-files.js';
import { at, type ConfigEntry, child, config, defineRule, edit, items, text as textOf } from '../../engine/index.js';
import { isTelling, personalColumns } from './_personal-columns.js';

export default defineRule({
  summary: 'Soda collects rows of people that fail a check.',
  stages: ['data-collection', 'preprocessing', 'monitoring'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-359',
    'OWASP-A01:2021',
    'OWASP-ML03:2023',
    'https://docs.soda.io/soda-documentation/soda-v3/sodacl-reference/failed-rows-checks',
    'https://docs.soda.io/sodacl-reference/failed-rows-checks',
  ],
  docs: {
    why: 'A check that fails sends the rows it failed on to Soda Cloud, with all columns. When the format of the tax number changes, a hundred applicants with name, e-mail address and income lie on a page of another company, open to everybody who may look at checks.',
    instead:
      'Set `samples limit: 0` for the check, name harmless columns in `samples columns`, or set `disable_samples` or `exclude_columns` for the data source.',
    fixSafety: 'Rows that fail are no longer collected, so the fix is offered for review.',
    limits:
      'Only limits above zero that are written down, in checks of a data set whose checks name a column that identifies people. A data source beside the file that turns samples off or keeps these columns out silences the rule.',
    ignoreWhen: 'The samples stay in a store that is as closed as the data.',
  },
  messages: {
    samples: 'Rows of `{dataset}` that fail are collected, with columns such as `{column}`; set `samples limit: 0`',
  },
  words: ['samples limit'],
  query: [config.entries(['soda-checks'], '*.*.*.samples limit')],
  check(limit: ConfigEntry, { report, path, text, workspace, facts }) {
    const check = limit.parent;
    if (typeof limit.value !== 'number' || limit.value <= 0 || limit.alias !== undefined || isTestFile(path)) return;
    const dataset = /^checks for ([\w.]+)/.exec(String(limit.path[0]))?.[1];
    const checks = facts?.roots[limit.document]?.children.find(({ key }) => key === limit.path[0]);
    if (dataset === undefined || child(check, 'samples columns') !== undefined) return;
    const column = personalColumns(columnsOf(checks), dataset).find(isTelling)?.name;
    if (column === undefined) return;
    const sources = workspace.configsBeside(path).flatMap((file) => file.facts.roots.flatMap((root) => root.children));
    if (sources.some((source) => /^data_source /.test(source.key ?? '') && keepsOut(source, column))) return;
    report(limit.valueRange, 'samples', { dataset: dataset.slice(0, 24), column: column.slice(0, 20) }).fix(
      'Collect no rows',
      'review',
      edit.setScalar(text, limit, '0'),
      'rows that fail are no longer shown',
    );
  },
  examples: [
    {
      path: 'soda/checks.yml',
      bad: 'checks for applicants:\n  - missing_count(email) = 0:\n      samples limit: «20» # for the team\n  - row_count > 0\n',
      message: 'samples',
      good: 'checks for applicants:\n  - missing_count(email) = 0:\n      samples limit: 0 # for the team\n  - row_count > 0\n',
    },
    {
      path: 'soda/checks.yml',
      bad: 'checks for applicants: [{"invalid_count(tax_number) = 0": {valid format: ssn, samples limit: «50»}}, duplicate_count(email) = 0]\n',
      message: 'samples',
      good: 'checks for applicants: [{"invalid_count(tax_number) = 0": {valid format: ssn, samples limit: 0}}, duplicate_count(email) = 0]\n',
    },
    {
      path: 'soda/checks.yml',
      good: 'checks for applicants:\n  - missing_count(email) = 0:\n      samples limit: 0\n',
      because: 'no rows',
    },
    {
      path: 'soda/checks.yml',
      good: 'checks for applicants:\n  - missing_count(email) = 0:\n      samples limit: 20\n      samples columns: [row_id, created_at]\n',
      because: 'harmless columns only',
    },
    {
      path: 'soda/checks.yml',
      good: 'checks for products:\n  - missing_count(price) = 0:\n      samples limit: 20\n',
      because: 'nothing is about people',
    },
    {
      path: 'soda/checks.yml',
      files: {
        'soda/configuration.yml': 'data_source loans:\n  type: postgres\n  sampler:\n    disable_samples: true\n',
      },
      good: 'checks for applicants:\n  - missing_count(email) = 0:\n      samples limit: 20\n',
      because: 'the data source collects nothing',
    },
  ],
});

/** Columns that the checks of a data set name: `missing_count(email) = 0`. */
function columnsOf(checks: ConfigEntry | undefined): string[] {
  return items(checks)
    .flatMap((one) => [textOf(one) ?? '', ...items(one).map(({ key }) => key ?? '')])
    .flatMap((check) => (/^\w+\(([\w\s,"]+)\)/.exec(check)?.[1] ?? '').split(','))
    .map((name) => name.replace(/["\s]/g, ''))
    .filter((name) => name !== '');
}

/** A data source that turns samples off, or names the column among those that are kept out. */
function keepsOut(source: ConfigEntry, column: string): boolean {
  if (
    textOf(at(source, 'sampler', 'disable_samples')) === 'true' ||
    textOf(child(source, 'disable_samples')) === 'true'
  )
    return true;
  const excluded = items(at(source, 'sampler', 'exclude_columns')).flatMap((table) => items(table).map(textOf));
  return excluded.some((name) => name === column || (name ?? '').includes('*'));
}
