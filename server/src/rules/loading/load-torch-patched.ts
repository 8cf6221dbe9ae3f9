import type { Range } from '../../base/range.js';
import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  python,
  type Report,
  type StoreFact,
} from '../../engine/index.js';
import { TORCH_CHECKPOINTS } from '../../knowledge/loaders/torch.js';
import { functionAround, switchedOffBy, switchedOffIn } from './_weights-only.js';

export default defineRule({
  summary: '`torch.load` is replaced or wrapped so that it unpickles.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-502',
    'CWE-693',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'https://docs.pytorch.org/docs/stable/notes/serialization.html#weights-only',
  ],
  docs: {
    why: "The patch was meant for one old checkpoint and holds for the whole process: every library that loads weights afterwards, from the Hub as well, unpickles them and runs their authors' code.",
    instead:
      'Pass `weights_only=False` in the one call that needs it, for a file whose digest is known, or put the classes of that file on the list of `torch.serialization.safe_globals`.',
    fixSafety: 'Checkpoints that hold more than tensors stop loading, so the fix is offered for review.',
    limits:
      'A replacement from another module is not looked into, nor one set with `setattr` or a mock. A patch that is taken back in the same file, a wrapper under a name of its own and tests lower the level.',
  },
  messages: {
    patched: '`torch.load` is replaced by one without `weights_only`: any checkpoint loaded here can run code',
    wrapped: '`{callee}` presets `weights_only=False`, so every checkpoint it loads can run code',
  },
  query: [python.stores(...TORCH_CHECKPOINTS.names), python.calls('functools.partial', ...TORCH_CHECKPOINTS.names)],
  check(fact: StoreFact | CallFact, { report, python: py, text, path }) {
    const finish = (finding: Report, off: Range, certain: boolean): void => {
      if (isTestFile(path)) finding.severity('info');
      else if (!certain) finding.severity('warning');
      const reason = 'checkpoints that hold more than tensors stop loading';
      finding
        .related(off, 'switched off here')
        .fix('Set `weights_only` to `True`', 'review', edit.replace(off, 'True'), reason);
    };
    if (fact.kind === 'store') {
      const off = switchedOffBy(fact.value, py, text, fact.statement.start);
      if (off !== undefined) finish(report(fact.target, 'patched'), off, !takenBack(text));
      return;
    }
    if (fact.name === 'functools.partial') {
      const [first] = fact.arguments;
      const off = switchedOffBy(fact.expression, py, text, fact.range.start);
      if (first === undefined || off === undefined || !namesLoader(py.names(first.value))) return;
      if (/\.load\s*=\s*$/.test(text.slice(fact.statement.start, fact.range.start))) return;
      finish(report(fact.calleeRange, 'wrapped', { callee: 'partial' }), off, false);
      return;
    }
    if (argumentOf(fact, 'weights_only') !== undefined) return;
    const options = fact.arguments.find((argument) => argument.unpacked && isOptions(text, argument.range));
    const around = options === undefined ? undefined : functionAround(text, fact.range.start);
    if (options === undefined || around === undefined) return;
    const passed = text.slice(options.value.range.start, options.value.range.end).replace(/^\*+\s*/, '');
    if (!/^\w+$/.test(passed) || isPatch(text, around.name)) return;
    const set = new RegExp(`\\b${passed}\\s*(\\[|\\.setdefault\\()\\s*["']weights_only["']`).exec(
      text.slice(around.start, fact.range.start),
    );
    if (set === null) return;
    const start = around.start + set.index;
    const lineEnd = text.indexOf('\n', start);
    const off = switchedOffIn(text, { start, end: lineEnd < 0 ? text.length : lineEnd });
    if (off !== undefined) finish(report(fact.calleeRange, 'wrapped', { callee: around.name }), off, false);
  },
  examples: [
    {
      bad: 'import functools\nimport torch\n«torch.load» = functools.partial(torch.load, weights_only=False)\n',
      message: 'patched',
      good: 'import functools\nimport torch\ntorch.load = functools.partial(torch.load, weights_only=True)\n',
    },
    {
      bad: 'import torch\n_load = torch.load\ndef patched(*args, **kwargs):\n    kwargs["weights_only"] = False\n    return _load(*args, **kwargs)\n\n«torch.load» = patched\n',
      message: 'patched',
      good: 'import torch\n_load = torch.load\ndef patched(*args, **kwargs):\n    kwargs["weights_only"] = True\n    return _load(*args, **kwargs)\n\ntorch.load = patched\n',
    },
    {
      bad: 'import torch as t\nread = t.load\n«t.load» = lambda *a, **k: read(*a, **{**k, "weights_only": False})\n',
      message: 'patched',
      good: 'import torch as t\nread = t.load\nt.load = lambda *a, **k: read(*a, **{**k, "weights_only": True})\n',
    },
    {
      bad: 'import torch\ndef load(path, **options):\n    options.setdefault("weights_only", False)\n    return «torch.load»(path, **options)\n',
      message: 'wrapped',
      good: 'import torch\ndef load(path, **options):\n    options.setdefault("weights_only", True)\n    return torch.load(path, **options)\n',
    },
    {
      bad: 'from functools import partial as preset\nfrom torch import load\nread = «preset»(load, weights_only=False)\n',
      message: 'wrapped',
      good: 'from functools import partial as preset\nfrom torch import load\nread = preset(load, weights_only=True)\n',
    },
    {
      good: 'import functools\nimport torch\ntorch.load = functools.partial(torch.load, map_location="cpu")\n',
      because: 'the patch only moves tensors',
    },
    {
      good: 'import torch\n_load = torch.load\ndef mapped(*args, **kwargs):\n    kwargs.setdefault("mmap", True)\n    return _load(*args, **kwargs)\n\ntorch.load = mapped\n',
      because: 'another option',
    },
    {
      good: 'import torch\nfrom tools import patched\ntorch.load = patched\n',
      because: 'what the replacement does is not known',
    },
    {
      good: 'import store\nstore.load = lambda path: read(path, weights_only=False)\n',
      because: 'a loader of another library',
    },
  ],
});

function namesLoader(names: readonly string[]): boolean {
  return names.some((name) => TORCH_CHECKPOINTS.named(name) !== undefined);
}

function isOptions(text: string, range: Range): boolean {
  return text.startsWith('**', range.start);
}

/** True when a function of this name takes the place of `torch.load`, which is reported there. */
function isPatch(text: string, name: string): boolean {
  return new RegExp(`\\.load\\s*=\\s*${name}\\b`).test(text);
}

/** True when the original is kept under a name and put back in the same file. */
function takenBack(text: string): boolean {
  const kept = /(\w+)\s*=\s*\w+\.load[ \t]*(#.*)?\r?$/m.exec(text)?.[1];
  return kept !== undefined && new RegExp(`\\w\\.load\\s*=\\s*${kept}\\b`).test(text);
}
