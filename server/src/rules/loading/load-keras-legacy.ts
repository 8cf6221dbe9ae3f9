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
import { isBelow } from '../../engine/versions.js';
import { KERAS_MODELS, KERAS_YAML } from '../../knowledge/loaders/keras.js';
import { fileNames, originOf, sourceOf } from './_source.js';
import { reportByTier } from './_tiers.js';

/** Safe mode covers HDF5 from this release of Keras on (CVE-2025-9905); the copies of Keras 2 never got it. */
const HDF5_SAFE = '3.11.3';
const HDF5 = /\.(h5|hdf5)$/i;

export default defineRule({
  summary: 'A Keras model is loaded from a format that safe mode does not cover.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'CWE-94',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'CVE-2025-9905',
    'CVE-2021-37678',
    'https://keras.io/guides/serialization_and_saving/',
  ],
  docs: {
    why: 'A `Lambda` layer is kept as compiled Python in an HDF5 file and is rebuilt when the model is opened, whatever `safe_mode` says. An `.h5` model from a forum or a shared drive runs code before its first prediction.',
    instead:
      'Convert once on a machine with nothing to lose and save as `.keras`; keep Keras at 3.11.3 or newer, where safe mode covers HDF5 as well.',
    fixSafety:
      'Files saved before have to be converted, and other programs may expect the old name, so the fix is offered for review, and only where the same file saves the model.',
    limits:
      'The format is told by the name of the file; a name that is not known stays silent unless the release has no safe mode at all.',
    ignoreWhen: 'The model was trained by the same project and its digest is checked.',
  },
  messages: {
    hdf5: '`{callee}` reads HDF5, where `Lambda` layers run code in spite of safe mode; save as `.keras`',
    noSafeMode: '`{callee}` runs code of `Lambda` layers: {library} {version} has no safe mode; update it',
    yaml: '`model_from_yaml` reads YAML that can call any function; describe models in JSON',
  },
  query: python.calls(...KERAS_MODELS.names, ...KERAS_YAML.names),
  check(call: CallFact, context) {
    const { report, python: py, path, text } = context;
    const loader = KERAS_MODELS.named(call.name) ?? KERAS_YAML.named(call.name);
    const source = loader === undefined ? undefined : sourceOf(call, loader);
    if (loader === undefined || source === undefined) return;
    const origin = originOf(source, py);
    const library = libraryOf(call, context);
    if (loader.switch === undefined) {
      const refused = library !== undefined && isBelow(library, '2.6') === false;
      if (!refused && py.value(source).kind !== 'string') reportByTier(report(call.calleeRange, 'yaml'), origin, path);
      return;
    }
    const flag = argumentOf(call, loader.switch.keyword, loader.switch.position);
    const value = flag === undefined ? undefined : py.value(flag.value);
    if (value?.kind === 'boolean' && !value.value) return;
    const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
    const names = fileNames(source, py);
    const old = library !== undefined && isBelow(library, loader.switch.since!) === true;
    if (old) {
      const version = library.exact ?? library.specifier;
      const finding = report(call.calleeRange, 'noSafeMode', { callee, library: library.library, version });
      reportByTier(finding, origin, path).related(library.place, `${library.library} is pinned here`);
      return;
    }
    const keras = call.name.startsWith('tf_keras') ? undefined : context.version('keras');
    if (!names.some((name) => HDF5.test(name)) || (keras !== undefined && isBelow(keras, HDF5_SAFE) === false)) return;
    reportByTier(report(call.calleeRange, 'hdf5', { callee }), origin, path).fix(
      'Save and load `.keras`',
      'review',
      renamed(source, py, text),
      'files saved before have to be converted',
    );
  },
  examples: [
    {
      bad: 'import keras\nfrom huggingface_hub import hf_hub_download\nnet = «keras.models.load_model»(hf_hub_download("org/net", "net.h5"))\n',
      message: 'hdf5',
      good: 'import keras\nfrom huggingface_hub import hf_hub_download\nnet = keras.models.load_model(hf_hub_download("org/net", "net.keras"))\n',
      byHand: true,
    },
    {
      bad: 'from tensorflow.keras.models import load_model as lm\nnet.save("net.h5")\ncopy = «lm»("net.h5")\n',
      message: 'hdf5',
      good: 'from tensorflow.keras.models import load_model as lm\nnet.save("net.keras")\ncopy = lm("net.keras")\n',
    },
    {
      bad: 'import tensorflow as tf\nPATH = "net.hdf5"\nnet.save(PATH)\ncopy = «tf.keras.models.load_model»(PATH, compile=False)\n',
      message: 'hdf5',
      good: 'import tensorflow as tf\nPATH = "net.keras"\nnet.save(PATH)\ncopy = tf.keras.models.load_model(PATH, compile=False)\n',
    },
    {
      bad: 'import tensorflow as tf\ndef model(path):\n    return «tf.keras.models.load_model»(path)\n',
      message: 'noSafeMode',
      good: 'import tensorflow as tf\nfrom net import build\ndef model(path):\n    net = build()\n    net.load_weights(path)\n    return net\n',
      byHand: true,
      given: { tensorflow: '2.12.1' },
    },
    {
      bad: 'from keras.models import model_from_yaml\ndef model(file):\n    return «model_from_yaml»(file.read())\n',
      message: 'yaml',
      good: 'from keras.models import model_from_json\ndef model(file):\n    return model_from_json(file.read())\n',
      byHand: true,
    },
    {
      good: 'import keras\nnet = keras.models.load_model("net.h5")\n',
      given: { keras: '3.11.3' },
      because: 'safe mode covers HDF5 from 3.11.3 on',
    },
    { good: 'import keras\nnet = keras.models.load_model("net.keras")\n', because: 'safe mode covers the format' },
    { good: 'import keras\nnet = keras.models.load_model(path)\n', because: 'the format is not known' },
    { good: 'net.load_weights("net.h5")\n', because: 'only weights are read, into layers that exist' },
    { good: 'import h5py\nrows = h5py.File("rows.h5")\n', because: 'another library' },
  ],
});

/** The release that decides: Keras 2 comes with TensorFlow. */
function libraryOf(call: CallFact, { version }: Pick<RuleContext<Record<never, string>>, 'version'>) {
  if (call.name.startsWith('tf_keras')) return version('tf-keras');
  return call.name.startsWith('tensorflow') ? version('tensorflow') : version('keras');
}

/** Renames the file where this file both saves and loads it; nothing where the name is put together or saved elsewhere. */
function renamed(source: Expression, py: PythonQuestions, text: string): ReturnType<typeof edit.replace> {
  const written = text.slice(source.range.start, source.range.end);
  if (source.kind !== 'string' && source.kind !== 'name') return [];
  if (!text.includes(`.save(${written}`)) return [];
  const literal = py.definition(source);
  if (literal.kind !== 'string' || literal.range.end > text.length) return [];
  const from = text.slice(literal.range.start, literal.range.end);
  const to = from.replace(/\.(h5|hdf5)(["']+)$/i, '.keras$2');
  if (to === from || !from.includes(literal.value)) return [];
  const places = source.kind === 'name' ? [literal.range.start] : placesOf(text, from);
  return places.flatMap((start) => edit.replace({ start, end: start + from.length }, to));
}

function placesOf(text: string, part: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); at >= 0 && places.length < 20; at = text.indexOf(part, at + 1)) places.push(at);
  return places;
}
