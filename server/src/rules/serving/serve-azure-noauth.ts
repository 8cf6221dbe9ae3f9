import { isTestFile } from '../../base/test-files.js';
import {
  type Argument,
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  type PythonQuestions,
  passesUnknown,
  python,
} from '../../engine/index.js';
import {
  ACI_DEPLOYMENTS,
  AKS_DEPLOYMENTS,
  CHALICE_ROUTES,
  FUNCTION_LEVELS,
} from '../../knowledge/cloud-sdk-options.js';

/** Routes that are public on purpose: the start page, checks of health, documentation. */
const PUBLIC_ROUTE =
  /^\/?(?:v\d+\/)?(?:health\w*|live\w*|ready\w*|ping|status|version|docs|favicon\.ico|login|oauth\S*)?\/?$/i;

export default defineRule({
  summary: 'A cloud endpoint answers without a key or login.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'CWE-319',
    'OWASP-ML05:2023',
    'AML.T0040',
    'https://learn.microsoft.com/python/api/azureml-core/azureml.core.webservice.aci.aciwebservice',
    'https://learn.microsoft.com/python/api/azure-functions/azure.functions.authlevel',
    'https://aws.github.io/chalice/topics/authorizers.html',
  ],
  docs: {
    why: 'The address of a scoring service is public and easy to find. Without a key anybody asks it a million times, trains a copy from the answers, looks for inputs that fool it, and the owner pays for each call.',
    instead:
      'Pass `auth_enabled=True` (and a certificate) to the deployment, use `AuthLevel.FUNCTION` or a login in front of the function, and give each Chalice route an authorizer.',
    fixSafety: 'Callers that send no key are turned away, so the fix is offered for review.',
    limits:
      'A gateway or login in front of the service is not seen: functions and routes, which often have one, are warnings. A container instance without `auth_enabled` is open by default and a warning, inside of a virtual network it is passed over. Routes for health, documentation and login are public on purpose, and so are those of Chalice that take neither a body nor a part of the path. Values that are not known and tests are passed over.',
    ignoreWhen: 'The service is public on purpose, or something in front of it asks for a login.',
  },
  messages: {
    off: '`auth_enabled=False` lets anybody call the model and copy it from its answers; switch it on',
    left: '`AciWebservice` has no authentication by default: anybody can call the model; pass `auth_enabled=True`',
    plain: 'Without `ssl_enabled` the key and the requests travel in clear text; pass a certificate and switch it on',
    anonymous: '`AuthLevel.ANONYMOUS` lets anybody call the function; use `FUNCTION` or a login in front of it',
    route: '`{callee}` without `authorizer` lets anybody call the function behind it; pass one',
  },
  query: python.calls(...ACI_DEPLOYMENTS, ...AKS_DEPLOYMENTS, ...FUNCTION_LEVELS.keys(), ...CHALICE_ROUTES),
  check(call: CallFact, context) {
    const { report, python: py, path, text } = context;
    if (isTestFile(path)) return;
    if (FUNCTION_LEVELS.has(call.name)) {
      const level = argumentOf(call, ...FUNCTION_LEVELS.get(call.name)!);
      if (level === undefined || !isAnonymous(level, py) || isPublic(argumentOf(call, 'route', 0), py)) return;
      const finding = report(level.value.range, 'anonymous').severity('warning');
      const written = text.slice(level.value.range.start, level.value.range.end);
      if (/\bANONYMOUS\b/i.test(written))
        finding.fix(
          'Ask for the key of the function',
          'review',
          edit.replace(level.value.range, written.replace(/\bANONYMOUS\b/i, 'FUNCTION')),
          'callers without the key are turned away',
        );
      return;
    }
    if (passesUnknown(call)) return;
    if (CHALICE_ROUTES.includes(call.name)) {
      const closed = ['authorizer', 'api_key_required'].some((name) => argumentOf(call, name) !== undefined);
      if (closed || isPublic(argumentOf(call, 'path', 0), py) || !takesInput(call, py)) return;
      const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
      report(call.calleeRange, 'route', { callee }).severity('warning');
      return;
    }
    const aci = ACI_DEPLOYMENTS.includes(call.name);
    const auth = argumentOf(call, 'auth_enabled');
    const value = auth === undefined ? undefined : py.value(auth.value);
    const inNetwork = aci && argumentOf(call, 'vnet_name') !== undefined;
    const token = argumentOf(call, 'token_auth_enabled');
    if (inNetwork || (token !== undefined && !isFalse(token, py))) return;
    const add = edit.setKeyword(text, call.expression, 'auth_enabled', 'True');
    const fix = ['Ask for a key', 'review', add, 'callers that send no key are turned away'] as const;
    if (auth !== undefined && value?.kind === 'boolean' && !value.value) {
      report(auth.range, 'off').fix(...fix);
      return;
    }
    if (!aci) return;
    const positional = call.arguments.some(({ position }) => (position ?? 0) > 4);
    if (auth === undefined || value?.kind === 'none') {
      if (!positional)
        report(call.calleeRange, 'left')
          .severity('warning')
          .fix(...fix);
      return;
    }
    const tls = argumentOf(call, 'ssl_enabled');
    if (value?.kind === 'boolean' && tls !== undefined && isFalse(tls, py))
      report(tls.range, 'plain').severity('warning');
    else if (value?.kind === 'boolean' && tls === undefined && !positional)
      report(call.calleeRange, 'plain').severity('info');
  },
  examples: [
    {
      bad: 'from azureml.core.webservice import AciWebservice\nconfig = AciWebservice.deploy_configuration(cpu_cores=1, memory_gb=2, «auth_enabled=False»)\n',
      message: 'off',
      good: 'from azureml.core.webservice import AciWebservice\nconfig = AciWebservice.deploy_configuration(cpu_cores=1, memory_gb=2, auth_enabled=True, ssl_enabled=True)\n',
      byHand: true,
    },
    {
      bad: 'from azureml.core.webservice import AksWebservice as Aks\nconfig = Aks.deploy_configuration(autoscale_enabled=True, «auth_enabled=False»)\n',
      message: 'off',
      good: 'from azureml.core.webservice import AksWebservice as Aks\nconfig = Aks.deploy_configuration(autoscale_enabled=True, auth_enabled=True)\n',
    },
    {
      bad: 'from azureml.core.webservice import AciWebservice\nconfig = «AciWebservice.deploy_configuration»(cpu_cores=1, ssl_enabled=True)\n',
      message: 'left',
      good: 'from azureml.core.webservice import AciWebservice\nconfig = AciWebservice.deploy_configuration(cpu_cores=1, ssl_enabled=True, auth_enabled=True)\n',
    },
    {
      bad: 'from azureml.core.webservice import AciWebservice\nconfig = AciWebservice.deploy_configuration(auth_enabled=True, «ssl_enabled=False»)\n',
      message: 'plain',
      good: 'from azureml.core.webservice import AciWebservice\nconfig = AciWebservice.deploy_configuration(auth_enabled=True, ssl_enabled=True, ssl_cname=name)\n',
      byHand: true,
    },
    {
      bad: 'import azure.functions as func\napp = func.FunctionApp(http_auth_level=«func.AuthLevel.ANONYMOUS»)\n',
      message: 'anonymous',
      good: 'import azure.functions as func\napp = func.FunctionApp(http_auth_level=func.AuthLevel.FUNCTION)\n',
    },
    {
      bad: 'from chalice import Chalice\napp = Chalice(app_name="score")\n\n@«app.route»("/predict", methods=["POST"])\ndef predict():\n    return score(app.current_request.json_body)\n',
      message: 'route',
      good: 'from chalice import Chalice, IAMAuthorizer\napp = Chalice(app_name="score")\n\n@app.route("/predict", methods=["POST"], authorizer=IAMAuthorizer())\ndef predict():\n    return score(app.current_request.json_body)\n',
      byHand: true,
    },
    {
      good: 'from azureml.core.webservice import AksWebservice\nconfig = AksWebservice.deploy_configuration(token_auth_enabled=True, auth_enabled=False)\n',
      because: 'callers need a token instead of a key',
    },
    {
      good: 'from azureml.core.webservice import AciWebservice\nconfig = AciWebservice.deploy_configuration(cpu_cores=1, auth_enabled=settings.auth)\n',
      because: 'the value is not known',
    },
    {
      good: 'import azure.functions as func\napp = func.FunctionApp()\n',
      because: 'a function asks for its key by default',
    },
    {
      good: 'from chalice import Chalice\napp = Chalice(app_name="score")\n\n@app.route("/health")\ndef health():\n    return {"ok": True}\n',
      because: 'a check of health is public on purpose',
    },
  ],
});

function isFalse({ value }: Argument, py: PythonQuestions): boolean {
  const known = py.value(value);
  return known.kind === 'none' || (known.kind === 'boolean' && !known.value);
}

function isAnonymous({ value }: Argument, py: PythonQuestions): boolean {
  const known = py.value(value);
  if (known.kind === 'string') return /^anonymous$/i.test(known.value);
  return py.names(value).some((name) => name.startsWith('azure.functions') && name.endsWith('AuthLevel.ANONYMOUS'));
}

function isPublic(route: Argument | undefined, py: PythonQuestions): boolean {
  const path = route === undefined ? undefined : py.value(route.value);
  return path?.kind === 'string' && PUBLIC_ROUTE.test(path.value);
}

/** True for a route that takes a body or a part of its path: what only tells something is often public on purpose. */
function takesInput(call: CallFact, py: PythonQuestions): boolean {
  const path = argumentOf(call, 'path', 0);
  const route = path === undefined ? undefined : py.value(path.value);
  if (route?.kind === 'string' && route.value.includes('{')) return true;
  const methods = argumentOf(call, 'methods');
  const list = methods === undefined ? undefined : py.value(methods.value);
  return (
    list?.kind === 'list' &&
    list.items.some((item) => item.kind === 'string' && /^(?:POST|PUT|PATCH|DELETE)$/i.test(item.value))
  );
}
