import type { TextEdit } from '../../base/range.js';
import { edit } from '../../engine/index.js';
import type { OpenRoute } from './_open-route.js';

const FASTAPI_GUARD = `def require_api_key(key: str = Security(APIKeyHeader(name="X-API-Key"))) -> None:
    if not secrets.compare_digest(key.encode(), os.environ["API_KEY"].encode()):
        raise HTTPException(status_code=401, detail="invalid key")


`;
const FLASK_GUARD = (name: string): string => `

@${name}.before_request
def require_api_key():
    if not secrets.compare_digest(request.headers.get("X-API-Key", "").encode(), os.environ["API_KEY"].encode()):
        abort(401)


`;

/** A check of a key for the whole application; nothing where the application is not made on a line of its own. */
export function keyEdits({ application, framework }: OpenRoute, text: string): TextEdit[] {
  const { start, end } = application.range;
  const line = text.lastIndexOf('\n', start) + 1;
  const assigned = /^(\w+)\s*(?::\s*[\w.]+\s*)?=\s*$/.exec(text.slice(line, start));
  const rest = /^[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/.exec(text.slice(end));
  if (assigned === null || rest === null || text.includes('\r\n')) return [];
  const imports = (...lines: string[]): TextEdit[] =>
    ['import os', 'import secrets', ...lines].flatMap((statement) => edit.addImport(text, statement));
  if (framework === 'FastAPI') {
    return [
      ...imports('from fastapi import Depends, HTTPException, Security', 'from fastapi.security import APIKeyHeader'),
      ...edit.insert(line, FASTAPI_GUARD),
      ...edit.setKeyword(text, application, 'dependencies', '[Depends(require_api_key)]'),
    ];
  }
  // Pages for people cannot send a header, and neither can the question a browser asks before it calls another site.
  if (framework !== 'Flask' || /render_template|send_from_directory|\.html\b|flask_cors/.test(text)) return [];
  const after = text.slice(end + rest[0].length).replace(/^\n+/, '');
  const skipped = text.length - after.length;
  return [
    ...imports('from flask import abort, request'),
    ...edit.replace({ start: end + rest[0].length, end: skipped }, FLASK_GUARD(assigned[1]!)),
  ];
}
