import { type CallFact, defineRule, python, type ReferenceFact } from '../../engine/index.js';
import { PICKLE_LOADERS } from '../../knowledge/loaders/python.js';
import { sourceOf } from './_source.js';
import { reportByTier } from './_tiers.js';

export default defineRule({
  summary: 'Data is unpickled.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'OWASP-ML10:2023',
    'AML.T0011.000',
    'https://docs.python.org/3/library/pickle.html',
  ],
  overlaps: ['bandit:B301', 'ruff:S301'],
  docs: {
    why: "A pickle is a program for a small machine that may call any function. A model or feature file that somebody swapped in a bucket, a cache or a pull request runs its author's code when it is read.",
    instead:
      'Keep data in JSON, Parquet or Arrow and weights in safetensors; models of scikit-learn in skops. Where a pickle is unavoidable, read it with an `Unpickler` whose `find_class` allows a short list.',
    fixSafety: 'There is no automatic fix: the writer has to change its format as well.',
    limits: 'A file that another module of the project writes counts as unknown.',
    ignoreWhen: 'The file is written by the same job and never leaves its machine.',
  },
  messages: {
    unpickles: '`{callee}` runs code stored in the data it reads; use a format that holds only data',
    untrusted: '`{callee}` reads a value from outside ({source}): whoever supplies it runs code here',
    reference: '`{callee}` is handed over as a deserializer: every message it gets can run code',
  },
  query: [
    python.calls(...PICKLE_LOADERS.names),
    python.references(
      ...PICKLE_LOADERS.loaders.filter((loader) => loader.fromBytes === true).map((loader) => loader.name),
    ),
  ],
  check(fact: CallFact | ReferenceFact, { report, python: py, path, text }) {
    const callee = fact.name.replace('()', '');
    if (fact.kind === 'reference') {
      if (isHandedOver(fact, text)) report(fact.range, 'reference', { callee });
      return;
    }
    const loader = PICKLE_LOADERS.named(fact.name);
    if (loader === undefined) return;
    const source = sourceOf(fact, loader);
    if (source === undefined) return;
    if (py.names(source).some((name) => /(^|\.)dumps\(\)$/.test(name))) return;
    const origin = py.origin(source);
    const finding =
      origin.tier === 'T1'
        ? report(fact.calleeRange, 'untrusted', { callee, source: origin.description })
        : report(fact.calleeRange, 'unpickles', { callee });
    reportByTier(finding, origin, path);
  },
  examples: [
    {
      bad: 'import pickle\nwith open(path, "rb") as f:\n    model = «pickle.load»(f)\n',
      message: 'unpickles',
      good: 'from safetensors.torch import load_file\nmodel = load_file(path)\n',
      byHand: true,
    },
    {
      bad: 'import pickle\nimport requests\nmodel = «pickle.loads»(requests.get(url, timeout=30).content)\n',
      message: 'untrusted',
      good: 'import requests\nmodel = requests.get(url, timeout=30).json()\n',
      byHand: true,
    },
    {
      bad: 'import pickle\nfrom kafka import KafkaConsumer\nconsumer = KafkaConsumer("features", value_deserializer=«pickle.loads»)\n',
      message: 'reference',
      good: 'import json\nfrom kafka import KafkaConsumer\nconsumer = KafkaConsumer("features", value_deserializer=json.loads)\n',
      byHand: true,
    },
    {
      bad: 'from dill import load as read\nmodel = «read»(open(path, "rb"))\n',
      message: 'unpickles',
      good: 'import json\nmodel = json.load(open(path))\n',
      byHand: true,
    },
    { good: 'import pickle\ncopy = pickle.loads(pickle.dumps(model))\n', because: 'a round trip in memory' },
    {
      good: 'import pickle\nclass Safe(pickle.Unpickler):\n    def find_class(self, module, name):\n        raise pickle.UnpicklingError(name)\n\nmodel = Safe(f).load()\n',
      because: 'an unpickler that restricts what may be called',
    },
    {
      good: 'import cloudpickle\nclass Wrapped:\n    def __reduce__(self):\n        return cloudpickle.loads, (cloudpickle.dumps(self.f),)\n',
      because: 'the loader of its own bytes, named for the pickle protocol',
    },
    { good: 'import json as pickle\nmodel = pickle.load(f)\n', because: 'the name stands for another library' },
    {
      good: 'import pickle\nwith open("m.pkl", "wb") as f:\n    pickle.dump(model, f)\n',
      because: 'writing runs nothing',
    },
  ],
});

/** True for an argument or a value in a dict; an alias is followed to its calls, and `__reduce__` returns its own loader. */
function isHandedOver(fact: ReferenceFact, text: string): boolean {
  const before = text.slice(fact.statement.start, fact.range.start);
  return /[(,:=]\s*$/.test(before) && !/^\s*[\w.]+\s*(:[^=]*)?=\s*$/.test(before) && !/^\s*return\b/.test(before);
}
