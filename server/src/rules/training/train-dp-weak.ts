import { isTestFile } from '../../base/test-files.js';
import {
  type Argument,
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  passesUnknown,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { DP_ESTIMATORS, DP_TRAININGS } from '../../knowledge/differential-privacy.js';

/** Above this, the bound on what one row can change says next to nothing. */
const LARGE_EPSILON = 10;
/** The chance that the promise fails for a row at all: larger than one row of a hundred is none. */
const LARGE_DELTA = 0.01;

const messages = {
  noNoise: '`{name}={value}` adds no noise, so the model can give away single rows in spite of its clipping',
  fixedBatches: '`poisson_sampling=False` breaks the assumption the privacy budget is computed under; remove it',
  largeEpsilon: '`{name}={value}` lets single rows show through: a budget above 10 promises next to nothing',
  largeDelta: '`{name}={value}` allows the promise to fail outright; stay below one divided by the number of rows',
  noBounds:
    '`{callee}` without `{names}` takes limits from the data, which gives away its extreme rows; pass known ones',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'Training with differential privacy is set up so that it protects little.',
  stages: ['training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-330',
    'OWASP-ML04:2023',
    'AML.T0024.000',
    'https://opacus.ai/api/privacy_engine.html',
    'https://www.tensorflow.org/responsible_ai/privacy/api_docs/python/tf_privacy/DPKerasSGDOptimizer',
    'https://diffprivlib.readthedocs.io/en/latest/modules/models.html',
    'https://doi.org/10.6028/NIST.SP.800-226',
  ],
  docs: {
    why: 'A hospital publishes a model as differentially private; a noise of zero was left over from debugging. An attacker who asks the model about one patient now learns whether she was in the training data, which the label of the model says is impossible.',
    instead:
      'Ask for a budget of a few units with `make_private_with_epsilon`, a delta well below one divided by the number of rows, leave Poisson sampling on, and give bounds that you know without looking at the data.',
    fixSafety:
      'Batches differ in size and the loss takes another course, so the fix is offered for review. How much noise or which bounds are right depends on the data.',
    limits:
      'Values that are computed or come from options are not judged, and without the number of rows only a delta of one in a hundred or more is. Tests, examples and benchmarks are notes. Opacus runs without its secure random numbers unless asked; as that is fine for experiments, it is not reported.',
    ignoreWhen: 'The run measures what privacy costs, and its model is thrown away.',
  },
  messages,
  query: python.calls(...DP_TRAININGS.flatMap(({ names }) => names), ...Object.keys(DP_ESTIMATORS)),
  check(call: CallFact, context) {
    const names = DP_ESTIMATORS[call.name];
    if (names !== undefined) checkBounds(call, names, context);
    for (const { parameters } of DP_TRAININGS.filter((training) => training.names.includes(call.name))) {
      for (const [kind, name, position] of parameters) {
        const argument = argumentOf(call, name, position);
        if (argument !== undefined && !argument.unpacked) checkParameter(call, kind, name, argument, context);
      }
    }
  },
  examples: [
    {
      bad: 'from opacus import PrivacyEngine\nengine = PrivacyEngine()\nmodel, optimizer, loader = engine.make_private(module=model, optimizer=optimizer, data_loader=loader, «noise_multiplier=0.0», max_grad_norm=1.0)\n',
      message: 'noNoise',
      good: 'from opacus import PrivacyEngine\nengine = PrivacyEngine()\nmodel, optimizer, loader = engine.make_private(module=model, optimizer=optimizer, data_loader=loader, noise_multiplier=1.1, max_grad_norm=1.0)\n',
      byHand: true,
    },
    {
      bad: 'import opacus as op\nengine = op.PrivacyEngine()\nparts = engine.make_private(module=net, optimizer=sgd, data_loader=rows, noise_multiplier=1.1, max_grad_norm=1.0, «poisson_sampling=False»)\n',
      message: 'fixedBatches',
      good: 'import opacus as op\nengine = op.PrivacyEngine()\nparts = engine.make_private(module=net, optimizer=sgd, data_loader=rows, noise_multiplier=1.1, max_grad_norm=1.0)\n',
    },
    {
      bad: 'from opacus import PrivacyEngine\nEPSILON = 50\nPrivacyEngine().make_private_with_epsilon(module=net, optimizer=sgd, data_loader=rows, epochs=5, «target_epsilon=EPSILON», target_delta=1e-5, max_grad_norm=1.0)\n',
      message: 'largeEpsilon',
      good: 'from opacus import PrivacyEngine\nEPSILON = 3\nPrivacyEngine().make_private_with_epsilon(module=net, optimizer=sgd, data_loader=rows, epochs=5, target_epsilon=EPSILON, target_delta=1e-5, max_grad_norm=1.0)\n',
      byHand: true,
    },
    {
      bad: 'from opacus import PrivacyEngine\nPrivacyEngine().make_private_with_epsilon(module=net, optimizer=sgd, data_loader=rows, epochs=5, target_epsilon=3, «target_delta=0.1», max_grad_norm=1.0)\n',
      message: 'largeDelta',
      good: 'from opacus import PrivacyEngine\nPrivacyEngine().make_private_with_epsilon(module=net, optimizer=sgd, data_loader=rows, epochs=5, target_epsilon=3, target_delta=1e-6, max_grad_norm=1.0)\n',
      byHand: true,
    },
    {
      bad: 'from diffprivlib.models import LogisticRegression\nmodel = «LogisticRegression»(epsilon=1.0)\n',
      message: 'noBounds',
      good: 'from diffprivlib.models import LogisticRegression\nmodel = LogisticRegression(epsilon=1.0, data_norm=12.0)\n',
      byHand: true,
    },
    {
      good: 'from opacus import PrivacyEngine\nengine = PrivacyEngine()\nengine.make_private(module=net, optimizer=sgd, data_loader=rows, noise_multiplier=1.1, max_grad_norm=1.0)\n',
      because: 'noise, and Poisson sampling by default',
    },
    {
      good: 'from opacus import PrivacyEngine\nPrivacyEngine().make_private(module=net, optimizer=sgd, data_loader=rows, noise_multiplier=args.sigma, max_grad_norm=1.0)\n',
      because: 'the noise is an option',
    },
    {
      good: 'from sklearn.linear_model import LogisticRegression\nmodel = LogisticRegression()\n',
      because: 'promises no privacy',
    },
    {
      good: 'from diffprivlib.models import GaussianNB\nmodel = GaussianNB(epsilon=1.0, bounds=(0, 120))\n',
      because: 'bounds that were known before',
    },
  ],
});

const EXPERIMENT = /(?:^|\/)(?:examples?|benchmarks?|experiments?|tutorials?|notebooks?)\/|\.ipynb$/;

function isExperiment(path: string): boolean {
  return isTestFile(path) || EXPERIMENT.test(path);
}

function checkParameter(
  call: CallFact,
  kind: (typeof DP_TRAININGS)[number]['parameters'][number][0],
  name: string,
  argument: Argument,
  { report, python: py, text, path }: Context,
): void {
  const value = py.value(argument.value);
  if (kind === 'sampling') {
    if (value.kind !== 'boolean' || value.value) return;
    const finding = report(argument.range, 'fixedBatches');
    if (isExperiment(path)) finding.severity('info');
    const edits = edit.removeArgument(text, call.expression, argument);
    finding.fix('Sample batches at random', 'review', edits, 'batches differ in size');
    return;
  }
  if (value.kind !== 'number') return;
  const shown = { name, value: value.value };
  const finding =
    kind === 'noise' && value.value === 0
      ? report(argument.range, 'noNoise', shown)
      : kind === 'epsilon' && value.value > LARGE_EPSILON
        ? report(argument.range, 'largeEpsilon', shown)
        : kind === 'delta' && value.value >= LARGE_DELTA
          ? report(argument.range, 'largeDelta', shown)
          : undefined;
  if (finding === undefined) return;
  if (isExperiment(path)) finding.severity('info');
  const written = py.definition(argument.value);
  if (written !== argument.value) finding.related(written.range, 'the value is written here');
}

function checkBounds(call: CallFact, names: readonly string[], { report, python: py, path }: Context): void {
  if (passesUnknown(call)) return;
  const missing = names.filter((name) => {
    const argument = argumentOf(call, name);
    return argument === undefined || py.value(argument.value).kind === 'none';
  });
  if (missing.length === 0) return;
  const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
  const finding = report(call.calleeRange, 'noBounds', { callee, names: missing.join('` and `') });
  if (isExperiment(path)) finding.severity('info');
}
