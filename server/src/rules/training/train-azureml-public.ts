import { argumentOf, type CallFact, defineRule, edit, python } from '../../engine/index.js';
import { AZURE_ML_OPENINGS } from '../../knowledge/cloud-sdk-options.js';

export default defineRule({
  summary: 'A workspace, endpoint or machine of Azure Machine Learning faces the internet.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-284',
    'OWASP-ML05:2023',
    'AML.T0049',
    'https://learn.microsoft.com/azure/machine-learning/how-to-secure-workspace-vnet',
    'https://learn.microsoft.com/python/api/azure-ai-ml/azure.ai.ml.entities.workspace',
  ],
  docs: {
    why: 'A workspace holds the data sets, models and credentials of a team. With public access a token that leaked in a notebook is enough to download them from anywhere; a compute node with a public address and SSH is tried by scanners within minutes, and holds the same token.',
    instead:
      'Disable public access and reach the workspace and its endpoints through a private endpoint or VPN; give compute no public address and no SSH port.',
    fixSafety:
      'Whoever has no route through the virtual network loses access, and it has to exist first, so the fix is offered for review.',
    limits:
      'Only what is switched on in so many words is reported; access is public by default in many of these calls, which is a matter of policy. Values that are not known and tests are passed over.',
    ignoreWhen: 'Firewall rules of the workspace limit the addresses, or it holds only public data.',
  },
  messages: {
    open: '`{option}={value}` of `{callee}` means {to}; pass `{closed}` and use a private network',
  },
  skipsTests: true,
  query: python.calls(...new Set(AZURE_ML_OPENINGS.flatMap(({ names }) => names))),
  check(call: CallFact, { report, python: py, text }) {
    const segments = call.name.split('.');
    const callee = segments.findLast((segment) => /^[A-Z]/.test(segment)) ?? call.name;
    for (const { option, names, opens, closed, to } of AZURE_ML_OPENINGS) {
      const argument = names.includes(call.name) ? argumentOf(call, option) : undefined;
      if (argument === undefined) continue;
      const value = py.value(argument.value);
      const constant = py.names(argument.value).find((name) => /\.PublicNetworkAccess\.ENABLED$/.test(name));
      const isOpen =
        constant !== undefined ||
        (opens === true ? value.kind === 'boolean' && value.value : value.kind === 'string' && opens.test(value.value));
      if (!isOpen) continue;
      const isLower = value.kind === 'string' && value.value === 'enabled';
      const safe = opens === true ? closed : `"${isLower ? closed.toLowerCase() : closed}"`;
      const shown = opens === true ? 'True' : `"${isLower ? 'enabled' : 'Enabled'}"`;
      const finding = report(argument.range, 'open', { option, value: shown, callee, to, closed: safe });
      const literal = constant === undefined ? py.definition(argument.value) : argument.value;
      if (literal.kind !== 'string' && literal.kind !== 'constant' && constant === undefined) continue;
      finding.fix(
        `Set \`${option}\` to \`${safe}\``,
        'review',
        edit.replace(literal.range, opens === true ? safe : edit.quote(text, safe.slice(1, -1))),
        'it needs a private network to be reached afterwards',
      );
    }
  },
  examples: [
    {
      bad: 'from azure.ai.ml.entities import ManagedOnlineEndpoint\nendpoint = ManagedOnlineEndpoint(name="churn", auth_mode="key", «public_network_access="enabled"»)\n',
      message: 'open',
      good: 'from azure.ai.ml.entities import ManagedOnlineEndpoint\nendpoint = ManagedOnlineEndpoint(name="churn", auth_mode="key", public_network_access="disabled")\n',
    },
    {
      bad: 'from azure.ai.ml import entities as ml\ncluster = ml.AmlCompute(name="gpu", size="Standard_NC6s_v3", «enable_node_public_ip=True»)\n',
      message: 'open',
      good: 'from azure.ai.ml import entities as ml\ncluster = ml.AmlCompute(name="gpu", size="Standard_NC6s_v3", enable_node_public_ip=False)\n',
    },
    {
      bad: 'from azure.ai.ml.constants import PublicNetworkAccess\nfrom azure.ai.ml.entities import Workspace\nws = Workspace(name="ml", «public_network_access=PublicNetworkAccess.ENABLED»)\n',
      message: 'open',
      good: 'from azure.ai.ml.constants import PublicNetworkAccess\nfrom azure.ai.ml.entities import Workspace\nws = Workspace(name="ml", public_network_access="Disabled")\n',
    },
    {
      good: 'from azure.ai.ml.entities import Workspace\nws = Workspace(name="ml", public_network_access="Disabled")\n',
      because: 'public access is off',
    },
    {
      good: 'from azure.ai.ml.entities import Workspace\nws = Workspace(name="ml", public_network_access=settings.access)\n',
      because: 'the value is not known',
    },
    {
      good: 'from azure.ai.ml.entities import AmlCompute\ncluster = AmlCompute(name="gpu")\n',
      because: 'the default is a matter of policy',
    },
    {
      good: 'from mylib import AmlCompute\ncluster = AmlCompute(name="gpu", ssh_public_access_enabled=True)\n',
      because: 'another library',
    },
  ],
});
