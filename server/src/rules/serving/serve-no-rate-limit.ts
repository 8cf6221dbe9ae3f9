import { defineRule, python } from '../../engine/index.js';
import { modelRoute, showsHooks, withoutComments } from './_open-route.js';

/** Libraries, settings and words that bound how much a caller may ask. */
const LIMIT =
  /slowapi|limiter|rate_?limit|throttl|quota|semaphore|max_content_length|max_concurren|concurrency|queue|celery|batcher|too_?many_?requests|\b429\b/i;

export default defineRule({
  summary: 'A model service answers as many requests as it gets.',
  stages: ['deployment'],
  severity: 'info',
  confidence: 'low',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-770',
    'OWASP-LLM10:2025',
    'OWASP-ML05:2023',
    'AML.T0029',
    'https://slowapi.readthedocs.io/en/latest/',
    'https://flask-limiter.readthedocs.io/en/stable/',
  ],
  docs: {
    why: 'One prediction costs far more than the request that asks for it: a single client in a loop keeps the GPU busy for everybody, runs up the bill of a hosted language model over a weekend, or collects the answers it needs to train a copy.',
    instead:
      'Limit requests for each caller (`slowapi`, `Flask-Limiter`, the gateway) and the size of a body and of a batch.',
    fixSafety: 'There is no automatic fix: which limit suits depends on who calls the service and how often.',
    limits:
      'Only applications that are made in the same module as their prediction routes are judged. Limits of a proxy, gateway or cluster are not seen, and a word such as limiter or queue anywhere in the module is taken for a limit.',
    ignoreWhen: 'A gateway in front of the service limits requests.',
  },
  messages: {
    unlimited:
      '`{application}` answers every request for its model; one client in a loop exhausts or copies it, add a limit',
  },
  skipsTests: true,
  query: python.handlers(),
  check(handler, { report, python: py, text }) {
    const route = modelRoute(handler, py, text);
    const source = route === undefined ? '' : withoutComments(text);
    if (route === undefined || LIMIT.test(source) || showsHooks(source)) return;
    // One finding for all routes: the limit belongs to the application.
    const finding = report(route.application.callee.range, 'unlimited', { application: route.framework });
    finding.related(handler.nameRange, 'a route that asks the model');
  },
  examples: [
    {
      bad: 'from fastapi import FastAPI\n\napp = «FastAPI»()\n\n\n@app.post("/predict")\ndef predict(row: Row):\n    return model.predict([row.values])\n\n\n@app.post("/explain")\ndef explain(row: Row):\n    return model.predict_proba([row.values])\n',
      message: 'unlimited',
      good: 'from fastapi import FastAPI, Request\nfrom slowapi import Limiter\nfrom slowapi.util import get_remote_address\n\nlimiter = Limiter(key_func=get_remote_address)\napp = FastAPI()\napp.state.limiter = limiter\n\n\n@app.post("/predict")\n@limiter.limit("20/minute")\ndef predict(request: Request, row: Row):\n    return model.predict([row.values])\n',
      byHand: true,
    },
    {
      good: 'from flask import Flask\n\napp = Flask(__name__)\napp.config["MAX_CONTENT_LENGTH"] = 1_000_000\n\n\n@app.post("/predict")\ndef predict():\n    return model.predict(rows())\n',
      because: 'the body is bounded',
    },
    {
      good: 'from fastapi import FastAPI\n\napp = FastAPI()\napp.add_middleware(Budget)\n\n\n@app.post("/predict")\ndef predict(row: Row):\n    return model.predict([row.values])\n',
      because: 'the middleware may limit requests',
    },
    {
      good: 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/version")\ndef version():\n    return model.version\n',
      because: 'no model is asked',
    },
  ],
});
