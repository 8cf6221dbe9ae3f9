import {
  type Argument,
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  passesUnknown,
  python,
  type Value,
} from '../../engine/index.js';
import { isOption } from './_option.js';
import { isTrue } from './_values.js';

const MIDDLEWARE = ['starlette.middleware.cors.CORSMiddleware', 'fastapi.middleware.cors.CORSMiddleware'];
const FLASK = ['flask_cors.CORS', 'flask_cors.extension.CORS'];
/** Patterns that match every origin, or every one with a scheme. */
const ANY_ORIGIN = /^\^?\(?(?:(?:https\?|https?|\.[*+]):\/\/)?\.[*+]\)?\$?$/;
/** Options of flask_cors come from the configuration of the app too, which may be read from elsewhere. */
const CONFIGURED = /CORS_(ORIGINS|RESOURCES)|\bconfig\.(from_|update\()/;

/** Where any origin is allowed, how that reads (nothing for a default), and what lets browsers send credentials there. */
interface Wildcard {
  readonly place: Argument['range'];
  readonly setting: string;
  readonly credentials: Expression | undefined;
}

export default defineRule({
  summary: 'A web service answers pages of any origin.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-942',
    'OWASP-ML05:2023',
    'https://www.starlette.io/middleware/#corsmiddleware',
    'https://fastapi.tiangolo.com/tutorial/cors/',
    'https://flask-cors.readthedocs.io/en/latest/api.html',
    'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS',
  ],
  docs: {
    why: 'A model service inside the network is opened to any origin so that its demo page works. A colleague visits a foreign page, whose script now sends requests from that browser and reads the predictions, records and model details that come back; with credentials it does so under the login of the colleague.',
    instead: 'List the origins of your own pages, e.g. `allow_origins=["https://app.example.org"]`.',
    fixSafety:
      'Pages of other origins no longer send cookies or logins, so the fix is offered for review. The warning about the wildcard stays: only the owner knows the list of origins.',
    limits:
      'Origins that are read from settings or computed at run time are not judged, nor are files of tests, single routes with `cross_origin`, and headers that are set by hand. Without credentials the level is lower, as a service may be public on purpose, and in a branch of an `if`, where it is an option of the program, only credentials are reported.',
    ignoreWhen: 'The service is public, holds nothing private and needs no login.',
  },
  messages: {
    credentials:
      "`{setting}` with credentials lets any web page call the service under its visitor's login; list the origins",
    open: '`{setting}` lets any web page read what the service answers; list the origins unless it is meant for everybody',
    bare: '`CORS` without `origins` lets any web page read what is answered; list them unless it is meant for everybody',
    bareCredentials:
      "`CORS` without `origins` but with credentials lets any web page use its visitor's login; list the origins",
  },
  skipsTests: true,
  query: [python.callsWithKeyword('allow_origins', 'allow_origin_regex'), python.calls(...FLASK)],
  check(call: CallFact, { report, python: py, text }) {
    const flask = FLASK.includes(call.name);
    const found = flask ? inFlask(call, py, text) : inMiddleware(call, py, text);
    if (found === undefined) return;
    const { place, setting, credentials } = found;
    const option = isOption(text, call.statement.start);
    if (credentials === undefined || !isTrue(credentials, py)) {
      if (option) return;
      (setting === '' ? report(place, 'bare') : report(place, 'open', { setting })).severity('warning');
      return;
    }
    const finding = setting === '' ? report(place, 'bareCredentials') : report(place, 'credentials', { setting });
    if (option) finding.severity('warning');
    const argument = call.arguments.find(({ value }) => value === credentials);
    if (argument?.name === undefined) return;
    finding.fix(
      `Remove \`${argument.name}=True\``,
      'review',
      edit.removeArgument(text, call.expression, argument),
      'pages of other origins no longer send cookies or logins',
    );
  },
  examples: [
    {
      bad: 'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\napp = FastAPI()\napp.add_middleware(CORSMiddleware, «allow_origins=["*"]», allow_credentials=True)\n',
      message: 'credentials',
      good: 'from fastapi import FastAPI\nfrom fastapi.middleware.cors import CORSMiddleware\napp = FastAPI()\napp.add_middleware(CORSMiddleware, allow_origins=["https://app.example.org"], allow_credentials=True)\n',
      byHand: true,
    },
    {
      bad: 'from starlette.middleware import Middleware\nfrom starlette.middleware.cors import CORSMiddleware as Cors\nlayers = [Middleware(Cors, «allow_origin_regex=".*"»)]\n',
      message: 'open',
      good: 'from starlette.middleware import Middleware\nfrom starlette.middleware.cors import CORSMiddleware as Cors\nlayers = [Middleware(Cors, allow_origin_regex=r"https://.*\\.example\\.org")]\n',
      byHand: true,
    },
    {
      bad: 'from flask import Flask\nfrom flask_cors import CORS\napp = Flask(__name__)\n«CORS»(app)\n',
      message: 'bare',
      good: 'from flask import Flask\nfrom flask_cors import CORS\napp = Flask(__name__)\nCORS(app, origins=["https://app.example.org"])\n',
      byHand: true,
    },
    {
      bad: 'import flask_cors\n«flask_cors.CORS»(app, supports_credentials=True)\n',
      message: 'bareCredentials',
      good: 'import flask_cors\nflask_cors.CORS(app, origins=["https://app.example.org"], supports_credentials=True)\n',
      byHand: true,
    },
    {
      bad: 'from flask_cors import CORS\nCORS(app, resources={r"/predict": {«"origins": "*"»}})\n',
      message: 'open',
      good: 'from flask_cors import CORS\nCORS(app, resources={r"/predict": {"origins": "https://app.example.org"}})\n',
      byHand: true,
    },
    {
      good: 'from fastapi.middleware.cors import CORSMiddleware\napp.add_middleware(CORSMiddleware, allow_origins=settings.origins, allow_credentials=True)\n',
      because: 'the origins are not known',
    },
    {
      good: 'from fastapi.middleware.cors import CORSMiddleware\napp.add_middleware(CORSMiddleware, allow_origins=["https://app.example.org"], allow_methods=["*"], allow_headers=["*"])\n',
      because: 'one origin, any method',
    },
    {
      good: 'from flask_cors import CORS\napp.config["CORS_ORIGINS"] = ORIGINS\nCORS(app)\n',
      because: 'the origins stand in the configuration',
    },
    { good: 'from mylib import Gate\nGate(allow_origins=["*"])\n', because: 'another library' },
  ],
});

/** `"*"`, or a list with it; flask_cors reads every origin as a pattern, Starlette only `allow_origin_regex`. */
function isAny(value: Value, reads: { readonly star: boolean; readonly pattern: boolean }): boolean {
  if (value.kind === 'list') return reads.star && value.items.some((item) => isAny(item, reads));
  if (value.kind !== 'string') return false;
  return (reads.star && value.value === '*') || (reads.pattern && ANY_ORIGIN.test(value.value));
}

/** `add_middleware(CORSMiddleware, …)`, `Middleware(CORSMiddleware, …)` or the class itself. */
function inMiddleware(call: CallFact, py: PythonQuestions, text: string): Wildcard | undefined {
  const layer = argumentOf(call, 'middleware_class', 0) ?? argumentOf(call, 'cls');
  const names = layer === undefined ? [] : py.names(layer.value);
  if (!MIDDLEWARE.some((name) => name === call.name || names.includes(name))) return undefined;
  for (const name of ['allow_origins', 'allow_origin_regex']) {
    const argument = argumentOf(call, name);
    const pattern = name === 'allow_origin_regex';
    if (argument === undefined || !isAny(py.value(argument.value), { star: !pattern, pattern })) continue;
    const credentials = argumentOf(call, 'allow_credentials')?.value;
    return { place: argument.range, setting: written(text, argument.range, name), credentials };
  }
  return undefined;
}

/** Options of a resource stand before those of the call, those before the configuration. */
function inFlask(call: CallFact, py: PythonQuestions, text: string): Wildcard | undefined {
  if (passesUnknown(call) || call.arguments.length === 0) return undefined;
  const origins = argumentOf(call, 'origins');
  const credentials = argumentOf(call, 'supports_credentials')?.value;
  const passed = argumentOf(call, 'resources');
  const resources = passed === undefined ? undefined : py.definition(passed.value);
  const known = resources === undefined || ['string', 'list', 'tuple', 'dict'].includes(resources.kind);
  if (!known) return undefined;
  const groups = resources?.kind === 'dict' ? resources.entries.map(({ value }) => py.definition(value)) : [undefined];
  for (const group of groups) {
    if (group !== undefined && (group.kind !== 'dict' || group.entries.some(({ key }) => key === undefined))) continue;
    const option = (name: string) => group?.entries.find(({ key }) => key?.kind === 'string' && key.value === name);
    const own = option('origins');
    const value = own?.value ?? origins?.value;
    const allowed = option('supports_credentials')?.value ?? credentials;
    if (value === undefined) {
      if (!CONFIGURED.test(text)) return { place: call.calleeRange, setting: '', credentials: allowed };
    } else if (isAny(py.value(value), { star: true, pattern: true })) {
      const place = own?.key === undefined ? origins!.range : { start: own.key.range.start, end: own.value.range.end };
      return { place, setting: written(text, place, 'origins'), credentials: allowed };
    }
  }
  return undefined;
}

/** What stands there, shortened to fit the message; the value instead when it is written somewhere else. */
function written(text: string, place: Argument['range'], name: string): string {
  const source = text.slice(place.start, place.end).replace(/\s+/g, ' ');
  if (!/[*+]/.test(source)) return name === 'allow_origin_regex' ? `${name}=".*"` : `${name}=["*"]`;
  return source.length > 30 ? `${source.slice(0, 29)}…` : source;
}
