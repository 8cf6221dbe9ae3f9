import { type ConfigEntry, child, config, configEdit, defineRule, rootOf } from '../../engine/index.js';
import { literal, schemaOf } from './_azureml.js';
import { resourceOf, set, setting } from './_resource.js';

/** Settings that open a compute, by their name in both syntaxes. */
const OPENINGS = {
  ssh_public_access_enabled: 'ssh',
  enable_node_public_ip: 'address',
  node_public_ip_enabled: 'address',
  local_auth_enabled: 'account',
} as const;

const FIXES = {
  ssh: ['Close the public SSH port', 'who signs in from outside needs another way'],
  address: ['Give the nodes no public address', 'downloads need a way out of the network'],
  account: ['Switch local accounts off', 'who signs in with a key or password needs an identity'],
} as const;

export default defineRule({
  summary: 'A compute of Azure Machine Learning can be reached or signed in to from outside.',
  stages: ['training', 'preprocessing'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-284',
    'OWASP-A05:2021',
    'https://learn.microsoft.com/azure/machine-learning/reference-yaml-compute-aml',
    'https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/machine_learning_compute_cluster',
  ],
  docs: {
    why: 'Nodes of a training cluster mount the datastores with the identity of the cluster. A guessed password on an open SSH port reads the training data and changes checkpoints, and no log of the workspace shows it.',
    instead:
      'Keep SSH closed to the public, put the compute into a subnet without public addresses, and sign in with Microsoft Entra identities.',
    fixSafety:
      'Whoever uses the way that is closed loses it, and the compute is created anew, so the fix is offered for review; public addresses are taken away only where a network is named.',
    limits:
      'Only values that are written out are judged. Public addresses and local accounts are on by default too; that is not reported.',
    ignoreWhen: 'The compute holds public data and a network security group limits who reaches it.',
  },
  messages: {
    ssh: '`{key}` opens SSH of machines that hold training data to the internet; set it to `false`',
    address: '`{key}` gives machines that hold training data a public address; set it to `false` in a subnet',
    account: '`{key}` lets keys and passwords in that no directory can revoke; set it to `false`',
  },
  query: [
    config.entries(['azureml'], 'ssh_public_access_enabled'),
    config.entries(['azureml'], 'enable_node_public_ip'),
    config.entries(['terraform'], 'resource.azurerm_machine_learning_compute_cluster.*'),
    config.entries(['terraform'], 'resource.azurerm_machine_learning_compute_instance.*'),
  ],
  check(entry: ConfigEntry, { report, text }) {
    const resource = resourceOf(
      entry,
      'azurerm_machine_learning_compute_cluster',
      'azurerm_machine_learning_compute_instance',
    );
    if (resource === undefined) {
      if (literal(entry) !== 'true' || !isCompute(rootOf(entry))) return;
      const key = entry.key as 'ssh_public_access_enabled' | 'enable_node_public_ip';
      const [title, reason] = FIXES[OPENINGS[key]];
      const finding = report(entry.valueRange, OPENINGS[key], { key });
      if (OPENINGS[key] === 'address' && child(entry.parent, 'network_settings') === undefined) return;
      finding.fix(title, 'review', configEdit.replaceEntry(text, entry, key, 'false'), reason);
      return;
    }
    for (const key of ['ssh_public_access_enabled', 'node_public_ip_enabled', 'local_auth_enabled'] as const) {
      const found = setting(resource, key, '');
      if (found.state !== 'set' || found.value !== 'true') continue;
      const [title, reason] = FIXES[OPENINGS[key]];
      const finding = report(found.entry.valueRange, OPENINGS[key], { key });
      if (OPENINGS[key] === 'address' && child(entry, 'subnet_resource_id') === undefined) continue;
      finding.fix(title, 'review', set(text, resource, [key, ''], 'false'), reason);
    }
  },
  examples: [
    {
      path: 'azureml/cluster.yml',
      bad: '$schema: https://azuremlschemas.azureedge.net/latest/amlCompute.schema.json\nname: gpu\ntype: amlcompute\nssh_public_access_enabled: «true»  # debugging\n',
      message: 'ssh',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/amlCompute.schema.json\nname: gpu\ntype: amlcompute\nssh_public_access_enabled: false  # debugging\n',
    },
    {
      path: 'azureml/instance.yml',
      bad: '{$schema: https://azuremlschemas.azureedge.net/latest/computeInstance.schema.json, name: lab, enable_node_public_ip: «true», network_settings: {vnet_name: ml, subnet: lab}}\n',
      message: 'address',
      good: '{$schema: https://azuremlschemas.azureedge.net/latest/computeInstance.schema.json, name: lab, enable_node_public_ip: false, network_settings: {vnet_name: ml, subnet: lab}}\n',
    },
    {
      path: 'infra/cluster.tf',
      bad: 'resource "azurerm_machine_learning_compute_cluster" "gpu" {\n  name               = "gpu"\n  local_auth_enabled = «true»\n}\n',
      message: 'account',
      good: 'resource "azurerm_machine_learning_compute_cluster" "gpu" {\n  name               = "gpu"\n  local_auth_enabled = false\n}\n',
    },
    {
      path: 'infra/cluster.tf',
      good: 'resource "azurerm_machine_learning_compute_cluster" "gpu" {\n  name                   = "gpu"\n  node_public_ip_enabled = var.public\n}\n',
      because: 'a variable decides',
    },
    {
      path: 'azureml/cluster.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/amlCompute.schema.json\nname: gpu\ntype: amlcompute\nssh_settings:\n  admin_username: azureuser\n',
      because: 'an account without the public port',
    },
    {
      path: 'infra/aks.tf',
      good: 'resource "azurerm_kubernetes_cluster_node_pool" "pool" {\n  node_public_ip_enabled = true\n}\n',
      because: 'a node pool is no compute of the workspace',
    },
  ],
});

function isCompute(root: ConfigEntry): boolean {
  return (
    /^(?:amlCompute|computeInstance|compute)$/i.test(schemaOf(root) ?? '') ||
    /^(?:amlcompute|computeinstance)$/i.test(literal(child(root, 'type')) ?? '')
  );
}
