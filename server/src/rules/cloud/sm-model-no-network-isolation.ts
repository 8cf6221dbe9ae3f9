import { type ConfigEntry, defineRule } from '../../engine/index.js';
import { RESOURCES, resourceOf, set, setting, shortName } from './_resource.js';

export default defineRule({
  summary: 'The container of a SageMaker model may call out to the network.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-284',
    'OWASP-ML06:2023',
    'AML.T0025',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_model',
  ],
  docs: {
    why: 'Model files run code when they are loaded, and images bring hundreds of packages. With network access a poisoned one sends each request of a customer, and the credentials of the role, to its author.',
    instead:
      'Set network isolation: SageMaker still brings the model and the requests, the container reaches nothing else.',
    fixSafety:
      'Containers that fetch from S3, a hub or a feature store while they run lose that access, so the fix is offered for review.',
    limits:
      'What is left to the default, which is no isolation, is an info. Variables and conditions are not resolved.',
    ignoreWhen: 'The container needs a service of yours at run time and stands in a subnet without a way out.',
  },
  messages: {
    off: 'Container of `{name}` may call out, so a poisoned model sends away what it is asked; isolate it',
    unset: 'Container of `{name}` is not isolated, so a poisoned model sends away what it is asked',
  },
  query: RESOURCES,
  check(entry: ConfigEntry, { report, text }) {
    const model = resourceOf(entry, 'aws_sagemaker_model', 'AWS::SageMaker::Model');
    if (model === undefined) return;
    const isolation = setting(model, 'enable_network_isolation', 'EnableNetworkIsolation');
    if (isolation.state === 'unknown' || (isolation.state === 'set' && !/^false$/i.test(isolation.value ?? ''))) return;
    const name = shortName(model);
    const found =
      isolation.state === 'set'
        ? report(isolation.entry.valueRange, 'off', { name })
        : report(model.at, 'unset', { name }).severity('info');
    // A subnet was chosen for something that the container is to reach.
    if (setting(model, 'vpc_config', 'VpcConfig').state !== 'absent') return;
    found.fix(
      'Isolate the container',
      'review',
      set(text, model, ['enable_network_isolation', 'EnableNetworkIsolation'], 'true'),
      'containers that fetch while they run lose access',
    );
  },
  examples: [
    {
      path: 'infra/model.tf',
      bad: 'resource "aws_sagemaker_model" "loans" {\n  enable_network_isolation = «false»\n}\n',
      message: 'off',
      good: 'resource "aws_sagemaker_model" "loans" {\n  enable_network_isolation = true\n}\n',
    },
    {
      path: 'infra/model.yaml',
      bad: 'Resources:\n  «Loans»:\n    Type: AWS::SageMaker::Model\n    Properties:\n      ExecutionRoleArn: !GetAtt Role.Arn\n',
      message: 'unset',
      good: 'Resources:\n  Loans:\n    Type: AWS::SageMaker::Model\n    Properties:\n      ExecutionRoleArn: !GetAtt Role.Arn\n      EnableNetworkIsolation: true\n',
    },
    {
      path: 'infra/model.tf',
      good: 'resource "aws_sagemaker_model" "loans" {\n  enable_network_isolation = var.isolated\n}\n',
      because: 'the value is a variable',
    },
    {
      path: 'infra/model.json',
      good: '{"Resources": {"Loans": {"Type": "AWS::SageMaker::Model", "Properties": {"EnableNetworkIsolation": {"Ref": "Isolated"}}}}}\n',
      because: 'the value is a parameter',
    },
    {
      path: 'infra/model.yaml',
      good: 'Resources:\n  Loans:\n    Type: AWS::SageMaker::Model\n    Properties:\n      EnableNetworkIsolation: "true"\n',
      because: 'CloudFormation takes text for a boolean',
    },
  ],
});
