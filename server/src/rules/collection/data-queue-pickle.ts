import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  passesUnknown,
  python,
  type StoreFact,
  type TextFact,
  texts,
} from '../../engine/index.js';
import { pickleSetting } from './_queue-settings.js';
import {
  APPS,
  ENCODERS,
  isPickleSerializer,
  pickleIn,
  QUEUES,
  SERIALIZING,
  SETTINGS,
  SWITCHES,
  serializersOf,
  UPDATES,
  withoutPickle,
} from './_serializers.js';

export default defineRule({
  summary: 'A task queue exchanges pickles.',
  stages: ['data-collection', 'training', 'deployment'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML02:2023',
    'OWASP-ML10:2023',
    'https://docs.celeryq.dev/en/stable/userguide/security.html#serializers',
    'https://dramatiq.io/reference.html#dramatiq.PickleEncoder',
    'https://python-rq.org/docs/jobs/',
  ],
  docs: {
    why: 'Workers unpickle whatever lies in the queue. A broker without a password, or one leaked credential of a preprocessing job, is then enough to run code on every training worker that takes a task.',
    instead: 'Send ids and paths as JSON or msgpack, and keep arrays and models in a store that both sides can reach.',
    fixSafety: 'Arguments and results that are no JSON values are refused, so the fix is offered for review.',
    limits:
      'Settings in a module or class of their own (`celeryconfig.py`) are known by their names: in lower case, the file has to speak of Celery. The default of RQ is a hint. `pickle.loads` as a deserializer, or on what a cache returns, belongs to `load-pickle`.',
    ignoreWhen: 'The broker is reached by the workers alone, over TLS and with a password of its own.',
  },
  messages: {
    accepts: '`{option}` takes pickles: whoever can write to the queue runs code in every worker; use `json`',
    encoder: '`{callee}` unpickles every message: whoever can write to the queue runs code in every worker',
    byDefault: '`{callee}` unpickles every job by default: whoever can write to Redis runs code; pass `JSONSerializer`',
    insecure: '`{callee}` lets every queue of this process take pickles: whoever can write to one runs code',
  },
  words: ['serializer', 'accept', 'pickle', 'x-python-serialize', 'rq', 'dramatiq', 'kombu'],
  query: [
    texts.any(),
    python.calls(...UPDATES, ...Object.keys(SERIALIZING), ...QUEUES, ...ENCODERS, ...SWITCHES),
    python.stores(...APPS.flatMap((app) => [...SETTINGS.map((name) => `${app}.conf.${name}`), `${app}.conf[]`])),
  ],
  check(fact: CallFact | StoreFact | TextFact, { report, python: py, path, text, language }) {
    const level = isTestFile(path) ? 'info' : 'error';
    if (fact.kind === 'text') {
      const option = language === 'python' ? pickleSetting(fact, path, text) : undefined;
      if (option === undefined) return;
      const finding = report(fact.range, 'accepts', { option }).severity(level);
      finding.fix(
        'Use `json`',
        'review',
        edit.replace(fact.range, 'json'),
        'arguments and results have to be JSON values',
      );
      return;
    }
    for (const { name, value } of serializersOf(fact, py)) {
      const item = pickleIn(value, py);
      if (item === undefined) continue;
      const finding = report(item.range, 'accepts', { option: name }).severity(level);
      const edits = withoutPickle(text, value, item, py);
      finding.fix('Use `json`', 'review', edits, 'arguments and results have to be JSON values');
    }
    if (fact.kind === 'store') return;
    const callee = fact.name.slice(fact.name.lastIndexOf('.') + 1);
    if (ENCODERS.includes(fact.name)) {
      const finding = report(fact.calleeRange, 'encoder', { callee }).severity(level);
      if (fact.callee.kind === 'attribute') {
        const edits = edit.replace(fact.callee.nameRange, 'JSONEncoder');
        finding.fix('Use `JSONEncoder`', 'review', edits, 'messages have to be JSON values');
      }
      return;
    }
    if (SWITCHES.includes(fact.name)) {
      const choices = argumentOf(fact, 'choices', 0);
      const isHarmless = choices !== undefined && pickleIn(choices.value, py) === undefined;
      if (!isHarmless) report(fact.calleeRange, 'insecure', { callee }).severity(level);
      return;
    }
    if (!QUEUES.includes(fact.name) || passesUnknown(fact)) return;
    const serializer = argumentOf(fact, 'serializer');
    const json = edit.setKeyword(
      text,
      fact.expression,
      'serializer',
      edit.quote(text, 'rq.serializers.JSONSerializer'),
    );
    const isNone = serializer !== undefined && py.value(serializer.value).kind === 'none';
    const isPickle = serializer !== undefined && isPickleSerializer(serializer.value, py);
    if (serializer !== undefined && !isNone && !isPickle) return;
    const finding = isPickle
      ? report(serializer!.value.range, 'accepts', { option: 'serializer' }).severity(level)
      : report(fact.calleeRange, 'byDefault', { callee }).severity('info');
    finding.fix('Use `JSONSerializer`', 'review', json, 'queue and worker need the same one, and jobs JSON arguments');
  },
  examples: [
    {
      bad: 'from celery import Celery\napp = Celery("train")\napp.conf.update(task_serializer=«"pickle"»)\n',
      message: 'accepts',
      good: 'from celery import Celery\napp = Celery("train")\napp.conf.update(task_serializer="json")\n',
    },
    {
      bad: 'import celery\napp = celery.Celery("train")\napp.conf.accept_content = ["json", «"pickle"»]\n',
      message: 'accepts',
      good: 'import celery\napp = celery.Celery("train")\napp.conf.accept_content = ["json"]\n',
    },
    {
      bad: 'from celery import Celery\napp = Celery("train")\napp.conf.update(accept_content=(«"pickle"», "json"))\n',
      message: 'accepts',
      good: 'from celery import Celery\napp = Celery("train")\napp.conf.update(accept_content=("json",))\n',
    },
    {
      bad: 'import dramatiq as d\nd.set_encoder(«d.PickleEncoder»())\n',
      message: 'encoder',
      good: 'import dramatiq as d\nd.set_encoder(d.JSONEncoder())\n',
    },
    {
      bad: 'from rq import Queue\njobs = «Queue»("train", connection=redis)\n',
      message: 'byDefault',
      good: 'from rq import Queue\njobs = Queue("train", connection=redis, serializer="rq.serializers.JSONSerializer")\n',
    },
    {
      bad: 'from kombu.serialization import enable_insecure_serializers as allow\n«allow»()\n',
      message: 'insecure',
      good: '',
      byHand: true,
    },
    {
      good: 'from celery import Celery\napp = Celery("train")\napp.conf.update(task_serializer="json", accept_content=["json"])\n',
      because: 'JSON only',
    },
    { good: 'from celery import Celery\napp = Celery("train")\n', because: 'JSON has been the default since Celery 4' },
    {
      good: 'from rq import Queue\nfrom rq.serializers import JSONSerializer\njobs = Queue("train", serializer=JSONSerializer)\n',
      because: 'jobs are JSON',
    },
    {
      good: 'from celery import Celery\napp = Celery("train")\napp.conf.task_serializer = settings.serializer\n',
      because: 'the serializer is not known',
    },
    { good: 'cache.update(task_serializer="pickle")\n', because: 'nothing says that this is a task queue' },
  ],
});
