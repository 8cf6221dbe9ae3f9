import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  type PythonQuestions,
  python,
  type StoreFact,
} from '../../engine/index.js';
import { isOption } from './_option.js';
import { isTrue } from './_values.js';

/** Where `debug` may stand without its name. Dash moved its parameters between versions, so there only the name counts. */
const SERVERS: Readonly<Record<string, { readonly debug?: number; readonly host?: number }>> = {
  'flask.Flask().run': { debug: 2, host: 0 },
  'dash.Dash().run': {},
  'dash.Dash().run_server': {},
};
const APPLICATIONS: Readonly<Record<string, number | undefined>> = {
  'fastapi.FastAPI': undefined,
  'starlette.applications.Starlette': 0,
};
const RELOADER = 'uvicorn.run';
const SETTINGS = 'flask.Flask().config.update';
/** Each of these switches the console of the debugger off while debug mode stays on. */
const CONSOLE_SWITCHES = ['use_debugger', 'use_evalex'];
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

export default defineRule({
  summary: 'A web service runs in debug mode.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-489',
    'CWE-94',
    'CWE-209',
    'OWASP-ML05:2023',
    'https://flask.palletsprojects.com/en/stable/debugging/',
    'https://werkzeug.palletsprojects.com/en/stable/debug/',
    'https://www.starlette.io/applications/',
    'https://www.uvicorn.org/settings/',
  ],
  overlaps: ['bandit:B201', 'ruff:S201'],
  docs: {
    why: 'A prediction service is copied from a tutorial with `debug=True`. One malformed request raises an error, the answer holds a Python console, and behind a PIN that can be worked out from facts about the machine it runs any code beside the model and its credentials.',
    instead:
      'Leave debug mode off in code and switch it on for a session with `flask run --debug`, `fastapi dev` or `uvicorn --reload`; deploy with a production server.',
    fixSafety: 'Error pages, the debugger and reloading go away, so the fix is offered for review.',
    limits:
      'A flag that is computed at run time, a call that stands under an `if` of its own and files of tests are not judged. The level is lower where the server listens on the own machine only, and for an assigned setting, as the server that reads it is not seen.',
    ignoreWhen: 'The file is run by developers on their own machine and never deployed.',
  },
  messages: {
    debugger:
      '`{setting}` opens a debugger that runs code for whoever reaches the port; leave it off where others connect',
    setting: "`{setting}` makes Flask's own server run code for whoever reaches its debugger; leave it off",
    traceback:
      '`debug=True` shows tracebacks with source code to whoever causes an error; leave it off in a deployed app',
    reload: '`reload=True` watches the sources and restarts the service on every change; it is for development only',
  },
  query: [
    python.calls(...Object.keys(SERVERS), ...Object.keys(APPLICATIONS), RELOADER, SETTINGS),
    python.stores('flask.Flask().debug', 'flask.Flask().config[]'),
  ],
  check(fact: CallFact | StoreFact, { report, python: py, path, text, language }) {
    if (isTestFile(path) || isOption(text, fact.statement.start)) return;
    if (fact.kind === 'store') {
      if (fact.name.endsWith('[]') && fact.key !== 'DEBUG') return;
      if (!isTrue(fact.value, py) || runsWithoutDebug(text)) return;
      const setting = fact.name.endsWith('[]') ? 'config["DEBUG"] = True' : 'debug = True';
      report(fact.range, 'setting', { setting })
        .severity('warning')
        .fix('Switch debug mode off', 'review', edit.replace(fact.value.range, 'False'), 'the debugger goes away');
      return;
    }
    const server = SERVERS[fact.name];
    const keyword = fact.name === RELOADER ? 'reload' : fact.name === SETTINGS ? 'DEBUG' : 'debug';
    const argument = argumentOf(fact, keyword, server?.debug ?? APPLICATIONS[fact.name]);
    if (argument === undefined || argument.unpacked || !isTrue(argument.value, py)) return;
    const fixed = (finding: ReturnType<typeof report>, reason: string): void => {
      const keep = argument.name === undefined;
      finding.fix(
        keep ? 'Pass `False`' : `Remove \`${keyword}=True\``,
        'review',
        keep ? edit.replace(argument.value.range, 'False') : edit.removeArgument(text, fact.expression, argument),
        reason,
      );
    };
    if (fact.name === RELOADER) {
      fixed(report(argument.range, 'reload').severity('info'), 'the service no longer restarts by itself');
    } else if (fact.name === SETTINGS) {
      if (runsWithoutDebug(text)) return;
      const finding = report(argument.range, 'setting', { setting: 'DEBUG=True' }).severity('warning');
      fixed(finding, 'the debugger goes away');
    } else if (server === undefined) {
      fixed(report(argument.range, 'traceback').severity('warning'), 'error pages no longer show the cause');
    } else {
      // In a notebook Dash serves the app from a thread without Werkzeug's debugger.
      if (fact.name.startsWith('dash.') && language === 'notebook') return;
      if (CONSOLE_SWITCHES.some((name) => isFalse(py, argumentOf(fact, name)?.value))) return;
      const finding = report(argument.range, 'debugger', { setting: 'debug=True' });
      if (isLocal(py, argumentOf(fact, 'host', server.host)?.value)) finding.severity('warning');
      fixed(finding, 'the debugger and reloading go away');
    }
  },
  examples: [
    {
      bad: 'from flask import Flask\napp = Flask(__name__)\napp.run(host="0.0.0.0", port=5000, «debug=True»)\n',
      message: 'debugger',
      good: 'from flask import Flask\napp = Flask(__name__)\napp.run(host="0.0.0.0", port=5000)\n',
    },
    {
      bad: 'import flask as f\napp = f.Flask("scores")\napp.run("0.0.0.0", 5000, «True»)\n',
      message: 'debugger',
      good: 'import flask as f\napp = f.Flask("scores")\napp.run("0.0.0.0", 5000, False)\n',
    },
    {
      bad: 'from dash import Dash\napp = Dash(__name__)\nif __name__ == "__main__":\n    app.run(«debug=True»)\n',
      message: 'debugger',
      good: 'from dash import Dash\napp = Dash(__name__)\nif __name__ == "__main__":\n    app.run()\n',
    },
    {
      bad: 'from flask import Flask\napp = Flask(__name__)\n«app.config["DEBUG"] = True»\n',
      message: 'setting',
      good: 'from flask import Flask\napp = Flask(__name__)\napp.config["DEBUG"] = False\n',
    },
    {
      bad: 'from fastapi import FastAPI\napp = FastAPI(title="churn", «debug=True»)\n',
      message: 'traceback',
      good: 'from fastapi import FastAPI\napp = FastAPI(title="churn")\n',
    },
    {
      bad: 'import uvicorn\nuvicorn.run("serve:app", port=8000, «reload=True»)\n',
      message: 'reload',
      good: 'import uvicorn\nuvicorn.run("serve:app", port=8000)\n',
    },
    {
      good: 'from fastapi import FastAPI\napp = FastAPI(debug=settings.debug)\n',
      because: 'the flag is not known',
    },
    {
      good: 'from flask import Flask\napp = Flask(__name__)\napp.run(debug=True, use_debugger=False)\n',
      because: 'the debugger stays off',
    },
    {
      good: 'from flask import Flask\napp = Flask(__name__)\nif local:\n    app.run(debug=True)\n',
      because: 'an option of the program',
    },
    {
      good: 'import gradio as gr\ngr.Interface(predict, "text", "label").launch(debug=True)\n',
      because: 'there it only keeps the cell running and prints errors',
    },
    { good: 'job.run(debug=True)\n', because: 'nothing says which library this is' },
  ],
});

function isFalse(py: PythonQuestions, expression: StoreFact['value'] | undefined): boolean {
  const value = expression === undefined ? undefined : py.value(expression);
  return value?.kind === 'boolean' && !value.value;
}

/** Flask and Dash listen on `127.0.0.1` unless they are told otherwise. */
function isLocal(py: PythonQuestions, host: StoreFact['value'] | undefined): boolean {
  const value = host === undefined ? undefined : py.value(host);
  return value === undefined || value.kind === 'none' || (value.kind === 'string' && LOOPBACK.test(value.value));
}

/** What `run` is told overrules the setting. */
function runsWithoutDebug(text: string): boolean {
  return /\.run\([^)]*\bdebug\s*=\s*False\b/.test(text);
}
