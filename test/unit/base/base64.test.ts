import { expect, test } from 'vitest';
import { decodeText } from '../../../server/src/base/base64.js';

test.each([
  ['Y2hhbmdlbWU=', 'changeme'],
  ['Y2hhbmdl\n  bWU=', 'changeme'],
  ['Zg==', 'f'],
  ['Zm8', 'fo'],
  ['', ''],
])('%j is %j', (encoded, text) => expect(decodeText(encoded)).toBe(text));

test.each(['iVBORw0KGgo=', 'a', 'not base64', 'Y2hh$A=='])('%j is no text', (encoded) =>
  expect(decodeText(encoded)).toBeUndefined(),
);
