import { type ConfigEntry, defineRule, edit } from '../../engine/index.js';
import { type EnvironmentFact, environment, isOn, variablesOf } from '../_environment.js';
import { torchServeFiles, torchServeSettings } from './_properties.js';

const KEY = 'install_py_dep_per_model';
const VARIABLE = 'TS_INSTALL_PY_DEP_PER_MODEL';
const REASON = 'packages that models bring have to be in the image';
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: scoring\ndata:\n  config.properties: |\n';

export default defineRule({
  summary: 'TorchServe installs the packages a model archive asks for.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-829', 'OWASP-ML06:2023', 'AML.T0010.001', 'https://docs.pytorch.org/serve/configuration.html'],
  docs: {
    why: 'Each time a model is loaded TorchServe runs pip over the `requirements.txt` inside the archive. One line in it, or a release published this morning by whoever took over a package, runs code in the model server that no review of the image has seen.',
    instead:
      'Install what the handlers need when the image is built, from pinned versions with hashes, and leave the setting off.',
    fixSafety:
      'Archives with requirements of their own fail to load until the image has them, so the fix is offered for review.',
    limits:
      'Read are files of settings, alone or in a ConfigMap, and the variable, which counts with `enable_envvars_config=true`. What the archives ask for is not visible.',
    ignoreWhen: 'The archives are built by your own pipeline and pip reaches nothing but an index that you run.',
  },
  messages: {
    on: '`{setting}` installs packages when a model is loaded, unreviewed code; install them in the image',
  },
  words: [KEY],
  query: [...torchServeFiles, ...environment],
  check(fact: ConfigEntry | EnvironmentFact, { report, text, python: py, facts }) {
    if ('kind' in fact && isEntry(fact)) {
      const settings = torchServeSettings(fact, text).filter(({ key, value }) => key === KEY && isOn(value));
      for (const { range, place } of settings)
        report(range, 'on', { setting: `${KEY}=true` }).fix(
          'Leave it off',
          'review',
          edit.replace(place, 'false'),
          REASON,
        );
      if (fact.parent === undefined || facts?.formats[fact.document]?.id === 'torchserve-config') return;
    }
    for (const { name, value, place, range } of variablesOf(fact, py, text)) {
      if (name !== VARIABLE || !isOn(value)) continue;
      report(range, 'on', { setting: `${VARIABLE}=true` }).fix(
        'Leave it off',
        'review',
        place === range ? [] : edit.replace(place, 'false'),
        REASON,
      );
    }
  },
  examples: [
    {
      path: 'config.properties',
      bad: 'inference_address=http://0.0.0.0:8080\n«install_py_dep_per_model=true»\nmodel_store=/models\n',
      message: 'on',
      good: 'inference_address=http://0.0.0.0:8080\ninstall_py_dep_per_model=false\nmodel_store=/models\n',
    },
    {
      path: 'k8s/torchserve.yaml',
      bad: `${CONFIG_MAP}    # packages of the handlers\n    «install_py_dep_per_model=true»\n    model_store=/mnt/models\n`,
      message: 'on',
      good: `${CONFIG_MAP}    # packages of the handlers\n    install_py_dep_per_model=false\n    model_store=/mnt/models\n`,
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  scoring: {image: "pytorch/torchserve:0.12.0-cpu", environment: {«TS_INSTALL_PY_DEP_PER_MODEL: "true"»}}\n',
      message: 'on',
      good: 'services:\n  scoring: {image: "pytorch/torchserve:0.12.0-cpu", environment: {TS_INSTALL_PY_DEP_PER_MODEL: "false"}}\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM pytorch/torchserve:0.12.0-cpu\nENV «TS_INSTALL_PY_DEP_PER_MODEL=true»\n',
      message: 'on',
      good: 'FROM pytorch/torchserve:0.12.0-cpu\nENV TS_INSTALL_PY_DEP_PER_MODEL=false\n',
    },
    {
      path: 'config.properties',
      good: 'model_store=/models\ninstall_py_dep_per_model=false\n',
      because: 'nothing is installed',
    },
    { path: 'config.properties', good: 'model_store=/models\nload_models=all\n', because: 'off is the default' },
    {
      path: 'config.properties',
      good: 'install_py_dep_per_model=true\nlisten=8080\n',
      because: 'nothing says that this is TorchServe',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  scoring:\n    image: pytorch/torchserve:0.12.0-cpu\n    environment:\n      TS_INSTALL_PY_DEP_PER_MODEL: ${INSTALL:-true}\n',
      because: 'set from outside',
    },
  ],
});

function isEntry(fact: ConfigEntry | EnvironmentFact): fact is ConfigEntry {
  return 'valueRange' in fact;
}
