import { type ConfigEntry, config, defineRule, edit, hclEdit } from '../../engine/index.js';
import { resourceOf, setting, shortName } from './_resource.js';

/** The argument that takes the address away, by the type of the resource. */
const ARGUMENTS = new Map([
  ['google_notebooks_instance', 'no_public_ip'],
  ['google_workbench_instance', 'gce_setup.disable_public_ip'],
]);

export default defineRule({
  summary: 'A Vertex AI notebook has an address on the internet.',
  stages: ['preprocessing', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-668',
    'OWASP-A05:2021',
    'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/workbench_instance',
    'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/notebooks_instance',
  ],
  docs: {
    why: 'Whatever a notebook starts on a port, a tracking server, a demo of the model, a debugger, is one firewall rule away from everyone, and what its code sends out takes the shortest way. Notebooks hold training data and the credentials of a service account.',
    instead: 'Take the public address away; people come in by the proxy of Workbench, packages through Cloud NAT.',
    fixSafety: 'Without Cloud NAT the notebook reaches no package index, so the fix is offered for review.',
    limits: 'What is left to the default, which is a public address, is an info. Variables are not resolved.',
    ignoreWhen: 'A firewall rule of the organisation keeps the address closed in both directions.',
  },
  messages: {
    off: '`{name}` has a public address, one firewall rule away from everyone; take it away and use Cloud NAT',
    unset: '`{name}` has a public address by default, one firewall rule away from everyone; take it away',
  },
  words: ['google_notebooks_instance', 'google_workbench_instance'],
  query: config.entries(['terraform'], 'resource.*.*'),
  check(entry: ConfigEntry, { report, text, language }) {
    const notebook = resourceOf(entry, ...ARGUMENTS.keys());
    if (notebook === undefined) return;
    const argument = ARGUMENTS.get(notebook.type) ?? '';
    const value = setting(notebook, argument, argument);
    if (value.state === 'unknown' || (value.state === 'set' && value.value !== 'false')) return;
    const name = shortName(notebook);
    const reason = 'packages need Cloud NAT then';
    if (value.state === 'set') {
      const edits = edit.setScalar(text, value.entry, 'true');
      report(value.entry.valueRange, 'off', { name }).fix('Take the public address away', 'review', edits, reason);
      return;
    }
    const found = report(notebook.at, 'unset', { name }).severity('info');
    if (language === 'hcl' && !argument.includes('.'))
      found.fix('Take the public address away', 'review', hclEdit.setArgument(text, entry, argument, 'true'), reason);
  },
  examples: [
    {
      path: 'infra/notebook.tf',
      bad: 'resource "google_workbench_instance" "lab" {\n  gce_setup {\n    disable_public_ip = «false»\n  }\n}\n',
      message: 'off',
      good: 'resource "google_workbench_instance" "lab" {\n  gce_setup {\n    disable_public_ip = true\n  }\n}\n',
    },
    {
      path: 'infra/notebook.tf',
      bad: 'resource "google_notebooks_instance" «"lab"» {\n  name = "lab"\n}\n',
      message: 'unset',
      good: 'resource "google_notebooks_instance" "lab" {\n  name = "lab"\n  no_public_ip = true\n}\n',
    },
    {
      path: 'infra/notebook.tf',
      good: 'resource "google_notebooks_instance" "lab" {\n  no_public_ip = var.private\n}\n',
      because: 'the value is a variable',
    },
    {
      path: 'infra/notebook.tf',
      good: 'resource "google_workbench_instance" "lab" {\n  dynamic "gce_setup" {\n    for_each = var.setups\n    content {\n      disable_public_ip = gce_setup.value\n    }\n  }\n}\n',
      because: 'a dynamic block may set it',
    },
    {
      path: 'infra/notebook.tf',
      good: 'resource "google_compute_instance" "lab" {\n  name = "lab"\n}\n',
      because: 'another kind of machine',
    },
  ],
});
