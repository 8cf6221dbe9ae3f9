import { defineRule, python } from '../../engine/index.js';
import { callsInside } from './_calls-inside.js';
import { modelCalls, withoutComments } from './_open-route.js';
import { mayCheck, rawSource } from './_raw-body.js';

/** Calls that make what a model takes out of any list or dictionary. */
const BUILDERS =
  /^(?:numpy\.(?:array|asarray|fromiter)|pandas\.(?:DataFrame|Series|json_normalize)|pandas\.DataFrame\.from_(?:dict|records)|polars\.(?:DataFrame|from_dicts?)|torch\.(?:tensor|Tensor|FloatTensor|as_tensor|from_numpy)|tensorflow\.(?:constant|convert_to_tensor)|xgboost\.DMatrix)$|(?:\(\)|\[\])\.transform$/;
/** Anything that may look at the values before the model does. */
const CHECK =
  /valid|schema|check|verif|assert|isinstance|\blen\(|\.shape|\.columns|\.ndim|raise\b(?![^\n]*(?:500|INTERNAL))|abort\(|isfinite|isnan|isna|clip\(|reindex|sanit|clean|preprocess|\bForm\(|\bBody\(|\b(?:float|int)\(\s*\w+\s*\)\s*for\b|map\(\s*(?:float|int)\b|\.get\([^()]*\)\s*(?:or|if)\b/i;
const COMPARISON = /^[ \t]*(?:if|elif|while)\b(?![^\n]*(?:request|req)\.method)[^\n]*(?:[<>]|\bin\b|==|!=)/m;
export default defineRule({
  summary: 'A route gives the body of a request to a model without looking at it.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-20',
    'OWASP-ML01:2023',
    'OWASP-LLM10:2025',
    'AML.T0043',
    'https://fastapi.tiangolo.com/tutorial/body/',
    'https://docs.pydantic.dev/latest/concepts/models/',
  ],
  docs: {
    why: 'A model answers whatever it is asked: an age of 900, a missing column that becomes NaN, a million rows in one request or an input made to cross the decision boundary all get a confident score, and nobody notices that it means nothing.',
    instead:
      'Declare the features with their types and bounds (a Pydantic model in FastAPI, `model_validate` elsewhere) and refuse what does not fit before the model runs.',
    fixSafety: 'There is no automatic fix: which values are plausible is known to the people who trained the model.',
    limits:
      'Only a body that reaches an array, a data frame or the model inside the route itself is reported. Any conversion, comparison, length test, exception or call of a function of your own on the way is taken for a check.',
  },
  messages: {
    raw: '`{source}` reaches the model unchecked; implausible or huge inputs get a score, declare types and bounds',
  },
  skipsTests: true,
  query: python.handlers(),
  check(handler, { report, python: py, text }) {
    const { range } = handler.function;
    const source = withoutComments(text.slice(range.start, range.end));
    if (!/json|form|values|dict|list|any/i.test(source) || CHECK.test(source) || COMPARISON.test(source)) return;
    const asked = modelCalls(handler, py).flatMap(({ call, own }) => (own ? [] : [call]));
    if (asked.length === 0) return;
    const calls = callsInside(handler.function.body);
    for (const call of calls) {
      const builds = py.names(call.callee).some((name) => BUILDERS.test(name));
      if (!builds && !asked.includes(call)) continue;
      for (const { value } of call.arguments) {
        const seen = rawSource(value, handler, py, text);
        if (seen === undefined || calls.some((other) => !asked.includes(other) && mayCheck(other, py))) continue;
        report(seen.range, 'raw', { source: seen.name }).related(call.callee.range, 'given to the model here');
        return;
      }
    }
  },
  examples: [
    {
      bad: 'import numpy as np\nfrom fastapi import FastAPI, Request\n\napp = FastAPI()\n\n\n@app.post("/predict")\nasync def predict(request: Request):\n    body = await «request.json»()\n    return {"label": str(model.predict(np.array([body["features"]])))}\n',
      message: 'raw',
      good: 'import numpy as np\nfrom fastapi import FastAPI\nfrom pydantic import BaseModel, Field\n\napp = FastAPI()\n\n\nclass Row(BaseModel):\n    age: int = Field(ge=18, le=110)\n    income: float = Field(ge=0, le=5_000_000)\n\n\n@app.post("/predict")\nasync def predict(row: Row):\n    return {"label": str(model.predict(np.array([[row.age, row.income]])))}\n',
      byHand: true,
    },
    {
      bad: 'import pandas\nfrom flask import Flask, jsonify, request as incoming\n\napp = Flask(__name__)\n\n\n@app.route("/predict", methods=["POST"])\ndef predict():\n    frame = pandas.DataFrame(«incoming.get_json»())\n    return jsonify(model.predict(frame).tolist())\n',
      message: 'raw',
      good: 'import pandas\nfrom flask import Flask, jsonify, request as incoming\n\napp = Flask(__name__)\n\n\n@app.route("/predict", methods=["POST"])\ndef predict():\n    frame = SCHEMA.validate(pandas.DataFrame(incoming.get_json()))\n    return jsonify(model.predict(frame).tolist())\n',
      byHand: true,
    },
    {
      bad: 'import pandas as pd\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post("/predict")\ndef predict(«row»: dict):\n    return str(model.predict(pd.DataFrame([row])))\n',
      message: 'raw',
      good: 'import pandas as pd\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post("/predict")\ndef predict(row: Row):\n    return str(model.predict(pd.DataFrame([row.model_dump()])))\n',
      byHand: true,
    },
    {
      good: 'import numpy as np\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.post("/predict")\ndef predict():\n    row = request.get_json()["row"]\n    if len(row) != 4:\n        return "four numbers", 400\n    return str(model.predict(np.array([row])))\n',
      because: 'the length is checked',
    },
    {
      good: 'import numpy as np\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n@app.post("/predict")\ndef predict():\n    row = features(request.get_json())\n    return str(model.predict(np.array([row])))\n',
      because: 'a function of the project may check',
    },
    {
      good: 'from fastapi import FastAPI, Request\n\napp = FastAPI()\n\n\n@app.post("/notes")\nasync def notes(request: Request):\n    return await request.json()\n',
      because: 'no model is asked',
    },
  ],
});
