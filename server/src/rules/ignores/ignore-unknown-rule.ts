import { defineRule, edit, type IgnoreFact, ignores } from '../../engine/index.js';

export default defineRule({
  summary: 'An ignore comment names a rule that does not exist.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-1164'],
  docs: {
    why: 'A misspelt id ignores nothing, yet the comment tells every reader that the unpickled checkpoint on this line was judged and found acceptable.',
    instead: 'Name the rule as the finding does, such as `load-numpy-pickle`.',
    fixSafety: 'The nearest id is a guess, so the fix is offered for review.',
    limits: 'Names of rule families are no rule ids and are reported too.',
  },
  messages: {
    misspelt: 'No rule is called `{id}`, so it ignores nothing; `{closest}` is one',
    unknown: 'No rule is called `{id}`, so it ignores nothing',
    blanket: 'Ignore names no rule, so it ignores nothing; write `ignore[rule-id]`',
  },
  query: ignores.all(),
  check(fact: IgnoreFact, { report }) {
    if (fact.tool !== 'tidegate') return;
    if (fact.ids.length === 0) report(fact.range, 'blanket');
    for (const { id, range, known, closest } of fact.ids) {
      if (known) continue;
      const shown = id.slice(0, 40);
      if (closest === undefined) {
        report(range, 'unknown', { id: shown });
        continue;
      }
      const edits = range.start === range.end ? [] : edit.replace(range, closest);
      report(range, 'misspelt', { id: shown, closest }).fix(
        `Write \`${closest}\``,
        'review',
        edits,
        'another rule may be meant',
      );
    }
  },
  examples: [
    {
      bad: '# tidegate: ignore[«load-numpy-pikle»] -- written by our own training job\nrows = np.load(path, allow_pickle=True)\n',
      message: 'misspelt',
      good: '# tidegate: ignore[load-numpy-pickle] -- written by our own training job\nrows = np.load(path, allow_pickle=True)\n',
    },
    {
      bad: 'x = f()  # tidegate: ignore[«everything-is-fine»] -- written by our own training job\n',
      message: 'unknown',
      good: 'x = f()\n',
      byHand: true,
    },
    {
      bad: 'x = f()  «# tidegate: ignore -- written by our own training job»\n',
      message: 'blanket',
      good: 'x = f()\n',
      byHand: true,
    },
    {
      good: 'import torch\nnet = torch.load("net.pt")  # tidegate: ignore[load-torch] -- written by our own training job\n',
      because: 'the rule exists',
    },
    { good: 'x = f()  # noqa: E501\n', because: 'an id of another tool' },
    { good: 'x = f()  # see tidegate.yaml\n', because: 'no ignore comment' },
  ],
});
