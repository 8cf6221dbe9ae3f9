import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';
import { awsCalls } from '../../knowledge/cloud-sdk-options.js';

interface Names {
  readonly internet: string;
  readonly root: string;
  readonly key: string;
}
const API: Names = { internet: 'DirectInternetAccess', root: 'RootAccess', key: 'KmsKeyId' };
const CDK: Names = { internet: 'direct_internet_access', root: 'root_access', key: 'kms_key_id' };
const API_CALLS = awsCalls('create_notebook_instance', 'update_notebook_instance');
const CDK_CALLS = ['aws_cdk.aws_sagemaker.CfnNotebookInstance', 'aws_cdk.aws_sagemaker.CfnNotebookInstanceProps'];

export default defineRule({
  summary: 'A SageMaker notebook is open to the internet, gives root, or has no key of its own.',
  stages: ['training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-284',
    'CWE-250',
    'CWE-311',
    'OWASP-ML05:2023',
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-root-access.html',
  ],
  docs: {
    why: 'Notebooks run packages nobody has reviewed beside customer data and a role that can read every training bucket. With direct internet access a malicious package posts both to any server, past the rules of the VPC; with root it also changes the image and its agents for the next user.',
    instead:
      'Create the notebook in a private subnet with `DirectInternetAccess="Disabled"`, `RootAccess="Disabled"` and a `KmsKeyId` from the configuration.',
    fixSafety:
      'Without direct access the notebook needs a subnet with endpoints or a NAT gateway, without root it cannot install system packages; both are offered for review. For the key there is no fix, as only the owner knows it.',
    limits:
      'Both kinds of access are open when nothing is said. An option that is left out is a matter of policy and an information; values that are not known, calls with unknown arguments and tests are passed over.',
    ignoreWhen: 'The notebook is for teaching and sees no data of the company.',
  },
  messages: {
    internet: '`{option}="Enabled"` lets the notebook send data anywhere, past the rules of your VPC; disable it',
    root: '`{option}="Enabled"` lets every user and package change the system of the notebook; disable it',
    left: '`{callee}` without `{option}` leaves it at "Enabled", open for packages and users; disable it',
    key: 'The disk of the notebook is encrypted with a key of AWS; pass a key of the project as `{option}`',
  },
  skipsTests: true,
  query: python.calls(...API_CALLS, ...CDK_CALLS),
  check(call: CallFact, { report, python: py, text }) {
    const names = CDK_CALLS.includes(call.name) ? CDK : API;
    const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
    const place = call.callee.kind === 'attribute' ? call.callee.nameRange : call.calleeRange;
    const creates = !callee.startsWith('update') && !passesUnknown(call);
    const isAbsent = (name: string): boolean => {
      const argument = argumentOf(call, name);
      return argument === undefined || py.value(argument.value).kind === 'none';
    };
    for (const kind of ['internet', 'root'] as const) {
      const option = names[kind];
      const argument = argumentOf(call, option);
      const value = argument === undefined ? undefined : py.value(argument.value);
      if (argument === undefined || value?.kind !== 'string' || value.value !== 'Enabled') continue;
      const literal = py.definition(argument.value);
      const finding = report(argument.range, kind, { option });
      if (literal.kind !== 'string') continue;
      const reason =
        kind === 'root' ? 'system packages can no longer be installed' : 'the notebook needs a private subnet';
      finding.fix(`Disable \`${option}\``, 'review', edit.replace(literal.range, edit.quote(text, 'Disabled')), reason);
    }
    if (!creates) return;
    const open = [names.internet, names.root].filter(isAbsent);
    const [option] = open;
    if (option !== undefined) {
      const off = edit.quote(text, 'Disabled');
      const value = open.length > 1 ? `${off}, ${open[1]}=${off}` : off;
      report(place, 'left', { callee, option })
        .severity('info')
        .fix(
          `Disable \`${open.join('` and `')}\``,
          'review',
          edit.setKeyword(text, call.expression, option, value),
          'the notebook loses the internet or root unless its subnet and set-up provide for it',
        );
    }
    if (isAbsent(names.key)) report(place, 'key', { option: names.key }).severity('info');
  },
  examples: [
    {
      bad: 'import boto3\nsm = boto3.client("sagemaker")\nsm.create_notebook_instance(NotebookInstanceName="lab", KmsKeyId=key, RootAccess="Disabled", «DirectInternetAccess="Enabled"»)\n',
      message: 'internet',
      good: 'import boto3\nsm = boto3.client("sagemaker")\nsm.create_notebook_instance(NotebookInstanceName="lab", KmsKeyId=key, RootAccess="Disabled", DirectInternetAccess="Disabled")\n',
    },
    {
      bad: 'from aws_cdk import aws_sagemaker as sagemaker\nsagemaker.CfnNotebookInstance(self, "Lab", kms_key_id=key, direct_internet_access="Disabled", «root_access="Enabled"»)\n',
      message: 'root',
      good: 'from aws_cdk import aws_sagemaker as sagemaker\nsagemaker.CfnNotebookInstance(self, "Lab", kms_key_id=key, direct_internet_access="Disabled", root_access="Disabled")\n',
    },
    {
      bad: 'import boto3\nsm = boto3.client("sagemaker")\nsm.«create_notebook_instance»(NotebookInstanceName="lab", KmsKeyId=key, DirectInternetAccess="Disabled")\n',
      message: 'left',
      good: 'import boto3\nsm = boto3.client("sagemaker")\nsm.create_notebook_instance(NotebookInstanceName="lab", KmsKeyId=key, DirectInternetAccess="Disabled", RootAccess="Disabled")\n',
    },
    {
      bad: 'import boto3\nsm = boto3.client("sagemaker")\nsm.«create_notebook_instance»(NotebookInstanceName="lab", DirectInternetAccess="Disabled", RootAccess="Disabled")\n',
      message: 'key',
      good: 'import boto3\nsm = boto3.client("sagemaker")\nsm.create_notebook_instance(NotebookInstanceName="lab", DirectInternetAccess="Disabled", RootAccess="Disabled", KmsKeyId=key)\n',
      byHand: true,
    },
    {
      good: 'import boto3\nboto3.client("sagemaker").create_notebook_instance(NotebookInstanceName="lab", DirectInternetAccess=access, RootAccess=root, KmsKeyId=key)\n',
      because: 'the values are not known',
    },
    {
      good: 'import boto3\nboto3.client("sagemaker").create_notebook_instance(NotebookInstanceName="lab", **hardening)\n',
      because: 'the options may be among those passed on',
    },
    {
      good: 'import boto3\nboto3.client("sagemaker").update_notebook_instance(NotebookInstanceName="lab", VolumeSizeInGB=50)\n',
      because: 'an update changes only what it names',
    },
  ],
});
