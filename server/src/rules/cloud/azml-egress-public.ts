import { type ConfigEntry, config, configEdit, defineRule, rootOf } from '../../engine/index.js';
import { isProduction, literal } from './_azureml.js';

export default defineRule({
  summary: 'A managed online deployment of Azure Machine Learning may reach any address.',
  stages: ['deployment'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-668',
    'OWASP-A05:2021',
    'AML.T0025',
    'https://learn.microsoft.com/azure/machine-learning/concept-secure-network-traffic-flow',
    'https://learn.microsoft.com/azure/machine-learning/reference-yaml-deployment-managed-online',
  ],
  docs: {
    why: 'A package with a hidden payload in the scoring image sends what clients ask, and the credentials of the deployment, to its author: nothing between the container and the internet stops it.',
    instead:
      'Set `egress_public_network_access: disabled`, or use a managed network of the workspace that allows approved outbound traffic only.',
    fixSafety:
      'The deployment then reaches the registry, the storage and other services by private endpoints alone, so the fix is offered for review.',
    limits:
      'Only a written `enabled` is reported, as a hint unless the names or the path say production. A managed network of the workspace is not seen here.',
    ignoreWhen: 'The workspace has a managed network, which takes the place of this setting.',
  },
  messages: {
    open: 'The scoring container may send requests and credentials to any address; disable egress to the internet',
  },
  query: config.entries(['azureml'], 'egress_public_network_access'),
  check(entry: ConfigEntry, { report, text, path }) {
    if (!/^enabled$/i.test(literal(entry) ?? '')) return;
    report(entry.valueRange, 'open')
      .severity(isProduction(rootOf(entry), path) ? 'info' : 'hint')
      .fix(
        'Disable egress to the internet',
        'review',
        configEdit.replaceEntry(text, entry, 'egress_public_network_access', 'disabled'),
        'services outside need private endpoints then',
      );
  },
  examples: [
    {
      path: 'azureml/deployment.yml',
      bad: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\nname: blue\nendpoint_name: loans-prod\negress_public_network_access: «enabled»  # telemetry\n',
      message: 'open',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\nname: blue\nendpoint_name: loans-prod\negress_public_network_access: disabled  # telemetry\n',
    },
    {
      path: 'azureml/deployment.yml',
      bad: '{$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json, name: blue, egress_public_network_access: «"enabled"»}\n',
      message: 'open',
      good: '{$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json, name: blue, egress_public_network_access: disabled}\n',
    },
    {
      path: 'azureml/deployment.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\nname: blue\negress_public_network_access: disabled\n',
      because: 'private endpoints alone',
    },
    {
      path: 'azureml/deployment.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\nname: blue\nendpoint_name: loans\n',
      because: 'the network of the workspace may decide',
    },
    {
      path: 'azureml/deployment.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\nname: blue\negress_public_network_access: ${EGRESS}\n',
      because: 'the value is filled in elsewhere',
    },
  ],
});
