import type { SecretFormat } from './format.js';
import { isPlaceholder } from './placeholder.js';
import { isSecretName } from './secret-names.js';

/** Where a secret comes from instead of the secret: variables, vaults, secret managers, interpolation. */
const references: readonly RegExp[] = [
  /\$\{.{0,256}\}/s,
  /^\$\(.*\)$/s,
  /^\$[A-Za-z_]\w*$/,
  /^%[A-Za-z_]\w*%$/,
  /^\{\{.*\}\}$/s,
  /^\{[\w.[\]'"]*\}$/,
  /^<.*>$/s,
  /^!\w/,
  /^(?:vault|env|file|ssm|sops|secrets?|secretref|ref\+\w+|op|pass|prompt|getpass|cmd|config|parameter)(?::|\+)/i,
  /^(?:keyring|keyvault|azurekeyvault|awssm|gcpsm|sm|secretsmanager|(?:gcp-|aws-)?secrets?-manager|aws-secrets-manager)(?::|\+)/i,
  /^(?:k8s|doppler|bws|1password)(?::|\+)/i,
  /^arn:/,
  /^projects\/[^/]+\/secrets\//,
  /^@Microsoft\.KeyVault\(/i,
  /^ENC\[/,
  /^\{?cipher\}/i,
  /^(?:os\.(?:environ|getenv)|process\.env|st\.secrets|secrets?\.|env\.|config\.|settings\.|self\.|args\.)/,
  /^(?:var\.|local\.|data\.|module\.|dbutils\.|userdata\.)/,
  /^[\w.]+\([\s\S]*\)$/,
  /^\$2[abxy]?\$\d\d\$|^\$(?:argon2|scrypt|pbkdf2|5\$|6\$|1\$)/,
];

const paths: readonly RegExp[] = [
  /^(?:\/|\.{1,2}\/|~\/|[A-Za-z]:[\\/]|\\\\)[\w.\-/\\ ]*$/,
  /^[\w.-]+(?:[/\\][\w.-]+)+\.[A-Za-z]\w{0,4}$/,
  /^[\w-]+\.(?:json|pem|key|crt|cer|p12|pfx|txt|ya?ml|env|ini|cfg|toml|pub|jks)$/i,
];

const constants =
  /^(?:true|false|yes|no|on|off|none|null|nil|undefined|nan|n\/a|na|str|string|int|float|bool|bytes|any|object|secretstr|password\d?:?)$/i;

/**
 * Keys that programs publish on purpose: PostHog projects (https://posthog.com/docs/api#public-post-only-endpoints), Stripe
 * and Clerk publishable keys, Mapbox public tokens.
 */
const PUBLISHED = /^(?:phc_|pk_live_|pk_test_|pk\.ey)/;

/** `scheme://host`; with `user:password@` it is a secret. */
function isHarmlessUrl(value: string): boolean {
  const url = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(value);
  return url !== null && !/:[^:@]+@/.test(url[1]!) && !/[?&](?:sig|token|key|password|secret)=/i.test(value);
}

/**
 * Whether a literal can be a secret: at least six characters, no placeholder, no reference to a store, variable, file or
 * address, no constant or number, no prose, no name of another setting, no key that is published on purpose. Names that mean a secret must be checked by the caller.
 */
export function looksLikeSecretValue(value: string): boolean {
  const text = value.trim();
  if (text.length > 8192) return false;
  if (text.toLowerCase() === 'password') return true;
  if (text.length < 6 || constants.test(text) || /^[-+]?[\d_.,]+(?:e[-+]?\d+)?$/i.test(text)) return false;
  if (references.some((form) => form.test(text)) || paths.some((form) => form.test(text)) || isHarmlessUrl(text))
    return false;
  if (PUBLISHED.test(text)) return false;
  if (/^-----BEGIN /.test(text)) return !/PUBLIC KEY|CERTIFICATE/.test(text);
  if (/\s\S*\s/.test(text)) return /^(?:bearer|basic|token)\s+\S+\s*$/i.test(text);
  if (isPlaceholder(text.replace(/^(?:bearer|basic|token)\s+/i, ''))) return false;
  return (
    !(/^[A-Za-z][A-Za-z]*(?:[_.-][A-Za-z]+)+$/.test(text) && isSecretName(text)) &&
    !/^(?:api|access|secret)_?key$/i.test(text)
  );
}

/** What a message may show of a secret: its public prefix and its length, never a secret character. `` `hf_…`, 37 characters `` */
export function redact(value: string, format?: SecretFormat): string {
  const prefix = format && value.startsWith(format.prefix) ? format.prefix : '';
  return `\`${prefix}…\`, ${value.length} characters`;
}
