import { defineRule, python } from '../../engine/index.js';
import { ONLINE_UPDATES } from '../../knowledge/model-calls.js';

export default defineRule({
  summary: 'A request changes the model that answers the next one.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-20',
    'CWE-345',
    'OWASP-ML02:2023',
    'OWASP-ML08:2023',
    'OWASP-ML10:2023',
    'AML.T0020',
    'https://scikit-learn.org/stable/computing/scaling_strategies.html#incremental-learning',
    'https://riverml.xyz/latest/introduction/getting-started/online-learning/',
  ],
  docs: {
    why: 'Whoever can send a request can teach: a few hundred made-up loans marked as repaid, or a chat full of abuse, move the decision boundary within minutes, and there is no earlier version to go back to, because the model in memory is the only one.',
    instead:
      'Store feedback as data with its sender and time, check it against a schema and expected distributions, train a candidate from it, and let the candidate replace the model after an evaluation.',
    fixSafety:
      'There is no automatic fix: collecting, checking and releasing feedback is a part of the system of its own.',
    limits:
      'Methods known from scikit-learn, river and Keras are watched, with values that come from a request or a visitor of a user interface. Examples that go through a file, a queue or a database first are not followed.',
    ignoreWhen: 'The route is used by trusted annotators only and every update can be undone.',
  },
  messages: {
    learns: '`{callee}` learns from a request at once; senders can poison the model, collect and check examples first',
  },
  skipsTests: true,
  query: python.calls(...ONLINE_UPDATES),
  check(call, { report, python: py }) {
    for (const { value } of call.arguments) {
      const { tier, source, trail, description } = py.origin(value);
      if (tier !== 'T1' || source !== 'request') continue;
      const range = call.callee.kind === 'attribute' ? call.callee.nameRange : call.calleeRange;
      const finding = report(range, 'learns', { callee: call.name.slice(call.name.lastIndexOf('.') + 1) });
      if (trail.length === 0) finding.related(value.range, description);
      for (const step of trail) finding.related(step.range, step.message);
      return;
    }
  },
  examples: [
    {
      bad: 'import joblib\nfrom fastapi import FastAPI, Request\n\napp = FastAPI()\nmodel = joblib.load("spam.joblib")\n\n\n@app.post("/feedback")\nasync def feedback(request: Request):\n    body = await request.json()\n    model.«partial_fit»([body["row"]], [body["label"]])\n',
      message: 'learns',
      good: 'import joblib\nfrom fastapi import FastAPI, Request\n\napp = FastAPI()\nmodel = joblib.load("spam.joblib")\n\n\n@app.post("/feedback")\nasync def feedback(request: Request):\n    store.add(await request.json())\n',
      byHand: true,
    },
    {
      bad: 'from flask import Flask, request as sent\nfrom river import linear_model as lm\n\napp = Flask(__name__)\nmodel = lm.LogisticRegression()\n\n\n@app.post("/learn")\ndef learn():\n    example = sent.get_json()\n    model.«learn_one»(example["x"], example["y"])\n    return "thanks"\n',
      message: 'learns',
      good: 'from flask import Flask, request as sent\n\napp = Flask(__name__)\n\n\n@app.post("/learn")\ndef learn():\n    feedback.append(sent.get_json())\n    return "thanks"\n',
      byHand: true,
    },
    {
      good: 'from sklearn.linear_model import SGDClassifier\n\nmodel = SGDClassifier()\nfor rows, labels in chunks:\n    model.partial_fit(rows, labels, classes=[0, 1])\n',
      because: 'the data of the project',
    },
    {
      good: 'from flask import Flask, request\nfrom river import linear_model\n\napp = Flask(__name__)\nmodel = linear_model.LogisticRegression()\n\n\n@app.post("/predict")\ndef predict():\n    return str(model.predict_one(request.get_json()))\n',
      because: 'a prediction changes nothing',
    },
    {
      good: 'import argparse\nfrom sklearn.linear_model import SGDClassifier\n\nparser = argparse.ArgumentParser()\nargs = parser.parse_args()\nSGDClassifier().partial_fit(read(args.rows), read(args.labels))\n',
      because: 'the operator chose the data',
    },
  ],
});
