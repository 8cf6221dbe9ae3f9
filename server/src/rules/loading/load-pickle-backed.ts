import { NamePatterns } from '../../base/name-pattern.js';
import { argumentOf, type CallFact, defineRule, edit, python, type Value } from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { PICKLE_BACKED_LOADERS, type PickleBackedLoader } from '../../knowledge/loaders/pickle-backed.js';
import { shortCallee } from '../_callee.js';
import { isWrittenHere } from './_same-file.js';
import { reportByTier } from './_tiers.js';

const LOADERS = new NamePatterns<PickleBackedLoader>();
for (const loader of PICKLE_BACKED_LOADERS) LOADERS.add(loader.name, loader);
const SAFE_LOAD = /\bULTRALYTICS_SAFE_LOAD["'\s\]]*[,=]\s*["']?(1|true)/i;

export default defineRule({
  summary: 'A model is loaded by a library that unpickles it.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'OWASP-ML07:2023',
    'AML.T0011.000',
    'https://auto.gluon.ai/stable/api/autogluon.tabular.TabularPredictor.load.html',
    'https://docs.fast.ai/learner.html#load_learner',
    'https://github.com/ultralytics/ultralytics/pull/24829',
  ],
  docs: {
    why: 'A YOLO checkpoint, a fastai learner or an agent of Stable-Baselines3 does not look like a pickle, but is one. Weights shared in a forum or a model hub run code of their author on the machine that tries them out.',
    instead:
      'Exchange models as ONNX or safetensors. Where the format is given, load files of your own pipeline only and compare their digest; for Ultralytics set `ULTRALYTICS_SAFE_LOAD=1` before it is imported.',
    fixSafety:
      'With `ULTRALYTICS_SAFE_LOAD` checkpoints that hold classes of others stop loading, so the fix is offered for review.',
    limits:
      'Official model names (`yolov8n.pt`), other literal paths and what the same file saves are information. The switch of Ultralytics is looked for in the same file. Models of OpenMMLab follow the default of torch and are silent from 2.6 on; so is the fork `coqui-tts`.',
    ignoreWhen: 'The file was written by the same pipeline and never left its storage.',
  },
  messages: {
    unpickles: '`{callee}` unpickles the model, which runs code stored in it; load files you made, or ONNX',
    untrusted: '`{callee}` unpickles a file from outside ({source}): whoever supplies it runs code here',
  },
  query: python.calls(...PICKLE_BACKED_LOADERS.map((loader) => loader.name)),
  check(call: CallFact, { report, python: py, path, text, version }) {
    const [loader] = LOADERS.match(call.name);
    const source = loader && argumentOf(call, loader.argument, loader.position);
    if (loader === undefined || source === undefined) return;
    const value = py.value(source.value);
    if (value.kind === 'none' || (loader.suffix !== undefined && !mayEndIn(loader.suffix, value))) return;
    const yolo = loader.library === 'ultralytics';
    if (yolo && SAFE_LOAD.test(text)) return;
    if (loader.safeFork !== undefined && version(loader.safeFork) !== undefined) return;
    const torch = loader.followsTorch === true ? version('torch') : undefined;
    if (torch !== undefined && isBelow(torch, '2.6') === false) return;
    const origin = py.origin(source.value);
    const callee = shortCallee(call.name);
    const finding =
      origin.tier === 'T1'
        ? report(call.calleeRange, 'untrusted', { callee, source: origin.description })
        : report(call.calleeRange, 'unpickles', { callee });
    reportByTier(finding, origin, path);
    if (origin.tier === 'T2' && isWrittenHere(text, source.value.range)) finding.severity('info');
    const release = yolo ? version('ultralytics') : undefined;
    const at = /^(from|import)[ \t]+ultralytics\b/m.exec(text);
    if (release === undefined || isBelow(release, '8.4.72') !== false || at === null) return;
    const lines = [...(/^import os$/m.test(text.slice(0, at.index)) ? [] : ['import os']), ...SWITCH];
    finding.fix(
      'Set `ULTRALYTICS_SAFE_LOAD`',
      'review',
      edit.insertLinesAbove(text, at.index, lines.join('\n')),
      'checkpoints that hold other classes stop loading',
    );
  },
  examples: [
    {
      bad: 'from ultralytics import YOLO\ndef detector(weights):\n    return «YOLO»(weights)\n',
      message: 'unpickles',
      good: 'import os\n\nos.environ["ULTRALYTICS_SAFE_LOAD"] = "1"\nfrom ultralytics import YOLO\ndef detector(weights):\n    return YOLO(weights)\n',
      given: { ultralytics: '8.4.100' },
    },
    {
      bad: 'import urllib.request\nfrom fastai.learner import load_learner as restore\nurllib.request.urlretrieve(url, "export.pkl")\nlearner = «restore»("export.pkl")\n',
      message: 'untrusted',
      good: 'import onnxruntime\nsession = onnxruntime.InferenceSession("export.onnx")\n',
      byHand: true,
    },
    {
      bad: 'from stable_baselines3 import PPO\ndef agent(path):\n    return «PPO.load»(path, device="cpu")\n',
      message: 'unpickles',
      good: 'import onnxruntime\ndef agent(path):\n    return onnxruntime.InferenceSession(path)\n',
      byHand: true,
    },
    { good: 'from ultralytics import YOLO\nnet = YOLO("yolov8n.yaml")\n', because: 'a configuration, no checkpoint' },
    { good: 'from ultralytics import YOLO\nnet = YOLO("export/net.onnx")\n', because: 'a graph, no pickle' },
    {
      good: 'from gensim.models import KeyedVectors\nvectors = KeyedVectors.load_word2vec_format(path)\n',
      because: 'a format that holds numbers only',
    },
    {
      good: 'from mmdet.apis import init_detector\nnet = init_detector(config, checkpoint)\n',
      given: { torch: '2.7.0' },
      because: 'follows `torch.load`, which is safe by default from 2.6 on',
    },
    { good: 'agent = PPO.load(path)\n', because: 'nothing says which library this is' },
  ],
});

const SWITCH = ['', 'os.environ["ULTRALYTICS_SAFE_LOAD"] = "1"'];

/** False for a file whose ending is known and is another one. */
function mayEndIn(suffix: RegExp, value: Value): boolean {
  if (value.kind === 'string') return suffix.test(value.value);
  const last = value.kind === 'partial' ? value.pieces[value.pieces.length - 1] : undefined;
  const ending = last === undefined ? null : /\.[a-z]{2,12}$/i.exec(last);
  return ending === null || suffix.test(ending[0]);
}
