import { type ConfigEntry, defineRule, edit } from '../../engine/index.js';
import { RESOURCES, resourceOf, setting, shortName } from './_resource.js';

const VERSION = [
  'instance_metadata_service_configuration.minimum_instance_metadata_service_version',
  'InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion',
] as const;
/** Older platforms answer requests of both versions unless they are told otherwise. */
const OLD_PLATFORM = /^notebook-al(?:1-v1|2-v[12])$/;

export default defineRule({
  summary: 'A SageMaker notebook instance hands out its credentials without a session token.',
  stages: ['preprocessing', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-918',
    'OWASP-A05:2021',
    'AML.T0055',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-imds.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_notebook_instance',
  ],
  docs: {
    why: 'With version 1 of the metadata service a plain GET gives the credentials of the role: an image or page that a notebook fetches from an address in a data set is enough, when the address leads to 169.254.169.254.',
    instead: 'Ask for version 2, which wants a token that only a PUT request gets.',
    fixSafety:
      'SDKs from before 2020 and scripts that ask the service themselves get no answer, so the fix is for review.',
    limits:
      'A version that is not set is found with a platform identifier of Amazon Linux 1 or the first two of Amazon Linux 2 only.',
  },
  messages: {
    v1: '`{name}` answers version 1 metadata requests, so one forged GET reads its credentials; ask for version 2',
    unset: '`{name}` answers version 1 metadata requests by default, so a forged GET reads its credentials',
  },
  query: RESOURCES,
  check(entry: ConfigEntry, { report, text }) {
    const notebook = resourceOf(entry, 'aws_sagemaker_notebook_instance', 'AWS::SageMaker::NotebookInstance');
    if (notebook === undefined) return;
    const version = setting(notebook, ...VERSION);
    const name = shortName(notebook);
    if (version.state === 'set' && version.value === '1') {
      report(version.entry.valueRange, 'v1', { name }).fix(
        'Ask for version 2',
        'review',
        edit.setScalar(text, version.entry, '2'),
        'requests without a token fail then',
      );
    }
    if (version.state !== 'absent') return;
    const platform = setting(notebook, 'platform_identifier', 'PlatformIdentifier');
    if (platform.state === 'set' && OLD_PLATFORM.test(platform.value ?? ''))
      report(notebook.at, 'unset', { name }).severity('info');
  },
  examples: [
    {
      path: 'infra/notebook.tf',
      bad: 'resource "aws_sagemaker_notebook_instance" "lab" {\n  instance_metadata_service_configuration {\n    minimum_instance_metadata_service_version = «"1"»\n  }\n}\n',
      message: 'v1',
      good: 'resource "aws_sagemaker_notebook_instance" "lab" {\n  instance_metadata_service_configuration {\n    minimum_instance_metadata_service_version = "2"\n  }\n}\n',
    },
    {
      path: 'infra/notebook.yaml',
      bad: 'Resources:\n  «Lab»:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties:\n      PlatformIdentifier: notebook-al2-v1\n',
      message: 'unset',
      good: 'Resources:\n  Lab:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties:\n      PlatformIdentifier: notebook-al2-v1\n      InstanceMetadataServiceConfiguration:\n        MinimumInstanceMetadataServiceVersion: "2"\n',
      byHand: true,
    },
    {
      path: 'infra/notebook.tf',
      good: 'resource "aws_sagemaker_notebook_instance" "lab" {\n  name = "lab"\n}\n',
      because: 'which platform it gets, and with it the version, is not known',
    },
    {
      path: 'infra/notebook.tf',
      good: 'resource "aws_sagemaker_notebook_instance" "lab" {\n  platform_identifier = "notebook-al2-v2"\n  dynamic "instance_metadata_service_configuration" {\n    for_each = var.imds\n    content {\n      minimum_instance_metadata_service_version = instance_metadata_service_configuration.value\n    }\n  }\n}\n',
      because: 'a dynamic block may set it',
    },
    {
      path: 'infra/notebook.yaml',
      good: 'Resources:\n  Lab:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties:\n      InstanceMetadataServiceConfiguration: {MinimumInstanceMetadataServiceVersion: !Ref Version}\n',
      because: 'the version is a parameter',
    },
  ],
});
