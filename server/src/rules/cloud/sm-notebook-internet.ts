import { type ConfigEntry, defineRule } from '../../engine/index.js';
import { enabledSwitch } from './_notebook-access.js';
import { RESOURCES, set, setting, shortName } from './_resource.js';

const NAMES = ['direct_internet_access', 'DirectInternetAccess'] as const;

export default defineRule({
  summary: 'A SageMaker notebook instance reaches the internet past the network it stands in.',
  stages: ['preprocessing', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-284',
    'OWASP-A05:2021',
    'AML.T0025',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_notebook_instance',
  ],
  docs: {
    why: 'A package with a hidden payload that somebody installs in a notebook sends the training data, which the role of the notebook may read, to any server: the direct interface of SageMaker passes no firewall and no flow log of yours.',
    instead:
      'Switch direct access off, put the notebook into a subnet with endpoints for S3 and SageMaker, and let packages come through a mirror or a NAT gateway with a filter.',
    fixSafety:
      'Without a NAT gateway or endpoints the notebook reaches neither package indexes nor the SageMaker service, so the fix is offered for review, and only where a subnet is set.',
    limits: 'What is left to the default, which is on, is an info. Variables and conditions are not resolved.',
    ignoreWhen: 'The notebook works on public data only.',
  },
  messages: {
    on: '`{name}` has direct internet access, past the rules of your network; disable it and use a subnet',
    unset: '`{name}` has direct internet access by default, past the rules of your network; disable it',
  },
  query: RESOURCES,
  check(entry: ConfigEntry, { report, text }) {
    const found = enabledSwitch(entry, NAMES);
    if (found === undefined) return;
    const { notebook, at, byDefault } = found;
    const finding = report(at, byDefault ? 'unset' : 'on', { name: shortName(notebook) });
    if (byDefault) finding.severity('info');
    if (setting(notebook, 'subnet_id', 'SubnetId').state === 'absent') return;
    finding.fix(
      'Disable direct internet access',
      'review',
      set(text, notebook, NAMES, 'Disabled'),
      'package indexes need a NAT gateway or a mirror then',
    );
  },
  examples: [
    {
      path: 'infra/notebook.tf',
      bad: 'resource "aws_sagemaker_notebook_instance" "lab" {\n  name                   = "lab"\n  subnet_id              = var.subnet\n  direct_internet_access = «"Enabled"»\n}\n',
      message: 'on',
      good: 'resource "aws_sagemaker_notebook_instance" "lab" {\n  name                   = "lab"\n  subnet_id              = var.subnet\n  direct_internet_access = "Disabled"\n}\n',
    },
    {
      path: 'infra/notebook.yaml',
      bad: 'Resources:\n  «Lab»:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties:\n      InstanceType: ml.t3.medium\n      SubnetId: !Ref Subnet\n',
      message: 'unset',
      good: 'Resources:\n  Lab:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties:\n      InstanceType: ml.t3.medium\n      SubnetId: !Ref Subnet\n      DirectInternetAccess: Disabled\n',
    },
    {
      path: 'infra/notebook.tf',
      good: 'resource "aws_sagemaker_notebook_instance" "lab" {\n  direct_internet_access = var.internet ? "Enabled" : "Disabled"\n}\n',
      because: 'the value is computed',
    },
    {
      path: 'infra/notebook.yaml',
      good: 'Resources:\n  Lab:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties:\n      DirectInternetAccess: !Ref Access\n',
      because: 'the value is a parameter',
    },
    {
      path: 'infra/notebook.tf',
      good: 'data "aws_sagemaker_notebook_instance" "lab" {\n  name = "lab"\n}\n',
      because: 'a data source creates nothing',
    },
  ],
});
