import { type ConfigEntry, defineRule } from '../../engine/index.js';
import { RESOURCES, resourceOf, setting, shortName } from './_resource.js';

export default defineRule({
  summary: 'The container of a SageMaker model runs outside of any network of yours.',
  stages: ['deployment'],
  severity: 'info',
  confidence: 'high',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-668',
    'OWASP-A05:2021',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_model',
  ],
  docs: {
    why: 'A container that may call out and stands in a network of SageMaker passes no security group and no flow log of yours: what a poisoned model file sends away is not stopped and not seen.',
    instead:
      'Isolate the container from the network, or give the model subnets and security groups with a way to what it needs only.',
    fixSafety: 'Subnets and groups are not known here, so there is no fix.',
    limits: 'Variables and conditions are not resolved. Models with network isolation are left alone.',
  },
  messages: {
    unset: '`{name}` calls out past the rules of your network; give it subnets, or network isolation',
  },
  query: RESOURCES,
  check(entry: ConfigEntry, { report }) {
    const model = resourceOf(entry, 'aws_sagemaker_model', 'AWS::SageMaker::Model');
    if (model === undefined || setting(model, 'vpc_config', 'VpcConfig').state !== 'absent') return;
    const isolation = setting(model, 'enable_network_isolation', 'EnableNetworkIsolation');
    if (isolation.state === 'absent' || (isolation.state === 'set' && /^false$/i.test(isolation.value ?? '')))
      report(model.at, 'unset', { name: shortName(model) });
  },
  examples: [
    {
      path: 'infra/model.tf',
      bad: 'resource "aws_sagemaker_model" «"loans"» {\n  execution_role_arn = var.role\n}\n',
      message: 'unset',
      good: 'resource "aws_sagemaker_model" "loans" {\n  execution_role_arn = var.role\n  vpc_config {\n    subnets            = var.subnets\n    security_group_ids = var.groups\n  }\n}\n',
      byHand: true,
    },
    {
      path: 'infra/model.tf',
      good: 'resource "aws_sagemaker_model" "loans" {\n  enable_network_isolation = true\n}\n',
      because: 'an isolated container reaches nothing',
    },
    {
      path: 'infra/model.tf',
      good: 'resource "aws_sagemaker_model" "loans" {\n  dynamic "vpc_config" {\n    for_each = var.networks\n    content {\n      subnets = vpc_config.value\n    }\n  }\n}\n',
      because: 'a dynamic block may set it',
    },
    {
      path: 'infra/model.yaml',
      good: 'Resources:\n  Loans:\n    Type: AWS::SageMaker::Model\n    Properties: {VpcConfig: !If [InVpc, {Subnets: [a]}, !Ref "AWS::NoValue"]}\n',
      because: 'the condition is not known',
    },
  ],
});
