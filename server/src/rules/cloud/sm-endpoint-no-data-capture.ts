import { type ConfigEntry, child, defineRule, text as textOf } from '../../engine/index.js';
import { saysProduction } from './_production.js';
import { RESOURCES, type Resource, resourceOf, setting, shortName } from './_resource.js';

export default defineRule({
  summary: 'A SageMaker endpoint in production keeps no record of what it is asked and answers.',
  stages: ['deployment', 'monitoring'],
  severity: 'hint',
  confidence: 'medium',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-778',
    'OWASP-A09:2021',
    'AML.T0024',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_endpoint_configuration',
  ],
  docs: {
    why: 'Copying a model by asking it, and feeding it crafted inputs, show in the requests only. Without a sample of them neither drift nor an attack can be seen, or looked into afterwards.',
    instead: 'Capture a sample into an encrypted bucket with a short life, without fields that name people.',
    fixSafety: 'Where the sample goes and how much of it is kept is not known here, so there is no fix.',
    limits:
      'Only where the name of the configuration says production. Logs that the container writes itself are not visible.',
    ignoreWhen: 'Requests hold personal data that must not be kept.',
  },
  messages: {
    unset: '`{name}` keeps no sample of requests, so drift and attacks stay unseen; capture some',
    off: 'Data capture of `{name}` is off, so drift and attacks stay unseen; enable it',
  },
  query: RESOURCES,
  check(entry: ConfigEntry, { report }) {
    const endpoint = resourceOf(entry, 'aws_sagemaker_endpoint_configuration', 'AWS::SageMaker::EndpointConfig');
    if (endpoint === undefined || !isProduction(endpoint)) return;
    const name = shortName(endpoint);
    const capture = setting(endpoint, 'data_capture_config', 'DataCaptureConfig');
    if (capture.state === 'absent') report(endpoint.at, 'unset', { name });
    const enabled = setting(endpoint, 'data_capture_config.enable_capture', 'DataCaptureConfig.EnableCapture');
    if (enabled.state === 'set' && /^false$/i.test(enabled.value ?? ''))
      report(enabled.entry.valueRange, 'off', { name });
  },
  examples: [
    {
      path: 'infra/endpoint.tf',
      bad: 'resource "aws_sagemaker_endpoint_configuration" «"loans"» {\n  name = "loans-prod"\n}\n',
      message: 'unset',
      good: 'resource "aws_sagemaker_endpoint_configuration" "loans" {\n  name = "loans-prod"\n  data_capture_config {\n    enable_capture = true\n  }\n}\n',
      byHand: true,
    },
    {
      path: 'infra/endpoint.yaml',
      bad: 'Resources:\n  LoansProd:\n    Type: AWS::SageMaker::EndpointConfig\n    Properties:\n      DataCaptureConfig: {EnableCapture: «false»}\n',
      message: 'off',
      good: 'Resources:\n  LoansProd:\n    Type: AWS::SageMaker::EndpointConfig\n    Properties:\n      DataCaptureConfig: {EnableCapture: true}\n',
      byHand: true,
    },
    {
      path: 'infra/endpoint.tf',
      good: 'resource "aws_sagemaker_endpoint_configuration" "loans_test" {\n  name = "loans-test"\n}\n',
      because: 'nothing says that it is in production',
    },
    {
      path: 'infra/endpoint.tf',
      good: 'resource "aws_sagemaker_endpoint_configuration" "product_ranking" {\n  name = "product-ranking"\n}\n',
      because: 'a product is not production',
    },
    {
      path: 'infra/endpoint.tf',
      good: 'resource "aws_sagemaker_endpoint_configuration" "prod" {\n  dynamic "data_capture_config" {\n    for_each = var.capture\n    content {\n      enable_capture = true\n    }\n  }\n}\n',
      because: 'a dynamic block may set it',
    },
  ],
});

function isProduction(endpoint: Resource): boolean {
  const key = endpoint.syntax === 'terraform' ? 'name' : 'EndpointConfigName';
  return saysProduction(`${endpoint.name} ${textOf(child(endpoint.body, key)) ?? ''}`);
}
