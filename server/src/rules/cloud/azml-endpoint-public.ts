import { type ConfigEntry, child, config, configEdit, defineRule } from '../../engine/index.js';
import { isProduction, literal, schemaOf } from './_azureml.js';

export default defineRule({
  summary: 'A managed online endpoint of Azure Machine Learning answers the public network.',
  stages: ['deployment'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-668',
    'OWASP-A05:2021',
    'AML.T0040',
    'https://learn.microsoft.com/azure/machine-learning/concept-secure-online-endpoint',
    'https://learn.microsoft.com/azure/machine-learning/reference-yaml-endpoint-online',
  ],
  docs: {
    why: 'An endpoint on the public network is asked by anybody with a leaked key: a thousand queries copy a scoring model, a few thousand more tell who was in its training data.',
    instead:
      'Set `public_network_access: disabled`, and let clients reach the scoring address by the private endpoint of the workspace.',
    fixSafety: 'Clients outside of the network are refused afterwards, so the fix is offered for review.',
    limits:
      'What is left out, which means public, is reported only where the name, a tag or the path says production. Elsewhere a written `enabled` is a hint.',
    ignoreWhen: 'The model is meant for the public, behind a gateway with limits.',
  },
  messages: {
    open: 'This endpoint answers the public network; disable that and use the private endpoint of the workspace',
    unset: 'This endpoint for production answers the public network by default; set `public_network_access`',
  },
  query: config.entries(['azureml'], '$schema'),
  check(entry: ConfigEntry, { report, text, path }) {
    const root = entry.parent;
    if (root === undefined || schemaOf(root) !== 'managedOnlineEndpoint') return;
    const access = child(root, 'public_network_access');
    const production = isProduction(root, path);
    if (access !== undefined) {
      if (!/^enabled$/i.test(literal(access) ?? '')) return;
      report(access.valueRange, 'open')
        .severity(production ? 'info' : 'hint')
        .fix(
          'Disable public network access',
          'review',
          configEdit.replaceEntry(text, access, 'public_network_access', 'disabled'),
          'clients need the private endpoint of the workspace then',
        );
      return;
    }
    if (!production || child(root, '<<') !== undefined) return;
    report((child(root, 'name') ?? entry).range, 'unset').fix(
      'Disable public network access',
      'review',
      configEdit.addEntry(text, root, 'public_network_access', 'disabled'),
      'clients need the private endpoint of the workspace then',
    );
  },
  examples: [
    {
      path: 'azureml/endpoint.yml',
      bad: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json\n«name: loans-prod»\nauth_mode: aad_token  # identities\n',
      message: 'unset',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json\nname: loans-prod\nauth_mode: aad_token  # identities\npublic_network_access: disabled\n',
    },
    {
      path: 'azureml/endpoint.yml',
      bad: '{$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json, name: loans, public_network_access: «enabled»}\n',
      message: 'open',
      good: '{$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json, name: loans, public_network_access: disabled}\n',
    },
    {
      path: 'azureml/endpoint.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json\nname: product-ranking\nauth_mode: aad_token\n',
      because: 'nothing says that it is in production',
    },
    {
      path: 'azureml/prod/endpoint.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/kubernetesOnlineEndpoint.schema.json\nname: loans\nauth_mode: aml_token\n',
      because: 'the cluster decides who reaches a Kubernetes endpoint',
    },
    {
      path: 'azureml/prod/endpoint.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineEndpoint.schema.json\nname: loans\npublic_network_access: ${ACCESS}\n',
      because: 'the value is filled in elsewhere',
    },
  ],
});
