import { defineRule } from '../../engine/index.js';
import { type EnvironmentFact, environment, isOn, variablesOf } from '../_environment.js';
import { labelStudioSetting } from './_label-studio.js';

/** The whole disk, or a folder that holds more than media. */
const BROAD = /^(?:\/+|\/(?:etc|root|home|var|proc|usr|opt|label-studio)\/?|[A-Za-z]:[\\/]*)$/;

export default defineRule({
  summary: 'Label Studio serves the whole disk as local files.',
  stages: ['data-collection'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-552',
    'OWASP-A01:2021',
    'AML.T0037',
    'https://labelstud.io/guide/storage#Local-storage',
    'https://labelstud.io/guide/start#Set-environment-variables',
  ],
  docs: {
    why: 'Anybody with an account asks for `/data/local-files/?d=etc/passwd` or for the database file of Label Studio with every annotation and token in it. An annotator becomes the owner of the labels that a model is trained on.',
    instead: 'Mount the media read-only and name that folder in `LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT`.',
    fixSafety: 'Which folder holds the media is not known here, so there is no fix.',
    limits:
      'Without a document root Label Studio takes `/`; that is reported with less weight, when the file neither sets one nor reads variables from elsewhere. Whether a folder holds more than media is known for system folders only.',
  },
  messages: {
    root: '`{setting}` lets every user read files of the server; name the folder that holds the media alone',
    unset: '`{setting}` serves `/` without a document root; name the folder that holds the media',
  },
  words: ['local_files_'],
  query: environment,
  check(fact: EnvironmentFact, { report, python: py, text }) {
    for (const variable of variablesOf(fact, py, text)) {
      const setting = labelStudioSetting(variable, text);
      const { range, value } = variable;
      const shown = { setting: `${setting}=${value.trim().slice(0, 30)}` };
      if (setting === 'LOCAL_FILES_DOCUMENT_ROOT' && BROAD.test(value.trim())) {
        if (/LOCAL_FILES_SERVING_ENABLED\W{1,60}(?:value\W{1,6})?(?:true|1|yes|on)\b/i.test(text))
          report(range, 'root', shown);
      } else if (
        setting === 'LOCAL_FILES_SERVING_ENABLED' &&
        isOn(value) &&
        !/LOCAL_FILES_DOCUMENT_ROOT|env_file|envFrom|--env-file|\.env\b/.test(text)
      )
        report(range, 'unset', shown).severity('warning').confidence('medium');
    }
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  label-studio:\n    image: heartexlabs/label-studio:1.23.2\n    environment:\n      - LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true\n      - «LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT=/»\n',
      message: 'root',
      good: 'services:\n  label-studio:\n    image: heartexlabs/label-studio:1.23.2\n    environment:\n      - LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true\n      - LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT=/media/scans\n',
      byHand: true,
    },
    {
      path: 'Dockerfile',
      bad: 'FROM heartexlabs/label-studio:1.23.2\nENV «LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true»\n',
      message: 'unset',
      good: 'FROM heartexlabs/label-studio:1.23.2\nENV LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED=true LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT=/media/scans\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  label-studio:\n    image: heartexlabs/label-studio:1.23.2\n    environment:\n      LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED: "false"\n      LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT: /\n',
      because: 'no local files are served',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  label-studio:\n    image: heartexlabs/label-studio:1.23.2\n    env_file: labels.env\n    environment:\n      LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED: "true"\n',
      because: 'the other file may name a folder',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  backend:\n    build: .\n    environment:\n      LOCAL_FILES_SERVING_ENABLED: "true"\n',
      because: 'nothing says that this is Label Studio',
    },
  ],
});
