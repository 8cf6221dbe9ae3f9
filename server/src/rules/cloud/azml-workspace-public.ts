import { type ConfigEntry, config, configEdit, defineRule } from '../../engine/index.js';
import { literal, schemaOf } from './_azureml.js';
import { resourceOf, set, setting } from './_resource.js';

const REASON = 'people and pipelines need a private endpoint or another way into the network then';

export default defineRule({
  summary: 'An Azure Machine Learning workspace is open to the public network.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-668',
    'OWASP-A05:2021',
    'https://learn.microsoft.com/azure/machine-learning/how-to-configure-private-link',
    'https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/machine_learning_workspace',
  ],
  docs: {
    why: 'The workspace holds the registry, the runs and the way to every datastore. With the public network on, a token that leaks from one notebook is enough to exchange a registered model from anywhere.',
    instead: 'Switch public access off and reach the workspace by a private endpoint, a VPN or a bastion host.',
    fixSafety:
      'Studio, pipelines and hosted runners outside of the network lose their way in, so the fix is offered for review.',
    limits:
      'Only a value that is written out is judged: the default differs between tools and versions. Lists of allowed addresses are not seen.',
    ignoreWhen: 'The workspace holds public data and models only, or a firewall with allowed addresses guards it.',
  },
  messages: {
    open: 'This workspace, with its models and data, answers to the public network; disable it, use a private endpoint',
  },
  query: [
    config.entries(['azureml'], 'public_network_access'),
    config.entries(['terraform'], 'resource.azurerm_machine_learning_workspace.*'),
    config.entries(['terraform'], 'resource.azurerm_ai_foundry.*'),
  ],
  check(entry: ConfigEntry, { report, text }) {
    if (entry.key === 'public_network_access' && entry.path.length === 1) {
      const schema = (entry.parent && schemaOf(entry.parent)) ?? '';
      if (!/^(?:workspace|hub|featureStore)$/i.test(schema) || !/^enabled$/i.test(literal(entry) ?? '')) return;
      const edits = configEdit.replaceEntry(text, entry, 'public_network_access', 'disabled');
      report(entry.valueRange, 'open').fix('Disable public network access', 'review', edits, REASON);
      return;
    }
    const workspace = resourceOf(entry, 'azurerm_machine_learning_workspace', 'azurerm_ai_foundry');
    if (workspace === undefined) return;
    const isHub = workspace.type === 'azurerm_ai_foundry';
    const name = isHub ? 'public_network_access' : 'public_network_access_enabled';
    const access = setting(workspace, name, '');
    if (access.state !== 'set' || !(isHub ? /^enabled$/i : /^true$/).test(access.value ?? '')) return;
    const edits = set(text, workspace, [name, ''], isHub ? 'Disabled' : 'false');
    report(access.entry.valueRange, 'open').fix('Disable public network access', 'review', edits, REASON);
  },
  examples: [
    {
      path: 'azureml/workspace.yml',
      bad: '$schema: https://azuremlschemas.azureedge.net/latest/workspace.schema.json\nname: loans\npublic_network_access: «enabled»  # for now\n',
      message: 'open',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/workspace.schema.json\nname: loans\npublic_network_access: disabled  # for now\n',
    },
    {
      path: 'infra/workspace.tf',
      bad: 'resource "azurerm_machine_learning_workspace" "loans" {\n  name                          = "loans"\n  public_network_access_enabled = «true»\n}\n',
      message: 'open',
      good: 'resource "azurerm_machine_learning_workspace" "loans" {\n  name                          = "loans"\n  public_network_access_enabled = false\n}\n',
    },
    {
      path: 'infra/hub.tf',
      bad: 'resource "azurerm_ai_foundry" "hub" {\n  public_network_access = «"Enabled"»\n}\n',
      message: 'open',
      good: 'resource "azurerm_ai_foundry" "hub" {\n  public_network_access = "Disabled"\n}\n',
    },
    {
      path: 'infra/workspace.tf',
      good: 'resource "azurerm_machine_learning_workspace" "loans" {\n  public_network_access_enabled = var.public\n}\n',
      because: 'a variable decides',
    },
    {
      path: 'azureml/workspace.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/workspace.schema.json\nname: loans\ndisplay_name: Loans\n',
      because: 'nothing is said about the network',
    },
    {
      path: 'infra/storage.tf',
      good: 'resource "azurerm_container_registry" "images" {\n  public_network_access_enabled = true\n}\n',
      because: 'a registry is no workspace',
    },
  ],
});
