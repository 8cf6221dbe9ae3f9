import { isTestFile } from '../../base/test-files.js';
import { defineRule, python } from '../../engine/index.js';
import { keyEdits } from './_api-key-guard.js';
import { openRoute } from './_open-route.js';

/** The module starts its own server, which other machines do not reach. */
const LOCAL = /\b(?:app|application|server|api)\.run\(|uvicorn\.run\(/;
const REMOTE = /0\.0\.0\.0|host\s*=\s*(?!["'](?:127\.0\.0\.1|localhost)["'])|["']::["']|gunicorn|waitress|ngrok/;

export default defineRule({
  summary: 'A route lets anybody ask the model.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-ML05:2023',
    'OWASP-LLM10:2025',
    'AML.T0040',
    'https://fastapi.tiangolo.com/tutorial/dependencies/global-dependencies/',
    'https://flask.palletsprojects.com/en/stable/api/#flask.Flask.before_request',
  ],
  docs: {
    why: 'A prediction route that asks nobody who they are answers scripts too: some ten thousand queries are enough to train a copy of many models, to find the inputs they get wrong, or to run up the bill of a hosted language model.',
    instead:
      'Ask for a key or a token before the model runs: a dependency of the application, router or route in FastAPI, a `before_request` function in Flask.',
    fixSafety:
      'Callers have to send a key from then on and the service needs `API_KEY` in its environment, so the fix is offered for review.',
    limits:
      'Only routes of applications that are made in the same module are judged, and only where nothing in the module looks like authentication: routers, blueprints and applications of other modules may be guarded where they are put together. In a notebook, and where the service listens on this machine only, the level is lower.',
    ignoreWhen: 'A gateway, service mesh or private network in front of the service authenticates callers.',
  },
  messages: {
    open: '`{route}` runs `{callee}` for anybody; callers can copy the model or run up its bill, ask for a key',
  },
  query: python.handlers(),
  check(handler, { report, python: py, text, path, language }) {
    const route = isTestFile(path) ? undefined : openRoute(handler, py, text);
    if (route === undefined) return;
    const finding = report(handler.nameRange, 'open', { route: handler.function.name, callee: route.callee });
    finding.related(route.prediction, 'the model answers here');
    if (language === 'notebook' || (LOCAL.test(text) && !REMOTE.test(text))) finding.severity('info');
    const edits = keyEdits(route, text);
    if (edits.length > 0)
      finding.fix(
        `Ask for an API key in every route of the ${route.framework} application`,
        'review',
        edits,
        'callers have to send the key that the service finds in `API_KEY`, health checks too',
      );
  },
  examples: [
    {
      bad: 'import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI(title="Scores")\nmodel = joblib.load("model.joblib")\n\n\n@app.post("/predict")\ndef «predict»(row: Row):\n    return {"label": int(model.predict([row.values])[0])}\n',
      message: 'open',
      good: 'import os\nimport secrets\nfrom fastapi import Depends, HTTPException, Security\nfrom fastapi.security import APIKeyHeader\nimport joblib\nfrom fastapi import FastAPI\n\ndef require_api_key(key: str = Security(APIKeyHeader(name="X-API-Key"))) -> None:\n    if not secrets.compare_digest(key.encode(), os.environ["API_KEY"].encode()):\n        raise HTTPException(status_code=401, detail="invalid key")\n\n\napp = FastAPI(title="Scores", dependencies=[Depends(require_api_key)])\nmodel = joblib.load("model.joblib")\n\n\n@app.post("/predict")\ndef predict(row: Row):\n    return {"label": int(model.predict([row.values])[0])}\n',
    },
    {
      bad: 'from flask import Flask as F\nfrom transformers import pipeline\n\nweb = F(__name__)\nmood = pipeline("sentiment-analysis", model="./mood")\n\n\n@web.post("/mood")\ndef «rate»():\n    return mood(text())\n',
      message: 'open',
      good: 'import os\nimport secrets\nfrom flask import abort, request\nfrom flask import Flask as F\nfrom transformers import pipeline\n\nweb = F(__name__)\n\n\n@web.before_request\ndef require_api_key():\n    if not secrets.compare_digest(request.headers.get("X-API-Key", "").encode(), os.environ["API_KEY"].encode()):\n        abort(401)\n\n\nmood = pipeline("sentiment-analysis", model="./mood")\n\n\n@web.post("/mood")\ndef rate():\n    return mood(text())\n',
    },
    {
      good: 'from fastapi import APIRouter\n\nrouter = APIRouter()\n\n\n@router.post("/predict")\ndef predict(row: Row):\n    return model.predict([row.values])\n',
      because: 'a router may be guarded where it is included',
    },
    {
      good: 'from fastapi import Depends, FastAPI\n\napp = FastAPI()\n\n\n@app.post("/predict")\ndef predict(row: Row, caller=Depends(caller)):\n    return model.predict([row.values])\n',
      because: 'a dependency may check the caller',
    },
    {
      good: 'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/health")\ndef health():\n    return {"status": "ok"}\n',
      because: 'no model is asked',
    },
    {
      good: 'from fastapi import FastAPI\n\napp = FastAPI()\napp.add_middleware(Gate)\n\n\n@app.post("/predict")\ndef predict(row: Row):\n    return model.predict([row.values])\n',
      because: 'the middleware may check the caller',
    },
  ],
});
