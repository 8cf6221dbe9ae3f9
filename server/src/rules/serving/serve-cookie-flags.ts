import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  passesUnknown,
  python,
  type StoreFact,
} from '../../engine/index.js';
import { COOKIE_RESPONSES, cookieName, flagEdits, isFalse, missingFlags } from './_cookies.js';
import { isOption } from './_option.js';

const APPS = ['fastapi.FastAPI()', 'starlette.applications.Starlette()'];
const SESSIONS = ['starlette.middleware.sessions.SessionMiddleware', 'fastapi.middleware.sessions.SessionMiddleware'];
/** Names of cookies that let their holder in. */
const LOGIN =
  /(?:^|[_.-])(?:sess|session|sessionid|sid|ssid|auth|jwt|login|token|refresh|access|remember|bearer)(?:[_.-]|id$|$)|access_?token|session/i;
const APP_FLAGS = [
  'SESSION_COOKIE_SECURE',
  'SESSION_COOKIE_HTTPONLY',
  'REMEMBER_COOKIE_SECURE',
  'REMEMBER_COOKIE_HTTPONLY',
];

export default defineRule({
  summary: 'A login cookie is sent without the flags that protect it.',
  stages: ['deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-614',
    'CWE-1004',
    'https://flask.palletsprojects.com/en/stable/web-security/#set-cookie-options',
    'https://www.starlette.io/middleware/#sessionmiddleware',
    'https://docs.djangoproject.com/en/stable/ref/request-response/#django.http.HttpResponse.set_cookie',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/Cookies',
  ],
  docs: {
    why: 'The page of a labelling tool or a model demo logs its users in with a cookie. Without `Secure` it crosses the network in clear text on the first `http://` link, without `HttpOnly` one injected script in a shown record reads it; whoever has it labels, queries and exports as that user.',
    instead: 'Set `secure=True, httponly=True, samesite="Lax"` on cookies that log somebody in.',
    fixSafety:
      'Browsers no longer send the cookie over plain HTTP or show it to scripts, so the fix is offered for review.',
    limits:
      'Only cookies whose name says that they log in are judged, and only responses of Flask, Starlette, FastAPI, Django and aiohttp. Settings in classes and in plain variables of a settings module are not read, nor are flags that are computed.',
    ignoreWhen: 'The service is reached over plain HTTP on purpose, e.g. inside a test network.',
  },
  messages: {
    missing: 'The cookie `{cookie}` logs in but is set without {flags}; add what is missing',
    sessions: '`SessionMiddleware` sends the login cookie over plain HTTP too; add `https_only=True`',
    setting: '`{key}=False` takes a protection off the session cookie; leave it on',
  },
  skipsTests: true,
  query: [
    python.calls(...COOKIE_RESPONSES.map((name) => `${name}.set_cookie`), ...SESSIONS),
    python.calls(...APPS.map((app) => `${app}.add_middleware`)),
    python.stores('flask.Flask().config[]', 'quart.Quart().config[]'),
  ],
  check(fact, { report, python: py, text }) {
    if (fact.kind === 'store') {
      const flag = settingOff(fact, py);
      if (flag === undefined || isOption(text, fact.statement.start)) return;
      report(fact.range, 'setting', { key: flag }).fix(
        'Switch it on',
        'review',
        edit.replace(fact.value.range, 'True'),
        'browsers no longer send the cookie over plain HTTP or show it to scripts',
      );
      return;
    }
    if (passesUnknown(fact)) return;
    if (!fact.name.endsWith('.set_cookie')) {
      const layer = SESSIONS.includes(fact.name) ? fact : middlewareOf(fact, py);
      const flag = argumentOf(fact, 'https_only');
      if (layer === undefined || (flag !== undefined && !isFalse(py, flag.value))) return;
      report(flag?.range ?? layer.range, 'sessions').fix(
        'Set `https_only=True`',
        'review',
        edit.setKeyword(text, fact.expression, 'https_only', 'True'),
        'browsers no longer send the cookie over plain HTTP',
      );
      return;
    }
    const cookie = cookieName(fact, py);
    if (cookie === undefined || !LOGIN.test(cookie)) return;
    const flags = missingFlags(fact, py, cookie);
    if (!flags.some(({ name }) => name !== 'samesite')) return;
    const names = flags.map(({ name }) => `\`${name}\``);
    report(fact.calleeRange, 'missing', { cookie: cookie.slice(0, 24), flags: names.join(', ') }).fix(
      `Set ${names.join(', ')}`,
      'review',
      flagEdits(fact, flags, text),
      'browsers no longer send the cookie over plain HTTP or show it to scripts',
    );
  },
  examples: [
    {
      bad: 'from flask import make_response\n\nanswer = make_response("welcome")\n«answer.set_cookie»("session_id", sid)\n',
      message: 'missing',
      good: 'from flask import make_response\n\nanswer = make_response("welcome")\nanswer.set_cookie("session_id", sid, secure=True, httponly=True, samesite="Lax")\n',
    },
    {
      bad: 'from fastapi import FastAPI\nfrom starlette.middleware.sessions import SessionMiddleware as Sessions\n\napp = FastAPI()\napp.add_middleware(«Sessions», secret_key=KEY)\n',
      message: 'sessions',
      good: 'from fastapi import FastAPI\nfrom starlette.middleware.sessions import SessionMiddleware as Sessions\n\napp = FastAPI()\napp.add_middleware(Sessions, secret_key=KEY, https_only=True)\n',
    },
    {
      bad: 'from flask import Flask\n\napp = Flask(__name__)\n«app.config["SESSION_COOKIE_HTTPONLY"] = False»\n',
      message: 'setting',
      good: 'from flask import Flask\n\napp = Flask(__name__)\napp.config["SESSION_COOKIE_HTTPONLY"] = True\n',
    },
    {
      good: 'from flask import make_response\n\nanswer = make_response("welcome")\nanswer.set_cookie("theme", "dark")\n',
      because: 'nobody logs in with a colour',
    },
    {
      good: 'from fastapi import Response\n\ndef login(response: Response):\n    response.set_cookie("access_token", make(), httponly=True, secure=True)\n',
      because: 'Starlette sends `SameSite=Lax` on its own',
    },
    {
      good: 'from flask import make_response\n\nanswer = make_response("welcome")\nanswer.set_cookie("session_id", sid, **COOKIE_OPTIONS)\n',
      because: 'the flags may be among the options',
    },
    { good: 'jar.set_cookie("session_id", sid)\n', because: 'a cookie jar of a client' },
  ],
});

function settingOff(fact: StoreFact, py: PythonQuestions): string | undefined {
  return fact.key !== undefined && APP_FLAGS.includes(fact.key) && isFalse(py, fact.value) ? fact.key : undefined;
}

function middlewareOf(call: CallFact, py: PythonQuestions): Expression | undefined {
  const layer = argumentOf(call, 'middleware_class', 0)?.value;
  return layer !== undefined && py.names(layer).some((name) => SESSIONS.includes(name)) ? layer : undefined;
}
