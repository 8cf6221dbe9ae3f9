import { type ConfigEntry, config, configEdit, defineRule, rootOf } from '../../engine/index.js';
import { literal, schemaOf } from './_azureml.js';

export default defineRule({
  summary: 'An Azure Machine Learning endpoint lets in whoever has a key that never expires.',
  stages: ['deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-798',
    'OWASP-A07:2021',
    'AML.T0040',
    'https://learn.microsoft.com/azure/machine-learning/how-to-authenticate-online-endpoint',
    'https://learn.microsoft.com/azure/machine-learning/reference-yaml-endpoint-online',
  ],
  docs: {
    why: 'The key of the endpoint is the same for all clients and stays valid until somebody changes it. Once it is in a notebook or a mobile app, anybody queries the model, for a copy of it or on your bill, and the log cannot tell who it was.',
    instead: 'Use `aad_token`, which asks for an identity with a role; Kubernetes endpoints know `aml_token`.',
    fixSafety: 'Clients that send the key are refused afterwards, so the fix is offered for review.',
    limits: 'An endpoint without `auth_mode` uses keys as well; only what is written is reported.',
    ignoreWhen: 'A gateway in front keeps the key and authenticates the clients.',
  },
  messages: {
    key: 'One key without end opens this endpoint for everybody who ever saw it; use `{mode}`',
  },
  query: config.entries(['azureml'], 'auth_mode'),
  check(entry: ConfigEntry, { report, text }) {
    if (!/^key$/i.test(literal(entry) ?? '')) return;
    // Microsoft Entra tokens are known to managed endpoints alone.
    const mode = /^kubernetes/i.test(schemaOf(rootOf(entry)) ?? '') ? 'aml_token' : 'aad_token';
    report(entry.valueRange, 'key', { mode }).fix(
      `Use \`${mode}\``,
      'review',
      configEdit.replaceEntry(text, entry, 'auth_mode', mode),
      'clients have to send a token instead of the key',
    );
  },
  examples: [
    {
      path: 'azureml/endpoint.yml',
      bad: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json\nname: loans\nauth_mode: «key»  # simple\n',
      message: 'key',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json\nname: loans\nauth_mode: aad_token  # simple\n',
    },
    {
      path: 'azureml/endpoint.yml',
      bad: '{$schema: https://azuremlschemas.azureedge.net/latest/kubernetesOnlineEndpoint.schema.json, name: loans, auth_mode: «Key», compute: "azureml:k8s"}\n',
      message: 'key',
      good: '{$schema: https://azuremlschemas.azureedge.net/latest/kubernetesOnlineEndpoint.schema.json, name: loans, auth_mode: aml_token, compute: "azureml:k8s"}\n',
    },
    {
      path: 'azureml/endpoint.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json\nname: loans\nauth_mode: aml_token\n',
      because: 'tokens of the workspace expire',
    },
    {
      path: 'azureml/endpoint.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json\nname: loans\nauth_mode: ${AUTH_MODE}\n',
      because: 'the mode is filled in elsewhere',
    },
    {
      path: 'azureml/job.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json\ncommand: python train.py\ninputs:\n  auth_mode: key\n',
      because: 'an input of a job with the same name',
    },
  ],
});
