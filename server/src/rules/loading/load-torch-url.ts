import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { TORCH_DOWNLOADS } from '../../knowledge/loaders/torch.js';

export default defineRule({
  summary: 'A checkpoint is downloaded and unpickled in one call.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-502',
    'CWE-494',
    'OWASP-ML06:2023',
    'OWASP-ML07:2023',
    'AML.T0011.000',
    'https://docs.pytorch.org/docs/stable/hub.html#torch.hub.load_state_dict_from_url',
  ],
  docs: {
    why: 'The file comes from the network and is a pickle: whoever controls the address, the mirror or the bucket behind it runs code on every machine that starts the training.',
    instead:
      'Pass `weights_only=True` and, when the file name carries a hash, `check_hash=True`; or download a safetensors file at a pinned revision.',
    fixSafety:
      'Checkpoints that hold more than tensors and plain containers stop loading with `weights_only=True`, so the fix is offered for review.',
    limits:
      'The parameter exists from torch 2.1 on and is off in every release up to 2.15; a later one may turn it on. `check_hash=True` compares the digits in the file name only, which lowers the level.',
  },
  messages: {
    unpickles: '`{callee}` downloads a checkpoint and runs code stored in it; `weights_only` is off by default here',
    switchedOff: '`weights_only=False` lets the downloaded checkpoint run code',
  },
  query: python.calls(...TORCH_DOWNLOADS.names),
  check(call: CallFact, { report, python: py, version, text }) {
    const { keyword, position, since } = TORCH_DOWNLOADS.named(call.name)!.switch!;
    const flag = argumentOf(call, keyword, position);
    const torch = version('torch');
    const accepted = torch === undefined || isBelow(torch, since!) !== true;
    const edits = accepted ? edit.setKeyword(text, call.expression, keyword, 'True') : [];
    const reason = 'checkpoints that hold more than tensors stop loading';
    if (flag !== undefined) {
      const value = py.value(flag.value);
      if (value.kind !== 'boolean' || value.value) return;
      const finding = report(flag.range, 'switchedOff');
      if (flag.name !== undefined) finding.fix('Set `weights_only=True`', 'review', edits, reason);
      return;
    }
    if (passesUnknown(call)) return;
    const callee = call.name.replace('torch.utils.', '').replace(/^torchvision\..*\./, '');
    const finding = report(call.calleeRange, 'unpickles', { callee });
    const hash = argumentOf(call, 'check_hash', 4);
    const checked = hash === undefined ? undefined : py.value(hash.value);
    if (checked?.kind === 'boolean' && checked.value) finding.severity('warning');
    finding.fix('Add `weights_only=True`', 'review', edits, reason);
  },
  examples: [
    {
      bad: 'import torch\nstate = «torch.hub.load_state_dict_from_url»("https://example.org/net-1a2b3c4d.pth", progress=True)\n',
      message: 'unpickles',
      good: 'import torch\nstate = torch.hub.load_state_dict_from_url("https://example.org/net-1a2b3c4d.pth", progress=True, weights_only=True)\n',
    },
    {
      bad: 'from torch.utils import model_zoo\nstate = model_zoo.load_url(url, «weights_only=False»)\n',
      message: 'switchedOff',
      good: 'from torch.utils import model_zoo\nstate = model_zoo.load_url(url, weights_only=True)\n',
    },
    {
      bad: 'from torch.hub import load_state_dict_from_url as fetch\nstate = «fetch»(url)\n',
      message: 'unpickles',
      good: 'from torch.hub import load_state_dict_from_url as fetch\nstate = fetch(url, weights_only=True)\n',
    },
    {
      good: 'import torch\nstate = torch.hub.load_state_dict_from_url(url, weights_only=True)\n',
      because: 'the safe loader is on',
    },
    {
      good: 'import torch\nstate = torch.hub.load_state_dict_from_url(url, **options)\n',
      because: 'the options are not visible',
    },
    {
      good: 'from mypackage.hub import load_state_dict_from_url\nstate = load_state_dict_from_url(url)\n',
      because: 'a function of another library',
    },
    {
      good: 'import torch\nstate = torch.hub.load_state_dict_from_url(url, weights_only=safe)\n',
      because: 'the value is not known',
    },
  ],
});
