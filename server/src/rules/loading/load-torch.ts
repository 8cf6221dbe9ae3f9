import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { TORCH_CHECKPOINTS } from '../../knowledge/loaders/torch.js';
import { sourceOf } from './_source.js';
import { reportByTier } from './_tiers.js';

export default defineRule({
  summary: 'A checkpoint is loaded with unpickling left on.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'OWASP-ML10:2023',
    'AML.T0011.000',
    'https://docs.pytorch.org/docs/stable/generated/torch.load.html',
  ],
  overlaps: ['bandit:B614'],
  docs: {
    why: 'A checkpoint is a pickle: loading it runs whatever code its author stored in it. A poisoned checkpoint on a model hub or in a shared bucket takes over the training machine the moment it is opened.',
    instead: 'Pass `weights_only=True` and run torch 2.6 or newer, or publish weights as safetensors.',
    fixSafety:
      'Checkpoints that hold more than tensors and plain containers stop loading with `weights_only=True`, so the fix is offered for review.',
    limits:
      'A wrapper that passes `**kwargs` on is not looked into. `weights_only=True` itself could be bypassed before torch 2.6 (CVE-2025-32434).',
  },
  messages: {
    unpickles: '`torch.load` runs code stored in the checkpoint: torch {version} leaves `weights_only` off',
    unknownVersion: '`torch.load` without `weights_only=True` runs code stored in the checkpoint on torch before 2.6',
    switchedOff: '`weights_only=False` turns the safe loader off, so the checkpoint can run code',
    offByDefault: '`weights_only` is off unless the command line turns it on, so the checkpoint can run code',
    pickleModule: '`pickle_module=` turns the safe loader off, so the checkpoint can run code',
  },
  query: python.calls(...TORCH_CHECKPOINTS.names),
  check(call: CallFact, { report, python: py, version, text, path }) {
    const loader = TORCH_CHECKPOINTS.named(call.name)!;
    const { keyword, safeByDefaultFrom } = loader.switch!;
    const flag = argumentOf(call, keyword);
    const source = sourceOf(call, loader);
    if (source === undefined) return;
    const origin = py.origin(source);
    const add = (): ReturnType<typeof edit.setKeyword> => edit.setKeyword(text, call.expression, keyword, 'True');
    const reason = 'checkpoints that hold more than tensors stop loading';
    if (flag !== undefined) {
      const value = py.value(flag.value);
      const option = py.optionDefault(flag.value);
      if (value.kind === 'boolean' && !value.value && option !== undefined) {
        reportByTier(report(flag.range, 'offByDefault'), origin, path)
          .related(option.range, 'the default of the option')
          .fix('Let the option be on by default', 'review', edit.replace(option.range, 'True'), reason);
      } else if (value.kind === 'boolean' && !value.value)
        reportByTier(report(flag.range, 'switchedOff'), origin, path).fix(
          'Set `weights_only=True`',
          'review',
          add(),
          reason,
        );
      if (value.kind !== 'none') return;
    }
    const pickleModule = argumentOf(call, 'pickle_module', 2);
    if (pickleModule !== undefined && py.value(pickleModule.value).kind !== 'none') {
      reportByTier(report(pickleModule.range, 'pickleModule'), origin, path);
      return;
    }
    if (passesUnknown(call)) return;
    const torch = version('torch');
    const below = torch === undefined ? undefined : isBelow(torch, safeByDefaultFrom!);
    if (below === false) return;
    const known = torch !== undefined && below === true;
    const finding = known
      ? report(call.calleeRange, 'unpickles', { version: torch.exact ?? torch.specifier })
      : report(call.calleeRange, 'unknownVersion');
    reportByTier(finding, origin, path).fix('Add `weights_only=True`', 'review', add(), reason);
    if (known) finding.related(torch.place, 'torch is pinned here');
  },
  examples: [
    {
      bad: 'import torch\nnet = «torch.load»("net.pt")\n',
      message: 'unpickles',
      good: 'import torch\nnet = torch.load("net.pt", weights_only=True)\n',
      given: { torch: '2.3.0' },
    },
    {
      bad: 'import torch\nnet = «torch.load»("net.pt", map_location="cpu")\n',
      message: 'unknownVersion',
      good: 'import torch\nnet = torch.load("net.pt", map_location="cpu", weights_only=True)\n',
    },
    {
      bad: 'from torch import load as l\nnet = l("net.pt", «weights_only=False»)\n',
      message: 'switchedOff',
      good: 'from torch import load as l\nnet = l("net.pt", weights_only=True)\n',
      given: { torch: '2.7.0' },
    },
    {
      bad: 'import argparse\nimport torch\nparser = argparse.ArgumentParser()\nparser.add_argument("--weights-only", default=False)\nargs = parser.parse_args()\nnet = torch.load("net.pt", «weights_only=args.weights_only»)\n',
      message: 'offByDefault',
      good: 'import argparse\nimport torch\nparser = argparse.ArgumentParser()\nparser.add_argument("--weights-only", default=True)\nargs = parser.parse_args()\nnet = torch.load("net.pt", weights_only=args.weights_only)\n',
    },
    {
      bad: 'import dill\nimport torch as t\nnet = t.load("net.pt", «pickle_module=dill»)\n',
      message: 'pickleModule',
      good: 'import torch as t\nnet = t.load("net.pt", weights_only=True)\n',
      byHand: true,
    },
    {
      good: 'import torch\nnet = torch.load("net.pt")\n',
      given: { torch: '2.7.0' },
      because: 'the default is safe from 2.6 on',
    },
    { good: 'import json\nnet = json.load(open("net.json"))\n', because: 'another library' },
    {
      good: 'import torch\ndef load(path, **options):\n    return torch.load(path, **options)\n',
      because: 'the caller decides what `**options` holds',
    },
    {
      good: 'class Store:\n    def load(self, path):\n        return path\n\ntorch = Store()\nnet = torch.load("net.pt")\n',
      because: 'a local object of the same name',
    },
  ],
});
