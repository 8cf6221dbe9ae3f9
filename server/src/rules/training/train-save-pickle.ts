import type { TextEdit } from '../../base/range.js';
import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  python,
  type RuleContext,
} from '../../engine/index.js';

const DUMPS: Readonly<Record<string, string>> = {
  'pickle.dump': 'obj',
  'cloudpickle.dump': 'obj',
  'dill.dump': 'obj',
  'joblib.dump': 'value',
  'sklearn.externals.joblib.dump': 'value',
};
const KERAS = ['keras', 'tensorflow.keras'];
const KERAS_FILES = [
  ...KERAS.flatMap((library) =>
    ['Model', 'Sequential', 'models.Model', 'models.Sequential'].map((name) => `${library}.${name}().save`),
  ),
  ...KERAS.flatMap((library) => [`${library}.models.load_model().save`, `${library}.models.clone_model().save`]),
  ...KERAS.flatMap((library) => [`${library}.models.save_model`, `${library}.saving.save_model`]),
  ...KERAS.map((library) => `${library}.callbacks.ModelCheckpoint`),
];
const MLFLOW = ['mlflow.sklearn.log_model', 'mlflow.sklearn.save_model', 'mlflow.sklearn.autolog'];
const MODULE =
  /^(?:torch\.nn\.|torchvision\.models\.|timm\.create_model\(\)|torch\.hub\.load\(\)|transformers\.\w+\.from_pretrained\(\)|segmentation_models_pytorch\.\w+\(\))/;
const ESTIMATOR = /^(?:sklearn|xgboost|lightgbm|catboost|imblearn)\..*\(\)/;
const NOT_MODULE = /\.(?:state_dict|parameters|load|numpy|cpu|detach)\(\)$|\[\]$/;
const MODULE_USES = 'eval|train|parameters|named_parameters|state_dict|load_state_dict|zero_grad|requires_grad_';
const ESTIMATOR_USES = 'fit|predict|predict_proba|fit_transform|partial_fit|transform';

const messages = {
  module: '`torch.save` of the whole `{name}` is a pickle its readers have to trust; save `state_dict()`',
  estimator: '`{callee}` of `{name}` writes a pickle, which runs code in whoever loads it; use skops or ONNX',
  keras: '`{file}` uses the old HDF5 format, which carries layers as code; use a `.keras` file',
  mlflow: '`{format}` stores the model as a pickle, which runs code where it is loaded; use `skops`',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'A model is saved in a format that runs code when it is loaded.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'https://docs.pytorch.org/tutorials/beginner/saving_loading_models.html',
    'https://scikit-learn.org/stable/model_persistence.html',
    'https://keras.io/guides/serialization_and_saving/',
    'https://skops.readthedocs.io/en/stable/persistence.html',
  ],
  docs: {
    why: 'Everybody who serves or studies the model has to unpickle it. Whoever gets to the bucket for a minute swaps the file, and the code in it runs on the inference servers; a file of numbers could only have given wrong answers.',
    instead:
      'Save `model.state_dict()`, best with safetensors; skops or ONNX for scikit-learn; `.keras` for Keras; the own format of XGBoost, LightGBM and CatBoost.',
    fixSafety:
      'What loads the file has to change with it: build the module first, or read another format. The fixes are offered for review.',
    limits:
      'Only what is known to be a model counts: made by a library, or used as one under the same name in the same file. Dictionaries with states are silent, as are tests. MLflow is judged only where the format is written.',
    ignoreWhen: 'The file never leaves the machine, as a cache between two steps of one job.',
  },
  messages,
  query: python.calls('torch.save', ...Object.keys(DUMPS), ...KERAS_FILES, ...MLFLOW),
  check(call: CallFact, context) {
    if (isTestFile(context.path)) return;
    if (call.name === 'torch.save') checkModule(call, context);
    else if (DUMPS[call.name] !== undefined) checkEstimator(call, DUMPS[call.name]!, context);
    else if (MLFLOW.includes(call.name)) checkMlflow(call, context);
    else checkKeras(call, context);
  },
  examples: [
    {
      bad: 'import torch\n\ndef save(model, path):\n    model.eval()\n    torch.save(«model», path)\n',
      message: 'module',
      good: 'import torch\n\ndef save(model, path):\n    model.eval()\n    torch.save(model.state_dict(), path)\n',
    },
    {
      bad: 'import joblib as jl\nfrom sklearn.linear_model import LogisticRegression\nmodel = LogisticRegression().fit(x, y)\n«jl.dump»(model, "model.joblib")\n',
      message: 'estimator',
      good: 'import skops.io\nimport joblib as jl\nfrom sklearn.linear_model import LogisticRegression\nmodel = LogisticRegression().fit(x, y)\nskops.io.dump(model, "model.joblib")\n',
      given: { skops: '0.13.0' },
    },
    {
      bad: 'import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.save(«"model.h5"»)\n',
      message: 'keras',
      good: 'import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.save("model.keras")\n',
    },
    {
      bad: 'import mlflow\nmlflow.sklearn.log_model(model, name="risk", serialization_format=«"cloudpickle"»)\n',
      message: 'mlflow',
      good: 'import mlflow\nmlflow.sklearn.log_model(model, name="risk", serialization_format="skops")\n',
      byHand: true,
    },
    { good: 'import torch\ntorch.save(model.state_dict(), "net.pt")\n', because: 'numbers alone' },
    {
      good: 'import torch\ntorch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, "net.pt")\n',
      because: 'a checkpoint that the restricted loader reads',
    },
    { good: 'import joblib\njoblib.dump(rows, "rows.joblib")\n', because: 'nothing says that this is a model' },
    { good: 'import keras\nmodel = keras.Sequential()\nmodel.save("model.keras")\n', because: 'the format of Keras 3' },
    { good: 'import keras\nmodel = keras.Sequential()\nmodel.save_weights("m.weights.h5")\n', because: 'weights only' },
  ],
});

/** True for a value that a library made as a model, or that this file uses as one under the same name. */
function isModel(value: Expression, made: RegExp, uses: string, { python: py, text }: Context): boolean {
  const names = py.names(value);
  if (names.some((name) => NOT_MODULE.test(name))) return false;
  if (names.some((name) => made.test(name))) return true;
  if (value.kind !== 'name' && value.kind !== 'attribute') return false;
  const defined = py.definition(value).kind;
  if (defined === 'dict' || defined === 'list' || defined === 'tuple') return false;
  const written = text.slice(value.range.start, value.range.end);
  if (!/^[\w.]+$/.test(written)) return false;
  return new RegExp(`(?<![\\w.])${written.replaceAll('.', '\\.')}\\.(?:${uses})\\(`).test(text);
}

function checkModule(call: CallFact, context: Context): void {
  const saved = argumentOf(call, 'obj', 0);
  if (saved === undefined || saved.unpacked || !isModel(saved.value, MODULE, MODULE_USES, context)) return;
  const { text, report } = context;
  const written = text.slice(saved.value.range.start, saved.value.range.end);
  const name = /^[\w.]{1,30}$/.test(written) ? written : 'module';
  const edits = /^[\w.]+$/.test(written) ? edit.insert(saved.value.range.end, '.state_dict()') : [];
  report(saved.value.range, 'module', { name }).fix(
    'Save the state only',
    'review',
    edits,
    'what loads the file has to build the module first',
  );
}

function checkEstimator(call: CallFact, keyword: string, context: Context): void {
  const saved = argumentOf(call, keyword, 0);
  if (saved === undefined || saved.unpacked) return;
  const module = isModel(saved.value, MODULE, MODULE_USES, context);
  if (!module && !isModel(saved.value, ESTIMATOR, ESTIMATOR_USES, context)) return;
  const { text, report } = context;
  const written = text.slice(saved.value.range.start, saved.value.range.end);
  const name = /^[\w.]{1,30}$/.test(written) ? written : 'model';
  const callee = call.name.split('.').slice(-2).join('.');
  const finding = report(call.calleeRange, 'estimator', { callee, name });
  finding.fix(
    'Use skops',
    'review',
    module ? [] : withSkops(call, context),
    'what loads the file has to use skops too',
  );
}

/** Edits for a project that has skops: its `dump` takes an object and a file as that of joblib does. */
function withSkops(call: CallFact, { text, version, python: py }: Context): TextEdit[] {
  if (version('skops') === undefined || !call.name.endsWith('joblib.dump') || call.arguments.length !== 2) return [];
  if (call.arguments.some(({ name, unpacked }) => name !== undefined || unpacked)) return [];
  const made = py.names(call.arguments[0]!.value);
  if (!made.some((name) => name.startsWith('sklearn.'))) return [];
  return [...edit.addImport(text, 'import skops.io'), ...edit.replace(call.calleeRange, 'skops.io.dump')];
}

function checkKeras(call: CallFact, { report, python: py, text }: Context): void {
  const isFunction = call.name.endsWith('.save_model');
  const target = argumentOf(call, 'filepath', isFunction ? 1 : 0);
  const value = target === undefined ? undefined : py.value(target.value);
  if (target === undefined || onlyWeights(call, py)) return;
  const last = value?.kind === 'string' ? value.value : value?.kind === 'partial' ? (value.pieces.at(-1) ?? '') : '';
  if (!/\.(?:h5|hdf5)$/.test(last) || /\.weights\.h5$/.test(last)) return;
  const file = last.slice(last.lastIndexOf('/') + 1).slice(-30);
  const finding = report(target.value.range, 'keras', { file });
  const literal = py.definition(target.value);
  if (literal !== target.value || literal.kind !== 'string') return;
  const { start, end } = literal.range;
  const dot = text.slice(start, end).lastIndexOf('.');
  const edits = edit.replace({ start: start + dot, end: end - 1 }, '.keras');
  finding.fix('Save as `.keras`', 'review', edits, 'what loads the file has to use the new name');
}

function onlyWeights(call: CallFact, py: PythonQuestions): boolean {
  const flag = argumentOf(call, 'save_weights_only');
  if (flag === undefined) return false;
  const value = py.value(flag.value);
  return value.kind !== 'boolean' || value.value;
}

function checkMlflow(call: CallFact, { report, python: py }: Context): void {
  const format = argumentOf(call, 'serialization_format');
  if (format === undefined) return;
  const value = py.value(format.value);
  const constant = py.names(format.value).find((name) => /SERIALIZATION_FORMAT_(?:CLOUD)?PICKLE$/.test(name));
  const written =
    constant !== undefined
      ? constant.endsWith('CLOUDPICKLE')
        ? 'cloudpickle'
        : 'pickle'
      : value.kind === 'string'
        ? value.value
        : '';
  if (written !== 'pickle' && written !== 'cloudpickle') return;
  report(format.value.range, 'mlflow', { format: written });
}
