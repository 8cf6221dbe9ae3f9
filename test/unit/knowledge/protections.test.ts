import { expect, test } from 'vitest';
import { weakening } from '../../../server/src/knowledge/protections.js';

type Row = [string, string | boolean, string | boolean, ReturnType<typeof weakening>];

test.each<Row>([
  ['verify', true, false, 'switched'],
  ['verifySsl', 'yes', 'no', 'switched'],
  ['s3.use_ssl', true, false, 'switched'],
  ['trust_remote_code', false, true, 'switched'],
  ['acl', 'private', 'public-read', 'opened'],
  ['endpoint', 'https://a.example.com', 'http://a.example.com/x', 'cleartext'],
  ['url', 'rediss://a.example.com', 'redis://u:p@a.example.com', 'cleartext'],
  ['verify', false, true, undefined],
  ['trust_remote_code', true, true, undefined],
  ['shuffle', true, false, undefined],
  ['acl', 'public-read', 'public-read-write', undefined],
  ['endpoint', 'https://a.example.com', 'http://mlflow:5000', undefined],
  ['endpoint', 'https://a.example.com', 'http://127.0.0.1:5000', undefined],
  ['verify', true, '${VERIFY}', undefined],
])('%s from %s to %s: %s', (key, safe, other, expected) => expect(weakening(key, safe, other)).toBe(expected));
