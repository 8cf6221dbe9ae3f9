import { isTestFile } from '../../base/test-files.js';
import { defineRule, type TextFact, texts } from '../../engine/index.js';
import { storedSecrets } from './_literal.js';
import { isServiceAccountKey } from './_private-key.js';

/** Built from parts, so that this file holds nothing that looks like a key. */
const BODY = 'kP3xV9sLq0TzRw7BnYf2HcJ8mUe5GdAo1iKtXy6ZbQ4vNrWlESjhDgCpMuFaOI3x9Vz0Lk7T';
const HEAD = `-----BEGIN OPENSSH PRIVATE ${'KEY-----'}`;
const TAIL = `-----END OPENSSH PRIVATE ${'KEY-----'}`;

export default defineRule({
  summary: 'A private key is written in a file.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-321',
    'CWE-798',
    'OWASP-LLM02:2025',
    'AML.T0055',
    'https://www.rfc-editor.org/rfc/rfc7468',
    'https://cryptography.io/en/latest/hazmat/primitives/asymmetric/serialization/',
  ],
  docs: {
    why: 'A key that opens the GPU server or signs models stays in every clone. With it somebody logs in as the training job, or signs a changed model that deployment then takes for genuine.',
    instead:
      'Replace the key pair everywhere the public half is trusted. Keep the new private half outside the repository: an agent, a mounted secret, a key service.',
    fixSafety: 'There is no edit that keeps the program running: where the key comes from has to be decided.',
    limits:
      'Keys in PEM form are found in literals and values, not in files of their own. Encrypted keys, certificates and public keys are passed over, and so are files of tests. Keys of Google service accounts are the matter of `secret-gcp-key`.',
    ignoreWhen: 'The key was made for an example and nothing trusts it.',
  },
  messages: {
    stored: 'A private key is stored in this file; replace the key pair and load the new one from outside',
  },
  words: ['-----begin'],
  query: texts.any(),
  check(fact: TextFact, context) {
    if (isTestFile(context.path) || isServiceAccountKey(fact, context.text)) return;
    for (const { range } of storedSecrets(fact, ['private-key'], context)) {
      // The header is enough to point at; the rest is the secret.
      const header = /^-----BEGIN [A-Z ]{1,40}-----/.exec(context.text.slice(range.start, range.start + 80));
      context.report(header === null ? range : { start: range.start, end: range.start + header[0].length }, 'stored');
    }
  },
  examples: [
    {
      bad: `KEY = """\n«${HEAD}»\n${BODY}\n${TAIL}\n"""\n`,
      message: 'stored',
      good: 'from pathlib import Path\n\nKEY = Path("/run/secrets/ssh_key").read_text()\n',
      byHand: true,
    },
    {
      bad: `ssh:\n  user: train\n  key: «|\n    ${HEAD}\n    ${BODY}\n    ${TAIL}»\n`,
      path: 'config.yaml',
      message: 'stored',
      good: 'ssh:\n  user: train\n  key_file: /run/secrets/ssh_key\n',
      byHand: true,
    },
    { good: `HEADER = "${HEAD}"\n`, because: 'only the header, to recognise keys by' },
    {
      good: `KEY = """\n${HEAD}\n...\n${TAIL}\n"""\n`,
      because: 'the key is left out',
    },
    {
      good: `KEY = """\n${HEAD}\n${BODY}\n${TAIL}\n"""\n`,
      path: 'tests/test_signing.py',
      because: 'the fixture of a test',
    },
    {
      good: `CA = """\n-----BEGIN CERTIFICATE-----\n${BODY}\n-----END CERTIFICATE-----\n"""\n`,
      because: 'a certificate is public',
    },
  ],
});
