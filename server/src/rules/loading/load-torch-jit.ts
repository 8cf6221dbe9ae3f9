import { type CallFact, defineRule, python } from '../../engine/index.js';
import type { LoadedAs } from '../../knowledge/loaders/index.js';
import { TORCH_PROGRAMS } from '../../knowledge/loaders/torch.js';
import { isOwnBuffer, originOf, sourceOf } from './_source.js';
import { reportByTier } from './_tiers.js';

const MESSAGES: Partial<Record<LoadedAs, 'script' | 'unpickles' | 'native'>> = {
  program: 'script',
  pickle: 'unpickles',
  'native-code': 'native',
};

export default defineRule({
  summary: 'A compiled PyTorch model is loaded: TorchScript, an exported program or a shared library.',
  stages: ['evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'CWE-94',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'CVE-2026-4538',
    'https://docs.pytorch.org/docs/stable/generated/torch.jit.load.html',
    'https://github.com/pytorch/pytorch/security/policy',
  ],
  docs: {
    why: 'These files hold the program besides the weights, and `weights_only` does not exist for them. Whoever replaces the exported model in a bucket decides what the inference service executes with the next start.',
    instead:
      'Define the network in your own code and load its weights from safetensors; or compile in the build that also serves, and compare a digest before the file is opened.',
    fixSafety:
      'There is no automatic fix: the class of the network has to be written down, and the weights saved anew.',
    limits:
      'A file that another module of the project writes counts as unknown. TorchScript runs in an interpreter of its own that reaches files but not Python; exported programs and shared libraries reach everything.',
    ignoreWhen: 'The file is a product of the same build and its digest is checked before it is loaded.',
  },
  messages: {
    script: '`{callee}` runs a program stored in the file; load weights into your own class instead',
    unpickles: '`{callee}` unpickles parts of the archive, which runs code; load weights into your own class',
    native: '`{callee}` runs machine code from the archive; load only what your own build compiled',
    untrusted: '`{callee}` runs a model from outside ({source}): whoever supplies it decides what it does',
  },
  query: python.calls(...TORCH_PROGRAMS.names),
  check(call: CallFact, { report, python: py, path, text }) {
    const loader = TORCH_PROGRAMS.named(call.name);
    const source = loader === undefined ? undefined : sourceOf(call, loader);
    const message = loader === undefined ? undefined : MESSAGES[loader.loadedAs];
    if (source === undefined || message === undefined || isOwnBuffer(source, py, text)) return;
    const callee = call.name.replace(/^torch\._inductor\.(package\.)?|^torch\._export\.|_serialization\./, '');
    const origin = originOf(source, py);
    const finding =
      origin.tier === 'T1'
        ? report(call.calleeRange, 'untrusted', { callee, source: origin.description })
        : report(call.calleeRange, message, { callee });
    reportByTier(finding, origin, path);
  },
  examples: [
    {
      bad: 'import torch\ndef model(path):\n    return «torch.jit.load»(path, map_location="cpu")\n',
      message: 'script',
      good: 'from net import Net\nfrom safetensors.torch import load_file\ndef model(path):\n    net = Net()\n    net.load_state_dict(load_file(path))\n    return net\n',
      byHand: true,
    },
    {
      bad: 'from torch import export\nprogram = «export.load»("net.pt2")\n',
      message: 'unpickles',
      good: 'from net import Net\nfrom safetensors.torch import load_file\nnet = Net()\nnet.load_state_dict(load_file("net.safetensors"))\n',
      byHand: true,
    },
    {
      bad: 'import torch\nrun = «torch._inductor.aoti_load_package»("net.pt2")\n',
      message: 'native',
      good: 'import torch\nfrom net import Net\nrun = torch.compile(Net())\n',
      byHand: true,
    },
    {
      bad: 'from huggingface_hub import hf_hub_download\nfrom torch.jit import load as read\nnet = «read»(hf_hub_download("org/net", "net.ts"))\n',
      message: 'untrusted',
      good: 'from huggingface_hub import hf_hub_download\nfrom safetensors.torch import load_file\nweights = load_file(hf_hub_download("org/net", "net.safetensors"))\n',
      byHand: true,
    },
    { good: 'import torch\ntorch.jit.save(torch.jit.script(net), "net.ts")\n', because: 'writing runs nothing' },
    { good: 'import torch\nnet = torch.jit.script(net)\n', because: 'compiles code of the project' },
    {
      good: 'import torch\nstate = torch.load("net.pt", weights_only=True)\n',
      because: 'another loader, which has a rule of its own',
    },
    {
      good: 'import io\nimport torch\nbuffer = io.BytesIO()\ntorch.jit.save(net, buffer)\ncopy = torch.jit.load(buffer)\n',
      because: 'a round trip in memory',
    },
    { good: 'import jit\nnet = jit.load(path)\n', because: 'another library' },
  ],
});
