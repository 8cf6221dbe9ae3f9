/** Calls that make a digest without a key: the algorithm, and where the data is passed. */
export interface DigestCall {
  /** Undefined when the first argument names it. */
  readonly algorithm: string | undefined;
  readonly position: number;
  /** Keyword of the data. */
  readonly argument: string;
}

const HASHLIB = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3_256', 'sha3_512', 'blake2b', 'blake2s'];
const CRYPTO = ['MD5', 'SHA1', 'SHA256', 'SHA512'];

/** hashlib of Python 3 and PyCryptodome 3, by resolved name. */
export const DIGEST_CALLS: Readonly<Record<string, DigestCall>> = Object.fromEntries<DigestCall>([
  ...HASHLIB.map((name): [string, DigestCall] => [
    `hashlib.${name}`,
    { algorithm: name, position: 0, argument: name.startsWith('blake2') ? 'data' : 'string' },
  ]),
  ['hashlib.new', { algorithm: undefined, position: 1, argument: 'data' }],
  ...['Crypto', 'Cryptodome'].flatMap((library) =>
    CRYPTO.map((name): [string, DigestCall] => [
      `${library}.Hash.${name}.new`,
      { algorithm: name.toLowerCase(), position: 0, argument: 'data' },
    ]),
  ),
]);

/** Algorithms for which two inputs with the same digest have been made. */
export const BROKEN_DIGESTS: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha-1', 'md4']);
