import { type ConfigEntry, defineRule } from '../../engine/index.js';
import { RESOURCES, resourceOf, setting, shortName } from './_resource.js';

export default defineRule({
  summary: 'The volume of a SageMaker notebook instance is not encrypted with a key of your own.',
  stages: ['preprocessing', 'training'],
  severity: 'info',
  confidence: 'high',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-311',
    'OWASP-A02:2021',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest-nbi.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_notebook_instance',
  ],
  docs: {
    why: 'Data frames and checkpoints pile up on the volume of a notebook. Under the key of the service, access cannot be withdrawn by a key policy and no log says who decrypted what, which personal data asks for.',
    instead: 'Give the instance a customer-managed key whose policy names the role of the notebook.',
    fixSafety: 'The key is not known here, and a new one replaces the instance, so there is no fix.',
    limits: 'A key is only looked for on the instance itself. Variables are taken for a key.',
  },
  messages: {
    unset: 'Volume of `{name}` is under a key of the service, so access cannot be withdrawn by it; set your own',
  },
  query: RESOURCES,
  check(entry: ConfigEntry, { report }) {
    const notebook = resourceOf(entry, 'aws_sagemaker_notebook_instance', 'AWS::SageMaker::NotebookInstance');
    if (notebook === undefined || setting(notebook, 'kms_key_id', 'KmsKeyId').state !== 'absent') return;
    report(notebook.at, 'unset', { name: shortName(notebook) });
  },
  examples: [
    {
      path: 'infra/notebook.tf',
      bad: 'resource "aws_sagemaker_notebook_instance" «"lab"» {\n  name = "lab"\n}\n',
      message: 'unset',
      good: 'resource "aws_sagemaker_notebook_instance" "lab" {\n  name       = "lab"\n  kms_key_id = aws_kms_key.lab.id\n}\n',
      byHand: true,
    },
    {
      path: 'infra/notebook.tf',
      good: 'resource "aws_sagemaker_notebook_instance" "lab" {\n  kms_key_id = var.key\n}\n',
      because: 'a variable names the key',
    },
    {
      path: 'infra/notebook.yaml',
      good: 'Resources:\n  Lab:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties: {KmsKeyId: !Ref Key}\n',
      because: 'a parameter names the key',
    },
    {
      path: 'infra/notebook.yaml',
      good: 'Resources:\n  Lab:\n    Type: AWS::SageMaker::NotebookInstanceLifecycleConfig\n    Properties: {}\n',
      because: 'a lifecycle configuration has no volume',
    },
  ],
});
