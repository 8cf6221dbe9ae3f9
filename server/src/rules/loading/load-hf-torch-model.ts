import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';
import { HUB_CHECKPOINTS } from '../../knowledge/loaders/checkpoints.js';
import { fileNames, originOf, sourceOf } from './_source.js';
import { reportByTier } from './_tiers.js';

const PICKLED = /\.(bin|pt|pth|ckpt|pkl)$/i;

export default defineRule({
  summary: 'A checkpoint is loaded with a helper of `huggingface_hub` that unpickles by default.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'https://huggingface.co/docs/huggingface_hub/package_reference/serialization#huggingface_hub.load_torch_model',
  ],
  docs: {
    why: 'The helpers accept safetensors and pickles alike and tell them apart by the file name. A repository that offers `pytorch_model.bin` gets its pickle opened with all checks off, although `torch.load` itself has become strict.',
    instead: 'Name the safetensors file, or pass `weights_only=True`.',
    fixSafety:
      'Checkpoints that hold more than tensors and plain containers stop loading with `weights_only=True`, so the fix is offered for review.',
    limits:
      'A folder is read as safetensors unless `safe=False` is passed, so `load_torch_model` is judged only with that argument or with the name of a pickled file.',
  },
  messages: {
    unpickles: '`{callee}` runs code stored in a pickled checkpoint: `weights_only` is off by default here',
    switchedOff: '`weights_only=False` lets a pickled checkpoint run code when it is loaded',
  },
  query: python.calls(...HUB_CHECKPOINTS.names),
  check(call: CallFact, { report, python: py, text, path }) {
    const loader = HUB_CHECKPOINTS.named(call.name);
    const source = loader === undefined ? undefined : sourceOf(call, loader);
    if (loader?.switch === undefined || source === undefined) return;
    const names = fileNames(source, py);
    if (names.some((name) => /\.safetensors$/i.test(name))) return;
    const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
    if (callee === 'load_torch_model' && !names.some((name) => PICKLED.test(name))) {
      const safe = argumentOf(call, 'safe');
      const value = safe === undefined ? undefined : py.value(safe.value);
      if (value?.kind !== 'boolean' || value.value) return;
    }
    const { keyword, position } = loader.switch;
    const flag = argumentOf(call, keyword, position);
    const value = flag === undefined ? undefined : py.value(flag.value);
    if (flag === undefined ? passesUnknown(call) : value?.kind !== 'boolean' || value.value) return;
    const edits =
      flag !== undefined && flag.name === undefined
        ? edit.replace(flag.value.range, 'True')
        : edit.setKeyword(text, call.expression, keyword, 'True');
    const finding =
      flag === undefined ? report(call.calleeRange, 'unpickles', { callee }) : report(flag.range, 'switchedOff');
    reportByTier(finding, originOf(source, py), path).fix(
      `${flag === undefined ? 'Add' : 'Set'} \`weights_only=True\``,
      'review',
      edits,
      'checkpoints that hold more than tensors stop loading',
    );
  },
  examples: [
    {
      bad: 'from huggingface_hub import load_state_dict_from_file\ndef weights(path):\n    return «load_state_dict_from_file»(path)\n',
      message: 'unpickles',
      good: 'from huggingface_hub import load_state_dict_from_file\ndef weights(path):\n    return load_state_dict_from_file(path, weights_only=True)\n',
    },
    {
      bad: 'import huggingface_hub as hub\nhub.load_torch_model(net, path, safe=False, «weights_only=False»)\n',
      message: 'switchedOff',
      good: 'import huggingface_hub as hub\nhub.load_torch_model(net, path, safe=False, weights_only=True)\n',
    },
    {
      bad: 'from huggingface_hub import hf_hub_download\nfrom huggingface_hub.serialization import load_torch_model as fill\n«fill»(net, hf_hub_download("org/net", "pytorch_model.bin"))\n',
      message: 'unpickles',
      good: 'from huggingface_hub import hf_hub_download\nfrom huggingface_hub.serialization import load_torch_model as fill\nfill(net, hf_hub_download("org/net", "pytorch_model.bin"), weights_only=True)\n',
    },
    {
      good: 'from huggingface_hub import load_torch_model, snapshot_download\nload_torch_model(net, snapshot_download("org/net"))\n',
      because: 'a folder is read as safetensors',
    },
    {
      good: 'from huggingface_hub import load_state_dict_from_file\nstate = load_state_dict_from_file("model.safetensors")\n',
      because: 'a safetensors file holds only data',
    },
    {
      good: 'from huggingface_hub import load_state_dict_from_file\nstate = load_state_dict_from_file(path, weights_only=strict)\n',
      because: 'the value is not known',
    },
    {
      good: 'from tools import load_state_dict_from_file\nstate = load_state_dict_from_file(path)\n',
      because: 'a function of the project',
    },
  ],
});
