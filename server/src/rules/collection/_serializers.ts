import {
  argumentOf,
  type CallFact,
  type Expression,
  edit,
  type PythonQuestions,
  type StoreFact,
} from '../../engine/index.js';
import { entriesOf, type Option, optionsOf } from './_connection.js';

export const APPS = ['celery.Celery()', 'celery.app.base.Celery()'];
export const SETTINGS = [
  ...['task_serializer', 'result_serializer', 'event_serializer', 'accept_content', 'result_accept_content'],
  ...['CELERY_TASK_SERIALIZER', 'CELERY_RESULT_SERIALIZER', 'CELERY_ACCEPT_CONTENT', 'CELERY_RESULT_ACCEPT_CONTENT'],
];
/** Calls that set several settings at once, as keyword arguments or in a dict. */
export const UPDATES = APPS.flatMap((app) => [
  `${app}.conf.update`,
  `${app}.config_from_object`,
  `${app}.add_defaults`,
]);
/** Calls with a serializer of their own. */
export const SERIALIZING: Readonly<Record<string, readonly string[]>> = Object.fromEntries([
  ...[...APPS.map((app) => `${app}.task`), 'celery.shared_task', '**.apply_async'].map((n) => [n, ['serializer']]),
  ...['Producer', 'Producer().publish', 'Connection().Producer', 'Connection().SimpleQueue'].map((n) => [
    `kombu.${n}`,
    ['serializer'],
  ]),
  ...['kombu.Consumer', 'kombu.Connection().Consumer'].map((n) => [n, ['accept']]),
  ['faust.App', ['value_serializer', 'key_serializer']],
  ['faust.App().topic', ['value_serializer', 'key_serializer']],
]);
export const QUEUES = ['rq.Queue', 'rq.queue.Queue', 'rq.Worker', 'rq.worker.Worker', 'rq.SimpleWorker'];
export const ENCODERS = ['dramatiq.PickleEncoder', 'dramatiq.encoder.PickleEncoder'];
export const SWITCHES = ['kombu.enable_insecure_serializers', 'kombu.serialization.enable_insecure_serializers'];
const RQ_PICKLE = /^(rq\.serializers\.(PickleSerializer|DefaultSerializer)|pickle|cloudpickle|dill)$/;
const PICKLE = /^(pickle|application\/x-python-serialize)$/;

/** Options of a call or store that choose a serializer. */
export function serializersOf(fact: CallFact | StoreFact, py: PythonQuestions): readonly Option[] {
  if (fact.kind === 'store') {
    const name = fact.key ?? fact.name.slice(fact.name.lastIndexOf('.') + 1);
    return SETTINGS.includes(name) ? [{ name, value: fact.value }] : [];
  }
  if (UPDATES.includes(fact.name)) {
    const first = argumentOf(fact, 'obj', 0);
    const all = [...(first === undefined ? [] : entriesOf(first.value, py)), ...optionsOf(fact, py)];
    return all.filter((option) => SETTINGS.includes(option.name));
  }
  const names = SERIALIZING[fact.name] ?? (fact.name.endsWith('.apply_async') ? ['serializer'] : []);
  return optionsOf(fact, py).filter((option) => names.includes(option.name));
}

/** The text that names pickle: the value itself or an item of it. */
export function pickleIn(value: Expression, py: PythonQuestions): Expression | undefined {
  const written = py.definition(value);
  const items = 'items' in written ? written.items : [value];
  return items.find((item) => {
    const known = py.value(item);
    return known.kind === 'string' && PICKLE.test(known.value);
  });
}

export function isPickleSerializer(value: Expression, py: PythonQuestions): boolean {
  const known = py.value(value);
  return (
    (known.kind === 'string' && RQ_PICKLE.test(known.value)) || py.names(value).some((name) => RQ_PICKLE.test(name))
  );
}

/** `"pickle"` becomes `"json"`, or leaves a list that has other items; a tuple of one keeps a comma. */
export function withoutPickle(
  text: string,
  value: Expression,
  item: Expression,
  py: PythonQuestions,
): ReturnType<typeof edit.replace> {
  const written = py.definition(value);
  const items = 'items' in written ? written.items : [];
  const index = items.indexOf(item);
  const previous = items[index - 1];
  const next = items[index + 1];
  const other = previous ?? next;
  if (index < 0 || other === undefined) return edit.replace(py.definition(item).range, edit.quote(text, 'json'));
  const end = items.at(-1)!.range.end;
  const comma = written.kind === 'tuple' && items.length === 2 && !/^\s*,/.test(text.slice(end, end + 20)) ? ',' : '';
  if (previous !== undefined) return edit.replace({ start: previous.range.end, end: item.range.end }, comma);
  return [...edit.replace({ start: item.range.start, end: other.range.start }, ''), ...edit.insert(end, comma)];
}
