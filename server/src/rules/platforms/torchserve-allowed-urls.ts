import { type ConfigEntry, defineRule } from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { isOn } from '../_environment.js';
import { bindsEverything, propertyOf, torchServeFiles, torchServeSettings } from './_properties.js';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: scoring\ndata:\n  config.properties: |\n';

export default defineRule({
  summary: 'TorchServe may fetch models from any address, and its management API is open.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-829',
    'CWE-918',
    'OWASP-ML06:2023',
    'AML.T0049',
    'CVE-2023-43654',
    'https://docs.pytorch.org/serve/configuration.html',
    'https://docs.pytorch.org/serve/model_api_control.html',
  ],
  docs: {
    why: 'Without `allowed_urls` TorchServe fetches an archive from wherever a call says, and the Python handler in it runs at once. The same call makes the server ask the metadata service of the cloud for the credentials of the machine.',
    instead:
      'List the addresses of your own model store: `allowed_urls=https://models.example.org/loans/.*`. Where all models are loaded at the start, leave the model API off and management on loopback.',
    fixSafety: 'There is no fix, as only you know where your models are.',
    limits:
      'Reported where the settings open the management address. It is an error with `enable_model_api=true` or a TorchServe before 0.11.1, which has the model API on, else a hint: the API may still be switched on by an option. Lists that any address matches are reported in a ConfigMap; in a file a rule of its own does.',
    ignoreWhen: 'Egress of the server is limited to the model store.',
  },
  messages: {
    absent: '`{key}` is open but `allowed_urls` is not set, so models come from any address; list your model store',
    any: '`allowed_urls` accepts models from any address, and a model archive is code; list your model store',
  },
  words: ['management_address', 'allowed_urls'],
  query: torchServeFiles,
  check(entry: ConfigEntry, { report, text, version }) {
    const settings = torchServeSettings(entry, text);
    const open = settings.find(({ key, value }) => key.endsWith('management_address') && bindsEverything(value));
    const allowed = propertyOf(settings, 'allowed_urls');
    if (open === undefined || (allowed !== undefined && (entry.parent === undefined || !matchesAny(allowed.value))))
      return;
    const library = version('torchserve');
    const registers =
      isOn(propertyOf(settings, 'enable_model_api')?.value ?? '') ||
      (library !== undefined && isBelow(library, '0.11.1') === true);
    const finding =
      allowed === undefined
        ? report({ start: open.range.start, end: open.range.start + open.key.length }, 'absent', { key: open.key })
        : report(allowed.range, 'any');
    if (!registers) finding.severity('hint');
  },
  examples: [
    {
      path: 'config.properties',
      bad: 'inference_address=http://0.0.0.0:8080\n«management_address»=http://0.0.0.0:8081\nenable_model_api=true\n',
      message: 'absent',
      good: 'inference_address=http://0.0.0.0:8080\nmanagement_address=http://0.0.0.0:8081\nenable_model_api=true\nallowed_urls=https://models.example.org/loans/.*\n',
      byHand: true,
    },
    {
      path: 'config.properties',
      bad: '«management_address»=http://0.0.0.0:8081\nmodel_store=/models\n',
      given: { torchserve: '0.8.2' },
      message: 'absent',
    },
    {
      path: 'k8s/torchserve.yaml',
      bad: `${CONFIG_MAP}    management_address=http://0.0.0.0:8081\n    enable_model_api=true\n    «allowed_urls=file://.*|http(s)?://.*»\n`,
      message: 'any',
      good: `${CONFIG_MAP}    management_address=http://0.0.0.0:8081\n    enable_model_api=true\n    allowed_urls=https://models.example.org/.*\n`,
      byHand: true,
    },
    {
      path: 'config.properties',
      good: 'inference_address=http://0.0.0.0:8080\nmanagement_address=http://127.0.0.1:8081\n',
      because: 'nobody else reaches the management API',
    },
    {
      path: 'config.properties',
      good: 'management_address=http://0.0.0.0:8081\nenable_model_api=true\nallowed_urls=https://models.example.org/.*,file:///models/.*\n',
      because: 'the sources are listed',
    },
    {
      path: 'config.properties',
      good: 'inference_address=http://0.0.0.0:8080\nmodel_store=/models\n',
      because: 'management stays on loopback unless it is set',
    },
    {
      path: 'config.properties',
      good: 'management_address=http://0.0.0.0:8081\nenable_model_api=true\nallowed_urls=$$MODEL_SOURCES$$\n',
      because: 'the list is set from outside',
    },
  ],
});

/** True for a list of patterns one of which any address, or any with a scheme, matches. */
function matchesAny(value: string): boolean {
  return value
    .split(/[,|]/)
    .some((one) => /^\^?(?:(?:file|https?|http\(s\)\?|https\?):\/\/)?\.\*\$?$/.test(one.trim()));
}
