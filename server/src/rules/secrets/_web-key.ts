import { looksLikeSecretValue } from '../../knowledge/secrets/index.js';

/** Names that web frameworks give to the key they sign cookies and tokens with. */
const NAMES =
  /^(?:(?:flask|django|fastapi|app|wtf_csrf)_?secret_?key|(?:jwt|session|cookie|csrf)_?(?:secret|signing)?_?(?:key|secret)|jwt_secret_key)$/i;
/** Says nothing without a framework around it: object stores call theirs the same. */
const BARE = /^SECRET_KEY$/;
const FRAMEWORK =
  /^[ \t]*(?:from|import)[ \t]+(?:flask|django|fastapi|starlette|quart|jose|jwt|itsdangerous)\b|\bINSTALLED_APPS\b/m;
const ATTRIBUTE = /\.secret_key\s*=\s*["']?$/;

/** True where a name or place is that of a signing key: such literals are left to `secret-web-key`. */
export function isWebKey(name: string, range: { readonly start: number }, text: string): boolean {
  if (NAMES.test(name)) return true;
  if (ATTRIBUTE.test(text.slice(Math.max(0, range.start - 40), range.start))) return true;
  return BARE.test(name) && FRAMEWORK.test(text);
}

/** A key that somebody generated or made up; templates and references are none. */
export function isWebKeyValue(value: string): boolean {
  if (/^django-insecure-/.test(value)) return true;
  // The name of a header says where the key is, not what it is.
  if (/^x-[a-z-]+$/i.test(value)) return false;
  return value.length >= 8 && !/\s/.test(value) && looksLikeSecretValue(value);
}

/** The configuration of Airflow, whose keys are the matter of rules about Airflow. */
export function isAirflowConfig(path: string): boolean {
  return /(^|\/)airflow\.cfg$/.test(path);
}
