import type { Expression, PythonQuestions, SourceKind } from '../../engine/index.js';
import type { TemplatePart } from '../_text-template.js';

/** Clients that take nothing but an address; the others read files and uploads too. */
const ADDRESS_ONLY = /^(?:requests|httpx|aiohttp|urllib|urllib3|wget|gdown|trafilatura|newspaper)\./;
/** The scheme, the host and the slash behind it: what follows only chooses a path there. */
export const FIXED_HOST = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+[/?#]/i;
const SCHEME = /^https?:\/\/(?:[\w.-]+\.)?$/i;
/** Signs of a check of the host in the lines of a function. */
export const CHECKED =
  /\burlparse\b|\burlsplit\b|\bipaddress\.|\ballow\w*|\bis_(?:safe|valid|private|public|global)\w*|\b(?:valid|check|verif|whitelist)\w*url\w*|getaddrinfo|(?:\b|_)safe_\w+/i;
export const SENDERS: readonly SourceKind[] = ['request', 'interface', 'model-output', 'queue'];
const ADDRESS_NAME = /(?:url|uri|link|href|address|endpoint|webhook|callback|source|src)s?$/i;

/** True for a part that everything before it leaves room to be the host, or a part of its name. */
export function decidesHost(parts: readonly TemplatePart[], at: number): boolean {
  const before = parts.slice(0, at).join('');
  return before === '' || SCHEME.test(before);
}

/** True for a text: readers of files take uploads and objects in the same place. */
export function isAddress(
  name: string,
  expression: Expression,
  parts: readonly TemplatePart[],
  py: PythonQuestions,
): boolean {
  if (ADDRESS_ONLY.test(name) || parts.length > 1 || py.names(expression).includes('str()')) return true;
  const written = py.definition(expression);
  const named = expression.kind === 'name' ? expression.name : written.kind === 'attribute' ? written.name : '';
  if (ADDRESS_NAME.test(named)) return true;
  const key =
    written.kind === 'subscript' ? written.index[0] : written.kind === 'call' ? written.arguments[0]?.value : undefined;
  return key?.kind === 'string' && ADDRESS_NAME.test(key.value);
}
