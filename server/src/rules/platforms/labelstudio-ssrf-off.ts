import { defineRule, edit } from '../../engine/index.js';
import { type EnvironmentFact, environment, isOff, variablesOf } from '../_environment.js';
import { labelStudioSetting } from './_label-studio.js';

export default defineRule({
  summary: 'Label Studio fetches any address its users import.',
  stages: ['data-collection'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-918', 'OWASP-A10:2021', 'AML.T0049', 'GHSA-p59w-9gqw-wj8r', 'https://labelstud.io/guide/security'],
  docs: {
    why: 'Whoever may import tasks, and with open sign-up that is everybody, lets the server fetch `http://169.254.169.254/…` and reads the credentials of the machine as a task, with them the bucket that holds the training data.',
    instead:
      'Leave `SSRF_PROTECTION_ENABLED` on. For media on an internal host set `USE_DEFAULT_BANNED_SUBNETS=false` and list what is forbidden in `USER_ADDITIONAL_BANNED_SUBNETS`.',
    fixSafety: 'Media on internal hosts can no longer be imported, so the fix is offered for review.',
    limits:
      'Releases before 1.23 have the protection off unless it is switched on; only a value that is written out is reported. Settings in the data folder of Label Studio are not read.',
    ignoreWhen: 'The server can reach nothing but the storage with the media.',
  },
  messages: {
    off: '`{setting}` lets users make Label Studio fetch internal addresses; leave the protection on',
  },
  words: ['ssrf_protection_enabled'],
  query: environment,
  check(fact: EnvironmentFact, { report, python: py, text }) {
    for (const variable of variablesOf(fact, py, text)) {
      if (labelStudioSetting(variable, text) !== 'SSRF_PROTECTION_ENABLED' || !isOff(variable.value)) continue;
      const { place, range, value } = variable;
      report(range, 'off', { setting: `SSRF_PROTECTION_ENABLED=${value.trim()}` }).fix(
        'Turn the protection on',
        'review',
        place === range ? [] : edit.replace(place, 'true'),
        'media on internal hosts can no longer be imported',
      );
    }
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  label-studio:\n    image: heartexlabs/label-studio:1.23.2\n    environment:\n      «SSRF_PROTECTION_ENABLED: "false"» # media server\n',
      message: 'off',
      good: 'services:\n  label-studio:\n    image: heartexlabs/label-studio:1.23.2\n    environment:\n      SSRF_PROTECTION_ENABLED: "true" # media server\n',
    },
    {
      path: 'compose.yaml',
      bad: 'services: {labels: {image: "heartexlabs/label-studio:1.23.2", environment: {«SSRF_PROTECTION_ENABLED: false»}}}\n',
      message: 'off',
      good: 'services: {labels: {image: "heartexlabs/label-studio:1.23.2", environment: {SSRF_PROTECTION_ENABLED: true}}}\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM heartexlabs/label-studio:1.23.2\nENV «LABEL_STUDIO_SSRF_PROTECTION_ENABLED=0»\n',
      message: 'off',
      good: 'FROM heartexlabs/label-studio:1.23.2\nENV LABEL_STUDIO_SSRF_PROTECTION_ENABLED=true\n',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  label-studio:\n    image: heartexlabs/label-studio:1.23.2\n    environment:\n      SSRF_PROTECTION_ENABLED: "true"\n',
      because: 'the protection is on',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  label-studio:\n    image: heartexlabs/label-studio:1.23.2\n    environment:\n      SSRF_PROTECTION_ENABLED: ${SSRF_PROTECTION}\n',
      because: 'set from outside',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  crawler:\n    build: .\n    environment:\n      SSRF_PROTECTION_ENABLED: "false"\n',
      because: 'nothing says that this is Label Studio',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  flow:\n    image: langflowai/langflow:1.7.1\n    environment:\n      LANGFLOW_SSRF_PROTECTION_ENABLED: "false"\n',
      because: 'a setting of another program',
    },
  ],
});
