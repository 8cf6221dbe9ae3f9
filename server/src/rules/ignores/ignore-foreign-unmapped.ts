import { defineRule, edit, type IgnoreFact, ignores } from '../../engine/index.js';
import { isForeignRule } from '../../knowledge/foreign-rules.js';

export default defineRule({
  summary: 'A `nosec` or `noqa` comment names a security test that nobody knows.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-1164', 'https://bandit.readthedocs.io/en/latest/config.html#suppressing-individual-lines'],
  docs: {
    why: 'Bandit reads `nosec` with an unknown id as `nosec` for everything: the comment hides findings about this line that nobody has seen. Tidegate honours the ids it can map and ignores nothing for this one.',
    instead: 'Write the id of the test that is meant, such as `# nosec B301`, or delete the comment.',
    fixSafety:
      'Without the comment the other tool may report again what it has hidden, so the fix is offered for review.',
    limits:
      'Only ids of Bandit (`B…`) and of the security rules of Ruff (`S…`) are compared. Ids of plugins are unknown to Tidegate as well; ignore this rule there.',
  },
  messages: {
    unmapped: '`{tool}` names `{id}`, which no known linter has; Tidegate ignores nothing for it',
  },
  query: ignores.all(),
  check(fact: IgnoreFact, { report }) {
    if (fact.tool === 'tidegate') return;
    // `B` in a `noqa` is flake8-bugbear's.
    const own = fact.tool === 'nosec' ? /^B\d{3}$/i : /^S\d{3}$/i;
    const unknown = fact.ids.filter(({ id }) => own.test(id) && !isForeignRule(id));
    for (const { id, range } of unknown) {
      const finding = report(range, 'unmapped', { tool: fact.tool, id });
      if (unknown.length === fact.ids.length && fact.ids.length === 1) {
        finding.fix(
          'Delete the comment',
          'review',
          edit.replace(fact.removal, ''),
          'the other tool may report this line again',
        );
      }
    }
  },
  examples: [
    {
      bad: 'head = run(["git", "rev-parse", "HEAD"])  # nosec «B999»\n',
      message: 'unmapped',
      good: 'head = run(["git", "rev-parse", "HEAD"])\n',
    },
    {
      bad: 'model = load(path)  # noqa: «S999», E501\n',
      message: 'unmapped',
      good: 'model = load(path)  # noqa: E501\n',
      byHand: true,
    },
    {
      good: 'head = run(["git", "rev-parse", "HEAD"])  # nosec B603\n',
      because: 'Bandit has this test, whether a rule of ours matches it or not',
    },
    { good: 'model = load(path)  # noqa: S301\n', because: 'Ruff has this rule' },
    { good: 'model = load(path)  # noqa: E501, SIM115, B008\n', because: 'not about security' },
    { good: 'head = run(["git"])  # nosec\n', because: 'no id is named' },
  ],
});
