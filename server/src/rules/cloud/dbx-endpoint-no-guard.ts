import { at, type ConfigEntry, child, config, defineRule, items, rootOf } from '../../engine/index.js';

export default defineRule({
  summary: 'A Databricks serving endpoint limits nobody and keeps no record.',
  stages: ['deployment', 'monitoring'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-770',
    'OWASP-LLM10:2025',
    'AML.T0024',
    'AML.T0029',
    'https://docs.databricks.com/aws/en/ai-gateway/configure-ai-gateway-endpoints',
  ],
  docs: {
    why: 'One client with a loop asks the endpoint a million times: that is a bill, or a copy of the model, rebuilt from its answers. Without a table of requests nobody sees it, and drift stays unseen as well.',
    instead:
      'Add `ai_gateway` with `rate_limits`, and an `inference_table_config` whose table only the people who need it may read.',
    fixSafety: 'How many calls are usual, and where the table belongs, is not known here, so there is no fix.',
    limits:
      'Silent as soon as one of both is set, here or in a target of this file. What is set in the workspace by hand is not seen.',
    ignoreWhen: 'Another gateway in front limits and records.',
  },
  messages: {
    unset: 'Endpoint `{name}` lets one client ask without end, unrecorded; add `ai_gateway` with `rate_limits`',
  },
  query: config.entries(['databricks-bundle'], 'resources.model_serving_endpoints.*'),
  check(entry: ConfigEntry, { report }) {
    if (entry.kind !== 'map' || entry.keyRange === undefined || entry.key === undefined) return;
    const name = entry.key;
    const overrides = items(child(rootOf(entry), 'targets')).map((target) =>
      at(target, 'resources', 'model_serving_endpoints', name),
    );
    if ([entry, ...overrides].some(isGuarded)) return;
    report(entry.keyRange, 'unset', { name: name.slice(0, 30) });
  },
  examples: [
    {
      path: 'resources/endpoint.yml',
      bad: 'resources:\n  model_serving_endpoints:\n    «scorer»:\n      name: scorer\n      config:\n        served_entities:\n          - entity_name: scorer\n            entity_version: "3"\n',
      message: 'unset',
      good: 'resources:\n  model_serving_endpoints:\n    scorer:\n      name: scorer\n      config:\n        served_entities:\n          - entity_name: scorer\n            entity_version: "3"\n      ai_gateway:\n        rate_limits:\n          - calls: 600\n            renewal_period: minute\n',
      byHand: true,
    },
    {
      path: 'resources/endpoint.yml',
      good: 'resources:\n  model_serving_endpoints:\n    scorer: {name: scorer, ai_gateway: {inference_table_config: {enabled: true, catalog_name: ml, schema_name: logs}}}\n',
      because: 'requests are recorded',
    },
    {
      path: 'resources/endpoint.yml',
      good: 'resources:\n  model_serving_endpoints:\n    scorer:\n      name: scorer\n      ai_gateway: ${var.gateway}\n',
      because: 'a variable holds the gateway',
    },
    {
      path: 'resources/endpoint.yml',
      good: 'resources:\n  model_serving_endpoints:\n    scorer:\n      name: scorer\n      config: {auto_capture_config: {catalog_name: ml, schema_name: logs}}\n',
      because: 'the older setting records requests too',
    },
  ],
});

function isGuarded(endpoint: ConfigEntry | undefined): boolean {
  if (endpoint === undefined) return false;
  if (endpoint.alias !== undefined || child(endpoint, '<<') !== undefined) return true;
  const gateway = child(endpoint, 'ai_gateway');
  if (gateway !== undefined && (gateway.kind !== 'map' || child(gateway, '<<') !== undefined)) return true;
  const table = child(gateway, 'inference_table_config');
  const isRecorded = table !== undefined && child(table, 'enabled')?.value !== false;
  const limits = child(gateway, 'rate_limits') ?? child(endpoint, 'rate_limits');
  return isRecorded || limits !== undefined || at(endpoint, 'config', 'auto_capture_config') !== undefined;
}
