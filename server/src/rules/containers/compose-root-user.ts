import { type ConfigEntry, config, configEdit, defineRule, text as textOf } from '../../engine/index.js';
import { runsOnce, serviceName } from '../_compose.js';

export default defineRule({
  summary: 'A compose service is told to run as root.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-250', 'OWASP-A05:2021', 'https://docs.docker.com/reference/compose-file/services/#user'],
  docs: {
    why: 'A notebook or model server that was switched to root to get around one folder without write access stays so. A poisoned checkpoint that it unpickles then owns every mounted data set, and files it leaves in the shared folders belong to root on the host.',
    instead: 'Leave the user of the image, and give it the folders it writes: `chown` in the build, or a named volume.',
    fixSafety:
      'The process may need files that belong to root by now, so leaving the user to the image is offered for review.',
    limits:
      'Only `user` in the compose file is read; an image without a user of its own runs as root too. Services that run once, to prepare volumes, are passed over: those with `restart: "no"`, and those that others wait for until they are done.',
    ignoreWhen: 'The server drops root by itself once its ports and files are open.',
  },
  messages: {
    root: '`{service}` runs as root, so code that gets in owns its files and volumes; leave the user of the image',
  },
  query: config.entries(['compose'], 'services.*.user'),
  check(entry: ConfigEntry, { report, text }) {
    const service = entry.parent;
    const user = textOf(entry);
    if (service === undefined || user === undefined || !/^(?:0|root)(?::|$)/.test(user) || runsOnce(service)) return;
    report(entry.range, 'root', { service: serviceName(service) }).fix(
      'Leave the user of the image',
      'review',
      entry.alias === undefined ? configEdit.removeEntry(text, entry) : [],
      'files of the volumes may belong to root',
    );
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  notebook:\n    image: quay.io/jupyter/scipy-notebook:2024-10-07\n    «user: root»\n    volumes: ["./data:/home/jovyan/data"]\n',
      message: 'root',
      good: 'services:\n  notebook:\n    image: quay.io/jupyter/scipy-notebook:2024-10-07\n    volumes: ["./data:/home/jovyan/data"]\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  trainer:\n    build: .\n    «user: "0:0"» # for the GPU\n',
      message: 'root',
      good: 'services:\n  trainer:\n    build: .\n',
    },
    {
      path: 'compose.yaml',
      bad: 'services: {api: {image: "api:1.2", «user: 0»}}\n',
      message: 'root',
      good: 'services: {api: {image: "api:1.2"}}\n',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  trainer:\n    build: .\n    user: "1000:0"\n',
      because: 'another user, with the group of root',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  airflow:\n    image: apache/airflow:2.10.2\n    user: "${AIRFLOW_UID:-50000}:0"\n',
      because: 'set from outside',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  init:\n    image: busybox:1.36\n    user: root\n    command: chown -R 1000 /data\n  api:\n    build: .\n    depends_on:\n      init:\n        condition: service_completed_successfully\n',
      because: 'prepares a volume and stops',
    },
  ],
});
