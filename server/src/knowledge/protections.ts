/** Last words of keys that switch a protection on. */
const ON =
  /(?:^|[_-])(?:verify|(?:ssl|tls|cert|certificate)[_-]?verify|verify[_-]?(?:ssl|tls|certs?|certificates?|hostname)|use[_-]?(?:ssl|tls|https)|ssl|tls|secure|encrypt|encrypted|encryption|require[_-]?auth|auth[_-]?enabled|enable[_-]?auth|authentication|versioned|versioning|weights[_-]?only|safe[_-]?mode|use[_-]?safetensors|validate[_-]?(?:data|schema|input)|fail[_-]?on[_-]?error|anonymi[sz]e|pseudonymi[sz]e|mask[_-]?pii)$/;
/** Last words of keys that switch one off. */
const OFF =
  /(?:^|[_-])(?:insecure|insecure[_-]?skip[_-]?verify|skip[_-]?(?:tls|ssl|verify|validation|checks?)|allow[_-]?(?:pickle|http|anonymous|insecure|unverified)|allow[_-]?dangerous[_-]?deserialization|trust[_-]?remote[_-]?code|public|public[_-]?access|anon|anonymous|disable[_-]?(?:auth|tls|ssl|validation)|debug)$/;
/** Open access lists of S3 and Google Cloud Storage. */
const OPEN_ACL = /^(?:public-?read(?:-?write)?|website|authenticated-?read|allUsers|allAuthenticatedUsers)$/i;

/** `useSSL` and `verify.ssl` as `use_ssl` and `verify_ssl`. */
function plain(key: string): string {
  return key
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/\./g, '_')
    .toLowerCase();
}

type Scalar = string | number | boolean | null | undefined;

/** On, off, or not a switch. */
function switched(value: Scalar): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return /^(?:true|yes|on|enabled)$/i.test(String(value))
    ? true
    : /^(?:false|no|off|disabled)$/i.test(String(value))
      ? false
      : undefined;
}

/**
 * How a second value of a setting protects less than the first, in a few words: a switch that is turned, an access list that is
 * opened, an address that loses its TLS. Undefined when it does not, or when nothing is known about the key.
 */
export function weakening(key: string, safe: Scalar, other: Scalar): 'switched' | 'opened' | 'cleartext' | undefined {
  const name = plain(key);
  const [before, after] = [switched(safe), switched(other)];
  if (before === true && after === false && ON.test(name)) return 'switched';
  if (before === false && after === true && OFF.test(name)) return 'switched';
  if (typeof safe !== 'string' || typeof other !== 'string') return undefined;
  if (/(?:^|_)acl$/.test(name) && OPEN_ACL.test(other) && !OPEN_ACL.test(safe)) return 'opened';
  const host = /^(?:http|ws|grpc|redis|amqp|ftp):\/\/(?:[^\s/@]*@)?(\[[^\]]*\]|[\w.-]+)/.exec(other)?.[1];
  const hadTls = /^(?:https|wss|grpcs|rediss|amqps|ftps|sftp):\/\//.test(safe);
  if (!hadTls || host === undefined || !host.includes('.')) return undefined;
  return /^(?:127\.|10\.|192\.168\.|0\.0\.0\.0)|\.(?:svc|local|internal|localhost|cluster\.local)$/.test(host)
    ? undefined
    : 'cleartext';
}
