import { type ConfigEntry, defineRule } from '../../engine/index.js';
import { enabledSwitch } from './_notebook-access.js';
import { RESOURCES, set, shortName } from './_resource.js';

const NAMES = ['root_access', 'RootAccess'] as const;

export default defineRule({
  summary: 'Users of a SageMaker notebook instance are root on it.',
  stages: ['preprocessing', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-250',
    'OWASP-A05:2021',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-root-access.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_notebook_instance',
  ],
  docs: {
    why: 'A notebook that loads a poisoned model runs its code as root: it switches off the monitoring agent, reads what other users left on the volume, and stays in the instance until it is rebuilt.',
    instead: 'Disable root access; lifecycle configurations run as root all the same and can install what is needed.',
    fixSafety: 'Notebooks that call `sudo` or install system packages stop working, so the fix is offered for review.',
    limits: 'What is left to the default, which is root access, is an info. Variables and conditions are not resolved.',
    ignoreWhen: 'The instance is one person’s, without data or credentials worth protecting.',
  },
  messages: {
    on: '`{name}` makes its users root, so code from a notebook or model owns the instance; disable root access',
    unset: '`{name}` makes its users root by default, so code in a notebook owns the instance; disable it',
  },
  query: RESOURCES,
  check(entry: ConfigEntry, { report, text }) {
    const found = enabledSwitch(entry, NAMES);
    if (found === undefined) return;
    const { notebook, at, byDefault } = found;
    const finding = report(at, byDefault ? 'unset' : 'on', { name: shortName(notebook) });
    if (byDefault) finding.severity('info');
    finding.fix(
      'Disable root access',
      'review',
      set(text, notebook, NAMES, 'Disabled'),
      'notebooks that call sudo stop working',
    );
  },
  examples: [
    {
      path: 'infra/notebook.tf',
      bad: 'resource "aws_sagemaker_notebook_instance" "lab" {\n  root_access = «"Enabled"»\n}\n',
      message: 'on',
      good: 'resource "aws_sagemaker_notebook_instance" "lab" {\n  root_access = "Disabled"\n}\n',
    },
    {
      path: 'infra/notebook.tf',
      bad: 'resource "aws_sagemaker_notebook_instance" «"lab"» {\n  name = "lab"\n}\n',
      message: 'unset',
      good: 'resource "aws_sagemaker_notebook_instance" "lab" {\n  name = "lab"\n  root_access = "Disabled"\n}\n',
    },
    {
      path: 'infra/notebook.tf',
      good: 'resource "aws_sagemaker_notebook_instance" "lab" {\n  root_access = var.root\n}\n',
      because: 'the value is a variable',
    },
    {
      path: 'infra/notebook.yaml',
      good: 'Resources:\n  Lab:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties:\n      RootAccess: !If [IsTest, Enabled, Disabled]\n',
      because: 'the condition is not known',
    },
    {
      path: 'infra/notebook.yaml',
      good: 'Resources:\n  Lab:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties: {RootAccess: Disabled}\n',
      because: 'root access is off',
    },
  ],
});
