import { type CallFact, defineRule, python, type ReferenceFact } from '../../engine/index.js';
import { MARSHAL_LOADERS } from '../../knowledge/loaders/python.js';
import { originOf, sourceOf } from './_source.js';
import { reportByTier } from './_tiers.js';

export default defineRule({
  summary: 'Data is read with `marshal`.',
  stages: ['data-collection', 'feature-engineering', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'https://docs.python.org/3/library/marshal.html#marshal.load',
  ],
  overlaps: ['bandit:B302', 'ruff:S302'],
  docs: {
    why: 'The format belongs to the interpreter: it holds compiled functions, and its reader trusts what it reads. Feature transforms shipped as marshalled code run whatever their author compiled, and a crafted cache file takes the scoring service down.',
    instead: 'Keep data in JSON, Parquet or Arrow, and ship functions as modules of an installed package.',
    fixSafety: 'There is no automatic fix: the writer has to change its format as well.',
    limits: 'A file that another module of the project writes counts as unknown.',
    ignoreWhen: 'The code reads the compiled modules of its own interpreter, as debuggers and packagers do.',
  },
  messages: {
    unmarshals: '`{callee}` gives compiled code and crashes on crafted data; keep data in JSON or Parquet',
    untrusted: '`{callee}` reads a value from outside ({source}), which can crash the process or bring code',
    reference: '`{callee}` is handed over as a deserializer: crafted messages crash the process or bring code',
  },
  query: [
    python.calls(...MARSHAL_LOADERS.names),
    python.references(...MARSHAL_LOADERS.loaders.filter((loader) => loader.fromBytes === true).map(({ name }) => name)),
  ],
  check(fact: CallFact | ReferenceFact, { report, python: py, path, text }) {
    const callee = fact.name;
    if (fact.kind === 'reference') {
      if (/(deserializer|decoder|loads|converter)\s*[=:]\s*$/.test(text.slice(fact.statement.start, fact.range.start)))
        report(fact.range, 'reference', { callee });
      return;
    }
    const loader = MARSHAL_LOADERS.named(callee);
    const source = loader === undefined ? undefined : sourceOf(fact, loader);
    if (source === undefined || py.names(source).includes('marshal.dumps()')) return;
    const origin = originOf(source, py);
    const finding =
      origin.tier === 'T1'
        ? report(fact.calleeRange, 'untrusted', { callee, source: origin.description })
        : report(fact.calleeRange, 'unmarshals', { callee });
    reportByTier(finding, origin, path);
  },
  examples: [
    {
      bad: 'import marshal\ndef rules(path):\n    with open(path, "rb") as f:\n        return «marshal.load»(f)\n',
      message: 'unmarshals',
      good: 'import json\ndef rules(path):\n    with open(path) as f:\n        return json.load(f)\n',
      byHand: true,
    },
    {
      bad: 'import marshal as m\nimport requests\ntransform = «m.loads»(requests.get(url, timeout=30).content)\n',
      message: 'untrusted',
      good: 'import requests\ntransform = requests.get(url, timeout=30).json()\n',
      byHand: true,
    },
    {
      bad: 'import marshal\nfrom kafka import KafkaConsumer\nrows = KafkaConsumer("features", value_deserializer=«marshal.loads»)\n',
      message: 'reference',
      good: 'import json\nfrom kafka import KafkaConsumer\nrows = KafkaConsumer("features", value_deserializer=json.loads)\n',
      byHand: true,
    },
    { good: 'import marshal\ncode = marshal.loads(marshal.dumps(compiled))\n', because: 'a round trip in memory' },
    { good: 'import marshal\nmarshal.dump(compiled, f)\n', because: 'writing runs nothing' },
    {
      good: 'from flask_marshmallow import marshal\nrow = marshal.load(payload)\n',
      because: 'a schema of another library',
    },
  ],
});
