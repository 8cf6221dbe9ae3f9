import { defineRule, type RuleContext } from '../../engine/index.js';
import { isOff, isOn } from '../_environment.js';
import {
  type AirflowFact,
  type AirflowSetting,
  airflowFacts,
  isOlder,
  opposite,
  setTo,
  settingBeside,
  settingsOf,
} from './_airflow.js';

const OPEN_BACKEND = /(^|[\s,])airflow\.api\.auth\.backend\.default(?=$|[\s,])/;

const messages = {
  admins: '`{setting}` makes everybody who reaches Airflow an administrator; turn it off and give users passwords',
  web: '`{setting}` lets everybody who reaches Airflow use it without signing in; turn it on',
  api: '`{setting}` lets requests to the API of Airflow through unchecked; name a backend that checks them',
} as const;

type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'Airflow lets people or programs in without asking who they are.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-A01:2021',
    'AML.T0012',
    'https://airflow.apache.org/docs/apache-airflow/2.10.5/security/api.html',
    'https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/auth-manager/simple/index.html',
    'https://nvd.nist.gov/vuln/detail/CVE-2020-13927',
  ],
  docs: {
    why: 'Airflow runs code for a living. Whoever reaches it without a password starts the training pipeline with other parameters, reads connections to warehouses and buckets, and in a release with weak examples runs commands on the workers.',
    instead:
      'Airflow 3: `simple_auth_manager_all_admins = False` with users, or the FAB auth manager. Airflow 2: `auth_backends = airflow.api.auth.backend.session`. Airflow 1.10: `authenticate = True` or `rbac = True`.',
    fixSafety: 'Users and clients have to sign in afterwards, so the fix is offered for review.',
    limits:
      'The open backend counts as an error where the experimental API is on or the release is older than 2, as a warning where nothing tells, and not at all for Airflow 2 without that API, whose other interface asks by itself. All administrators with ports on loopback alone is a warning. A `webserver_config.py` is not read.',
    ignoreWhen: 'A proxy in front signs users in, and nothing else reaches the server.',
  },
  messages,
  words: ['simple_auth_manager_all_admins', 'auth_backend', 'authenticate'],
  query: airflowFacts,
  check(fact: AirflowFact, context) {
    checkAdmins(fact, context);
    checkWeb(fact, context);
    checkApi(fact, context);
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: "services:\n  airflow:\n    image: apache/airflow:3.0.2\n    command: standalone\n    environment:\n      AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS: '«True»' # no login\n    ports:\n      - 8080:8080\n",
      message: 'admins',
      good: "services:\n  airflow:\n    image: apache/airflow:3.0.2\n    command: standalone\n    environment:\n      AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS: 'False' # no login\n    ports:\n      - 8080:8080\n",
    },
    {
      path: 'compose.yaml',
      bad: 'services: {airflow: {build: ., environment: {AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS: "«true»", AIRFLOW_UID: 50000}}}\n',
      message: 'admins',
      good: 'services: {airflow: {build: ., environment: {AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS: "false", AIRFLOW_UID: 50000}}}\n',
    },
    {
      path: 'airflow.cfg',
      bad: '[core]\ndags_folder = /opt/airflow/dags\n\n[webserver]\nauthenticate = «False»\nrbac = False\n',
      message: 'web',
      good: '[core]\ndags_folder = /opt/airflow/dags\n\n[webserver]\nauthenticate = True\nrbac = False\n',
    },
    {
      path: 'airflow.cfg',
      bad: '[core]\ndags_folder = /opt/airflow/dags\n\n[api]\nenable_experimental_api = True\n# scripts\nauth_backend = «airflow.api.auth.backend.default»\n',
      message: 'api',
      good: '[core]\ndags_folder = /opt/airflow/dags\n\n[api]\nenable_experimental_api = True\n# scripts\nauth_backend = airflow.api.auth.backend.deny_all\n',
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  web:\n    build: .\n    environment:\n      AIRFLOW__API__AUTH_BACKENDS: «airflow.api.auth.backend.default»\n',
      message: 'api',
      good: 'services:\n  web:\n    build: .\n    environment:\n      AIRFLOW__API__AUTH_BACKENDS: airflow.api.auth.backend.session\n',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  web:\n    image: apache/airflow:2.10.2\n    environment:\n      AIRFLOW__API__AUTH_BACKENDS: airflow.api.auth.backend.basic_auth,airflow.api.auth.backend.session\n      AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS: "True"\n',
      because: 'backends that check, and a setting that Airflow 2 does not read',
    },
    {
      path: 'airflow.cfg',
      good: '[core]\ndags_folder = /opt/airflow/dags\n\n[webserver]\nauthenticate = False\nrbac = True\n\n[scheduler]\nauthenticate = False\n',
      because: 'the interface with roles asks by itself',
    },
    {
      path: 'airflow.cfg',
      good: '[core]\ndags_folder = /opt/airflow/dags\nauth_manager = airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager\nsimple_auth_manager_all_admins = True\n\n[api]\nport = 8080\n',
      because: 'another auth manager is in charge',
    },
  ],
});

function checkAdmins(fact: AirflowFact, context: Context): void {
  for (const setting of settingsOf(fact, 'allAdmins', context)) {
    const manager = settingBeside(fact, 'core', 'auth_manager', context);
    if (!isOn(setting.value) || (manager !== undefined && !/\bSimpleAuthManager$/.test(manager))) continue;
    const finding = context.report(setting.shown, 'admins', { setting: setting.written });
    if (isOnLoopback(fact, context)) finding.severity('warning');
    const edits = setTo(opposite(setting.value), setting, context.text);
    finding.fix('Ask everybody to sign in', 'review', edits, 'users need passwords from then on');
  }
}

/** True for a compose file that publishes the web server on this machine alone. */
function isOnLoopback(fact: AirflowFact, { text }: Context): boolean {
  const published = text.match(/^[ \t]*-[ \t]*["']?(?:[\w.]+:)?\d+:8080["']?[ \t]*(?:#.*)?$/gm);
  return !('keyword' in fact) && published !== null && published.every((port) => /127\.0\.0\.1:|localhost:/.test(port));
}

function checkWeb(fact: AirflowFact, context: Context): void {
  for (const setting of settingsOf(fact, 'webAuthenticate', context)) {
    if (!isOff(setting.value) || isOn(settingBeside(fact, 'webserver', 'rbac', context) ?? '')) continue;
    // These sections came with Airflow 2, which ignores the key.
    if (/^\[(?:database|triggerer|fab)\]/m.test(context.text)) continue;
    const value = setting.value === setting.value.toLowerCase() ? 'true' : 'True';
    context
      .report(setting.shown, 'web', { setting: setting.written })
      .fix(
        'Ask users to sign in',
        'review',
        setTo(value, setting, context.text),
        'an `auth_backend` and users are needed',
      );
  }
}

function checkApi(fact: AirflowFact, context: Context): void {
  for (const setting of settingsOf(fact, 'apiAuthBackend', context)) {
    if (!OPEN_BACKEND.test(setting.value)) continue;
    const experimental = isOn(settingBeside(fact, 'api', 'enable_experimental_api', context) ?? '');
    const old = isOlder('2.0', context);
    if (old === false && !experimental) continue;
    const finding = context.report(setting.shown, 'api', { setting: setting.written });
    if (!experimental && old === undefined) finding.severity('warning');
    finding.fix('Check requests', 'review', setTo(checking(setting), setting, context.text), 'clients have to sign in');
  }
}

/** The value with a backend that exists in the releases which read the setting under this name. */
function checking({ key, value }: AirflowSetting): string {
  const backend = key === 'auth_backends' ? 'session' : 'deny_all';
  return value.replace(OPEN_BACKEND, `$1airflow.api.auth.backend.${backend}`);
}
