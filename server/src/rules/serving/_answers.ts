const FASTAPI = ['JSONResponse', 'ORJSONResponse', 'UJSONResponse', 'PlainTextResponse', 'HTMLResponse', 'Response'];

/** Calls that make the answer to a request, by resolved name. */
export const ANSWERS: ReadonlySet<string> = new Set([
  'fastapi.HTTPException',
  'fastapi.exceptions.HTTPException',
  'starlette.exceptions.HTTPException',
  'fastapi.Response',
  ...['fastapi', 'starlette'].flatMap((library) => FASTAPI.map((name) => `${library}.responses.${name}`)),
  ...['flask', 'quart'].flatMap((library) =>
    ['jsonify', 'make_response', 'Response', 'abort'].map((name) => `${library}.${name}`),
  ),
  'flask.json.jsonify',
  ...['JsonResponse', 'HttpResponse', 'HttpResponseBadRequest', 'HttpResponseServerError'].map(
    (name) => `django.http.${name}`,
  ),
  'rest_framework.response.Response',
  'aiohttp.web.json_response',
  'aiohttp.web.Response',
  'aiohttp.web.HTTPInternalServerError',
  'aiohttp.web.HTTPBadRequest',
  'sanic.response.json',
  'sanic.response.text',
  'sanic.json',
  'sanic.text',
]);
