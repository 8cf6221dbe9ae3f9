import { type CallFact, defineRule, python, type TextFact, texts } from '../../server/src/engine/index.js';
import type { RuleSet } from '../../server/src/engine/rule-set.js';

const COMMON = {
  stages: ['training'],
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  examples: [],
} as const;

/** `danger.load(x)` → `danger.load(x, safe=True)`, and where `danger` is pinned. */
const loadDanger = defineRule({
  ...COMMON,
  severity: 'error',
  summary: 'A loader that runs code.',
  references: ['CWE-502', 'OWASP-ML06:2023', 'AML.T0011.000', 'CVE-2025-32434'],
  docs: {
    why: 'The file may run code.',
    instead: 'Pass `safe=True`.',
    fixSafety: 'Same result.',
    limits: 'None known.',
  },
  messages: { found: '`{name}` runs code stored in the file' },
  query: python.calls('danger.load'),
  check(call: CallFact, { report, version }) {
    if (call.arguments.some((argument) => argument.name === 'safe')) return;
    const at = call.range.end - 1;
    const made = report(call.calleeRange, 'found', { name: call.name });
    const pinned = version('danger');
    if (pinned !== undefined) made.related(pinned.place, `danger ${pinned.exact ?? 'unpinned'} is named here`);
    made.fix('Add `safe=True`', 'safe', [{ range: { start: at, end: at }, newText: ', safe=True' }]);
  },
});

/** `risky()`: a fix to be reviewed that spans lines. */
const openRisky = defineRule({
  ...COMMON,
  severity: 'warning',
  summary: 'A call that may run code.',
  references: ['CWE-94'],
  docs: {
    why: 'Somebody may reach it.',
    instead: 'Call `calm`.',
    fixSafety: 'Results may differ.',
    limits: 'None known.',
  },
  messages: { found: '`risky` is reachable' },
  query: python.calls('danger.risky'),
  check(call: CallFact, { report }) {
    report(call.calleeRange, 'found').fix(
      'Call `calm`',
      'review',
      [{ range: call.range, newText: 'calm(\n    1,\n)' }],
      'results may differ',
    );
  },
});

/** A fix that leaves broken code: it must never reach a file. */
const breakIt = defineRule({
  ...COMMON,
  severity: 'info',
  summary: 'A rule with a bad fix.',
  references: [],
  docs: { why: 'For tests.', instead: 'Nothing.', fixSafety: 'Broken on purpose.', limits: 'None known.' },
  messages: { found: '`broken` is called' },
  query: python.calls('danger.broken'),
  check(call: CallFact, { report }) {
    report(call.calleeRange, 'found').fix('Break it', 'safe', [{ range: call.range, newText: 'danger.broken((' }]);
  },
});

/** A fix that asks for another one each time. */
const grow = defineRule({
  ...COMMON,
  severity: 'hint',
  summary: 'A rule whose fix never ends.',
  references: [],
  docs: { why: 'For tests.', instead: 'Nothing.', fixSafety: 'Endless on purpose.', limits: 'None known.' },
  messages: { found: '`grow` is called' },
  query: python.calls('danger.grow'),
  check(call: CallFact, { report }) {
    const at = call.range.end - 1;
    report(call.calleeRange, 'found').fix('Grow', 'safe', [{ range: { start: at, end: at }, newText: '1,' }]);
  },
});

/** `danger.pin()`: the fix changes the dependency file too. */
const pinDanger = defineRule({
  ...COMMON,
  severity: 'info',
  summary: 'A dependency without a pin.',
  references: ['CWE-1357'],
  docs: {
    why: 'Anything may be installed.',
    instead: 'Pin it.',
    fixSafety: 'Other versions may differ.',
    limits: 'None known.',
  },
  messages: { found: '`danger` is not pinned' },
  query: python.calls('danger.pin'),
  check(call: CallFact, { report, version }) {
    const found = version('danger');
    if (found === undefined || found.exact !== undefined) return;
    const edit = { range: found.place.range, newText: 'danger==1.0' };
    report(call.calleeRange, 'found').fixFiles(
      'Pin `danger`',
      [{ path: found.place.path, edits: [edit] }],
      'the newest version may be another',
    );
  },
});

const secretToken = defineRule({
  ...COMMON,
  severity: 'error',
  summary: 'A token in the source.',
  references: ['CWE-798'],
  docs: {
    why: 'Everybody who reads the code has it.',
    instead: 'Read it from the environment.',
    fixSafety: 'The value moves.',
    limits: 'None known.',
  },
  messages: { found: 'Token (`tok_…`, {length} characters) is stored in source' },
  words: ['tok_'],
  query: texts.any(),
  check(text: TextFact, { report }) {
    const match = /tok_[A-Za-z0-9]{12,}/.exec(text.text);
    if (match === null) return;
    const start = text.range.start + match.index;
    const range = { start, end: start + match[0].length };
    report(range, 'found', { length: match[0].length }).fix(
      'Read `TOKEN`',
      'review',
      [{ range, newText: '' }],
      'set the variable',
    );
  },
});

/** A rule that fails on every file. */
const crash = defineRule({
  ...COMMON,
  severity: 'warning',
  summary: 'A rule that fails.',
  references: [],
  docs: { why: 'For tests.', instead: 'Nothing.', fixSafety: 'None.', limits: 'None known.' },
  messages: { found: 'never' },
  query: python.calls('danger.crash'),
  check() {
    throw new Error('crashed on purpose');
  },
});

export const testRules: RuleSet = [
  { id: 'break-it', family: 'loading', rule: breakIt },
  { id: 'crash', family: 'loading', rule: crash },
  { id: 'grow', family: 'loading', rule: grow },
  { id: 'load-danger', family: 'loading', rule: loadDanger },
  { id: 'open-risky', family: 'serving', rule: openRisky },
  { id: 'pin-danger', family: 'supply-chain', rule: pinDanger },
  { id: 'secret-token', family: 'secrets', rule: secretToken },
];
