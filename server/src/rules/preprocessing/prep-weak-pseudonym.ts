import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, edit, python } from '../../engine/index.js';
import { DIGEST_CALLS } from '../../knowledge/digests.js';
import { surroundings } from './_digest-use.js';
import { handedIn, hashedName, levelOf } from './_hashed-names.js';

const SPARK = ['md5', 'sha1', 'sha2', 'sha', 'xxhash64', 'crc32', 'hash'].map(
  (name) => `pyspark.sql.functions.${name}`,
);
const PANDAS = ['pandas.util.hash_pandas_object', 'pandas.core.util.hashing.hash_pandas_object'];
/** A digest that only spreads rows over groups. */
const BUCKETS = /\b16\s*\)\s*%|from_bytes\([^\n]*%|\)\s*%\s*\w+|\bmod\(/;

export default defineRule({
  summary: 'A personal identifier is hashed without a key, which can be undone.',
  stages: ['preprocessing', 'feature-engineering'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-916',
    'CWE-328',
    'OWASP-ML04:2023',
    'https://eur-lex.europa.eu/eli/reg/2016/679/oj#art_4',
    'https://www.enisa.europa.eu/publications/pseudonymisation-techniques-and-best-practices',
    'https://docs.python.org/3/library/hmac.html',
  ],
  docs: {
    why: 'A bank shares training rows in which each e-mail address is its SHA-256. A partner hashes the addresses of its own customers, joins the two tables, and knows who defaulted; all phone numbers of a country are tried in minutes.',
    instead:
      'Use `hmac.new(key, value, "sha256")` with a secret key that stays with whoever may identify people, or random numbers and a table.',
    fixSafety:
      'All pseudonyms change, and the key has to come from a variable of the environment, so the fix is offered for review.',
    limits:
      'What is hashed is recognised by the name of the column, attribute or variable. Text that is joined with something else, such as a salt, is silent, as are digests that only spread rows over groups. Customer numbers and their like are notes.',
    ignoreWhen: 'Another service prescribes the digest, as Gravatar or advertising platforms do.',
  },
  messages: {
    digest: '`{callee}` of `{name}` can be undone by trying values; use `hmac.new` with a secret key',
  },
  query: python.calls(...Object.keys(DIGEST_CALLS), ...SPARK, ...PANDAS),
  check(call: CallFact, { report, python: py, text, path }) {
    if (['key', 'hash_key', 'salt'].some((name) => argumentOf(call, name) !== undefined)) return;
    const digest = DIGEST_CALLS[call.name];
    const source = argumentOf(call, digest?.argument, digest?.position ?? 0);
    if (source === undefined) return;
    const named = [hashedName(source.value, py), handedIn(call, text)].filter((one) => one !== undefined);
    const name = named.find((one) => levelOf(one) !== undefined);
    const level = name === undefined ? undefined : levelOf(name);
    if (name === undefined || level === undefined) return;
    const { after } = surroundings(call, text);
    if (BUCKETS.test(`${text.slice(call.statement.start, call.statement.end)}\n${after.slice(0, 200)}`)) return;
    if (/gravatar/i.test(text.slice(call.range.start - 600, call.range.end + 600))) return;
    const callee = call.name.split('.').slice(-2).join('.');
    const finding = report(call.calleeRange, 'digest', { callee, name: name.column.slice(0, 30) });
    finding.severity(isTestFile(path) ? 'info' : level);
    if (!/^hashlib\.\w+$/.test(call.name) || call.name === 'hashlib.new' || call.arguments.length !== 1) return;
    if (source.name !== undefined || !/^\.(?:hex)?digest\(\)/.test(text.slice(call.range.end, call.range.end + 12)))
      return;
    const value = text.slice(source.range.start, source.range.end);
    finding.fix(
      'Use a keyed digest',
      'review',
      [
        ...edit.addImport(text, 'import os'),
        ...edit.addImport(text, 'import hmac'),
        ...edit.replace(call.range, `hmac.new(os.environ["PSEUDONYM_KEY"].encode(), ${value}, "sha256")`),
      ],
      'all pseudonyms change, and `PSEUDONYM_KEY` has to hold a secret',
    );
  },
  examples: [
    {
      bad: 'import hashlib\n\ndef pseudonym(row):\n    return «hashlib.sha256»(row["email"].encode()).hexdigest()\n',
      message: 'digest',
      good: 'import os\nimport hmac\nimport hashlib\n\ndef pseudonym(row):\n    return hmac.new(os.environ["PSEUDONYM_KEY"].encode(), row["email"].encode(), "sha256").hexdigest()\n',
    },
    {
      bad: 'import hashlib as h\ndf["id"] = df["phone_number"].map(lambda v: «h.md5»(v.encode()).hexdigest())\n',
      message: 'digest',
      good: 'import os\nimport hmac\nimport hashlib as h\ndf["id"] = df["phone_number"].map(lambda v: hmac.new(os.environ["PSEUDONYM_KEY"].encode(), v.encode(), "sha256").hexdigest())\n',
    },
    {
      bad: 'from pyspark.sql import functions as F\nrows = rows.withColumn("id", «F.sha2»(F.col("email"), 256))\n',
      message: 'digest',
      good: 'from pyspark.sql import functions as F\nrows = rows.withColumn("id", keyed_digest(F.col("email")))\n',
      byHand: true,
    },
    {
      good: 'import hashlib\nimport hmac\ndf["id"] = df["email"].map(lambda v: hmac.new(key, v.encode(), hashlib.sha256).hexdigest())\n',
      because: 'nobody can try values without the key',
    },
    {
      good: 'import hashlib\nkey = hashlib.sha256(document.encode()).hexdigest()\n',
      because: 'nothing says that this is about a person',
    },
    {
      good: 'import hashlib\nbucket = int(hashlib.md5(email.encode()).hexdigest(), 16) % 10\n',
      because: 'the digest only spreads rows over groups',
    },
    {
      good: 'import hashlib\npseudonym = hashlib.sha256((PEPPER + email).encode()).hexdigest()\n',
      because: 'what is put in front may be a secret',
    },
    { good: 'import hashlib\nname = hashlib.sha256(email_template.encode()).hexdigest()\n', because: 'a template' },
  ],
});
