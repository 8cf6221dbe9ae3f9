import { at, type ConfigEntry, child, config, defineRule, items, refersTo, resourcesOf } from '../../engine/index.js';

const EVERYONE = new Map([
  ['allUsers', 'everyone on the internet'],
  ['allAuthenticatedUsers', 'every Google account'],
]);
/** Resources that let somebody into a bucket, with the argument that says whom. */
const GRANTS = new Map([
  ['google_storage_bucket_iam_member', 'member'],
  ['google_storage_bucket_iam_binding', 'members'],
  ['google_storage_bucket_access_control', 'entity'],
  ['google_storage_default_object_access_control', 'entity'],
  ['google_storage_object_access_control', 'entity'],
]);

export default defineRule({
  summary: 'A Terraform file opens a Cloud Storage bucket to everyone.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-732',
    'OWASP-ML05:2023',
    'AML.T0035',
    'https://cloud.google.com/storage/docs/public-access-prevention',
    'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/storage_bucket_iam',
  ],
  docs: {
    why: 'Names of buckets are guessed from the names of products. Who finds one that is open copies the records it holds and every version of the model, and with write access replaces the data of the next training run.',
    instead:
      'Name the group or service account that reads, or hand out signed links; set `public_access_prevention = "enforced"` on the bucket.',
    fixSafety: 'Who reads the bucket instead is not known here, so there is no fix.',
    limits:
      'Variables are not resolved, and conditions of a grant are taken as a restriction. An enforced prevention of public access in the same folder silences the finding; one set for the organisation is not visible. A bucket with a website is a warning.',
    ignoreWhen: 'The bucket publishes a data set on purpose and holds nothing else.',
  },
  messages: {
    open: '`{member}` opens the bucket to {who}, with all data and models in it; name who reads it',
  },
  words: ['google_storage'],
  query: config.entries(['terraform'], 'resource.*.*'),
  check(entry: ConfigEntry, { report, text, facts, workspace, path }) {
    const argument = GRANTS.get(entry.parent?.key ?? '');
    if (argument === undefined || facts === undefined) return;
    if (child(entry, 'condition') !== undefined) return;
    const named = child(entry, argument);
    const members = named?.kind === 'list' ? items(named) : named === undefined ? [] : [named];
    const open = members.find(({ value }) => typeof value === 'string' && EVERYONE.has(value));
    if (open === undefined) return;
    const files = [{ text, facts }, ...workspace.configsBeside(path)];
    const reference = child(entry, 'bucket');
    const bucket = resourcesOf(files, 'google_storage_bucket').find(
      (one) =>
        refersTo(reference, text, one) ||
        (typeof reference?.value === 'string' && child(one.body, 'name')?.value === reference.value),
    );
    if (child(bucket?.body, 'public_access_prevention')?.value === 'enforced') return;
    const member = String(open.value);
    report(open.valueRange, 'open', { member, who: EVERYONE.get(member)! }).severity(
      at(bucket?.body, 'website') === undefined ? 'error' : 'warning',
    );
  },
  examples: [
    {
      path: 'infra/storage.tf',
      bad: 'resource "google_storage_bucket_iam_member" "readers" {\n  bucket = "loan-models"\n  role   = "roles/storage.objectViewer"\n  member = «"allUsers"»\n}\n',
      message: 'open',
      good: 'resource "google_storage_bucket_iam_member" "readers" {\n  bucket = "loan-models"\n  role   = "roles/storage.objectViewer"\n  member = "group:credit-risk@bank.example"\n}\n',
      byHand: true,
    },
    {
      path: 'infra/storage.tf',
      good: 'resource "google_storage_bucket" "models" {\n  name = "loan-models"\n  public_access_prevention = "enforced"\n}\n\nresource "google_storage_bucket_iam_member" "readers" {\n  bucket = google_storage_bucket.models.name\n  member = "allUsers"\n}\n',
      because: 'the bucket refuses public access',
    },
    {
      path: 'infra/storage.tf',
      good: 'resource "google_storage_bucket_iam_member" "readers" {\n  bucket = "loan-models"\n  member = var.reader\n}\n',
      because: 'the member is a variable',
    },
    {
      path: 'infra/service.tf',
      good: 'resource "google_cloud_run_service_iam_member" "callers" {\n  member = "allUsers"\n}\n',
      because: 'a service is no bucket',
    },
  ],
});
