import { type ConfigEntry, child, config, defineRule, text as textOf } from '../../engine/index.js';
import { torchServeFiles, torchServeSettings } from './_properties.js';

const GIGABYTE = 1 << 30;

export default defineRule({
  summary: 'A model server takes requests of any size or in any number.',
  stages: ['deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-770',
    'OWASP-LLM10:2025',
    'AML.T0029',
    'https://docs.pytorch.org/serve/configuration.html',
    'https://mlserver.readthedocs.io/en/latest/reference/settings.html',
    'https://docs.bentoml.com/en/latest/reference/bentoml/configurations.html',
  ],
  docs: {
    why: 'A tensor is unpacked into memory before the model sees it. One request of some gigabytes, or a few hundred at once from a client that repeats what fails, ends the process, and with it the scoring of every other loan.',
    instead:
      'Set the size to what the largest input needs, and with BentoML `traffic.max_concurrency` to what the memory of a replica holds, so that others get an answer to try again.',
    fixSafety: 'There is no fix, as the sizes and numbers follow from your inputs and machines.',
    limits:
      'Reported are limits that a file lifts: `-1` for gRPC messages, more than a gigabyte for a request of TorchServe. Services of BentoML that set `traffic` without `max_concurrency` are a hint. Limits of gateways and queues are not visible.',
    ignoreWhen: 'A gateway in front of the server limits sizes and rates.',
  },
  messages: {
    unlimited: '`{key}={value}` lets one request fill the memory of the server; set the size that inputs need',
    concurrency:
      '`traffic` has no `max_concurrency`, so a burst of requests fills the memory; set what a replica holds',
  },
  words: ['max_message_length', 'max_request_size', 'traffic'],
  query: [
    ...torchServeFiles,
    config.entries(['mlserver-settings'], 'grpc_max_message_length'),
    config.entries(['bentoml-config'], '**.grpc.max_message_length'),
    config.entries(['bentoml-config'], 'services.traffic'),
    config.entries(['bentoml-config'], 'services.*.traffic'),
    config.entries(['bentoml-config'], 'api_server.traffic'),
  ],
  check(entry: ConfigEntry, { report, text }) {
    if (entry.key?.endsWith('max_message_length') === true) {
      if (textOf(entry) === '-1') report(entry.range, 'unlimited', { key: entry.key, value: '-1' });
    } else if (entry.key === 'traffic' && entry.keyRange !== undefined) {
      const limited = ['max_concurrency', 'external_queue', '<<'].some((key) => child(entry, key) !== undefined);
      if (entry.kind === 'map' && !limited && entry.alias === undefined)
        report(entry.keyRange, 'concurrency').severity('hint');
    } else {
      for (const { key, value, range } of torchServeSettings(entry, text)) {
        if (key === 'max_request_size' && /^\d+$/.test(value) && Number(value) >= GIGABYTE)
          report(range, 'unlimited', { key, value: value.slice(0, 12) });
      }
    }
  },
  examples: [
    {
      path: 'settings.json',
      bad: '{"http_port": 8080, "grpc_port": 8081, «"grpc_max_message_length": -1»}\n',
      message: 'unlimited',
      good: '{"http_port": 8080, "grpc_port": 8081, "grpc_max_message_length": 16777216}\n',
      byHand: true,
    },
    {
      path: 'config.properties',
      bad: 'inference_address=http://0.0.0.0:8080\n«max_request_size=2147483647»\n',
      message: 'unlimited',
      good: 'inference_address=http://0.0.0.0:8080\nmax_request_size=26214400\n',
      byHand: true,
    },
    {
      path: 'bentoml_configuration.yaml',
      bad: 'version: 2\nservices:\n  scoring:\n    workers: 2\n    «traffic»:\n      timeout: 30 # seconds\n',
      message: 'concurrency',
      good: 'version: 2\nservices:\n  scoring:\n    workers: 2\n    traffic:\n      timeout: 30 # seconds\n      max_concurrency: 32\n',
      byHand: true,
    },
    {
      path: 'settings.json',
      good: '{"http_port": 8080, "grpc_port": 8081}\n',
      because: 'gRPC limits messages to four megabytes by itself',
    },
    {
      path: 'config.properties',
      good: 'inference_address=http://0.0.0.0:8080\nmax_request_size=655350000\nmax_response_size=2147483647\n',
      because: 'a size that images need; answers come from the model',
    },
    {
      path: 'bentoml_configuration.yaml',
      good: 'version: 2\nservices:\n  scoring:\n    traffic: {timeout: 30, concurrency: 8, external_queue: true}\n',
      because: 'a queue in front holds what is too much',
    },
  ],
});
