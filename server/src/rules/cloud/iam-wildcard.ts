import { blocks, type ConfigEntry, child, config, defineRule, items, text as textOf } from '../../engine/index.js';
import { statementsOf, valuesOf } from './_policy.js';

/** Services whose whole set of actions writes and reads logs and metrics. */
const HARMLESS = /^(?:logs|cloudwatch|xray|ec2messages|ssmmessages):\*$/;

export default defineRule({
  summary: 'A policy allows every action of a service, or passing any role, on every resource.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-250',
    'OWASP-A01:2021',
    'AML.T0012',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html',
  ],
  docs: {
    why: 'Jobs and notebooks run code of packages and model files under their role. With `s3:*` on everything a poisoned package of one experiment reads and overwrites the data and models of all teams; with `iam:PassRole` on everything it starts a job under a stronger role.',
    instead: 'List the actions, and the buckets, images and keys that the job needs; pass one role by its name.',
    fixSafety: 'What the code needs is not known here, so there is no fix.',
    limits:
      'Read are policies of IAM resources that stand in the file as data: `jsonencode`, `aws_iam_policy_document`, CloudFormation documents. Statements with a condition or computed values are taken as restricted, and services for logs and metrics are left out.',
    ignoreWhen: 'The role belongs to administrators.',
  },
  messages: {
    admin: 'Policy allows every action on every resource, so code under this role owns the account; list what it needs',
    service:
      'Policy allows `{action}` on every resource, so code under this role reaches all of it; name the resources',
    pass: 'Policy passes any role, so code under this role can run jobs with a stronger one; name the role',
  },
  skipsTests: true,
  words: ['iam'],
  query: [
    config.entries(['terraform'], 'resource.*.*'),
    config.entries(['terraform'], 'data.aws_iam_policy_document.*'),
    config.entries(['cloudformation'], 'Resources.*'),
  ],
  check(entry: ConfigEntry, { report }) {
    for (const { effect, actions, resources, restricted } of rulesIn(entry)) {
      if (restricted || (effect !== undefined && textOf(effect) !== 'Allow')) continue;
      if (!valuesOf(resources).some(({ value }) => value === '*')) continue;
      const wide = valuesOf(actions).find(({ value }) => isWide(value));
      if (wide === undefined) continue;
      const action = String(wide.value);
      if (action === '*' || action === '*:*') report(wide.valueRange, 'admin');
      else if (action === 'iam:PassRole') report(wide.valueRange, 'pass');
      else report(wide.valueRange, 'service', { action: action.slice(0, 40) });
    }
  },
  examples: [
    {
      path: 'infra/iam.tf',
      bad: 'resource "aws_iam_role_policy" "training" {\n  policy = jsonencode({\n    Statement = [{ Effect = "Allow", Action = [«"s3:*"»], Resource = "*" }]\n  })\n}\n',
      message: 'service',
      good: 'resource "aws_iam_role_policy" "training" {\n  policy = jsonencode({\n    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::loans/*" }]\n  })\n}\n',
      byHand: true,
    },
    {
      path: 'infra/role.yaml',
      bad: 'Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      Policies:\n        - PolicyName: all\n          PolicyDocument:\n            Statement:\n              - Effect: Allow\n                Action: «"*"»\n                Resource: "*"\n',
      message: 'admin',
      good: 'Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      Policies:\n        - PolicyName: all\n          PolicyDocument:\n            Statement:\n              - Effect: Allow\n                Action: sagemaker:CreateTrainingJob\n                Resource: "*"\n',
      byHand: true,
    },
    {
      path: 'infra/iam.tf',
      bad: 'data "aws_iam_policy_document" "jobs" {\n  statement {\n    actions   = [«"iam:PassRole"»]\n    resources = ["*"]\n  }\n}\n',
      message: 'pass',
      good: 'data "aws_iam_policy_document" "jobs" {\n  statement {\n    actions   = ["iam:PassRole"]\n    resources = [aws_iam_role.training.arn]\n  }\n}\n',
      byHand: true,
    },
    {
      path: 'infra/iam.tf',
      good: 'data "aws_iam_policy_document" "key" {\n  statement {\n    actions   = ["kms:*"]\n    resources = ["*"]\n    principals {\n      type        = "AWS"\n      identifiers = [local.admin]\n    }\n  }\n}\n',
      because: 'a policy of a key names one resource, itself',
    },
    {
      path: 'infra/iam.tf',
      good: 'data "aws_iam_policy_document" "deny" {\n  statement {\n    effect    = "Deny"\n    actions   = ["s3:*"]\n    resources = ["*"]\n  }\n}\n',
      because: 'it is denied',
    },
    {
      path: 'infra/role.yaml',
      good: 'Resources:\n  Logs:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument: {Statement: [{Effect: Allow, Action: "logs:*", Resource: "*"}]}\n',
      because: 'logs hold no data or models',
    },
    {
      path: 'infra/role.yaml',
      good: 'Resources:\n  Jobs:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyDocument:\n        Statement:\n          - Effect: Allow\n            Action: iam:PassRole\n            Resource: "*"\n            Condition: {StringEquals: {"iam:PassedToService": sagemaker.amazonaws.com}}\n',
      because: 'a condition narrows it',
    },
  ],
});

interface Allowed {
  readonly effect: ConfigEntry | undefined;
  readonly actions: ConfigEntry | undefined;
  readonly resources: ConfigEntry | undefined;
  /** A condition holds, or it says for whom: then it is a policy of the resource. */
  readonly restricted: boolean;
}

function isWide(value: ConfigEntry['value']): boolean {
  if (typeof value !== 'string' || HARMLESS.test(value)) return false;
  return value === '*' || value === 'iam:PassRole' || /^[a-z0-9*-]+:\*$/.test(value);
}

/** Statements of the policies of an IAM resource, in either syntax. */
function rulesIn(entry: ConfigEntry): readonly Allowed[] {
  if (entry.parent?.key === 'aws_iam_policy_document') {
    return blocks(child(entry, 'statement')).map((statement) => ({
      effect: child(statement, 'effect'),
      actions: child(statement, 'actions'),
      resources: child(statement, 'resources'),
      restricted: ['condition', 'principals', 'dynamic'].some((key) => child(statement, key) !== undefined),
    }));
  }
  return policiesOf(entry)
    .flatMap(statementsOf)
    .map((statement) => ({
      effect: child(statement, 'Effect'),
      actions: child(statement, 'Action'),
      resources: child(statement, 'Resource'),
      restricted: ['Condition', 'Principal', '<<'].some((key) => child(statement, key) !== undefined),
    }));
}

function policiesOf(entry: ConfigEntry): readonly (ConfigEntry | undefined)[] {
  const kind = entry.parent?.key ?? '';
  if (/^aws_iam_(?:policy|role_policy|user_policy|group_policy)$/.test(kind)) return [child(entry, 'policy')];
  if (kind === 'aws_iam_role') return blocks(child(entry, 'inline_policy')).map((block) => child(block, 'policy'));
  if (kind !== 'Resources' || !/^AWS::IAM::/.test(textOf(child(entry, 'Type')) ?? '')) return [];
  const properties = child(entry, 'Properties');
  const inline = items(child(properties, 'Policies')).map((policy) => child(policy, 'PolicyDocument'));
  return [child(properties, 'PolicyDocument'), ...inline];
}
