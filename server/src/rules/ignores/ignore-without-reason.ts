import { defineRule, type IgnoreFact, ignores, MINIMUM_REASON } from '../../engine/index.js';
import { listed } from './_removal.js';

export default defineRule({
  summary: 'An ignore comment gives no reason.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-1164'],
  docs: {
    why: 'Without a reason nobody can tell a judged risk from a silenced alarm. The next owner of the training job keeps the ignore and with it the poisoned checkpoint it hides.',
    instead:
      'Write why the finding is acceptable: `# tidegate: ignore[load-joblib] -- only our release job writes this volume`.',
    fixSafety: 'There is no fix: only a person knows the reason.',
    limits:
      'A reason is counted, not understood. With `require-reason: false` in the configuration the rule is silent.',
  },
  messages: {
    missing: 'Ignore of {rules} gives no reason, so it has no effect; write one behind ` -- `',
    tooShort: 'Reason for the ignore of {rules} is shorter than {least} characters, so it has no effect',
  },
  query: ignores.all(),
  check(fact: IgnoreFact, { report, config }) {
    if (fact.tool !== 'tidegate' || fact.ids.length === 0 || !config.requireReason || fact.until?.expired === true)
      return;
    const rules = listed(fact.ids);
    if (fact.reason === undefined) report(fact.range, 'missing', { rules });
    else if (fact.reason.length < MINIMUM_REASON) report(fact.range, 'tooShort', { rules, least: MINIMUM_REASON });
  },
  examples: [
    {
      bad: 'import pickle\nnet = pickle.load(handle)  «# tidegate: ignore[load-pickle]»\n',
      message: 'missing',
      good: 'import pickle\nnet = pickle.load(handle)  # tidegate: ignore[load-pickle] -- only our release job writes this volume\n',
      byHand: true,
    },
    {
      bad: 'import pickle\nnet = pickle.load(handle)  «# tidegate: ignore[load-pickle] -- ok»\n',
      message: 'tooShort',
      good: 'import pickle\nnet = pickle.load(handle)  # tidegate: ignore[load-pickle] -- only our release job writes this volume\n',
      byHand: true,
    },
    {
      good: 'import pickle\n# tidegate: ignore[load-pickle] until=2026-12-31 -- only our release job writes this volume\nnet = pickle.load(handle)\n',
      because: 'the reason is given',
    },
    { good: 'import pickle\nnet = pickle.load(handle)  # nosec B301\n', because: 'other tools ask for no reason' },
    {
      good: 'import pickle\nnet = pickle.load(handle)  # tidegate: ignore[load-pickle] until=2024-01-31\n',
      because: 'an expired ignore is reported as such',
    },
  ],
});
