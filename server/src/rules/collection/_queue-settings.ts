import type { TextFact } from '../../engine/index.js';

const PICKLE = /^(?:pickle|application\/x-python-serialize)$/;

/**
 * An assignment to a setting of Celery that is not closed yet: the value, or a list of values, stands behind it. In capitals
 * as Django keeps settings, under the namespace `CELERY`.
 */
const ASSIGNED =
  /^([ \t]*)((?:task|result|event)_serializer|(?:result_)?accept_content|CELERY_(?:(?:TASK|RESULT|EVENT)_SERIALIZER|(?:RESULT_)?ACCEPT_CONTENT))\s*(?::[^=\n]{0,100})?=\s*(?:[[({][^\])}=]{0,400})?["']$/m;

/**
 * The setting of Celery that a text such as `pickle` is given to, where it is an assignment of a module (`celeryconfig.py`,
 * settings of Django) or of a class; undefined for arguments, entries of dicts, and names that may be another program's.
 */
export function pickleSetting(fact: TextFact, path: string, text: string): string | undefined {
  if (fact.escaped || !PICKLE.test(fact.text)) return undefined;
  const above = text.slice(Math.max(0, fact.range.start - 2_000), fact.range.start);
  const [whole, indent = '', name] = ASSIGNED.exec(above.slice(-600)) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  if (!name.startsWith('CELERY_') && !/celery/i.test(path) && !/celery|broker_url/i.test(text)) return undefined;
  return indent === '' || standsInClass(indent, above.slice(0, -whole.length)) ? name : undefined;
}

/** True when what is indented by so much stands directly in a class. */
function standsInClass(indent: string, above: string): boolean {
  const lines = above.split('\n').filter((line) => line.trim() !== '');
  const outer = lines.findLast((line) => (/^[ \t]*/.exec(line)?.[0].length ?? 0) < indent.length);
  return outer !== undefined && /^\s*class\s/.test(outer);
}
