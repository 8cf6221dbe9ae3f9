/** A setting as an address or a connection string spells it, its value, and the one that turns TLS on. */
export interface TlsInAddress {
  readonly pattern: RegExp;
  readonly safe: string;
  /** Values that fall back to clear text. */
  readonly weak?: RegExp;
  /** The mildest value that encrypts, where `safe` asks for a certificate, too. */
  readonly encrypts?: string;
}

/** From the pages of libpq, Connector/J, Connector/Python, MongoDB and the ODBC driver of SQL Server. */
export const TLS_IN_ADDRESS: readonly TlsInAddress[] = [
  {
    pattern: /\b(sslmode)\s*=\s*'?(disable|allow|prefer)\b/i,
    safe: 'verify-full',
    weak: /prefer/i,
    encrypts: 'require',
  },
  {
    pattern: /[?&;](ssl-?mode)=(disabled|preferred)\b/i,
    safe: 'VERIFY_IDENTITY',
    weak: /preferred/i,
    encrypts: 'REQUIRED',
  },
  { pattern: /[?&](ssl)=(disable|allow)\b/i, safe: 'verify-full', encrypts: 'require' },
  { pattern: /[?&](tls|ssl)=(false)\b/i, safe: 'true' },
  { pattern: /[?&](tlsAllowInvalidCertificates|tlsAllowInvalidHostnames|tlsInsecure)=(true)\b/i, safe: 'false' },
  { pattern: /[?&](useSSL)=(false)\b/i, safe: 'true' },
  { pattern: /[?&](ssl_disabled)=(true|1)\b/i, safe: 'false' },
  { pattern: /(?:^|[;?&{]|%3B)\s*(Encrypt)\s*(?:=|%3D)\s*(no|false|optional)\b/i, safe: 'yes' },
  { pattern: /(?:^|[;?&]|%3B)\s*(TrustServerCertificate)\s*(?:=|%3D)\s*(yes|true)\b/i, safe: 'no' },
];
