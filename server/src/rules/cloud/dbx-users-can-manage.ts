import { type ConfigEntry, child, config, defineRule, items, rootOf } from '../../engine/index.js';
import { literal } from './_azureml.js';

/** Groups that everybody in the workspace or account belongs to. */
const EVERYBODY = /^(?:users|account users)$/;
const FULL_RIGHTS = /^(?:ALL_PRIVILEGES|ALL PRIVILEGES|MANAGE)$/;
const FORMATS = ['databricks-bundle', 'databricks-job'] as const;

export default defineRule({
  summary: 'Everybody in a Databricks workspace may change jobs, models or data.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-732',
    'OWASP-A01:2021',
    'AML.T0020',
    'https://docs.databricks.com/dev-tools/bundles/permissions.html',
    'https://docs.databricks.com/aws/en/security/auth/access-control/',
  ],
  docs: {
    why: 'The group `users` holds every account of the workspace. With `CAN_MANAGE` on a training job any of them, or whoever took one of them over, edits the code that runs as the production identity and registers another model.',
    instead: 'Give `CAN_MANAGE` to the team or a service principal; `CAN_VIEW` or `CAN_RUN` is enough for all others.',
    fixSafety: 'Which right the others need is known to the team alone, so there is no fix.',
    limits:
      'Only the groups that the platform itself fills are known as everybody. In targets for development it is a warning.',
    ignoreWhen: 'The workspace belongs to one team alone.',
  },
  messages: {
    manage: '`{group}` is everybody, who may now change what this runs and hand on rights; name a team instead',
    grant: '`{group}` is everybody, who may now read, change and delete this; name a team and its privileges',
  },
  query: [
    config.entries(FORMATS, '**.permissions.*'),
    config.entries(FORMATS, '**.access_control_list.*'),
    config.entries(FORMATS, '**.grants.*'),
  ],
  check(entry: ConfigEntry, { report }) {
    const grantee = child(entry, 'group_name') ?? child(entry, 'principal');
    const group = literal(grantee) ?? '';
    if (!EVERYBODY.test(group)) return;
    const level = child(entry, 'level') ?? child(entry, 'permission_level');
    const privilege = items(child(entry, 'privileges')).find((one) => FULL_RIGHTS.test(literal(one) ?? ''));
    const finding =
      level !== undefined && literal(level) === 'CAN_MANAGE'
        ? report(level.valueRange, 'manage', { group })
        : privilege && report(privilege.valueRange, 'grant', { group });
    if (finding !== undefined && isForDevelopment(entry)) finding.severity('warning');
  },
  examples: [
    {
      path: 'databricks.yml',
      bad: 'bundle:\n  name: loans\npermissions:\n  - group_name: users\n    level: «CAN_MANAGE»  # simple\ntargets:\n  prod:\n    mode: production\n',
      message: 'manage',
      good: 'bundle:\n  name: loans\npermissions:\n  - group_name: loans-team\n    level: CAN_MANAGE  # simple\ntargets:\n  prod:\n    mode: production\n',
      byHand: true,
    },
    {
      path: 'resources/models.yml',
      bad: 'resources:\n  registered_models:\n    scorer:\n      name: scorer\n      grants: [{principal: account users, privileges: [«ALL_PRIVILEGES»]}]\n',
      message: 'grant',
      good: 'resources:\n  registered_models:\n    scorer:\n      name: scorer\n      grants: [{principal: account users, privileges: [EXECUTE]}]\n',
      byHand: true,
    },
    {
      path: 'resources/job.yml',
      good: 'resources:\n  jobs:\n    train:\n      permissions:\n        - group_name: users\n          level: CAN_VIEW\n',
      because: 'everybody may look',
    },
    {
      path: 'resources/job.yml',
      good: 'resources:\n  jobs:\n    train:\n      permissions:\n        - group_name: ml-users\n          level: CAN_MANAGE\n',
      because: 'a group that somebody fills',
    },
    {
      path: 'resources/job.yml',
      good: 'resources:\n  jobs:\n    train:\n      permissions:\n        - group_name: ${var.group}\n          level: CAN_MANAGE\n',
      because: 'a variable names the group',
    },
  ],
});

/** Below a target whose mode is development. */
function isForDevelopment(entry: ConfigEntry): boolean {
  const [first, target] = entry.path;
  if (first !== 'targets' || typeof target !== 'string') return false;
  return literal(child(child(child(rootOf(entry), 'targets'), target), 'mode')) === 'development';
}
