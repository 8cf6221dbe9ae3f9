import type { TextEdit } from '../../base/range.js';
import {
  type ConfigEntry,
  type ContainerFact,
  child,
  configEdit,
  containers,
  defineRule,
  edit,
  items,
  text as textOf,
} from '../../engine/index.js';
import { imageReference } from '../../knowledge/container-images.js';
import { isIncomplete } from '../_compose.js';
import { isOff } from '../_environment.js';
import { labelStudioSetting } from './_label-studio.js';

const VARIABLE = 'LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK';

export default defineRule({
  summary: 'A published Label Studio lets anybody make an account.',
  stages: ['data-collection', 'preprocessing'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-862',
    'OWASP-A01:2021',
    'OWASP-ML02:2023',
    'AML.T0020',
    'https://labelstud.io/guide/signup#Restrict-signup-for-local-deployments',
  ],
  docs: {
    why: 'The sign-up page is open until it is closed, and every account of the free edition sees all projects. A stranger reads the scans that were uploaded for labelling and flips the labels of some, which nobody notices before the model has learned them.',
    instead: 'Set `LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK=true` and invite annotators by link.',
    fixSafety: 'New annotators need an invitation afterwards, so the fix is offered for review.',
    limits:
      'In a compose file the port has to be published on more than loopback, by the service or by the proxy of the same image. In a manifest of Kubernetes only a value that is written out is reported, as information. Services with an env file, an entry point or merged fields are not judged.',
    ignoreWhen: 'A proxy signs users in before they reach Label Studio.',
  },
  messages: {
    open: '`{container}` lets anybody sign up and see every project; set `LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK`',
  },
  words: ['label-studio', 'disable_signup_without_link'],
  query: containers.all(),
  check(container: ContainerFact, { report, text }) {
    // The image brings its proxy along, which reads none of the settings.
    if (!isLabelStudio(container.image) || isProxy(container.words.map((word) => word.text).join(' '))) return;
    const set = container.variables.find((one) => labelStudioSetting(one, text) === 'DISABLE_SIGNUP_WITHOUT_LINK');
    if (set !== undefined && (set.value === undefined || !isOff(set.value))) return;
    const published = container.ports.some((port) => port.published) || isBehindProxy(container);
    if (container.origin === 'compose' ? !published : set === undefined) return;
    const entry = container.entry;
    if (set === undefined && isIncomplete(entry)) return;
    const shown = { container: (container.name ?? 'label-studio').slice(0, 12) };
    const finding = report(set?.range ?? entry.keyRange ?? entry.range, 'open', shown);
    if (!published) finding.severity('info');
    const place = set?.range;
    const written =
      place !== undefined && text.slice(place.start, place.end).replace(/^["']|["']$/g, '') === set?.value;
    finding.fix(
      'Close the sign-up page',
      'review',
      place === undefined ? withVariable(container, text) : written ? edit.replace(place, trueLike(place, text)) : [],
      'new annotators need an invitation',
    );
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  «labels»:\n    image: heartexlabs/label-studio:1.23.2\n    environment:\n      DJANGO_DB: default # shared\n    ports: ["8080:8080"]\n',
      message: 'open',
      good: 'services:\n  labels:\n    image: heartexlabs/label-studio:1.23.2\n    environment:\n      DJANGO_DB: default # shared\n      LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK: "true"\n    ports: ["8080:8080"]\n',
    },
    {
      path: 'compose.yaml',
      bad: 'services:\n  labels:\n    image: heartexlabs/label-studio:1.23.2\n    environment: [LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK=«false»]\n    ports: ["8080:8080"]\n',
      message: 'open',
      good: 'services:\n  labels:\n    image: heartexlabs/label-studio:1.23.2\n    environment: [LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK=true]\n    ports: ["8080:8080"]\n',
    },
    {
      path: 'compose.yaml',
      bad: 'services: {«labels»: {image: "heartexlabs/label-studio:1.23.2", ports: ["8080:8080"]}}\n',
      message: 'open',
      good: 'services: {labels: {image: "heartexlabs/label-studio:1.23.2", ports: ["8080:8080"], environment: {LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK: "true"}}}\n',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  labels:\n    image: heartexlabs/label-studio:1.23.2\n    ports: ["127.0.0.1:8080:8080"]\n',
      because: 'published on the loopback address',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  labels:\n    image: heartexlabs/label-studio:1.23.2\n    env_file: .env\n    ports: ["8080:8080"]\n',
      because: 'the other file may close it',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  labels:\n    image: heartexlabs/label-studio:1.23.2\n    environment:\n      - LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK=${CLOSED:-true}\n    ports: ["8080:8080"]\n',
      because: 'set from outside',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  backend:\n    image: heartexlabs/label-studio-ml-backend:1.0\n    ports: ["9090:9090"]\n',
      because: 'another program',
    },
  ],
});

function isLabelStudio(image: ConfigEntry | undefined): boolean {
  return /(?:^|\/)label-studio(?:-enterprise)?$/.test(imageReference(textOf(image) ?? '').repository);
}

function isProxy(command: string): boolean {
  return /^nginx\b/.test(command);
}

/** True when another service of the image, which is the proxy in front, publishes a port on more than loopback. */
function isBehindProxy({ origin, entry }: ContainerFact): boolean {
  return (
    origin === 'compose' &&
    items(entry.parent).some(
      (other) =>
        isLabelStudio(child(other, 'image')) &&
        isProxy(textOf(child(other, 'command')) ?? '') &&
        items(child(other, 'ports')).some((port) => !/^(?:127\.|localhost|\[::1)/.test(textOf(port) ?? '')),
    )
  );
}

function trueLike(place: { start: number; end: number }, text: string): string {
  const mark = text[place.start];
  return mark === '"' || mark === "'" ? `${mark}true${mark}` : 'true';
}

function withVariable({ entry }: ContainerFact, text: string): TextEdit[] {
  const environment = child(entry, 'environment');
  if (environment === undefined) return configEdit.addEntry(text, entry, 'environment', [[VARIABLE, '"true"']]);
  return environment.kind === 'list'
    ? configEdit.addItem(text, environment, `${VARIABLE}=true`)
    : configEdit.addEntry(text, environment, VARIABLE, '"true"');
}
