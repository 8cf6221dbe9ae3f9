import { argumentOf, type CallFact, defineRule, python } from '../../engine/index.js';
import { MODEL_READERS } from '../../knowledge/loaders/model-readers.js';
import { calleeOf, shown } from './_shown.js';
import { uploadedTo } from './_uploads.js';

export default defineRule({
  summary: 'A file that a client uploaded is opened as a model or a program.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'CWE-434',
    'OWASP-ML06:2023',
    'OWASP-ML10:2023',
    'AML.T0011.000',
    'https://onnxruntime.ai/docs/api/python/api_summary.html',
    'https://docs.python.org/3/library/runpy.html#runpy.run_path',
    'https://xgboost.readthedocs.io/en/stable/python/python_api.html',
    'https://huggingface.co/docs/safetensors/index',
  ],
  docs: {
    why: 'A service offers to compare "your model" with its own. The upload goes to a loader: a script runs with the rights of the service, a crafted graph makes the native parser write outside of its memory, and the answers of every tenant on that machine belong to the sender.',
    instead:
      'Serve models of a registry that only the release pipeline writes to. Where clients must bring weights, take safetensors for an architecture of your own, and load them in a container without secrets and network.',
    fixSafety: 'There is no automatic fix: which models the service may open is for its owner to say.',
    limits:
      'Reported where the file is seen to come from a request, directly, through a buffer or through a file that the same function writes. Pickles, checkpoints, Keras, NumPy, ONNX and skops files, MLflow models, native libraries and archives are judged by the rules of their loaders, which know the safe options.',
    ignoreWhen: 'The loader runs in a sandbox that is thrown away after each upload.',
  },
  messages: {
    runs: '`{callee}` runs what a client uploaded (`{value}`); open only models of a registry of your own',
    parses: '`{callee}` hands an upload (`{value}`) to native code that trusts its files; open only models of your own',
  },
  skipsTests: true,
  query: python.calls(...new Set(MODEL_READERS.flatMap(({ names }) => names))),
  check(call: CallFact, { report, python: py, text }) {
    for (const { names, argument, position, effect } of MODEL_READERS) {
      const source = names.includes(call.name) ? argumentOf(call, argument, position)?.value : undefined;
      if (source === undefined) continue;
      const upload = uploadedTo(source, call, py, text);
      if (upload === undefined) continue;
      const value = shown(text, source.range, 20);
      const finding = report(source, effect, { callee: calleeOf(call.name), value });
      if (effect === 'parses') finding.severity('warning');
      for (const step of py.origin(upload).trail) finding.related(step.range, step.message);
      if (upload !== source) finding.related(upload.range, 'the upload is written to the file here');
      return;
    }
  },
  examples: [
    {
      bad: 'import runpy\nfrom flask import request\n\nrunpy.run_path(«request.files["model"].filename»)\n',
      message: 'runs',
      good: 'import runpy\n\nrunpy.run_path(REGISTRY / "score.py")\n',
      byHand: true,
    },
    {
      bad: 'import onnxruntime as ort\nfrom fastapi import FastAPI, UploadFile\n\napp = FastAPI()\n\n\n@app.post("/compare")\nasync def compare(file: UploadFile):\n    return run(ort.InferenceSession(«await file.read()»))\n',
      message: 'parses',
      good: 'import onnxruntime as ort\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post("/compare")\nasync def compare(model: str):\n    return run(ort.InferenceSession(MODELS[model]))\n',
      byHand: true,
    },
    {
      bad: 'import xgboost\nfrom fastapi import FastAPI, UploadFile\n\napp = FastAPI()\n\n\n@app.post("/compare")\ndef compare(file: UploadFile):\n    with open("/tmp/model.ubj", "wb") as out:\n        out.write(file.file.read())\n    booster = xgboost.Booster()\n    booster.load_model(«"/tmp/model.ubj"»)\n',
      message: 'parses',
      good: 'import xgboost\n\nbooster = xgboost.Booster()\nbooster.load_model("models/risk.ubj")\n',
      byHand: true,
    },
    {
      good: 'import onnxruntime\n\nsession = onnxruntime.InferenceSession("models/risk.onnx")\n',
      because: 'a model of the project',
    },
    {
      good: 'import lightgbm\n\ndef load(path):\n    return lightgbm.Booster(model_file=path)\n',
      because: 'where the file comes from is not known',
    },
    {
      good: 'import numpy as np\nimport onnxruntime\nfrom fastapi import FastAPI, UploadFile\n\napp = FastAPI()\nsession = onnxruntime.InferenceSession("risk.onnx")\n\n\n@app.post("/score")\nasync def score(file: UploadFile):\n    return session.run(None, {"x": np.frombuffer(await file.read())})\n',
      because: 'data for a model, not a model',
    },
  ],
});
