import {
  type CallFact,
  type ConfigEntry,
  config,
  type DockerInstruction,
  defineRule,
  dockerfile,
  notebook,
  type OutputFact,
  python,
  type Requirement,
  requirements,
} from '../../server/src/engine/index.js';
import type { AnyRule } from '../../server/src/engine/rule.js';
import type { RuleSet } from '../../server/src/engine/rule-set.js';

const COMMON = {
  stages: ['training'],
  severity: 'warning',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: ['CWE-502'],
  docs: { why: 'Because a test says so.', instead: 'Call `safe`.', fixSafety: 'Same result.', limits: 'None.' },
  examples: [],
} as const;

/** `danger.run(…)`: a safe fix. */
const callDanger = defineRule({
  ...COMMON,
  severity: 'error',
  summary: 'A dangerous call.',
  messages: { found: '`danger.run` runs anything' },
  query: python.calls('danger.run'),
  check(call: CallFact, { report }) {
    const edits = [{ range: call.calleeRange, newText: 'danger.safe' }];
    report(call.calleeRange, 'found').fix('Call `danger.safe`', 'safe', edits);
  },
});

/** `risky.run(…)`: a fix to be reviewed. */
const callRisky = defineRule({
  ...COMMON,
  summary: 'A risky call.',
  messages: { found: '`risky.run` may run anything' },
  query: python.calls('risky.run'),
  check(call: CallFact, { report }) {
    const edits = [{ range: call.calleeRange, newText: 'risky.safe' }];
    report(call.calleeRange, 'found').fix('Call `risky.safe`', 'review', edits, 'results may differ');
  },
});

/** `old.load(…)` with a pinned version of `old` below 2, with the pin as a related place. */
const oldVersion = defineRule({
  ...COMMON,
  summary: 'A loader of an old library.',
  messages: { old: '`old.load` of version {version} is unsafe' },
  query: python.calls('old.load'),
  check(call: CallFact, { report, version }) {
    const pinned = version('old');
    if (pinned === undefined || !(pinned.exact ?? '').startsWith('1.')) return;
    report(call.calleeRange, 'old', { version: pinned.exact ?? '' }).related(pinned.place, 'old is pinned here');
  },
});

/** `breaks.run(…)`: a "safe" fix after which the text is no Python. */
const breaking = defineRule({
  ...COMMON,
  summary: 'A call whose fix is broken.',
  messages: { found: 'a broken fix' },
  query: python.calls('breaks.run'),
  check(call: CallFact, { report }) {
    report(call.calleeRange, 'found').fix('Break it', 'safe', [{ range: call.calleeRange, newText: 'f(((' }]);
  },
});

/** `crash.run(…)`: the rule itself throws. */
const crashing = defineRule({
  ...COMMON,
  summary: 'A rule with a mistake.',
  messages: { never: 'never said' },
  query: python.calls('crash.run'),
  check() {
    throw new Error('a mistake in the rule');
  },
});

/** A key `insecure` in any config file. */
const insecureKey = defineRule({
  ...COMMON,
  summary: 'An insecure key.',
  messages: { found: '`insecure` is set' },
  query: config.entries('any', '**.insecure'),
  check(entry: ConfigEntry, { report }) {
    report(entry.range, 'found');
  },
});

const runInstruction = defineRule({
  ...COMMON,
  summary: 'A RUN instruction.',
  messages: { found: '`RUN` runs' },
  query: dockerfile.instructions('RUN'),
  check(instruction: DockerInstruction, { report }) {
    report(instruction.keywordRange, 'found');
  },
});

const badPackage = defineRule({
  ...COMMON,
  summary: 'A bad package.',
  messages: { found: '`badpackage` is required' },
  query: requirements.all(),
  words: ['badpackage'],
  check(requirement: Requirement, { report }) {
    if (requirement.name === 'badpackage') report(requirement.range, 'found');
  },
});

const outputSecret = defineRule({
  ...COMMON,
  summary: 'A secret in an output.',
  messages: { found: 'the output of this cell shows a secret' },
  query: notebook.outputs(),
  words: ['print'],
  check(output: OutputFact, { report }) {
    if (output.text.includes('TOPSECRET')) report(output.range, 'found');
  },
});

const RULES: Readonly<Record<string, AnyRule>> = {
  'bad-package': badPackage,
  'call-breaking': breaking,
  'call-crashing': crashing,
  'call-danger': callDanger,
  'call-risky': callRisky,
  'insecure-key': insecureKey,
  'old-version': oldVersion,
  'output-secret': outputSecret,
  'run-instruction': runInstruction,
};

export const fakeRules: RuleSet = Object.entries(RULES).map(([id, rule]) => ({ id, family: 'testing', rule }));
