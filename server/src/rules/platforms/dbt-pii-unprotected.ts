import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, child, config, defineRule, items } from '../../engine/index.js';
import { isGuarded, nameOf, personalColumnsOf } from './_dbt-models.js';

const HEAD = 'version: 2\nmodels:\n  - name: applicants\n    columns:\n';

export default defineRule({
  summary: 'A dbt model has personal columns without masking, policy tag or test.',
  stages: ['preprocessing', 'feature-engineering'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-359',
    'OWASP-A01:2021',
    'OWASP-ML03:2023',
    'https://docs.getdbt.com/reference/resource-configs/bigquery-configs#policy-tags',
    'https://docs.getdbt.com/reference/resource-configs/meta',
  ],
  docs: {
    why: 'Whoever may select from the model sees the values as they are, and the next feature table, notebook or export takes them along. Nothing in the project notices when a column that was masked once comes back in clear text.',
    instead:
      'Give the column a policy tag or masking policy, hash it where only equality matters, or leave it out; add a test that fails when clear text comes back.',
    fixSafety: 'Which policy fits is not known here, so there is no fix.',
    limits:
      'One finding for each model. Columns count that a tag or `meta` calls personal; where only the name says so, it is a hint. Policies set in the warehouse, in macros or in `dbt_project.yml` are not seen, and a description that says hashed or masked is believed.',
    ignoreWhen: 'The warehouse masks the columns by rules of its own.',
  },
  messages: {
    tagged: '`{column}` of `{model}` is tagged personal, but has no masking, policy tag or test',
    named: '`{column}` of `{model}` looks personal, but has no masking, policy tag or test',
  },
  words: ['columns'],
  query: config.entries(['dbt-properties'], 'models.*'),
  check(model: ConfigEntry, { report, path }) {
    if (model.kind !== 'map' || isTestFile(path) || isGuarded(model)) return;
    const bare = personalColumnsOf(model).filter(({ entry }) => !hasTests(entry));
    const first = bare.find(({ tagged }) => tagged) ?? bare[0];
    const place = child(first?.entry, 'name')?.valueRange;
    if (first === undefined || place === undefined) return;
    const finding = report(place, first.tagged ? 'tagged' : 'named', {
      column: first.name.slice(0, 24),
      model: nameOf(model).slice(0, 24),
    });
    if (!first.tagged) finding.severity('hint');
    for (const other of bare.filter((one) => one !== first).slice(0, 5)) {
      const name = child(other.entry, 'name');
      if (name !== undefined) finding.related(name.valueRange, 'another personal column');
    }
  },
  examples: [
    {
      path: 'models/applicants.yml',
      bad: `${HEAD}      - name: applicant_id\n        data_tests: [unique]\n      - name: «contact»\n        tags: ['pii']\n`,
      message: 'tagged',
      good: `${HEAD}      - name: applicant_id\n        data_tests: [unique]\n      - name: contact\n        tags: ['pii']\n        policy_tags: ['projects/loans/locations/eu/taxonomies/1/policyTags/2']\n`,
      byHand: true,
    },
    {
      path: 'models/applicants.yml',
      bad: `${HEAD}      - {name: income}\n      - {name: «email»}\n      - {name: first_name}\n`,
      message: 'named',
      good: `${HEAD}      - {name: income}\n      - {name: email_hash}\n`,
      byHand: true,
    },
    {
      path: 'models/applicants.yml',
      good: `${HEAD}      - name: email\n        meta: {masking_policy: mask_email}\n      - name: phone_number\n        config:\n          meta: {masking_policy: mask_phone}\n`,
      because: 'masked',
    },
    {
      path: 'models/applicants.yml',
      good: `${HEAD}      - name: email\n        description: SHA-256 hash of the address.\n      - name: contact_email\n        data_tests: [is_masked]\n`,
      because: 'hashed, and tested',
    },
    {
      path: 'models/rates.yml',
      good: 'version: 2\nmodels:\n  - name: rates\n    columns:\n      - name: rate\n      - name: product\n',
      because: 'nothing is about people',
    },
    {
      path: 'models/applicants.yml',
      good: `${HEAD}      - name: email\n        meta: {pii: false}\n`,
      because: 'said not to be personal',
    },
  ],
});

function hasTests(column: ConfigEntry): boolean {
  return ['tests', 'data_tests'].some((key) => items(child(column, key)).length > 0);
}
