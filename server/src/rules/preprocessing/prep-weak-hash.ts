import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  type PythonQuestions,
  passesUnknown,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { BROKEN_DIGESTS, DIGEST_CALLS } from '../../knowledge/digests.js';
import { comparedWith, isExpectation, surroundings } from './_digest-use.js';

const WEAK = Object.entries(DIGEST_CALLS)
  .filter(([, { algorithm }]) => algorithm === undefined || BROKEN_DIGESTS.has(algorithm))
  .map(([name]) => name);
const MARKER = 'usedforsecurity';

const messages = {
  verifies: '`{algorithm}` decides whether a file is genuine; two files with one digest can be made, use `sha256`',
  other: '`{algorithm}` is broken and refused on FIPS systems; say `usedforsecurity=False` or use `sha256`',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'MD5 or SHA-1 decides whether a file is the one that was published.',
  stages: ['data-collection', 'preprocessing', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-327',
    'CWE-328',
    'OWASP-ML06:2023',
    'https://docs.python.org/3/library/hashlib.html#hashlib.md5',
    'https://www.rfc-editor.org/rfc/rfc6151',
    'https://shattered.io/',
  ],
  overlaps: ['bandit:B303', 'bandit:B324', 'ruff:S303', 'ruff:S324'],
  docs: {
    why: 'Whoever prepares a data set can make two archives with one MD5 within seconds: the harmless one is reviewed and its digest is written into the loader, the other one is served to the training machines and passes the check.',
    instead: 'Record and compare SHA-256: `hashlib.sha256(data).hexdigest()`, or `hashlib.file_digest(f, "sha256")`.',
    fixSafety:
      'Another algorithm gives other digests, so that fix is offered for review. `usedforsecurity=False` changes no digest; it is safe where Python is known to be 3.9 or newer.',
    limits:
      'A digest counts as a check when the same function, or a caller in the same file, compares it with a value whose name or form says what a file has to be. Digests that name or find things are only reported at low confidence. `usedforsecurity=False` and tests are silent.',
    ignoreWhen: 'The publisher gives nothing but MD5, and the file comes over HTTPS from the publisher itself.',
  },
  messages,
  query: python.calls(...WEAK),
  check(call: CallFact, context) {
    const { python: py, text, path } = context;
    const algorithm = algorithmOf(call, py);
    if (algorithm === undefined || isTestFile(path) || argumentOf(call, MARKER) !== undefined) return;
    const other = comparedWith(call, text);
    if (other !== undefined && isExpectation(other, surroundings(call, text))) {
      reportCheck(call, algorithm, /^["']/.test(other), context);
      return;
    }
    if (!call.name.startsWith('hashlib.') || passesUnknown(call)) return;
    const version = context.workspace.python(path);
    const modern = version !== undefined && isBelow(version, '3.9') === false;
    const finding = context.report(call.calleeRange, 'other', { algorithm }).severity('info').confidence('low');
    finding.fix(
      'Say that nothing is protected',
      modern ? 'safe' : 'review',
      edit.setKeyword(text, call.expression, MARKER, 'False'),
      modern ? undefined : 'the keyword needs Python 3.9',
    );
  },
  examples: [
    {
      bad: 'import hashlib\n\ndef check(path, expected):\n    data = open(path, "rb").read()\n    if «hashlib.md5»(data).hexdigest() != expected:\n        raise ValueError(path)\n',
      message: 'verifies',
      good: 'import hashlib\n\ndef check(path, expected):\n    data = open(path, "rb").read()\n    if hashlib.sha256(data).hexdigest() != expected:\n        raise ValueError(path)\n',
    },
    {
      bad: 'from hashlib import sha1 as digest\n\ndef load(path):\n    data = open(path, "rb").read()\n    assert «digest»(data).hexdigest() == "da39a3ee5e6b4b0d3255bfef95601890afd80709"\n    return data\n',
      message: 'verifies',
      good: 'from hashlib import sha256 as digest\n\ndef load(path, sha256):\n    data = open(path, "rb").read()\n    assert digest(data).hexdigest() == sha256\n    return data\n',
      byHand: true,
    },
    {
      bad: 'import hashlib\nname = «hashlib.md5»(url.encode()).hexdigest() + ".json"\n',
      message: 'other',
      good: 'import hashlib\nname = hashlib.md5(url.encode(), usedforsecurity=False).hexdigest() + ".json"\n',
      files: { 'pyproject.toml': '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.10"\n' },
    },
    {
      good: 'import hashlib\n\ndef check(path, expected):\n    return hashlib.sha256(open(path, "rb").read()).hexdigest() == expected\n',
      because: 'no two files with one SHA-256 are known',
    },
    {
      good: 'import hashlib\nkey = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()\n',
      because: 'the program says that it protects nothing',
    },
    { good: 'import hashlib\nh = hashlib.new(name)\n', because: 'the algorithm is not known' },
    { good: 'value = md5(text)\nif value != expected:\n    stop()\n', because: 'nothing says what `md5` is' },
  ],
});

/** Name of a broken algorithm that a call uses. */
function algorithmOf(call: CallFact, py: PythonQuestions): string | undefined {
  const known = DIGEST_CALLS[call.name]?.algorithm;
  if (known !== undefined) return known;
  const name = argumentOf(call, 'name', 0);
  const value = name === undefined ? undefined : py.value(name.value);
  const algorithm = value?.kind === 'string' ? value.value.toLowerCase() : '';
  return BROKEN_DIGESTS.has(algorithm) ? algorithm : undefined;
}

function reportCheck(call: CallFact, algorithm: string, isLiteral: boolean, { report, text }: Context): void {
  const finding = report(call.calleeRange, 'verifies', { algorithm });
  if (isLiteral || call.callee.kind !== 'attribute' || !/^hashlib\.(?:md5|sha1)$/.test(call.name)) return;
  if (text.slice(call.callee.nameRange.start, call.callee.nameRange.end) !== algorithm) return;
  const edits = edit.replace(call.callee.nameRange, 'sha256');
  finding.fix('Use `sha256`', 'review', edits, 'the expected values have to be SHA-256 too');
}
