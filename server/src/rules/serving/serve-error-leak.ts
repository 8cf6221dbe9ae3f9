import { isTestFile } from '../../base/test-files.js';
import { defineRule, python, type RuleContext } from '../../engine/index.js';
import { ANSWERS } from './_answers.js';
import { generalText, handlersIn, handlersOf, type Leak, leakIn, returnedIn } from './_exception-text.js';
import { shown } from './_shown.js';

type Context = RuleContext<{ cause: '{text}'; trace: '{text}' }>;

export default defineRule({
  summary: 'A service answers with the text of an internal error.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-209',
    'OWASP-LLM02:2025',
    'https://docs.python.org/3/library/traceback.html#traceback.format_exc',
    'https://fastapi.tiangolo.com/tutorial/handling-errors/',
    'https://flask.palletsprojects.com/en/stable/errorhandling/',
  ],
  docs: {
    why: 'What an exception says was written for developers: the path of the model file, the columns of the feature table, the query with its host and user. An attacker who sends odd inputs to `/predict` reads from the answers how the features are built and where the weights lie.',
    instead: 'Log the exception with `logger.exception(…)` and answer with a text of your own and an id to look it up.',
    fixSafety:
      'Clients see a general text and no longer the cause, so the fix is offered for review; log the exception before.',
    limits:
      'Only `except Exception`, `except BaseException` and bare `except` are judged for the text of the exception, tracebacks everywhere in an `except`. Handlers that are registered for the whole application, and answers made in other functions, are not followed. In callbacks of a user interface the level is lower.',
    ignoreWhen: 'Only developers can reach the service.',
  },
  messages: {
    cause: '`{text}` tells clients how the service works inside; log it and answer with a general text',
    trace: '`{text}` sends a traceback with paths and code to clients; log it and answer with a general text',
  },
  words: [
    'fastapi',
    'flask',
    'starlette',
    'django',
    'sanic',
    'quart',
    'gradio',
    'streamlit',
    'bottle',
    'aiohttp',
    'bentoml',
    'chainlit',
    'modal',
    'werkzeug',
    'tornado',
    'rest_framework',
  ],
  query: [python.statements('try'), python.handlers()],
  check(fact, context) {
    const { python: py, path } = context;
    if (isTestFile(path)) return;
    if (fact.kind === 'handler') {
      for (const { handler, variable } of handlersIn(fact.function.body, context.text)) {
        for (const value of returnedIn(handler.body)) {
          const leak = leakIn(value, variable, py, 0);
          if (leak !== undefined) tell(leak, context, fact.decorator === undefined);
        }
      }
      return;
    }
    if (fact.statement.kind !== 'try') return;
    for (const { handler, variable } of handlersOf(fact.statement, context.text)) {
      const [first] = handler.body;
      const last = handler.body[handler.body.length - 1];
      if (first === undefined || last === undefined) continue;
      for (const call of py.callsIn({ start: first.range.start, end: last.range.end })) {
        if (!ANSWERS.has(call.name)) continue;
        for (const { value } of call.arguments) {
          const leak = leakIn(value, variable, py, 0);
          if (leak !== undefined) tell(leak, context, false);
        }
      }
    }
  },
  examples: [
    {
      bad: 'from fastapi import FastAPI, HTTPException\n\napp = FastAPI()\n\n\n@app.post("/predict")\ndef predict(row: dict):\n    try:\n        return score(row)\n    except Exception as e:\n        raise HTTPException(500, detail=«str(e)»)\n',
      message: 'cause',
      good: 'from fastapi import FastAPI, HTTPException\n\napp = FastAPI()\n\n\n@app.post("/predict")\ndef predict(row: dict):\n    try:\n        return score(row)\n    except Exception as e:\n        raise HTTPException(500, detail="Internal Server Error")\n',
    },
    {
      bad: 'from flask import Flask, jsonify as answer\n\napp = Flask(__name__)\n\n\n@app.post("/predict")\ndef predict():\n    try:\n        return answer(score())\n    except Exception as error:\n        return answer({"error": f"Prediction failed: {«error»}"}), 500\n',
      message: 'cause',
      good: 'from flask import Flask, jsonify as answer\n\napp = Flask(__name__)\n\n\n@app.post("/predict")\ndef predict():\n    try:\n        return answer(score())\n    except Exception as error:\n        return answer({"error": "Prediction failed"}), 500\n',
    },
    {
      bad: 'import traceback\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/train")\ndef train():\n    try:\n        return run()\n    except ValueError:\n        return {"trace": «traceback.format_exc()»}\n',
      message: 'trace',
      good: 'import traceback\nfrom fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/train")\ndef train():\n    try:\n        return run()\n    except ValueError:\n        return {"trace": "Internal Server Error"}\n',
    },
    {
      good: 'from fastapi import FastAPI, HTTPException\n\napp = FastAPI()\n\n\n@app.post("/predict")\ndef predict(row: dict):\n    try:\n        return score(row)\n    except ValueError as e:\n        raise HTTPException(422, detail=str(e))\n',
      because: 'an error of the input, written for the caller',
    },
    {
      good: 'from fastapi import FastAPI, HTTPException\n\napp = FastAPI()\n\n\n@app.post("/predict")\ndef predict(row: dict):\n    try:\n        return score(row)\n    except Exception as e:\n        log.error("failed: %s", str(e))\n        raise HTTPException(500, detail=f"failed with {type(e).__name__}")\n',
      because: 'the log may know, and a type says little',
    },
    {
      good: 'def load(path):\n    try:\n        return read(path)\n    except Exception as e:\n        return {"error": str(e)}\n',
      because: 'no answer to a request',
    },
  ],
});

function tell(leak: Leak, { report, text }: Context, interface_: boolean): void {
  const part = shown(text, leak.at.range, 28);
  const finding =
    leak.message === 'trace' ? report(leak.at, 'trace', { text: part }) : report(leak.at, 'cause', { text: part });
  if (interface_) finding.severity('info');
  const edits = generalText(leak, text);
  if (edits === undefined) return;
  finding.fix('Answer with a general text', 'review', edits, 'clients no longer see the cause; log it before');
}
