import {
  type CallFact,
  defineRule,
  type Expression,
  type PythonQuestions,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { KERAS_MODELS, TF_HUB_MODELS, TF_SAVED_MODELS } from '../../knowledge/loaders/keras.js';
import { fileNames, originOf, sourceOf } from './_source.js';
import { reportByTier } from './_tiers.js';

/** Hubs whose handles end in a version: `https://tfhub.dev/<owner>/<model>/<version>`. */
const HUB = /^https?:\/\/(?:www\.)?(?:tfhub\.dev|kaggle\.com\/models)\/([^?#]+)/;
const VERSIONED = /\/\d+\/?$/;
const FOLDERS = ['huggingface_hub.snapshot_download()', 'kagglehub.model_download()'];

export default defineRule({
  summary: 'A TensorFlow graph is loaded from a folder or a hub.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-94',
    'CWE-829',
    'OWASP-ML06:2023',
    'OWASP-ML07:2023',
    'AML.T0011.000',
    'https://github.com/tensorflow/tensorflow/blob/master/SECURITY.md',
    'https://www.tensorflow.org/hub/api_docs/python/hub/load',
  ],
  docs: {
    why: 'A SavedModel is a program of TensorFlow operations, and some of them read and write files. A feature extractor taken from somebody else can overwrite a script that the next job runs, or copy a key into its predictions.',
    instead:
      'Load only exports of your own build, name the version at the end of a hub handle, and run models of others in a sandbox without credentials.',
    fixSafety: 'There is no automatic fix: which version is the right one cannot be known here.',
    limits:
      'A handle that is not known lowers the level. `load_model` of Keras is judged by folders that are written out or downloaded; Keras 3 refuses them.',
    ignoreWhen: 'The folder is a product of the same build and its digest is checked.',
  },
  messages: {
    graph: '`{callee}` runs the graph in the folder, which can read and write files; load only your own exports',
    untrusted: '`{callee}` runs a graph from outside ({source}): whoever supplies it decides what it does',
    unpinned: '`{callee}` runs the newest version of `{handle}`; name a version at the end of the handle',
  },
  query: python.calls(...TF_SAVED_MODELS.names, ...TF_HUB_MODELS.names, ...KERAS_MODELS.names),
  check(call: CallFact, context) {
    const { report, python: py, path } = context;
    const hub = TF_HUB_MODELS.named(call.name);
    const keras = KERAS_MODELS.named(call.name);
    const loader = hub ?? keras ?? TF_SAVED_MODELS.named(call.name);
    const source = loader === undefined ? undefined : sourceOf(call, loader);
    if (source === undefined || (keras !== undefined && !isFolder(source, call, context))) return;
    const callee = call.name.replace(/^tensorflow(_hub)?\.(compat\.v[12]\.)?/, (_, h) =>
      h === undefined ? '' : 'hub.',
    );
    const value = py.value(source);
    const handle = value.kind === 'string' ? HUB.exec(value.value)?.[1] : undefined;
    if (hub !== undefined && handle !== undefined) {
      if (!VERSIONED.test(handle)) report(source.range, 'unpinned', { callee, handle: handle.slice(0, 40) });
      return;
    }
    const origin = originOf(source, py);
    if (hub !== undefined && (origin.tier === 'T0' || isModule(source, py))) return;
    const finding =
      origin.tier === 'T1'
        ? report(call.calleeRange, 'untrusted', { callee, source: origin.description })
        : report(call.calleeRange, 'graph', { callee });
    reportByTier(finding, origin, path);
    if (hub !== undefined && origin.tier === 'T2') finding.severity('info');
  },
  examples: [
    {
      bad: 'import tensorflow as tf\ndef model(path):\n    return «tf.saved_model.load»(path)\n',
      message: 'graph',
      good: 'from net import build\ndef model(path):\n    net = build()\n    net.load_weights(path)\n    return net\n',
      byHand: true,
    },
    {
      bad: 'import tensorflow as tf\nfrom huggingface_hub import snapshot_download\nnet = «tf.saved_model.load»(snapshot_download("org/net"))\n',
      message: 'untrusted',
      good: 'from net import build\nnet = build()\nnet.load_weights("net.weights.h5")\n',
      byHand: true,
    },
    {
      bad: 'import tensorflow_hub as hub\nembed = hub.load(«"https://tfhub.dev/google/universal-sentence-encoder"»)\n',
      message: 'unpinned',
      good: 'import tensorflow_hub as hub\nembed = hub.load("https://tfhub.dev/google/universal-sentence-encoder/4")\n',
      byHand: true,
    },
    {
      bad: 'from tensorflow_hub import KerasLayer as Layer\nembed = «Layer»("https://models.example.org/embed.tar.gz")\n',
      message: 'untrusted',
      good: 'from tensorflow_hub import KerasLayer as Layer\nembed = Layer("https://tfhub.dev/google/nnlm-en-dim128/2")\n',
      byHand: true,
    },
    {
      bad: 'import tensorflow as tf\nnet = «tf.keras.models.load_model»("export/net")\n',
      message: 'graph',
      good: 'import tensorflow as tf\nnet = tf.keras.models.load_model("export/net.keras")\n',
      byHand: true,
      given: { tensorflow: '2.15.0' },
    },
    {
      good: 'import tensorflow_hub as hub\nembed = hub.KerasLayer("https://tfhub.dev/google/nnlm-en-dim128/2", trainable=True)\n',
      because: 'the handle names a version',
    },
    {
      good: 'import tensorflow as tf\nnet = tf.keras.models.load_model("net.keras")\n',
      because: 'a file, which safe mode covers',
    },
    {
      good: 'import keras\nnet = keras.models.load_model("export/net")\n',
      given: { keras: '3.5.0' },
      because: 'Keras 3 refuses folders',
    },
    { good: 'import tensorflow as tf\ntf.saved_model.save(net, "export/net")\n', because: 'writing runs nothing' },
    { good: 'import torch\nnet = torch.hub.load("org/net:main", "large")\n', because: 'another hub' },
  ],
});

type Asked = Pick<RuleContext<Record<never, string>>, 'python' | 'version'>;

/** A folder by its name or by how it was fetched, in a release of Keras that opens folders. */
function isFolder(source: Expression, call: CallFact, { python: py, version }: Asked): boolean {
  const bundled = version('tensorflow');
  const library = call.name.startsWith('keras') ? version('keras') : bundled;
  const limit = call.name.startsWith('keras') ? '3.0' : '2.16';
  if (library !== undefined && !call.name.startsWith('tf_keras') && isBelow(library, limit) === false) return false;
  if (py.names(source).some((name) => FOLDERS.includes(name))) return true;
  const value = py.value(source);
  if (library === undefined || value.kind !== 'string') return false;
  return fileNames(source, py).every((name) => !/\.\w+$/.test(name.slice(name.lastIndexOf('/') + 1)));
}

/** A layer can also wrap a module that was loaded before, which is reported where that happens. */
function isModule(source: Expression, py: PythonQuestions): boolean {
  return py.names(source).some((name) => /^tensorflow_hub\.load\(\)|^tensorflow\.saved_model\.load\(\)/.test(name));
}
