import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, child, config, defineRule, edit, text as textOf } from '../../engine/index.js';
import { modelAround, nameOf, personalColumnsOf, personalReason } from './_dbt-models.js';

/** Tests that store the tested column alone; others store whole rows. */
const OWN_COLUMN: ReadonlySet<string> = new Set(['unique', 'accepted_values', 'relationships']);
const HEAD = 'version: 2\nmodels:\n  - name: applicants\n    columns:\n';

export default defineRule({
  summary: 'A dbt test copies personal rows that fail into a table of its own.',
  stages: ['preprocessing', 'feature-engineering', 'monitoring'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-359',
    'OWASP-A01:2021',
    'OWASP-ML03:2023',
    'https://docs.getdbt.com/reference/resource-configs/store_failures',
    'https://docs.getdbt.com/reference/resource-configs/store_failures_as',
  ],
  docs: {
    why: 'The rows go to a schema for audits, with the rights of that schema: the masking and the grants of the model do not come along. An applicant who is deleted from the model on request stays in the table of the failed test.',
    instead:
      'Leave `store_failures` off for tests of personal columns, or store a query without them; `dbt test` still says how many rows fail.',
    fixSafety: 'Rows that fail are no longer kept, so the fix is offered for review.',
    limits:
      'A model counts as personal by its tags or `meta`, by those of its columns, or by names of columns that leave little doubt. `--store-failures` on the command line and settings in `dbt_project.yml` are not read.',
    ignoreWhen: 'The schema for audits is as closed as the model, and is emptied.',
  },
  messages: {
    stored: 'Rows of `{model}` that fail are stored beside it, and it is personal ({reason}); switch it off',
  },
  words: ['store_failures'],
  query: config.entries(['dbt-properties'], '**.store_failures'),
  check(entry: ConfigEntry, { report, path, text }) {
    const model = modelAround(entry);
    if (entry.value !== true || entry.alias !== undefined || model === undefined || isTestFile(path)) return;
    if (textOf(child(entry.parent, 'store_failures_as')) === 'ephemeral') return;
    const reason = reasonOf(entry, model);
    if (reason === undefined) return;
    report(entry.valueRange, 'stored', { model: nameOf(model).slice(0, 24), reason }).fix(
      'Set `store_failures: false`',
      'review',
      edit.setScalar(text, entry, 'false'),
      'rows that fail are no longer kept',
    );
  },
  examples: [
    {
      path: 'models/applicants.yml',
      bad: `${HEAD}      - name: email\n        data_tests:\n          - unique:\n              config:\n                store_failures: «true» # for audits\n`,
      message: 'stored',
      good: `${HEAD}      - name: email\n        data_tests:\n          - unique:\n              config:\n                store_failures: false # for audits\n`,
    },
    {
      path: 'models/applicants.yml',
      bad: `${HEAD}      - {name: income, tests: [{not_null: {store_failures: «true»}}]}\n      - {name: key, tags: [pii]}\n`,
      message: 'stored',
      good: `${HEAD}      - {name: income, tests: [{not_null: {store_failures: false}}]}\n      - {name: key, tags: [pii]}\n`,
    },
    {
      path: 'models/applicants.yml',
      good: `${HEAD}      - name: email\n        data_tests:\n          - unique:\n              config:\n                store_failures: false\n`,
      because: 'off',
    },
    {
      path: 'models/applicants.yml',
      good: `${HEAD}      - name: email\n      - name: product_code\n        data_tests:\n          - unique:\n              config: {store_failures: true}\n`,
      because: 'stores the codes alone',
    },
    {
      path: 'models/rates.yml',
      good: 'version: 2\nmodels:\n  - name: rates\n    columns:\n      - name: rate\n        data_tests:\n          - not_null:\n              config: {store_failures: true}\n',
      because: 'nothing is about people',
    },
  ],
});

/** Why the stored rows are personal: the tested column, or the model when the test stores whole rows. */
function reasonOf(entry: ConfigEntry, model: ConfigEntry): string | undefined {
  let column: ConfigEntry | undefined;
  let test = '';
  for (let up: ConfigEntry | undefined = entry; up !== undefined && up !== model; up = up.parent) {
    const list = up.parent?.parent;
    if (list !== undefined && /^(?:data_)?tests$/.test(list.key ?? '')) test = up.key ?? '';
    if (up.parent?.key === 'columns') column = up;
  }
  if (column === undefined || !OWN_COLUMN.has(test)) return personalReason(model);
  const own = personalColumnsOf(model).find((one) => one.entry === column);
  return own === undefined ? undefined : `column \`${own.name.slice(0, 24)}\``;
}
