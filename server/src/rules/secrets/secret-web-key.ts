import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type PythonQuestions,
  python,
  type StoreFact,
  type TextFact,
  texts,
} from '../../engine/index.js';
import { variableOf } from '../../knowledge/secrets/index.js';
import { insideQuotes, isPutIntoEnvironment, offerVariable } from './_literal.js';
import { isAirflowConfig, isWebKey, isWebKeyValue } from './_web-key.js';

type Expression = StoreFact['value'];

/** Where a signing key is passed, and what it signs. */
const SINKS: Readonly<
  Record<string, { readonly keyword: string; readonly position?: number; readonly signs: string }>
> = {
  'flask.Flask().config.update': { keyword: 'SECRET_KEY', signs: 'Flask sessions' },
  'flask.Flask().config.from_mapping': { keyword: 'SECRET_KEY', signs: 'Flask sessions' },
  'jwt.encode': { keyword: 'key', position: 1, signs: 'tokens' },
  'jwt.decode': { keyword: 'key', position: 1, signs: 'tokens' },
  'jose.jwt.encode': { keyword: 'key', position: 1, signs: 'tokens' },
  'jose.jwt.decode': { keyword: 'key', position: 1, signs: 'tokens' },
  'itsdangerous.Signer': { keyword: 'secret_key', position: 0, signs: 'values' },
  'itsdangerous.TimestampSigner': { keyword: 'secret_key', position: 0, signs: 'values' },
  'itsdangerous.URLSafeSerializer': { keyword: 'secret_key', position: 0, signs: 'values' },
  'itsdangerous.URLSafeTimedSerializer': { keyword: 'secret_key', position: 0, signs: 'values' },
  'fastapi.FastAPI().add_middleware': { keyword: 'secret_key', signs: 'sessions' },
  'starlette.applications.Starlette().add_middleware': { keyword: 'secret_key', signs: 'sessions' },
  'starlette.middleware.sessions.SessionMiddleware': { keyword: 'secret_key', position: 1, signs: 'sessions' },
  'streamlit_authenticator.Authenticate': { keyword: 'cookie_key', position: 2, signs: 'login cookies' },
};
const STORES = ['flask.Flask().secret_key', 'flask.Flask().config[]'];
const READS = ['os.getenv', 'os.environ.get'];

/** Built from parts, so that this file holds nothing that looks like a key. */
const KEY = `kP3xV9sLq0Tz${'Rw7BnYf2HcJ8mUe5'}`;

export default defineRule({
  summary: 'The key that signs sessions or tokens of a web service is a literal.',
  stages: ['deployment', 'monitoring'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-321',
    'CWE-798',
    'OWASP-ML05:2023',
    'AML.T0055',
    'https://flask.palletsprojects.com/en/stable/config/#SECRET_KEY',
    'https://docs.djangoproject.com/en/stable/ref/settings/#secret-key',
    'https://pyjwt.readthedocs.io/en/latest/api.html',
    'https://www.starlette.io/middleware/#sessionmiddleware',
    'https://itsdangerous.palletsprojects.com/en/stable/concepts/',
  ],
  docs: {
    why: 'The dashboard in front of the model checks logins with a signed cookie. With the key from the repository, or a guess such as `dev`, anybody signs a cookie for the administrator and calls the model, its data and its retraining button.',
    instead:
      'Generate a key with `secrets.token_hex()`, keep it outside the repository, and read it when the service starts.',
    fixSafety:
      'The service needs the variable afterwards, and sessions that were open end, so the fix is offered for review.',
    limits:
      'Flask, Django, Starlette, FastAPI, PyJWT, python-jose, itsdangerous and streamlit-authenticator are known, and names such as `JWT_SECRET`. A default that stands in for a missing variable gets a lower level. Files of tests are passed over.',
    ignoreWhen: 'The service runs on the own machine only and keeps nothing.',
  },
  messages: {
    stored: 'The key that signs {what} is a literal: whoever knows it forges them; read it from the environment',
    fallback: 'Without the variable a literal key signs {what}; let the service stop instead',
  },
  words: [
    'secret',
    'jwt',
    'itsdangerous',
    'cookie_key',
    'cookie-key',
    'cookiekey',
    'session_key',
    'sessionkey',
    'csrf',
    'streamlit_auth',
    'signing',
  ],
  query: [texts.any(), python.stores(...STORES), python.calls(...Object.keys(SINKS), ...READS)],
  check(fact: TextFact | StoreFact | CallFact, context) {
    const { report, python: py, text, path } = context;
    if (isTestFile(path) || isAirflowConfig(path)) return;
    if (fact.kind === 'text') {
      const { name, range } = fact;
      if (name === undefined || fact.escaped || fact.text.startsWith(`${name}=`) || !isWebKey(name, range, text))
        return;
      if (!isWebKeyValue(fact.text) || isPutIntoEnvironment(text, range.start - 1)) return;
      const finding = report(range, 'stored', { what: 'sessions or tokens' });
      offerVariable(finding, context, fact, variableOf(undefined, name), name);
      return;
    }
    if (fact.kind === 'call' && READS.includes(fact.name)) {
      const key = fact.arguments[0] && py.value(fact.arguments[0].value);
      const standIn = fact.arguments[1]?.value;
      if (key?.kind !== 'string' || standIn?.kind !== 'string' || standIn.value === '') return;
      if (!isWebKey(key.value, fact.range, text)) return;
      const range = insideQuotes(text, standIn.range);
      report(range, 'fallback', { what: 'sessions or tokens' }).severity('warning');
      return;
    }
    const sink = fact.kind === 'call' ? SINKS[fact.name]! : undefined;
    if (fact.kind === 'store' && fact.name.endsWith('[]') && !isKeySetting(fact.key)) return;
    const passed = fact.kind === 'store' ? fact.value : argumentOf(fact, sink!.keyword, sink!.position)?.value;
    const literal = passed === undefined ? undefined : literalOf(py, passed);
    if (literal === undefined) return;
    const range = insideQuotes(text, literal.range);
    // A longer key under a name of its own is reported where that name is given.
    const named =
      fact.kind === 'store' || passed !== literal ? isWebKeyValue(text.slice(range.start, range.end)) : false;
    const what = named ? 'sessions or tokens' : (sink?.signs ?? 'Flask sessions');
    const name = fact.kind === 'store' ? 'SECRET_KEY' : sink?.signs === 'tokens' ? 'JWT_SECRET' : undefined;
    offerVariable(report(range, 'stored', { what }), context, { range }, variableOf(undefined, name), name);
  },
  examples: [
    {
      bad: `from flask import Flask\napp = Flask(__name__)\napp.secret_key = "«${KEY}»"\n`,
      message: 'stored',
      good: 'import os\nfrom flask import Flask\napp = Flask(__name__)\napp.secret_key = os.environ["SECRET_KEY"]\n',
    },
    {
      bad: "import flask as f\nserver = f.Flask('scores')\nserver.config['SECRET_KEY'] = '«dev»'\n",
      message: 'stored',
      good: "import os\nimport flask as f\nserver = f.Flask('scores')\nserver.config['SECRET_KEY'] = os.environ['SECRET_KEY']\n",
    },
    {
      bad: 'import jwt\n\nSIGNING = "«secret»"\nticket = jwt.encode({"sub": user}, SIGNING, algorithm="HS256")\n',
      message: 'stored',
      good: 'import os\nimport jwt\n\nSIGNING = os.environ["JWT_SECRET"]\nticket = jwt.encode({"sub": user}, SIGNING, algorithm="HS256")\n',
    },
    {
      bad: `import os\nfrom flask import Flask\nkey = os.getenv("SECRET_KEY", "«dev»")\n`,
      message: 'fallback',
      good: 'import os\nfrom flask import Flask\nkey = os.environ["SECRET_KEY"]\n',
      byHand: true,
    },
    {
      good: 'import os\nfrom flask import Flask\napp = Flask(__name__)\napp.secret_key = os.environ["SECRET_KEY"]\n',
      because: 'read from the environment',
    },
    {
      good: 'import secrets\nfrom flask import Flask\napp = Flask(__name__)\napp.secret_key = secrets.token_hex()\n',
      because: 'made at the start',
    },
    {
      good: 'import jwt\nclaims = jwt.decode(ticket, public_key, algorithms=["RS256"])\n',
      because: 'the key is not known',
    },
    { good: 'from minio import Minio\nstore = Minio(host, secret_key=secret)\n', because: 'the key of a store' },
    {
      good: 'from flask import Flask\napp = Flask(__name__)\napp.config["SESSION_TYPE"] = "filesystem"\n',
      because: 'another setting',
    },
    {
      good: 'import jwt\nticket = jwt.encode({}, "secret", algorithm="HS256")\n',
      path: 'tests/test_login.py',
      because: 'a file of tests',
    },
  ],
});

function isKeySetting(key: string | undefined): boolean {
  return key !== undefined && /^(?:SECRET_KEY|JWT_SECRET_KEY|WTF_CSRF_SECRET_KEY)$/.test(key);
}

/** The literal an expression is, directly or by one name of this document; an empty one disables signing and is none. */
function literalOf(py: PythonQuestions, expression: Expression): Expression | undefined {
  const literal = py.definition(expression);
  if (literal.kind !== 'string' || literal.value === '' || literal.value.includes('-----BEGIN')) return undefined;
  return literal;
}
