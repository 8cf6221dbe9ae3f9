import { type ConfigEntry, config, defineRule } from '../../engine/index.js';
import { resourceOf, setting, shortName } from './_resource.js';

/** Resources of Vertex AI that take a key of your own. */
const TYPES = ['dataset', 'endpoint', 'featurestore', 'metadata_store', 'tensorboard'].map(
  (name) => `google_vertex_ai_${name}`,
);

export default defineRule({
  summary: 'Data that Vertex AI stores is not encrypted with a key of your own.',
  stages: ['data-collection', 'feature-engineering', 'training', 'deployment'],
  severity: 'info',
  confidence: 'high',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-311',
    'OWASP-A02:2021',
    'https://cloud.google.com/vertex-ai/docs/general/cmek',
    'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/vertex_ai_featurestore',
  ],
  docs: {
    why: 'Features, run records and models lie under a key of Google. Nobody can withdraw access to the features of a group of people by disabling a key, and no log of a key shows who read them.',
    instead:
      'Create a key in the same region, let the service agent of Vertex AI use it, and name it in `encryption_spec`.',
    fixSafety: 'The key is not known here, and a new one replaces the resource, so there is no fix.',
    limits:
      'Looked at are data sets, endpoints, feature stores, metadata stores and TensorBoards. Variables are taken for a key.',
  },
  messages: {
    unset: '`{name}` stores data under a key of the service, so access cannot be withdrawn by it; set your own',
  },
  words: ['google_vertex_ai'],
  query: config.entries(['terraform'], 'resource.*.*'),
  check(entry: ConfigEntry, { report }) {
    const resource = resourceOf(entry, ...TYPES);
    if (resource === undefined || setting(resource, 'encryption_spec', '').state !== 'absent') return;
    report(resource.at, 'unset', { name: shortName(resource) });
  },
  examples: [
    {
      path: 'infra/vertex.tf',
      bad: 'resource "google_vertex_ai_featurestore" «"loans"» {\n  name = "loans"\n}\n',
      message: 'unset',
      good: 'resource "google_vertex_ai_featurestore" "loans" {\n  name = "loans"\n  encryption_spec {\n    kms_key_name = var.key\n  }\n}\n',
      byHand: true,
    },
    {
      path: 'infra/vertex.tf',
      good: 'resource "google_vertex_ai_endpoint" "loans" {\n  dynamic "encryption_spec" {\n    for_each = var.keys\n    content {\n      kms_key_name = encryption_spec.value\n    }\n  }\n}\n',
      because: 'a dynamic block may set it',
    },
    {
      path: 'infra/vertex.tf',
      good: 'resource "google_vertex_ai_index" "loans" {\n  display_name = "loans"\n}\n',
      because: 'an index is not among the resources looked at',
    },
    {
      path: 'infra/vertex.tf',
      good: 'data "google_vertex_ai_index" "loans" {\n  name = "loans"\n}\n',
      because: 'a data source creates nothing',
    },
  ],
});
