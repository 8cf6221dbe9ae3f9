import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, python } from '../../engine/index.js';
import { isCharacters, replaced } from './_random-values.js';
import { secretTarget } from './_secret-target.js';

/** Methods that pick from a sequence. */
const PICKS = ['choice', 'choices', 'sample'];
const NUMBERS = ['randint', 'randrange', 'random', 'getrandbits', 'randbytes', 'uniform'];
const NUMPY = ['choice', 'randint', 'random_integers', 'bytes', 'integers', 'random'];
const SOURCES = [
  ...['random', 'random.Random()'].flatMap((base) => [...PICKS, ...NUMBERS].map((name) => `${base}.${name}`)),
  ...['numpy.random', 'numpy.random.default_rng()', 'numpy.random.RandomState()'].flatMap((base) =>
    NUMPY.map((name) => `${base}.${name}`),
  ),
];
/** Programs that make up people, rows and logs. */
const MADE_UP =
  /(?:^|[/_-])(?:fake|faker|synthetic|dummy|mock|seed|simulat)|generat\w*_(?:data|dataset|rows|events|logs|users)|data_?gen/i;
/** Values that often protect nothing: salts of hash tables, numbers of sessions in telemetry. */
const ORDINARY = /(?:salt|nonce|session_?id)s?$/i;
const SESSION = /session_?ids?$/i;

export default defineRule({
  summary: 'A secret is made with a random generator that can be predicted.',
  stages: ['training', 'deployment', 'monitoring'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-330',
    'CWE-338',
    'OWASP-A02:2021',
    'https://docs.python.org/3/library/secrets.html',
    'https://docs.python.org/3/library/random.html',
  ],
  overlaps: ['bandit:B311', 'ruff:S311'],
  docs: {
    why: 'A platform hands out tokens for its notebook servers with `random.choices`, and the training code seeds `random` with 42 for repeatable splits. After a restart the same tokens come out in the same order; without the seed, some hundred outputs are enough to compute the rest.',
    instead:
      'Use `secrets.token_urlsafe()`, `secrets.token_hex()`, `secrets.choice` or, for other methods, `secrets.SystemRandom()`.',
    fixSafety:
      'A seed no longer repeats the value, which a program may rely on, so the fix is offered for review. Distribution and range stay the same.',
    limits:
      'Only a value whose name, key, keyword or function says in the same statement that it is a secret is reported. Picking from a list of existing keys or of words is silent, and so is a token that is not made of characters. In tests and in programs that make up data the level is lower, as it is for salts, session numbers and NumPy.',
    ignoreWhen: 'The value protects nothing, as in made-up accounts for a demonstration.',
  },
  messages: {
    secret: '`{callee}` can be predicted, so `{name}` can be guessed; use the `secrets` module',
  },
  query: python.calls(...SOURCES),
  check(call: CallFact, { report, python: py, text, path }) {
    const method = call.name.slice(call.name.lastIndexOf('.') + 1);
    const picks = PICKS.includes(method);
    const population = picks ? argumentOf(call, undefined, 0) : undefined;
    const characters = population !== undefined && isCharacters(population.value, py);
    if (picks && !characters) return;
    const bits = ['getrandbits', 'randbytes', 'bytes'].includes(method);
    const name = secretTarget(call, text, characters || bits);
    if (name === undefined) return;
    const callee = call.name.replace('()', '');
    const finding = report(call.calleeRange, 'secret', { callee, name: name.slice(0, 30) });
    const madeUp = isTestFile(path) || MADE_UP.test(path) || /^\s*(?:from|import)\s+faker\b/m.test(text);
    if (madeUp || (SESSION.test(name) && !characters)) finding.severity('info');
    else if (ORDINARY.test(name) || call.name.startsWith('numpy.')) finding.severity('warning');
    const edits = replaced(call, method, text);
    finding.fix('Use the `secrets` module', 'review', edits, 'a seed no longer repeats the value');
  },
  examples: [
    {
      bad: 'import random\nimport string\n\napi_key = "".join(«random.choice»(string.ascii_letters) for _ in range(32))\n',
      message: 'secret',
      good: 'import secrets\nimport random\nimport string\n\napi_key = "".join(secrets.choice(string.ascii_letters) for _ in range(32))\n',
    },
    {
      bad: 'import random as rnd\n\ndef otp_for(user):\n    user.otp = «rnd.randint»(100000, 999999)\n',
      message: 'secret',
      good: 'import secrets\nimport random as rnd\n\ndef otp_for(user):\n    user.otp = secrets.SystemRandom().randint(100000, 999999)\n',
    },
    {
      bad: 'import random\n\ndef create_session_token():\n    return "%032x" % «random.getrandbits»(128)\n',
      message: 'secret',
      good: 'import secrets\nimport random\n\ndef create_session_token():\n    return "%032x" % secrets.randbits(128)\n',
    },
    { good: 'import random\nrandom.shuffle(rows)\ntrain = random.sample(rows, 100)\n', because: 'no secret' },
    { good: 'import random\ntoken = random.choice(vocabulary)\n', because: 'a token of a text' },
    { good: 'import random\napi_key = random.choice(api_keys)\n', because: 'the keys exist already' },
    { good: 'import random\nmask_token_id = random.randint(0, size)\n', because: 'the number of a token' },
    {
      good: 'import secrets\nimport string\npassword = "".join(secrets.choice(string.ascii_letters) for _ in range(16))\n',
      because: 'this generator cannot be predicted',
    },
    {
      good: 'import random\nrng = random.SystemRandom()\npassword = rng.choice("abc")\n',
      because: 'the random numbers of the system',
    },
  ],
});
