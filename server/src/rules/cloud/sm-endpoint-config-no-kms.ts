import { blocks, type ConfigEntry, child, defineRule, items, text as textOf } from '../../engine/index.js';
import { fillIn, RESOURCES, type Resource, resourceOf, setting, shortName } from './_resource.js';

/** Families whose disks can be given a key; those with disks of their own (`g5`, `m5d`) refuse one. */
const WITH_VOLUMES = /^ml\.(?:t\d[a-z]?|[mcr]\d[aig]?n?)\./;

export default defineRule({
  summary: 'The volumes of a SageMaker endpoint are not encrypted with a key of your own.',
  stages: ['deployment'],
  severity: 'info',
  confidence: 'high',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-311',
    'OWASP-A02:2021',
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_endpoint_configuration',
  ],
  docs: {
    why: 'Hosts of an endpoint unpack the model and what containers write about requests onto their volumes. Without a key of your own no policy of a key says who may read them, and withdrawing access to a leaked model is not possible by its key.',
    instead: 'Name a customer-managed key in the endpoint configuration, and give its role the right to use it.',
    fixSafety: 'The key is not known here, so the fix leaves a place for it. The endpoint gets a new configuration.',
    limits:
      'Only for instance types that are known to take a key: types with disks of their own encrypt those by hardware and refuse one, and serverless variants have none.',
  },
  messages: {
    unset: 'Volumes of `{name}` are under a key of the service, so access cannot be withdrawn by it; set your own',
  },
  query: RESOURCES,
  check(entry: ConfigEntry, { report, text }) {
    const endpoint = resourceOf(entry, 'aws_sagemaker_endpoint_configuration', 'AWS::SageMaker::EndpointConfig');
    if (endpoint === undefined || setting(endpoint, 'kms_key_arn', 'KmsKeyId').state !== 'absent') return;
    const types = instanceTypes(endpoint);
    if (types.length > 0 && types.every((type) => WITH_VOLUMES.test(type)))
      report(endpoint.at, 'unset', { name: shortName(endpoint) }).fix(
        'Name a key',
        'placeholder',
        fillIn(text, endpoint, ['kms_key_arn', 'KmsKeyId'], 'kms_key'),
        'a customer-managed key that the role of the endpoint may use',
      );
  },
  examples: [
    {
      path: 'infra/endpoint.tf',
      bad: 'resource "aws_sagemaker_endpoint_configuration" «"loans"» {\n  production_variants {\n    instance_type = "ml.m5.large"\n  }\n}\n',
      message: 'unset',
      good: 'resource "aws_sagemaker_endpoint_configuration" "loans" {\n  production_variants {\n    instance_type = "ml.m5.large"\n  }\n  kms_key_arn = aws_kms_key.loans.arn\n}\n',
      fill: ['aws_kms_key.loans.arn'],
    },
    {
      path: 'infra/endpoint.yaml',
      bad: 'Resources:\n  «Loans»:\n    Type: AWS::SageMaker::EndpointConfig\n    Properties:\n      ProductionVariants:\n        - InstanceType: ml.m5.large\n          VariantName: a\n',
      message: 'unset',
      good: 'Resources:\n  Loans:\n    Type: AWS::SageMaker::EndpointConfig\n    Properties:\n      ProductionVariants:\n        - InstanceType: ml.m5.large\n          VariantName: a\n      KmsKeyId: !Ref ModelKey\n',
      fill: ['!Ref ModelKey'],
    },
    {
      path: 'infra/endpoint.tf',
      good: 'resource "aws_sagemaker_endpoint_configuration" "loans" {\n  production_variants {\n    instance_type = "ml.g5.xlarge"\n  }\n}\n',
      because: 'its disk is encrypted by hardware and takes no key',
    },
    {
      path: 'infra/endpoint.tf',
      good: 'resource "aws_sagemaker_endpoint_configuration" "loans" {\n  production_variants {\n    instance_type = var.type\n  }\n}\n',
      because: 'whether the type takes a key is not known',
    },
    {
      path: 'infra/endpoint.yaml',
      good: 'Resources:\n  Loans:\n    Type: AWS::SageMaker::EndpointConfig\n    Properties:\n      ProductionVariants:\n        - ServerlessConfig: {MaxConcurrency: 5, MemorySizeInMB: 2048}\n',
      because: 'serverless variants have no volume',
    },
  ],
});

/** Instance types of all variants; an empty text for one that is not known. */
function instanceTypes(endpoint: Resource): readonly string[] {
  if (endpoint.syntax === 'terraform') {
    const dynamic = child(child(endpoint.body, 'dynamic'), 'production_variants') === undefined ? [] : [''];
    const types = blocks(child(endpoint.body, 'production_variants')).map((v) => textOf(child(v, 'instance_type')));
    return [...dynamic, ...types.map((type) => type ?? '')];
  }
  return items(child(endpoint.body, 'ProductionVariants')).map((variant) => {
    const type = child(variant, 'InstanceType');
    return type?.tag === undefined ? (textOf(type) ?? '') : '';
  });
}
