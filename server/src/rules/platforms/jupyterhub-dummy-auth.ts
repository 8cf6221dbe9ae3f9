import {
  at,
  type ConfigEntry,
  child,
  config,
  defineRule,
  items,
  python,
  type StoreFact,
  text as textOf,
} from '../../engine/index.js';

const DUMMY = /^(?:dummy|(?:dummyauthenticator|jupyterhub\.auth)\.DummyAuthenticator)$/;
const PASSWORD = /DummyAuthenticator\W{1,12}password["']?\s*[:=]\s*(?!["']{2}|None\b|null\b)\S/;
/** Clusters on one machine. */
const LOCAL = /(?:^|[/._-])(?:dev|local|tests?|ci|minikube|kind|examples?)(?=[/._-])/i;

export default defineRule({
  summary: 'JupyterHub signs in anybody who names a user.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-287',
    'OWASP-A07:2021',
    'AML.T0049',
    'https://z2jh.jupyter.org/en/stable/administrator/authentication.html',
    'https://jupyterhub.readthedocs.io/en/stable/reference/authenticators.html#dummy-authenticator',
  ],
  docs: {
    why: 'The dummy authenticator is for testing: whoever types the name of a colleague is that colleague, opens their notebooks and runs code with their volumes and cloud role. As `admin` it is every account at once.',
    instead: 'Use the identity provider of the organisation: an OAuth, LDAP or SAML authenticator.',
    fixSafety: 'Which provider there is is not known here, so there is no fix.',
    limits:
      'A password that all users share makes it a warning, and a file for development or tests information. In values of the chart a missing authenticator means the dummy as well; that is information with low confidence, where the file publishes the hub, since another file may set one.',
    ignoreWhen: 'A proxy in front of the hub signs users in, or the hub is thrown away after a course.',
  },
  messages: {
    dummy: '`{value}` signs in anybody under any name; use the identity provider of the organisation',
    shared: '`{value}` gives all users one password and any name; use the identity provider of the organisation',
    unset: 'The published hub names no `authenticator_class`, and the default signs in anybody; set one',
  },
  words: ['authenticator_class', 'singleuser'],
  query: [
    config.entries('any', '**.config.JupyterHub.authenticator_class'),
    config.entries(['jupyterhub-values'], 'singleuser'),
    python.stores('get_config().JupyterHub.authenticator_class'),
  ],
  check(fact: ConfigEntry | StoreFact, { report, text, path, python: py }) {
    if (fact.kind !== 'store' && fact.key === 'singleuser') {
      const hub = child(fact.parent, 'hub');
      const published = hub === undefined ? undefined : publishedHub(fact.parent!, hub);
      if (published !== undefined && !LOCAL.test(path)) report(published, 'unset').severity('info').confidence('low');
      return;
    }
    const value = fact.kind === 'store' ? py.value(fact.value) : undefined;
    const written =
      fact.kind !== 'store' ? textOf(fact) : value?.kind === 'string' ? value.value : py.names(fact.value)[0];
    if (written === undefined || !DUMMY.test(written)) return;
    const shared = PASSWORD.test(text);
    const range = fact.kind === 'store' ? fact.value.range : fact.valueRange;
    const finding = report(range, shared ? 'shared' : 'dummy', { value: written });
    if (LOCAL.test(path)) finding.severity('info');
    else if (shared) finding.severity('warning');
  },
  examples: [
    {
      path: 'jupyterhub/values.yaml',
      bad: 'hub:\n  config:\n    JupyterHub:\n      authenticator_class: «dummy»\nproxy: {}\nsingleuser: {}\n',
      message: 'dummy',
      good: 'hub:\n  config:\n    JupyterHub:\n      authenticator_class: github\nproxy: {}\nsingleuser: {}\n',
      byHand: true,
    },
    {
      path: 'jupyterhub/values.yaml',
      bad: 'hub:\n  config:\n    DummyAuthenticator:\n      password: a-shared-one\n    JupyterHub: {authenticator_class: «"dummy"»}\nsingleuser: {}\n',
      message: 'shared',
      good: 'hub:\n  config:\n    JupyterHub: {authenticator_class: "azuread"}\nsingleuser: {}\n',
      byHand: true,
    },
    {
      path: 'jupyterhub/values.yaml',
      bad: '«hub»:\n  db:\n    type: sqlite-pvc\nproxy:\n  service:\n    type: LoadBalancer\nsingleuser:\n  memory: {limit: 2G}\n',
      message: 'unset',
      good: 'hub:\n  db:\n    type: sqlite-pvc\n  config:\n    JupyterHub:\n      authenticator_class: github\nproxy:\n  service:\n    type: LoadBalancer\nsingleuser:\n  memory: {limit: 2G}\n',
      byHand: true,
    },
    {
      path: 'jupyterhub_config.py',
      bad: 'c = get_config()\nc.JupyterHub.authenticator_class = «"dummy"»\n',
      message: 'dummy',
      good: 'c = get_config()\nc.JupyterHub.authenticator_class = "github"\n',
      byHand: true,
    },
    {
      path: 'jupyterhub/values.yaml',
      good: 'hub: {}\nproxy:\n  service:\n    type: ClusterIP\nsingleuser: {}\n',
      because: 'nothing says that the hub is published',
    },
    {
      path: 'jupyterhub/values.yaml',
      good: 'hub:\n  config:\n    JupyterHub:\n      authenticator_class: {{ authenticator }}\n',
      because: 'a template',
    },
    {
      path: 'conf/model.yaml',
      good: 'hub: models\nsingleuser: true\nauthenticator_class: dummy\n',
      because: 'no values of JupyterHub',
    },
    {
      path: 'jupyterhub_config.py',
      good: 'c = get_config()\nc.JupyterHub.authenticator_class = "oauthenticator.GitHubOAuthenticator"\n',
      because: 'users sign in',
    },
  ],
});

/** The key of a hub that the file publishes, where nothing in it may choose an authenticator. */
function publishedHub(root: ConfigEntry, hub: ConfigEntry): ConfigEntry['range'] | undefined {
  const proxy = child(root, 'proxy');
  const outside =
    textOf(at(root, 'ingress', 'enabled')) === 'true' ||
    textOf(at(proxy, 'https', 'enabled')) === 'true' ||
    textOf(at(proxy, 'service', 'type')) === 'LoadBalancer';
  const chosen =
    items(at(hub, 'config')).some((one) => /Authenticator$/.test(one.key ?? '') || child(one, 'authenticator_class')) ||
    child(root, 'auth') !== undefined ||
    ['extraConfig', 'extraFiles', 'existingSecret', 'extraEnv'].some((key) => child(hub, key) !== undefined);
  return outside && !chosen ? hub.keyRange : undefined;
}
