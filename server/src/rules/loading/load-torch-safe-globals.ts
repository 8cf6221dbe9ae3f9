import { argumentOf, type CallFact, defineRule, type Expression, edit, python } from '../../engine/index.js';
import { powerOf } from '../../knowledge/loaders/code-running.js';

export default defineRule({
  summary: 'The safe list of `torch.load` is given a function that runs code.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-502',
    'CWE-184',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'https://docs.pytorch.org/docs/stable/notes/serialization.html#torch.serialization.add_safe_globals',
  ],
  docs: {
    why: "With `weights_only=True` a checkpoint may call nothing but what is on the list. An entry such as `eval` gives that protection away again: the checkpoint names it and hands it a string of its author's choice.",
    instead:
      'Put only classes that hold data on the list, and convert checkpoints that need more into a plain state dict once, on a machine with nothing to lose.',
    fixSafety: 'Checkpoints that name the function stop loading, so the fix is offered for review.',
    limits:
      'Entries that are computed are not judged. Functions that only reach others, such as `getattr`, are no way out by themselves and lower the level.',
    ignoreWhen: 'The list is there for one checkpoint whose digest is compared before.',
  },
  messages: {
    runs: '`{callable}` on the safe list lets a checkpoint run code although `weights_only` is on',
    reaches: '`{callable}` on the safe list lets a checkpoint reach objects that are not on it; list data classes',
  },
  query: python.calls('torch.serialization.add_safe_globals', 'torch.serialization.safe_globals'),
  check(call: CallFact, { report, python: py, text }) {
    const argument = argumentOf(call, 'safe_globals', 0);
    const list = argument === undefined ? undefined : py.definition(argument.value);
    if (list === undefined || (list.kind !== 'list' && list.kind !== 'tuple')) return;
    for (const item of list.items) {
      // `(function, "module.name")` registers a function under a name that older files use.
      const callable = item.kind === 'tuple' ? item.items[0] : item;
      const names = callable === undefined ? [] : py.names(callable);
      const name = names.length === 1 ? names[0]! : '';
      const power = powerOf(name);
      if (power === undefined) continue;
      const finding = report(item.range, power, { callable: name.replace(/^builtins\./, '') });
      if (power === 'reaches') finding.severity('warning');
      finding.fix(
        `Take \`${name}\` off the list`,
        'review',
        edit.replace(withComma(text, list.items, item), ''),
        'checkpoints that name it stop loading',
      );
    }
  },
  examples: [
    {
      bad: 'import torch\nfrom net import Config\ntorch.serialization.add_safe_globals([Config, «eval»])\n',
      message: 'runs',
      good: 'import torch\nfrom net import Config\ntorch.serialization.add_safe_globals([Config])\n',
    },
    {
      bad: 'import torch\nfrom net import Config\nwith torch.serialization.safe_globals([«getattr», Config]):\n    state = torch.load(path, weights_only=True)\n',
      message: 'reaches',
      good: 'import torch\nfrom net import Config\nwith torch.serialization.safe_globals([Config]):\n    state = torch.load(path, weights_only=True)\n',
    },
    {
      bad: 'import os as system\nfrom torch.serialization import add_safe_globals as allow\nNAMES = [«system.system»]\nallow(NAMES)\n',
      message: 'runs',
      good: 'import os as system\nfrom torch.serialization import add_safe_globals as allow\nNAMES = []\nallow(NAMES)\n',
    },
    {
      good: 'import torch\nfrom net import Net\ntorch.serialization.add_safe_globals([Net, dict, set])\n',
      because: 'classes that hold data',
    },
    {
      good: 'import argparse\nimport torch\nwith torch.serialization.safe_globals([argparse.Namespace]):\n    state = torch.load(path)\n',
      because: 'a class that holds options',
    },
    { good: 'import torch\ntorch.serialization.add_safe_globals(classes)\n', because: 'the entries are not known' },
    { good: 'from registry import add_safe_globals\nadd_safe_globals([eval])\n', because: 'a function of the project' },
  ],
});

/** An item with the comma and blanks behind it, or in front of it when it is the last one. */
function withComma(text: string, items: readonly Expression[], item: Expression): { start: number; end: number } {
  const at = items.indexOf(item);
  const next = items[at + 1];
  const previous = items[at - 1];
  if (next !== undefined) return { start: item.range.start, end: next.range.start };
  if (previous !== undefined) return { start: previous.range.end, end: item.range.end };
  const comma = /^\s*,/.exec(text.slice(item.range.end, item.range.end + 40));
  return { start: item.range.start, end: item.range.end + (comma?.[0].length ?? 0) };
}
