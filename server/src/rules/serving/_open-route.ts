import type { Range } from '../../base/range.js';
import {
  argumentOf,
  type Expression,
  type HandlerFact,
  type PythonQuestions,
  passesUnknown,
} from '../../engine/index.js';
import { asksModel } from '../../knowledge/model-calls.js';
import { callsInside } from './_calls-inside.js';

/** Applications whose routes are theirs alone: a router or blueprint may be guarded where it is included. */
const APPLICATION = /^(fastapi\.FastAPI|flask\.Flask|quart\.Quart|sanic\.Sanic)\(\)\.(?:\w+)\(\)$/;

/** Anything that may let in some callers only, whatever its way; words of tokenisers and language models are not. */
const AUTHENTICATION = new RegExp(
  [
    '\\bauth(?!or)|authent|authoriz|oauth|oidc|saml|\\w_auth\\b|[a-z]Auth[A-Z\\b]|jwt|bearer|api[-_ ]?key|apikey|passw|(?<!allow_)credential|compare_digest|hmac',
    'login|logged|current_user|permission|principal|(?:user|admin|require\\w*|allowed|has|check)_roles?\\b|is_admin|forbidden|\\b40[13]\\b|\\bsecurity\\b|Security\\(|session\\[|secret_?key',
    '(?<![a-z])(?:access|auth|api|bearer|verify|valid\\w*|check|require\\w*|x|user|id|csrf|session|secret)[-_]?token|token[-_]?(?:required|valid|verif|auth)|\\b(?:x-)?token\\s*[:=!]=?\\s*(?:Header|str|request)',
    'cognito|keycloak|auth0|firebase|clerk|supabase|casbin|ldap|kerberos|allowed_ips?|ip_?whitelist|ip_?allow',
  ].join('|'),
  'i',
);

/** What is planned, or ignored by its rule. */
const COMMENTS = /(?:^|\s)#[^\n]*/g;

/** Middleware and hooks that do not decide who is let in. */
const HARMLESS_MIDDLEWARE =
  /\badd_middleware\(\s*(?:middleware_class\s*=\s*)?(?:\w+\.)*(?:CORS|GZip|TrustedHost|HTTPSRedirect|Prometheus|ServerError|Exception)\w*Middleware/g;
const HOOKS =
  /add_middleware\(|\.middleware\(|before_request|before_serving|on_request|wsgi_app\s*=|asgi_app\s*=|\.mount\(|login_manager/;
const DEPENDENCY =
  /\b(?:Depends|Security)\(\s*(?!\s*\)|(?:\w+\.)*(?:get|load|provide)_\w*(?:model|predictor|pipeline|settings|config|db|engine|llm|client)\b)/;

/** A route of an application of this module that has a model answer and asks nobody who they are. */
export interface OpenRoute {
  readonly framework: 'FastAPI' | 'Flask' | 'Quart' | 'Sanic';
  /** What the application is made by. */
  readonly application: Expression & { readonly kind: 'call' };
  /** Where the model is asked, and what that call is called. */
  readonly prediction: Range;
  readonly callee: string;
}

/**
 * The route a handler is, when the whole module shows no sign that callers are told apart. Where the application comes from
 * another module, or the arguments of its constructor are not known, nothing can be said.
 */
export function openRoute(handler: HandlerFact, py: PythonQuestions, text: string): OpenRoute | undefined {
  const route = modelRoute(handler, py, text);
  if (route === undefined || showsAuthentication(text)) return undefined;
  const { application } = route;
  if (['dependencies', 'middleware'].some((name) => argumentOf(application, name) !== undefined)) return undefined;
  // A decorator of its own may check the caller.
  const own = handler.function.decorators.filter((decorator) => decorator !== handler.decorator?.expression);
  const harmless = own.every((decorator) => py.names(decorator).some((name) => HARMLESS_DECORATOR.test(name)));
  return harmless && argumentOf(handler.decorator!.expression as Route, 'dependencies') === undefined
    ? route
    : undefined;
}

type Route = Expression & { readonly kind: 'call' };
const HARMLESS_DECORATOR =
  /^(?:fastapi\.FastAPI|flask\.Flask|quart\.Quart)\(\)\.|^flask_cors\.cross_origin|^torch\.(?:no_grad|inference_mode)/;

/**
 * The routes a container of SageMaker has to have; only the platform reaches them.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html
 */
const HOSTED = /["']\/invocations["']/;

/** A route of an application of this module that has a model answer. */
export function modelRoute(handler: HandlerFact, py: PythonQuestions, text: string): OpenRoute | undefined {
  const { decorator } = handler;
  if (decorator?.expression.kind !== 'call' || decorator.expression.callee.kind !== 'attribute') return undefined;
  const match = APPLICATION.exec(decorator.name);
  if (match === null) return undefined;
  const application = py.definition(decorator.expression.callee.object);
  if (application.kind !== 'call' || passesUnknown(application)) return undefined;
  if (!py.names(application.callee).includes(match[1]!)) return undefined;
  const asked = modelCalls(handler, py)[0];
  if (asked === undefined || HOSTED.test(text)) return undefined;
  const framework = match[1]!.split('.')[1] as OpenRoute['framework'];
  return { framework, application, prediction: asked.call.callee.range, callee: asked.callee };
}

interface ModelCall {
  readonly call: Route;
  readonly callee: string;
  /** A function of the module that says that it predicts: what it does first is its own matter. */
  readonly own: boolean;
}

/** The calls of a handler that have a model answer; a method that only models have is enough where the object is not known. */
export function modelCalls(handler: HandlerFact, py: PythonQuestions): readonly ModelCall[] {
  return callsInside(handler.function.body).flatMap((call) => {
    const names = py.names(call.callee);
    const known = names.find(asksModel);
    if (known !== undefined) return [{ call, callee: shortName(known), own: /^\.\w+$/.test(known) }];
    if (names.length > 0 || call.callee.kind !== 'attribute' || !asksModel(`.${call.callee.name}`)) return [];
    return [{ call, callee: call.callee.name, own: false }];
  });
}

function showsAuthentication(source: string): boolean {
  const text = withoutComments(source);
  return AUTHENTICATION.test(text) || showsHooks(text) || DEPENDENCY.test(text);
}

/** Middleware or hooks that may do anything with a request. */
export function showsHooks(text: string): boolean {
  return HOOKS.test(text.replace(HARMLESS_MIDDLEWARE, ''));
}

export function withoutComments(text: string): string {
  return text.replace(COMMENTS, '');
}

/** The end of a resolved name: `predict`, `completions.create`, `Scorer.predict`. */
function shortName(name: string): string {
  const [before = '', last] = name.replaceAll('[]', '').split('.').slice(-2) as [string, string];
  const object = /^[a-z]\w*\(\)$/.test(before) ? '' : before.replace('()', '');
  return object === '' ? last.replace('()', '') : `${object}.${last.replace('()', '')}`;
}
