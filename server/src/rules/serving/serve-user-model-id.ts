import { argumentOf, type CallFact, defineRule, python, type SourceKind } from '../../engine/index.js';
import { choosersOf, MODEL_CHOOSERS } from '../../knowledge/loaders/model-choosers.js';
import { calleeOf, shown } from './_shown.js';

/** Sources that choose for themselves. */
const CHOOSERS: readonly SourceKind[] = ['request', 'interface', 'queue'];

export default defineRule({
  summary: 'A request decides which model is loaded.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-73',
    'CWE-829',
    'OWASP-LLM03:2025',
    'OWASP-ML06:2023',
    'AML.T0010.003',
    'https://huggingface.co/docs/transformers/main_classes/model#transformers.PreTrainedModel.from_pretrained',
    'https://docs.vllm.ai/en/latest/features/lora.html',
    'https://huggingface.co/docs/huggingface_hub/guides/download',
  ],
  docs: {
    why: 'A demo lets its visitors type the name of a model. Somebody types the name of a repository of their own: the service downloads its weights, which may be a pickle, fills the disk with 200 GB, or answers everybody after that with the model of the attacker. A name that is a path opens what lies on the server.',
    instead:
      'Look the request up in a table of the models you serve: `MODELS[request.model]`, with a pinned revision each.',
    fixSafety: 'There is no automatic fix: only the owner of the service knows which models it serves.',
    limits:
      'Reported where the value is seen to come from a request or a visitor. Enumerations, `Literal` parameters, values that are compared with a list, and look-ups in a table are silent. MLflow models are judged by `load-mlflow`, pickled files by the rules of their loaders.',
    ignoreWhen: 'Every user runs the model in a sandbox of their own.',
  },
  messages: {
    chosen: '`{callee}` loads whatever the request names in `{value}`; look it up in a table of the models you serve',
  },
  skipsTests: true,
  query: python.calls(...MODEL_CHOOSERS.flatMap(({ names }) => names)),
  check(call: CallFact, { report, python: py, text }) {
    for (const { keyword, position, more } of choosersOf(call.name)) {
      const first = argumentOf(call, keyword, position);
      for (const argument of [first, ...(more ?? []).map((name) => argumentOf(call, name))]) {
        if (argument === undefined) continue;
        const origin = py.origin(argument.value, CHOOSERS);
        if (origin.tier !== 'T1' || origin.source === undefined || !CHOOSERS.includes(origin.source)) continue;
        const value = shown(text, argument.value.range, 24);
        const finding = report(argument.value, 'chosen', { callee: calleeOf(call.name), value });
        for (const step of origin.trail) finding.related(step.range, step.message);
        return;
      }
    }
  },
  examples: [
    {
      bad: 'from fastapi import FastAPI\nfrom transformers import AutoModel\n\napp = FastAPI()\n\n\n@app.post("/embed")\ndef embed(model: str, text: str):\n    return run(AutoModel.from_pretrained(«model»), text)\n',
      message: 'chosen',
      good: 'from fastapi import FastAPI\nfrom transformers import AutoModel\n\napp = FastAPI()\n\n\n@app.post("/embed")\ndef embed(model: str, text: str):\n    return run(AutoModel.from_pretrained(MODELS[model], revision=REVISIONS[model]), text)\n',
      byHand: true,
    },
    {
      bad: 'from flask import request\nfrom vllm.lora.request import LoRARequest as Adapter\n\nadapter = Adapter("tone", 1, «request.args["path"]»)\n',
      message: 'chosen',
      good: 'from flask import request\nfrom vllm.lora.request import LoRARequest as Adapter\n\nadapter = Adapter("tone", 1, ADAPTERS[request.args["adapter"]])\n',
      byHand: true,
    },
    {
      good: 'from typing import Literal\nfrom fastapi import FastAPI\nfrom transformers import AutoModel\n\napp = FastAPI()\n\n\n@app.post("/embed")\ndef embed(model: Literal["small/a", "large/a"]):\n    return AutoModel.from_pretrained(model)\n',
      because: 'one of two names',
    },
    {
      good: 'from fastapi import FastAPI, HTTPException\nfrom transformers import AutoModel\n\napp = FastAPI()\n\n\n@app.post("/embed")\ndef embed(model: str):\n    if model not in ALLOWED:\n        raise HTTPException(404)\n    return AutoModel.from_pretrained(model)\n',
      because: 'the name is compared with a list',
    },
    {
      good: 'import os\nfrom transformers import AutoModel\n\nmodel = AutoModel.from_pretrained(os.environ["MODEL"])\n',
      because: 'whoever runs the service chooses',
    },
    {
      good: 'from transformers import AutoModel\n\nmodel = AutoModel.from_pretrained("small/a")\n',
      because: 'a fixed name',
    },
  ],
});
