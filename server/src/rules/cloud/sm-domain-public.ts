import { type ConfigEntry, defineRule } from '../../engine/index.js';
import { RESOURCES, resourceOf, setting, shortName } from './_resource.js';

export default defineRule({
  summary: 'The apps of a SageMaker domain reach the internet past your network.',
  stages: ['preprocessing', 'training'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-668',
    'OWASP-A05:2021',
    'AML.T0025',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_domain',
  ],
  docs: {
    why: 'Notebooks of Studio leave by a network of SageMaker that has no flow logs and no filter of yours, so a package that sends training data away is neither stopped nor seen.',
    instead: 'Set `VpcOnly`, with endpoints for the services in use and a NAT gateway with a filter for packages.',
    fixSafety: 'Apps start in the new network only when it has endpoints for SageMaker and S3, so there is no fix.',
    limits: 'Variables and conditions are not resolved.',
    ignoreWhen: 'Only public data is worked on in the domain.',
  },
  messages: {
    on: 'Apps of `{name}` reach the internet past your network, unseen by its filters and logs; use `VpcOnly`',
    unset: 'Apps of `{name}` reach the internet past your network by default; set `VpcOnly`',
  },
  query: RESOURCES,
  check(entry: ConfigEntry, { report }) {
    const domain = resourceOf(entry, 'aws_sagemaker_domain', 'AWS::SageMaker::Domain');
    if (domain === undefined) return;
    const access = setting(domain, 'app_network_access_type', 'AppNetworkAccessType');
    const name = shortName(domain);
    if (access.state === 'absent') report(domain.at, 'unset', { name });
    else if (access.state === 'set' && access.value === 'PublicInternetOnly')
      report(access.entry.valueRange, 'on', { name });
  },
  examples: [
    {
      path: 'infra/studio.tf',
      bad: 'resource "aws_sagemaker_domain" "studio" {\n  app_network_access_type = «"PublicInternetOnly"»\n}\n',
      message: 'on',
      good: 'resource "aws_sagemaker_domain" "studio" {\n  app_network_access_type = "VpcOnly"\n}\n',
      byHand: true,
    },
    {
      path: 'infra/studio.yaml',
      bad: 'Resources:\n  «Studio»:\n    Type: AWS::SageMaker::Domain\n    Properties:\n      AuthMode: IAM\n',
      message: 'unset',
      good: 'Resources:\n  Studio:\n    Type: AWS::SageMaker::Domain\n    Properties:\n      AuthMode: IAM\n      AppNetworkAccessType: VpcOnly\n',
      byHand: true,
    },
    {
      path: 'infra/studio.tf',
      good: 'resource "aws_sagemaker_domain" "studio" {\n  app_network_access_type = var.access\n}\n',
      because: 'the value is a variable',
    },
    {
      path: 'infra/studio.yaml',
      good: 'Resources:\n  Studio:\n    Type: AWS::SageMaker::Domain\n    Properties:\n      AppNetworkAccessType: !If [IsProd, VpcOnly, PublicInternetOnly]\n',
      because: 'the condition is not known',
    },
    {
      path: 'infra/studio.tf',
      good: 'resource "aws_sagemaker_user_profile" "ann" {\n  domain_id = aws_sagemaker_domain.studio.id\n}\n',
      because: 'the domain says it for all profiles',
    },
  ],
});
