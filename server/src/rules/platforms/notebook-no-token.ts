import { defineRule, edit } from '../../engine/index.js';
import { type EnvironmentFact, environment, variablesOf } from '../_environment.js';

/** The scripts of the Jupyter images read options from it. */
const VARIABLE = 'NOTEBOOK_ARGS';
const EMPTY_TOKEN = /(--(?:NotebookApp|ServerApp|LabApp|IdentityProvider)\.token)=(?:''|""|(?=\s|$))/;
const PASSWORD = /\.(?:hashed_)?password=(?!(?:''|"")?(?:\s|$))/;
/** JupyterHub and Kubeflow put their own sign-in in front of a server. */
const HOSTED = /jupyterhub|\bNB_PREFIX\b|kubeflow/i;

export default defineRule({
  summary: 'A variable starts Jupyter without a token.',
  stages: ['data-collection', 'preprocessing', 'training', 'evaluation'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-ML05:2023',
    'AML.T0049',
    'https://jupyter-docker-stacks.readthedocs.io/en/latest/using/common.html#docker-options',
    'https://jupyter-server.readthedocs.io/en/latest/operators/security.html',
  ],
  docs: {
    why: 'A notebook server runs whatever it is sent. Without a token the first scan of port 8888 is enough to copy the training data and take the cloud credentials of the container.',
    instead: 'Leave the token on, which the log of the container shows, or pass a hashed password.',
    fixSafety: 'Links without the token stop working, so the fix is offered for review.',
    limits:
      'Only `NOTEBOOK_ARGS`, which the Jupyter images read; options on a command line and settings in files have a rule of their own. An empty `JUPYTER_TOKEN` is not reported: Jupyter makes a token then. Servers under JupyterHub or Kubeflow are passed over.',
    ignoreWhen: 'A gateway that signs users in is the only way to the server.',
  },
  messages: {
    token: '`{option}=` in `NOTEBOOK_ARGS` lets anybody who reaches Jupyter run code in it; keep the token',
  },
  words: [VARIABLE.toLowerCase()],
  query: environment,
  check(fact: EnvironmentFact, { report, python: py, text }) {
    if (HOSTED.test(text)) return;
    for (const { name, value, place, range } of variablesOf(fact, py, text)) {
      const found = name === VARIABLE && !PASSWORD.test(value) ? EMPTY_TOKEN.exec(value) : null;
      if (found === null) continue;
      const [whole, option] = found;
      const before = value.slice(0, found.index).trimEnd();
      const end = found.index + whole.length;
      const gone = { start: place.start + before.length, end: place.start + end };
      report(range, 'token', { option: option!.slice(2) }).fix(
        'Keep the token',
        'review',
        place === range || (before + value.slice(end)).trim() === '' ? [] : edit.replace(gone, ''),
        'clients have to send the token that the server prints',
      );
    }
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: "services:\n  notebook:\n    image: quay.io/jupyter/scipy-notebook:2024-10-07\n    environment:\n      «NOTEBOOK_ARGS: --ServerApp.root_dir=/data --ServerApp.token=''» # lab\n",
      message: 'token',
      good: 'services:\n  notebook:\n    image: quay.io/jupyter/scipy-notebook:2024-10-07\n    environment:\n      NOTEBOOK_ARGS: --ServerApp.root_dir=/data # lab\n',
    },
    {
      path: 'k8s/notebook.yaml',
      bad: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: notebook\n      env: [{name: NOTEBOOK_ARGS, «value: "--NotebookApp.token= --no-browser"»}]\n',
      message: 'token',
      good: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: notebook\n      env: [{name: NOTEBOOK_ARGS, value: " --no-browser"}]\n',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  notebook:\n    image: quay.io/jupyter/scipy-notebook:2024-10-07\n    environment:\n      JUPYTER_TOKEN: ""\n',
      because: 'Jupyter makes a token when this is empty',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  notebook:\n    image: quay.io/jupyter/scipy-notebook:2024-10-07\n    environment:\n      NOTEBOOK_ARGS: --ServerApp.token=${TOKEN}\n',
      because: 'the token is set from outside',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  notebook:\n    image: quay.io/jupyter/scipy-notebook:2024-10-07\n    environment:\n      NOTEBOOK_ARGS: --ServerApp.token= --PasswordIdentityProvider.hashed_password=argon2:x\n',
      because: 'a password stands in for the token',
    },
  ],
});
