import { defineRule, edit, type IgnoreFact, ignores } from '../../engine/index.js';
import { listed } from './_removal.js';

export default defineRule({
  summary: 'An ignore comment has passed its date.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-1164'],
  docs: {
    why: 'A date on an ignore is a promise: this checkpoint is trusted until the registry signs its models. After the date the promise is broken, and the code still unpickles files that nobody checks.',
    instead: 'Repair the finding, or judge it again and write a new date.',
    fixSafety:
      'Comments do not run, and an expired ignore has no effect any more, so without it the same findings are shown.',
    limits: 'The date counts in the time zone of the machine that checks.',
  },
  messages: {
    expired: 'Ignore of {rules} expired on {date} and has no effect; repair the finding or renew the date',
    unreadable: 'Date of the ignore of {rules} is not written as `2026-12-31`, so it has no effect',
  },
  query: ignores.all(),
  check(fact: IgnoreFact, { report }) {
    const { until, ids, removal } = fact;
    if (until === undefined || !until.expired || fact.tool !== 'tidegate') return;
    const edits = removal.start === removal.end ? [] : edit.replace(removal, '');
    const rules = ids.length === 0 ? 'nothing' : listed(ids);
    if (/^\d{4}-\d{2}-\d{2}$/.test(until.date)) {
      report(fact.range, 'expired', { rules, date: until.date }).fix('Delete the expired ignore', 'safe', edits);
    } else {
      report(until.range, 'unreadable', { rules }).fix(
        'Delete the ignore',
        'review',
        edits,
        'the date may be a slip of the pen',
      );
    }
  },
  examples: [
    {
      bad: 'import joblib\nnet = joblib.load(path)  «# tidegate: ignore[load-joblib] until=2024-01-31 -- internal checkpoint»\n',
      message: 'expired',
      good: 'import joblib\nnet = joblib.load(path)\n',
    },
    {
      bad: 'import joblib\n# tidegate: ignore[load-joblib] «until=31.12.2026» -- internal checkpoint\nnet = joblib.load(path)\n',
      message: 'unreadable',
      good: 'import joblib\nnet = joblib.load(path)\n',
    },
    {
      good: 'import joblib\nnet = joblib.load(path)  # tidegate: ignore[load-joblib] until=2026-12-31 -- internal checkpoint\n',
      because: 'the date is still to come',
    },
    {
      good: 'import joblib\nnet = joblib.load(path)  # tidegate: ignore[load-joblib] -- internal checkpoint\n',
      because: 'an ignore needs no date',
    },
    { good: 'note = "# tidegate: ignore[load-joblib] until=2024-01-31 -- x"\n', because: 'a string is no comment' },
  ],
});
