import { type ConfigEntry, config, defineRule } from '../../engine/index.js';
import { isImageVariable } from '../_zenml.js';
import { reportLiteral } from './_literal-secret.js';

export default defineRule({
  summary: 'ZenML writes a literal secret into the image of a pipeline.',
  stages: ['preprocessing', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  skipsTests: true,
  since: '0.1.0',
  references: [
    'CWE-798',
    'OWASP-A07:2021',
    'AML.T0055',
    'https://docs.zenml.io/how-to/containerization/containerization',
    'https://docs.zenml.io/how-to/secrets/secrets',
  ],
  docs: {
    why: 'Variables of `settings.docker.environment` become `ENV` lines of the image that runs every step. Whoever may pull it from the registry, or read this file, gets the password of the feature store, also from old tags after it was taken out here.',
    instead:
      'Change the value, register it with `zenml secret create`, and list that secret under `secrets` of the pipeline, or read it with `Client().get_secret()` in the step.',
    fixSafety:
      'No fix: references to secrets are not resolved in this map, and which secret holds the value is not known.',
    limits:
      'The name has to mean a secret and the value has to look like one, of six characters at least. Passwords made of words are warnings. Addresses with a password and keys of known providers have rules of their own.',
    ignoreWhen: 'The value opens a throw-away service, and the image stays on this machine.',
  },
  messages: {
    literal:
      '`{name}` is a literal secret that ends up in every image of the pipeline; change it and use a ZenML secret',
    guessable: '`{name}` in the image of the pipeline is a secret that anybody guesses; use a ZenML secret',
  },
  query: config.entries(['zenml'], '**.docker.environment.*'),
  check(entry: ConfigEntry, { report }) {
    if (isImageVariable(entry)) reportLiteral(entry, report);
  },
  examples: [
    {
      path: 'configs/train.yaml',
      bad: 'enable_cache: false\nsettings:\n  docker:\n    environment:\n      FEATURE_STORE_PASSWORD: «G831qkKWTZ7navgwdAjQD1» # features\n      LOG_LEVEL: INFO\n',
      message: 'literal',
      good: 'enable_cache: false\nsecrets:\n  - feature-store\nsettings:\n  docker:\n    environment:\n      LOG_LEVEL: INFO\n',
      byHand: true,
    },
    {
      path: 'configs/train.yaml',
      bad: 'settings: {docker: {environment: {DB_PASSWORD: «"postgres123"», DB_USER: zenml}}}\n',
      message: 'guessable',
      good: 'settings: {docker: {environment: {DB_USER: zenml}}}\n',
      byHand: true,
    },
    {
      path: 'configs/train.yaml',
      good: 'settings:\n  docker:\n    environment:\n      TOKENIZERS_PARALLELISM: "false"\n      MAX_TOKENS: "4096"\n      KEY_FILE: /run/secrets/key\n',
      because: 'a switch, a number and a path',
    },
    {
      path: 'configs/train.yaml',
      good: 'settings:\n  docker:\n    environment:\n      DB_PASSWORD: ${DB_PASSWORD}\n      API_TOKEN: <your-token>\n',
      because: 'filled in from outside, and a placeholder',
    },
    {
      path: 'configs/train.yaml',
      good: 'environment:\n  DB_PASSWORD: "{{ db_password }}"\nsettings:\n  docker:\n    requirements: [pandas==2.3.3]\n',
      because: 'set when the pipeline runs',
    },
  ],
});
