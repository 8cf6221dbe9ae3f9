import { type CallFact, defineRule, python } from '../../engine/index.js';
import { TORCH_PACKAGES } from '../../knowledge/loaders/torch.js';
import { originOf, sourceOf } from './_source.js';
import { reportByTier } from './_tiers.js';

export default defineRule({
  summary: 'A model is imported from a `torch.package` archive together with its code.',
  stages: ['evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'CWE-94',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'https://docs.pytorch.org/docs/stable/package.html',
  ],
  docs: {
    why: 'The archive carries Python modules beside the pickled model, and importing from it runs both. A package passed between teams through a shared folder brings the code of whoever touched it last into the process that serves it.',
    instead:
      'Install the code of the model as a package of its own and load a state dict from safetensors into its class.',
    fixSafety: 'There is no automatic fix: code and weights have to be delivered apart.',
    limits:
      'A package that another module of the project writes counts as unknown. Reading text or bytes runs nothing.',
    ignoreWhen: 'The archive is a product of the same build and its digest is checked before it is opened.',
  },
  messages: {
    imports: '`{callee}` runs code stored in the package; load weights into your own class instead',
    untrusted: '`{callee}` runs code of a package from outside ({source}): whoever supplies it runs code here',
  },
  query: python.calls(...TORCH_PACKAGES.names),
  check(call: CallFact, { report, python: py, path }) {
    const loader = TORCH_PACKAGES.named(call.name);
    const source = loader === undefined ? undefined : sourceOf(call, loader, py);
    if (source === undefined) return;
    const callee = `PackageImporter.${call.name.slice(call.name.lastIndexOf('.') + 1)}`;
    const origin = originOf(source, py);
    const finding =
      origin.tier === 'T1'
        ? report(call.calleeRange, 'untrusted', { callee, source: origin.description })
        : report(call.calleeRange, 'imports', { callee });
    reportByTier(finding, origin, path);
  },
  examples: [
    {
      bad: 'from torch.package import PackageImporter\ndef model(path):\n    package = PackageImporter(path)\n    return «package.load_pickle»("net", "net.pkl")\n',
      message: 'imports',
      good: 'from net import Net\nfrom safetensors.torch import load_file\ndef model(path):\n    net = Net()\n    net.load_state_dict(load_file(path))\n    return net\n',
      byHand: true,
    },
    {
      bad: 'import torch\nfrom huggingface_hub import hf_hub_download\nnet = «torch.package.PackageImporter(hf_hub_download("org/net", "net.pt")).load_pickle»("net", "net.pkl")\n',
      message: 'untrusted',
      good: 'from huggingface_hub import hf_hub_download\nfrom safetensors.torch import load_file\nweights = load_file(hf_hub_download("org/net", "net.safetensors"))\n',
      byHand: true,
    },
    {
      bad: 'from torch import package as tp\nnet = «tp.PackageImporter("net.pt").import_module»("net")\n',
      message: 'imports',
      good: 'import net\n',
      byHand: true,
    },
    {
      good: 'from torch.package import PackageImporter\nnotes = PackageImporter(path).load_text("net", "notes.txt")\n',
      because: 'text is only read',
    },
    {
      good: 'from torch.package import PackageExporter\nwith PackageExporter("net.pt") as package:\n    package.save_pickle("net", "net.pkl", net)\n',
      because: 'writing runs nothing',
    },
    {
      good: 'from store import PackageImporter\nnet = PackageImporter(path).load_pickle("net", "net.pkl")\n',
      because: 'a class of another library',
    },
  ],
});
