import {
  type ConfigEntry,
  type ContainerFact,
  containers,
  defineRule,
  edit,
  text as textOf,
} from '../../engine/index.js';
import { imageReference } from '../../knowledge/container-images.js';
import { isTorchServeManagement } from '../../knowledge/torchserve.js';
import { isOn } from '../_environment.js';
import { publishedPort } from '../_published-ports.js';
import { bindsEverything, type Property, propertyOf, torchServeFiles, torchServeSettings } from './_properties.js';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: scoring\ndata:\n  config.properties: |\n';

export default defineRule({
  summary: 'The management API of TorchServe is open to other machines.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-749',
    'OWASP-A05:2021',
    'OWASP-ML06:2023',
    'AML.T0049',
    'CVE-2023-43654',
    'https://docs.pytorch.org/serve/configuration.html',
    'https://docs.pytorch.org/serve/management_api.html',
  ],
  docs: {
    why: 'A model archive holds a Python handler. Whoever reaches the management API has TorchServe fetch an archive of their own and load it: their code then runs beside the scoring model with its weights, inputs and credentials. ShellTorch was that, on thousands of servers.',
    instead:
      'Keep the management address on `127.0.0.1` and publish the inference port alone. In a cluster load the models at the start, with `load_models` or a snapshot.',
    fixSafety: 'Models can no longer be managed from other machines, so the fix is offered for review.',
    limits:
      'Read are the gRPC address in a file of settings, both addresses in a ConfigMap, and the ports 8081 and 7071 that a compose file publishes for the official image; `management_address` in a file has a rule of its own. Tokens stop callers without one and make the finding in a ConfigMap a warning, as long as nothing switches them off there. A mounted file of settings may close the published port.',
    ignoreWhen: 'A gateway that checks every caller is the only way to the port.',
  },
  messages: {
    address: '`{key}={value}` lets other machines manage the models of TorchServe; keep it on `127.0.0.1`',
    port: 'Port {port} is the management API of TorchServe, which loads code as models; do not publish it',
  },
  words: ['management_address', 'torchserve'],
  query: [...torchServeFiles, containers.all()],
  check(fact: ConfigEntry | ContainerFact, { report, text }) {
    if (fact.kind === 'container') {
      const image = fact.image?.tag === undefined ? (textOf(fact.image) ?? '') : '';
      const { repository } = imageReference(image);
      if (fact.origin !== 'compose') return;
      for (const { target, published, entry } of fact.ports) {
        if (target === undefined || !published || !isTorchServeManagement(repository, target)) continue;
        report(entry, 'port', { port: target }).fix(
          'Publish on `127.0.0.1`',
          'review',
          publishedPort(entry, text)?.onLoopback ?? [],
          'models can no longer be managed from other machines',
        );
      }
      return;
    }
    const settings = torchServeSettings(fact, text);
    const tokens = !isOn(propertyOf(settings, 'disable_token_authorization')?.value ?? '');
    for (const setting of settings) {
      if (!isManagement(setting, fact.parent !== undefined) || !bindsEverything(setting.value)) continue;
      const { key, value, place, range } = setting;
      const finding = report(range, 'address', { key, value: value.slice(0, 30) });
      if (tokens) finding.severity('warning');
      finding.fix(
        `Set \`${key}\` to \`127.0.0.1\``,
        'review',
        edit.replace(place, value.replace(/0\.0\.0\.0|\[::\]|\*/, '127.0.0.1')),
        'models can no longer be managed from other machines',
      );
    }
  },
  examples: [
    {
      path: 'serving/config.properties',
      bad: 'inference_address=http://0.0.0.0:8080\n«grpc_management_address=0.0.0.0»\ndisable_token_authorization=true\n',
      message: 'address',
      good: 'inference_address=http://0.0.0.0:8080\ngrpc_management_address=127.0.0.1\ndisable_token_authorization=true\n',
    },
    {
      path: 'k8s/torchserve.yaml',
      bad: `${CONFIG_MAP}    # settings\n    inference_address=http://0.0.0.0:8080\n    «management_address=http://0.0.0.0:8081»\n    load_models=all\n`,
      message: 'address',
      good: `${CONFIG_MAP}    # settings\n    inference_address=http://0.0.0.0:8080\n    management_address=http://127.0.0.1:8081\n    load_models=all\n`,
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  scoring:\n    image: pytorch/torchserve:0.12.0-cpu\n    ports:\n      - "8080:8080"\n      - «"8081:8081"»\n',
      message: 'port',
      good: 'services:\n  scoring:\n    image: pytorch/torchserve:0.12.0-cpu\n    ports:\n      - "8080:8080"\n      - "127.0.0.1:8081:8081"\n',
      byHand: true,
    },
    {
      path: 'config.properties',
      good: 'inference_address=http://0.0.0.0:8080\nmanagement_address=http://127.0.0.1:8081\ngrpc_management_address=127.0.0.1\n',
      because: 'only the inference API is open',
    },
    {
      path: 'config.properties',
      good: 'inference_address=http://0.0.0.0:8080\ngrpc_inference_address=0.0.0.0\n',
      because: 'management stays on loopback unless it is set',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  api:\n    image: bank/scoring:1.4.0\n    ports: ["8081:8081"]\n',
      because: 'another program listens there',
    },
    {
      path: 'k8s/gateway.yaml',
      good: 'apiVersion: v1\nkind: ConfigMap\ndata:\n  app.properties: |\n    management_addresses=http://0.0.0.0:8081\n',
      because: 'a setting of another program',
    },
  ],
});

/** In a file of settings `management_address` has a rule of its own. */
function isManagement({ key }: Property, embedded: boolean): boolean {
  return key === 'grpc_management_address' || (embedded && key === 'management_address');
}
