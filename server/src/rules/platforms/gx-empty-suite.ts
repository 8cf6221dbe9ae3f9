import { isTestFile } from '../../base/test-files.js';
import { at, type ConfigEntry, child, config, defineRule, text as textOf } from '../../engine/index.js';

export default defineRule({
  summary: 'A suite of Great Expectations expects nothing of the data.',
  stages: ['data-collection', 'preprocessing', 'monitoring'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-20',
    'OWASP-ML02:2023',
    'AML.T0020',
    'https://docs.greatexpectations.io/docs/core/define_expectations/organize_expectation_suites/',
  ],
  docs: {
    why: 'A validation against an empty suite succeeds, whatever the batch holds. The pipeline shows a green check in front of the training step, and the rows that somebody has slipped in, or a column full of nulls, pass it.',
    instead:
      'Write down what the training needs of the data: types, ranges, allowed values, the share of nulls and the number of rows. Delete suites that nothing uses.',
    fixSafety: 'What to expect depends on the data, so there is no fix.',
    limits:
      'Only suites that are stored as files. A suite that Python code fills before each run is not told from one that stays empty. A checkpoint without validations stops with an error by itself and is not reported.',
    ignoreWhen: 'Code adds the expectations before each run.',
  },
  messages: {
    empty: 'Suite `{name}` expects nothing, so any data passes its validation; add expectations or delete it',
  },
  words: ['expectation_suite_name', 'great_expectations_version'],
  query: config.entries('any', 'expectations'),
  check(entry: ConfigEntry, { report, path }) {
    const root = entry.parent;
    if (entry.kind !== 'list' || entry.children.length > 0 || entry.alias !== undefined || isTestFile(path)) return;
    const version = at(root, 'meta', 'great_expectations_version');
    const named = textOf(child(root, 'expectation_suite_name'));
    const name = named ?? (version === undefined ? undefined : textOf(child(root, 'name')));
    if (name === undefined || /[${]/.test(name)) return;
    if (child(root, 'results') !== undefined || child(root, 'batch_request') !== undefined) return;
    report(entry.keyRange ?? entry.valueRange, 'empty', { name: name.slice(0, 40) });
  },
  examples: [
    {
      path: 'gx/expectations/applicants.json',
      bad: '{\n  "expectation_suite_name": "applicants",\n  «"expectations"»: [],\n  "meta": {"great_expectations_version": "0.18.22"}\n}\n',
      message: 'empty',
      good: '{\n  "expectation_suite_name": "applicants",\n  "expectations": [{"expectation_type": "expect_column_values_to_not_be_null", "kwargs": {"column": "income"}}],\n  "meta": {"great_expectations_version": "0.18.22"}\n}\n',
      byHand: true,
    },
    {
      path: 'gx/expectations/bureau.json',
      bad: '{"name": "bureau", «"expectations"»: [], "meta": {"great_expectations_version": "1.5.0"}, "notes": null}\n',
      message: 'empty',
      good: '{"name": "bureau", "expectations": [{"type": "expect_table_row_count_to_be_between", "kwargs": {"min_value": 1}}], "meta": {"great_expectations_version": "1.5.0"}}\n',
      byHand: true,
    },
    {
      path: 'gx/expectations/applicants.json',
      good: '{"expectation_suite_name": "applicants", "expectations": [{"expectation_type": "expect_table_row_count_to_be_between"}]}\n',
      because: 'expects something',
    },
    {
      path: 'conf/project.json',
      good: '{"name": "loans", "expectations": []}\n',
      because: 'nothing says that this is a suite',
    },
    {
      path: 'tests/fixtures/empty.json',
      good: '{"expectation_suite_name": "empty", "expectations": []}\n',
      because: 'made for tests',
    },
  ],
});
