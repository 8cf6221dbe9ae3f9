import { isTestFile } from '../../base/test-files.js';
import { type ConfigEntry, config, defineRule, items, text as textOf } from '../../engine/index.js';
import { modelAround, nameOf, personalReason } from './_dbt-models.js';

/** Everybody: roles of Snowflake, PostgreSQL and Redshift, members of BigQuery, groups of Databricks. */
const EVERYBODY = /^(?:public|allUsers|allAuthenticatedUsers|users|account users|all account users)$/i;
const HEAD = 'version: 2\nmodels:\n  - name: applicants\n';

export default defineRule({
  summary: 'A dbt model with personal columns may be read by everybody.',
  stages: ['preprocessing', 'feature-engineering'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-732',
    'OWASP-A01:2021',
    'OWASP-ML03:2023',
    'https://docs.getdbt.com/reference/resource-configs/grants',
  ],
  docs: {
    why: 'A grant to `public` reaches every account of the warehouse, those of dashboards and of the intern included; one to `allUsers` reaches the internet. The table that the scoring model learns from then hands out names and e-mail addresses of all applicants.',
    instead: 'Grant to the roles that need the table, and give others a model without the personal columns.',
    fixSafety: 'Which roles need the table is not known here, so there is no fix.',
    limits:
      'A model counts as personal by its tags or `meta`, by those of its columns, or by names of columns that leave little doubt. Masked columns do not count. Grants in `dbt_project.yml` and in SQL files are not read.',
    ignoreWhen: 'The data is public, or the group holds nobody who may not see it.',
  },
  messages: {
    everybody: '`{model}` is personal ({reason}) and granted to `{grantee}`; grant it to the roles that need it',
  },
  words: ['grants'],
  query: config.entries(['dbt-properties'], '*.*.config.grants.*'),
  check(grant: ConfigEntry, { report, path }) {
    const grantee = [grant, ...items(grant)].find((one) => EVERYBODY.test(textOf(one) ?? ''));
    const model = modelAround(grant);
    if (grantee === undefined || model === undefined || isTestFile(path)) return;
    const reason = personalReason(model);
    if (reason === undefined) return;
    report(grantee.valueRange, 'everybody', {
      model: nameOf(model).slice(0, 20),
      reason,
      grantee: (textOf(grantee) ?? '').slice(0, 24),
    });
  },
  examples: [
    {
      path: 'models/applicants.yml',
      bad: `${HEAD}    config:\n      grants:\n        select: ['analyst', «'public'»]\n    columns:\n      - name: applicant_id\n      - name: email\n`,
      message: 'everybody',
      good: `${HEAD}    config:\n      grants:\n        select: ['analyst']\n    columns:\n      - name: applicant_id\n      - name: email\n`,
      byHand: true,
    },
    {
      path: 'models/applicants.yml',
      bad: `${HEAD}    config: {tags: [pii], grants: {"roles/bigquery.dataViewer": [«allAuthenticatedUsers»]}}\n`,
      message: 'everybody',
      good: `${HEAD}    config: {tags: [pii], grants: {"roles/bigquery.dataViewer": ["group:risk@lending.eu"]}}\n`,
      byHand: true,
    },
    {
      path: 'models/applicants.yml',
      good: `${HEAD}    config:\n      grants:\n        select: [risk_reader]\n    columns:\n      - name: email\n`,
      because: 'a role of its own',
    },
    {
      path: 'models/rates.yml',
      good: 'version: 2\nmodels:\n  - name: rates\n    config:\n      grants:\n        select: [public]\n    columns:\n      - name: rate\n',
      because: 'nothing is about people',
    },
    {
      path: 'models/applicants.yml',
      good: `${HEAD}    config:\n      grants:\n        select: ["{{ var('readers') }}"]\n    columns:\n      - name: email\n`,
      because: 'set from outside',
    },
    {
      path: 'models/applicants.yml',
      good: `${HEAD}    config:\n      grants:\n        select: [public]\n    columns:\n      - name: email\n        meta: {masking_policy: mask_email}\n`,
      because: 'masked',
    },
  ],
});
