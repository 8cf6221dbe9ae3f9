import { isTestFile } from '../../base/test-files.js';
import { defineRule, python } from '../../engine/index.js';
import { openRoute } from './_open-route.js';
import { scores } from './_scores.js';

export default defineRule({
  summary: 'A route that anybody may call returns unrounded scores of the model.',
  stages: ['deployment'],
  severity: 'info',
  confidence: 'low',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-203',
    'OWASP-ML03:2023',
    'OWASP-ML04:2023',
    'OWASP-ML05:2023',
    'AML.T0024',
    'https://scikit-learn.org/stable/glossary.html#term-predict_proba',
  ],
  docs: {
    why: 'The digits of a probability tell more than the answer: a classifier is surer of the rows it was trained on, so full scores let a caller test whether a patient was in the training set, rebuild typical inputs of a class and copy the model with far fewer queries.',
    instead: 'Return the label, or its probability with two digits, and the full scores to authenticated callers only.',
    fixSafety: 'Clients that calculate with the digits get another result, so the fix is offered for review.',
    limits:
      'Scores are followed inside the route only, through assignments, `float`, `tolist` and the like. Routes of a module with any sign of authentication are passed over; embeddings are what an embedding service is for.',
    ignoreWhen: 'The scores are the product and the training data is public.',
  },
  messages: {
    digits: '`{callee}` scores leave with every digit; they tell training data and help to copy the model, round them',
  },
  query: python.handlers(),
  check(handler, { report, python: py, text, path }) {
    if (isTestFile(path) || openRoute(handler, py, text) === undefined) return;
    for (const returned of handler.returned) {
      const found = scores(returned, py, text);
      if (found === undefined) continue;
      const finding = report(found.range, 'digits', { callee: found.callee });
      finding.related(returned.range, 'returned here');
      const { float } = found;
      if (float !== undefined)
        finding.fix(
          'Round the score to two digits',
          'review',
          [
            { range: { start: float.range.start, end: float.range.start }, newText: 'round(' },
            { range: { start: float.range.end, end: float.range.end }, newText: ', 2)' },
          ],
          'clients get fewer digits',
        );
      return;
    }
  },
  examples: [
    {
      bad: 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post("/predict")\ndef predict(row: Row):\n    probability = model.«predict_proba»([row.values])[0, 1]\n    return {"probability": float(probability)}\n',
      message: 'digits',
      good: 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post("/predict")\ndef predict(row: Row):\n    probability = model.predict_proba([row.values])[0, 1]\n    return {"probability": round(float(probability), 2)}\n',
    },
    {
      bad: 'from flask import Flask, jsonify as answer\n\napp = Flask(__name__)\n\n\n@app.post("/predict")\ndef predict():\n    return answer(scores=model.«predict_proba»(rows()).tolist())\n',
      message: 'digits',
      good: 'from flask import Flask, jsonify as answer\n\napp = Flask(__name__)\n\n\n@app.post("/predict")\ndef predict():\n    return answer(label=str(model.predict(rows())[0]))\n',
      byHand: true,
    },
    {
      good: 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post("/predict")\ndef predict(row: Row):\n    return {"label": int(model.predict_proba([row.values])[0].argmax())}\n',
      because: 'the label only',
    },
    {
      good: 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.post("/predict")\ndef predict(row: Row):\n    return {"approve": bool(model.predict_proba([row.values])[0, 1] < 0.2)}\n',
      because: 'a decision, not a score',
    },
    {
      good: 'from fastapi import Depends, FastAPI\n\napp = FastAPI()\n\n\n@app.post("/predict", dependencies=[Depends(caller)])\ndef predict(row: Row):\n    return {"scores": model.predict_proba([row.values]).tolist()}\n',
      because: 'callers are told apart',
    },
  ],
});
