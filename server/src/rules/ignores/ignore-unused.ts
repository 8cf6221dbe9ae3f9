import { defineRule, type IgnoreFact, ignores, MINIMUM_REASON } from '../../engine/index.js';
import { listed, removeIds } from './_removal.js';

export default defineRule({
  summary: 'An ignore comment suppresses nothing.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'hint',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-1164'],
  docs: {
    why: 'An ignore that outlived its finding waits for the next one: when someone later loads an untrusted checkpoint on that line, the comment hides it although nobody ever judged that load.',
    instead: 'Delete the comment when the weakness is gone.',
    fixSafety: 'Comments do not run. The ignore suppresses no finding, so without it the same findings are shown.',
    limits:
      'An ignore of a rule that the configuration switches off is left alone, because it may be needed elsewhere.',
  },
  messages: {
    unused: 'Ignore of {rules} suppresses nothing here and would hide the next finding; delete it',
  },
  query: ignores.all(),
  check(fact: IgnoreFact, { report, text, config }) {
    if (fact.tool !== 'tidegate' || fact.until?.expired === true) return;
    if (config.requireReason && !givesReason(fact)) return;
    const unused = fact.ids.filter(({ known, enabled, used }) => known && enabled && !used);
    const [first] = unused;
    if (first === undefined) return;
    const range = unused.length === fact.ids.length ? fact.range : first.range;
    report(range, 'unused', { rules: listed(unused) }).fix(
      'Delete the unused ignore',
      'safe',
      removeIds(fact, unused, text),
    );
  },
  examples: [
    {
      bad: 'import json\nlimits = json.load(open("limits.json"))  «# tidegate: ignore[load-pickle] -- written by our own job»\n',
      message: 'unused',
      good: 'import json\nlimits = json.load(open("limits.json"))\n',
      alongside: ['load-pickle'],
    },
    {
      bad: 'import torch\n# tidegate: ignore[load-torch, «load-pickle»] -- written by our own job\nnet = torch.load("net.pt")\n',
      message: 'unused',
      good: 'import torch\n# tidegate: ignore[load-torch] -- written by our own job\nnet = torch.load("net.pt")\n',
      alongside: ['load-torch', 'load-pickle'],
    },
    {
      good: 'import torch\nnet = torch.load("net.pt")  # tidegate: ignore[load-torch] -- written by our own job\n',
      alongside: ['load-torch'],
      because: 'the ignore suppresses a finding',
    },
    {
      good: 'x = 1  # tidegate: ignore[load-torch] -- written by our own job\n',
      because: 'the rule it names does not run',
    },
    {
      good: 'x = 1  # tidegate: ignore[load-torch]\n',
      alongside: ['load-torch'],
      because: 'an ignore without a reason is reported as such',
    },
    { good: 'x = 1  # nosec B614\n', because: 'comments for other tools are theirs to judge' },
  ],
});

function givesReason(fact: IgnoreFact): boolean {
  return (fact.reason?.length ?? 0) >= MINIMUM_REASON;
}
