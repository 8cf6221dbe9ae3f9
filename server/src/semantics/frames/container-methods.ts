import type { Expression } from '../../facts/python/expression.js';
import {
  type Dictionary,
  elementOf,
  joinValues,
  type Sequence,
  sequence,
  textOf,
  type Value,
} from './abstract-value.js';
import type { CallSite } from './call-site.js';
import { factOf, minusNames, type Names, newNames, plusNames } from './data.js';
import { logCall } from './logs.js';
import { originsOfAll } from './selection.js';

type Callee = Expression & { kind: 'attribute' };

/** Methods of lists, dictionaries, strings and column lists. */
export function containerMethod(
  site: CallSite,
  callee: Callee,
  receiver: Names | Sequence | Dictionary,
): Value | undefined {
  switch (receiver.kind) {
    case 'names':
      return namesMethod(site, callee, receiver);
    case 'sequence':
      return sequenceMethod(site, callee, receiver);
    case 'dictionary':
      return dictionaryMethod(site, callee.name, receiver);
  }
}

/** Names a variable or a field for what a method changed in place. */
function rebind(site: CallSite, callee: Callee, value: Value): void {
  if (callee.object.kind === 'name' || callee.object.kind === 'attribute')
    site.e.assign(callee.object, value, undefined, site.state);
}

function namesMethod(site: CallSite, callee: Callee, names: Names): Value | undefined {
  const [argument] = site.positional;
  const other = argument?.kind === 'names' ? argument : undefined;
  const unknown = newNames([], { extent: 'some', origins: names.origins });
  switch (callee.name) {
    case 'drop':
    case 'difference':
    case 'delete':
      return other === undefined ? unknown : minusNames(names, other);
    case 'remove':
    case 'discard':
      rebind(site, callee, other === undefined ? unknown : { ...minusNames(names, other) });
      return undefined;
    case 'append':
    case 'add':
    case 'extend':
    case 'update':
      rebind(site, callee, {
        ...(other === undefined ? plusNames(names, unknown) : plusNames(names, other)),
        single: false,
      });
      return undefined;
    case 'union':
      return other === undefined ? unknown : { ...plusNames(names, other), single: false };
    case 'tolist':
    case 'to_list':
    case 'copy':
      return { ...names };
    case 'issubset':
    case 'issuperset':
    case 'equals':
    case 'isdisjoint':
      return factOf(originsOfAll([names, ...site.values]));
    case 'format':
    case 'join':
      return textOf(site.values);
    case 'split':
      return splitText(names);
  }
  if (names.single) logCall(site, []);
  return names.origins.size > 0 ? factOf(names.origins) : undefined;
}

/** `"age sex fare".split()`. */
function splitText(names: Names): Names | undefined {
  const [[text, range]] = names.known.size === 1 ? [...names.known] : [[undefined, undefined]];
  if (text === undefined || !names.single) return undefined;
  return newNames(
    text
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((name) => [name, range] as const),
  );
}

function sequenceMethod(site: CallSite, callee: Callee, list: Sequence): Value | undefined {
  switch (callee.name) {
    case 'append':
    case 'add':
      rebind(site, callee, sequence(list.items, joinValues(list.rest, site.positional[0])));
      return undefined;
    case 'extend':
      rebind(site, callee, sequence(list.items, joinValues(list.rest, elementOf(site.positional[0]))));
      return undefined;
    case 'pop':
      return elementOf(list);
    case 'copy':
      return list;
  }
  return undefined;
}

function dictionaryMethod(site: CallSite, method: string, dictionary: Dictionary): Value | undefined {
  const all = [...dictionary.entries.values(), dictionary.rest].reduce(joinValues, undefined);
  switch (method) {
    case 'items':
      return sequence([], sequence([undefined, all]));
    case 'values':
      return sequence([], all);
    case 'keys':
      return elementOf(dictionary);
    case 'get':
    case 'pop': {
      const key = site.names(undefined, 0);
      const [name] = key?.known.keys() ?? [];
      return name === undefined ? all : (dictionary.entries.get(name) ?? dictionary.rest);
    }
    case 'copy':
      return dictionary;
  }
  return undefined;
}
