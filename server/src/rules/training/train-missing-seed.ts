import { lastSegment } from '../../base/name-pattern.js';
import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';
import { DRAWS_ALWAYS, DRAWS_SHUFFLED, SEEDS_EVERYTHING } from '../../knowledge/learning/random.js';

const TORCH_SPLIT = ['torch.utils.data.random_split', 'torch.utils.data.dataset.random_split'];
const SPLITTER = /Fold$|Split$/;
/** Seeds that reach an estimator after it was made. */
const SEEDED_LATER = /self\.random_state|\.random_state\s*=[^=]|set_random_state|set_params\([^)]*random_state/;
const FITS = /\bfit\b|\bfit_\w+\(|cross_val|SearchCV/;

export default defineRule({
  summary: 'A split, sampler or estimator draws other random numbers in each run.',
  stages: ['training', 'evaluation'],
  severity: 'info',
  confidence: 'high',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'OWASP-ML08:2023',
    'https://scikit-learn.org/stable/common_pitfalls.html#controlling-randomness',
    'https://docs.pytorch.org/docs/stable/notes/randomness.html',
  ],
  docs: {
    why: 'Somebody suspects that a batch of uploaded rows has poisoned the model. The proof is to train it again without them and compare. When the split and the forest draw new numbers in each run, two honest trainings differ as much as an honest and a poisoned one, and the question stays open.',
    instead:
      'Pass `random_state` to what splits, samples and learns, or a generator to `random_split`; several seeds show how much a score varies.',
    fixSafety:
      'From then on every run draws the same numbers, so the result is one of those it could have been before: the fix is offered for review. The value has no meaning; choose your own.',
    limits:
      'A file that sets a global seed anywhere is not reported. A seed that is set in another file is not seen, nor are estimators whose options alone make them random. An explicit `random_state=None` is taken as meant.',
    ignoreWhen: 'The runs are repeated to measure how much the result varies.',
  },
  messages: {
    unseeded: '`{name}` draws other numbers in each run, so no result can be traced or repeated; pass `{option}`',
  },
  query: python.calls(...DRAWS_ALWAYS, ...DRAWS_SHUFFLED, ...TORCH_SPLIT),
  check(call: CallFact, { report, python: py, path, text }) {
    if (isTestFile(path) || passesUnknown(call) || SEEDS_EVERYTHING.test(text)) return;
    const name = lastSegment(call.name);
    const torch = TORCH_SPLIT.includes(call.name);
    const option = torch ? 'generator' : 'random_state';
    if (argumentOf(call, option, torch ? 2 : undefined) !== undefined) return;
    const shuffle = argumentOf(call, 'shuffle', DRAWS_SHUFFLED.includes(call.name) ? 1 : undefined);
    const shuffles = shuffle === undefined ? undefined : py.value(shuffle.value);
    if (shuffles === undefined ? DRAWS_SHUFFLED.includes(call.name) : shuffles.kind !== 'boolean' || !shuffles.value)
      return;
    // Old releases took more parameters by position, the seed among them.
    if (!torch && name !== 'train_test_split' && call.arguments.some(({ position }) => (position ?? 0) > 1)) return;
    // What is only made, to be filled from a file, draws nothing.
    const learner = /^[A-Z]/.test(name) && !SPLITTER.test(name);
    if (learner && (!FITS.test(text) || SEEDED_LATER.test(text))) return;
    const finding = report(call.calleeRange, 'unseeded', { name, option });
    const [value, edits] = torch
      ? ['torch.Generator().manual_seed(42)', edit.addImport(text, 'import torch')]
      : ['42', []];
    finding.fix(
      `Pass \`${option}=${value}\``,
      'review',
      [...edits, ...edit.setKeyword(text, call.expression, option, value)],
      'every run draws the same numbers from then on',
    );
  },
  examples: [
    {
      bad: 'from sklearn.model_selection import train_test_split\n\nX_train, X_test = «train_test_split»(X, test_size=0.2)\n',
      message: 'unseeded',
      good: 'from sklearn.model_selection import train_test_split\n\nX_train, X_test = train_test_split(X, test_size=0.2, random_state=42)\n',
    },
    {
      bad: 'from sklearn import model_selection as ms\n\nfolds = «ms.StratifiedKFold»(5, shuffle=True)\n',
      message: 'unseeded',
      good: 'from sklearn import model_selection as ms\n\nfolds = ms.StratifiedKFold(5, shuffle=True, random_state=42)\n',
    },
    {
      bad: 'from torch.utils.data import random_split\n\ntrain, test = «random_split»(rows, [0.8, 0.2])\n',
      message: 'unseeded',
      good: 'import torch\nfrom torch.utils.data import random_split\n\ntrain, test = random_split(rows, [0.8, 0.2], generator=torch.Generator().manual_seed(42))\n',
    },
    {
      good: 'import numpy as np\nfrom sklearn.ensemble import RandomForestClassifier\n\nnp.random.seed(7)\nmodel = RandomForestClassifier()\n',
      because: 'the seed is set for all',
    },
    {
      good: 'from sklearn.model_selection import KFold, train_test_split\n\nfolds = KFold(5)\nold, new = train_test_split(rows, shuffle=False)\n',
      because: 'nothing is shuffled',
    },
    {
      good: 'from sklearn.ensemble import RandomForestClassifier\n\nmodel = RandomForestClassifier(**settings)\n',
      because: 'the seed may be among the settings',
    },
    {
      good: 'from sklearn.linear_model import LinearRegression\n\nmodel = LinearRegression()\n',
      because: 'nothing is drawn',
    },
  ],
});
