import { argumentOf, type CallFact, defineRule, edit, python } from '../../engine/index.js';
import { KERAS_MODELS, KERAS_OBJECTS, KERAS_PACKAGES } from '../../knowledge/loaders/keras.js';
import { sourceOf } from './_source.js';
import { reportByTier } from './_tiers.js';

const SWITCHES = KERAS_PACKAGES.flatMap((keras) => [
  `${keras}.config.enable_unsafe_deserialization`,
  `${keras}.__internal__.enable_unsafe_deserialization`,
]);

export default defineRule({
  summary: 'A Keras model is loaded with its safe mode off.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-502',
    'CWE-94',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'https://keras.io/api/models/model_saving_apis/model_saving_and_loading/#loadmodel-function',
  ],
  docs: {
    why: "A `.keras` file may hold `Lambda` layers, which are Python code. Safe mode refuses them; with it off, a downloaded model runs its author's code.",
    instead:
      'Leave `safe_mode` at its default and replace `Lambda` layers by named layers registered with `keras.saving.register_keras_serializable`.',
    fixSafety: 'Models with `Lambda` layers stop loading, so the fix is offered for review.',
    limits:
      'Safe mode itself had bypasses in older releases of Keras; keep it current. The level follows where the model comes from.',
  },
  messages: {
    safeModeOff: '`safe_mode=False` lets the model file run code when it is loaded; leave safe mode on',
    enabledGlobally: '`{callee}` turns safe mode off for every model this process loads',
  },
  query: python.calls(...KERAS_MODELS.names, ...KERAS_OBJECTS.names, ...SWITCHES),
  check(call: CallFact, { report, python: py, text, path }) {
    if (SWITCHES.includes(call.name)) {
      report(call.calleeRange, 'enabledGlobally', { callee: 'enable_unsafe_deserialization' });
      return;
    }
    const loader = KERAS_MODELS.named(call.name) ?? KERAS_OBJECTS.named(call.name);
    if (loader?.switch === undefined) return;
    const flag = argumentOf(call, loader.switch.keyword, loader.switch.position);
    if (flag === undefined) return;
    const value = py.value(flag.value);
    if (value.kind !== 'boolean' || value.value) return;
    const source = sourceOf(call, loader);
    const finding = report(flag.range, 'safeModeOff');
    if (source !== undefined) reportByTier(finding, py.origin(source), path);
    finding.fix(
      'Remove `safe_mode=False`',
      'review',
      edit.removeArgument(text, call.expression, flag),
      'models with `Lambda` layers stop loading',
    );
  },
  examples: [
    {
      bad: 'import keras\nmodel = keras.models.load_model("net.keras", «safe_mode=False»)\n',
      message: 'safeModeOff',
      good: 'import keras\nmodel = keras.models.load_model("net.keras")\n',
    },
    {
      bad: 'from tensorflow.keras.models import load_model as lm\nmodel = lm(path, compile=False, «safe_mode=False»)\n',
      message: 'safeModeOff',
      good: 'from tensorflow.keras.models import load_model as lm\nmodel = lm(path, compile=False)\n',
    },
    {
      bad: 'import keras\n«keras.config.enable_unsafe_deserialization»()\n',
      message: 'enabledGlobally',
      good: 'import keras\n',
      byHand: true,
    },
    { good: 'import keras\nmodel = keras.models.load_model("net.keras")\n', because: 'safe mode is the default' },
    { good: 'import keras\nmodel = keras.models.load_model("net.keras", safe_mode=True)\n', because: 'switched on' },
    { good: 'model = load_model("net.keras", safe_mode=False)\n', because: 'nothing says which library this is' },
    {
      good: 'import keras\nmodel = keras.models.load_model(path, safe_mode=args.safe)\n',
      because: 'the value is not known',
    },
  ],
});
