import { type CallFact, defineRule, python } from '../../engine/index.js';
import { JOBLIB_LOADERS } from '../../knowledge/loaders/arrays.js';
import { sourceOf } from './_source.js';
import { reportByTier } from './_tiers.js';

export default defineRule({
  summary: 'A joblib file is loaded, which unpickles it.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'OWASP-ML10:2023',
    'AML.T0011.000',
    'https://joblib.readthedocs.io/en/stable/generated/joblib.load.html',
  ],
  docs: {
    why: "A joblib file is a pickle with arrays beside it. A model file that somebody replaced in the registry runs its author's code in the service that loads it.",
    instead: 'Save with `skops.io.dump` and read with `skops.io.load(path, trusted=[...])`, or export to ONNX.',
    fixSafety: 'There is no automatic fix: the writer has to change its format as well.',
    limits: 'A file that another module of the project writes counts as unknown.',
    ignoreWhen: 'The file was made by the same pipeline and its digest is checked before it is loaded.',
  },
  messages: {
    unpickles: '`joblib.load` runs code stored in the file; use `skops.io.load` with a list of trusted types',
    untrusted: '`joblib.load` reads a file from outside ({source}): whoever supplies it runs code here',
  },
  query: python.calls(...JOBLIB_LOADERS.names),
  check(call: CallFact, { report, python: py, path }) {
    const loader = JOBLIB_LOADERS.named(call.name);
    const source = loader === undefined ? undefined : sourceOf(call, loader);
    if (source === undefined) return;
    const origin = py.origin(source);
    const finding =
      origin.tier === 'T1'
        ? report(call.calleeRange, 'untrusted', { source: origin.description })
        : report(call.calleeRange, 'unpickles');
    reportByTier(finding, origin, path);
  },
  examples: [
    {
      bad: 'import joblib\ndef model(path):\n    return «joblib.load»(path)\n',
      message: 'unpickles',
      good: 'import skops.io as sio\ndef model(path):\n    return sio.load(path, trusted=[])\n',
      byHand: true,
    },
    {
      bad: 'import joblib\nfrom huggingface_hub import hf_hub_download\npath = hf_hub_download("org/model", "model.joblib")\nmodel = «joblib.load»(path)\n',
      message: 'untrusted',
      good: 'import skops.io as sio\nfrom huggingface_hub import hf_hub_download\npath = hf_hub_download("org/model", "model.skops")\nmodel = sio.load(path, trusted=[])\n',
      byHand: true,
    },
    {
      bad: 'from joblib import load as read\nmodel = «read»("model.joblib")\n',
      message: 'unpickles',
      good: 'import skops.io as sio\nmodel = sio.load("model.skops", trusted=[])\n',
      byHand: true,
    },
    { good: 'import joblib\njoblib.dump(model, "model.joblib")\n', because: 'writing runs nothing' },
    {
      good: 'from joblib import Parallel, delayed\nParallel(n_jobs=2)(delayed(load)(p) for p in paths)\n',
      because: 'another part of the library',
    },
    {
      good: 'import skops.io as joblib\nmodel = joblib.load("model.skops", trusted=[])\n',
      because: 'the name stands for another library',
    },
  ],
});
