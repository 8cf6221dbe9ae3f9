import { argumentOf, type CallFact, type Expression, edit, type PythonQuestions } from '../../engine/index.js';

/** Responses with `set_cookie(key, value, …)`, and whether they send `SameSite=Lax` on their own. */
const RESPONSES: Readonly<Record<string, 'lax' | 'none'>> = {
  ...Object.fromEntries(
    ['flask.make_response()', 'flask.Response()', 'flask.jsonify()', 'flask.redirect()', 'werkzeug.Response()'].map(
      (name) => [name, 'none' as const],
    ),
  ),
  ...Object.fromEntries(
    ['Response', 'JSONResponse', 'HTMLResponse', 'PlainTextResponse', 'RedirectResponse', 'StreamingResponse'].flatMap(
      (name) =>
        [`fastapi.${name}()`, `fastapi.responses.${name}()`, `starlette.responses.${name}()`].map((full) => [
          full,
          'lax' as const,
        ]),
    ),
  ),
  ...Object.fromEntries(
    ['django.http.HttpResponse()', 'django.http.JsonResponse()', 'django.http.HttpResponseRedirect()'].map((name) => [
      name,
      'none' as const,
    ]),
  ),
  'django.shortcuts.redirect()': 'none',
  'django.shortcuts.render()': 'none',
  'aiohttp.web.Response()': 'none',
  'aiohttp.web.json_response()': 'none',
  'aiohttp.web.HTTPFound()': 'none',
};
/** Pages read this one to send it back. */
const FOR_SCRIPTS = /csrf|xsrf/i;

export const COOKIE_RESPONSES: readonly string[] = Object.keys(RESPONSES);

export interface Flag {
  readonly name: 'secure' | 'httponly' | 'samesite';
  readonly value: string;
}

export function isFalse(py: PythonQuestions, expression: Expression): boolean {
  const value = py.value(expression);
  return value.kind === 'none' || (value.kind === 'boolean' && !value.value);
}

export function cookieName(call: CallFact, py: PythonQuestions): string | undefined {
  const argument = argumentOf(call, call.name.startsWith('aiohttp.') ? 'name' : 'key', 0);
  const value = argument === undefined ? undefined : py.value(argument.value);
  return value?.kind === 'string' ? value.value : undefined;
}

/** Flags that are off; `SameSite` where the library sends none. Positional flags are left to their author. */
export function missingFlags(call: CallFact, py: PythonQuestions, cookie: string): readonly Flag[] {
  if (call.arguments.filter(({ position }) => position !== undefined).length > 4) return [];
  const off = (name: string): boolean => {
    const argument = argumentOf(call, name);
    return argument === undefined || isFalse(py, argument.value);
  };
  const flags: Flag[] = [];
  if (off('secure')) flags.push({ name: 'secure', value: 'True' });
  if (off('httponly') && !FOR_SCRIPTS.test(cookie)) flags.push({ name: 'httponly', value: 'True' });
  const lax = RESPONSES[call.name.slice(0, -'.set_cookie'.length)] === 'lax';
  if (argumentOf(call, 'samesite') === undefined && !lax) flags.push({ name: 'samesite', value: '"Lax"' });
  return flags;
}

/** Values that are passed are replaced; what is not passed is appended at once. */
export function flagEdits(call: CallFact, flags: readonly Flag[], text: string): ReturnType<typeof edit.replace> {
  const passed = flags.filter(({ name }) => argumentOf(call, name) !== undefined);
  const [first, ...others] = flags.filter((flag) => !passed.includes(flag));
  const edits = passed.flatMap(({ name, value }) => edit.setKeyword(text, call.expression, name, value));
  if (first === undefined) return edits;
  const rest = others.map(({ name, value }) => `, ${name}=${value}`).join('');
  return [...edits, ...edit.setKeyword(text, call.expression, first.name, first.value + rest)];
}
