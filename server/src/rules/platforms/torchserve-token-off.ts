import { type ConfigEntry, config, defineRule, edit } from '../../engine/index.js';
import { isOn } from '../_environment.js';
import { bindsEverything, torchServeSettings } from './_properties.js';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: scoring\ndata:\n  config.properties: |\n';

export default defineRule({
  summary: 'The settings of TorchServe in a ConfigMap switch its tokens off.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-A01:2021',
    'OWASP-ML06:2023',
    'AML.T0049',
    'https://docs.pytorch.org/serve/token_authorization_api.html',
  ],
  docs: {
    why: 'Every pod of the cluster may call a Service. Without tokens a notebook next door sends requests to the model until it has a copy of it, and where the model API is on it registers an archive whose handler runs in the place of the model.',
    instead: 'Leave tokens on, and give clients the keys that TorchServe writes to `key_file.json` from a Secret.',
    fixSafety: 'Clients without a token are turned away, so the fix is offered for review.',
    limits:
      'Only files of settings inside a ConfigMap: the file itself, the option and the variable have a rule of their own. Servers whose inference and management addresses stay on loopback are a warning.',
    ignoreWhen: 'A mesh or gateway checks every caller and network policies close the ports to all others.',
  },
  messages: {
    off: '`disable_token_authorization` lets every pod use and manage the models of TorchServe; leave tokens on',
  },
  words: ['disable_token_authorization'],
  query: config.entries(['kubernetes'], 'data.*'),
  check(entry: ConfigEntry, { report, text }) {
    const settings = torchServeSettings(entry, text);
    const open = settings.some(({ key, value }) => key.endsWith('_address') && bindsEverything(value));
    for (const { key, value, place, range } of settings) {
      if (key !== 'disable_token_authorization' || !isOn(value)) continue;
      report(range, 'off')
        .severity(open ? 'error' : 'warning')
        .fix('Leave tokens on', 'review', edit.replace(place, 'false'), 'clients have to send a token');
    }
  },
  examples: [
    {
      path: 'k8s/torchserve.yaml',
      bad: `${CONFIG_MAP}    inference_address=http://0.0.0.0:8080\n    # for the demo\n    «disable_token_authorization=true»\n    load_models=all\n`,
      message: 'off',
      good: `${CONFIG_MAP}    inference_address=http://0.0.0.0:8080\n    # for the demo\n    disable_token_authorization=false\n    load_models=all\n`,
    },
    {
      path: 'k8s/torchserve.yaml',
      bad: `${CONFIG_MAP}    model_store=/mnt/models\n    «disable_token_authorization = True»\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: ml}\n`,
      message: 'off',
      good: `${CONFIG_MAP}    model_store=/mnt/models\n    disable_token_authorization = false\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: ml}\n`,
    },
    {
      path: 'k8s/torchserve.yaml',
      good: `${CONFIG_MAP}    inference_address=http://0.0.0.0:8080\n    disable_token_authorization=false\n`,
      because: 'tokens are on',
    },
    {
      path: 'k8s/torchserve.yaml',
      good: `${CONFIG_MAP}    inference_address=http://0.0.0.0:8080\n    disable_token_authorization=$$NO_TOKENS$$\n`,
      because: 'set from outside',
    },
    {
      path: 'k8s/other.yaml',
      good: `${CONFIG_MAP}    disable_token_authorization=true\n    listen=8080\n`,
      because: 'nothing says that this is TorchServe',
    },
  ],
});
