import type { Range } from '../../base/range.js';
import type { Expression } from '../../facts/python/expression.js';
import { LOG_METHODS, LOGGER_NAMES, LOGGER_VARIABLES, LOGGERS, PRINTERS } from '../../knowledge/data-frames/logging.js';
import { dataIn, type Value } from './abstract-value.js';
import type { Evaluation } from './analysis.js';
import type { CallSite } from './call-site.js';
import type { Data } from './data.js';
import type { PersonalColumn } from './event.js';
import { personalColumns } from './personal.js';
import { argumentShape, trailOf } from './reporting.js';
import type { State } from './state.js';

/** Reports a call that shows or logs rows. */
export function logCall(site: CallSite, names: readonly string[]): void {
  const name = logName(site, names);
  if (name === undefined) return;
  const shown = site.call.arguments.flatMap((argument, i) => shownIn(argument.value, site.values[i]));
  reportShown(site.e, site.state, name, site.nameRange, shown);
}

/** Resolved name of a sink; undefined for other calls. */
function logName(site: CallSite, names: readonly string[]): string | undefined {
  const listed = names.find((name) => PRINTERS.has(name) || LOGGERS.has(name));
  if (listed !== undefined) return listed;
  const { callee } = site.call;
  if (callee.kind !== 'attribute' || !LOG_METHODS.has(callee.name)) return undefined;
  const known = names.find((name) => LOGGER_NAMES.test(name.slice(0, name.length - callee.name.length - 1)));
  if (known !== undefined) return known;
  const { object } = callee;
  const word = object.kind === 'name' || object.kind === 'attribute' ? object.name : '';
  return names.length === 0 && LOGGER_VARIABLES.test(word) ? `${word}.${callee.name}` : undefined;
}

interface Shown {
  readonly data: Data;
  readonly range: Range;
}

function shownIn(expression: Expression, value: Value | undefined): readonly Shown[] {
  return dataIn(value)
    .filter((data) => data.shape !== 'fact' && data.shape !== 'groups' && data.shape !== 'writer')
    .map((data) => ({ data, range: expression.range }));
}

/** `raise ValueError(f"bad row {row}")`: the traceback goes where logs go. */
export function reportRaised(e: Evaluation, raised: Expression, state: State): void {
  e.evaluate(raised, state);
  if (raised.kind !== 'call') return;
  const shown = raised.arguments.flatMap((argument) => shownIn(argument.value, e.evaluate(argument.value, state)));
  reportShown(e, state, 'raise', raised.callee.range, shown);
}

/** Reports what is shown, if it holds personal data. */
export function reportShown(e: Evaluation, state: State, name: string, range: Range, shown: readonly Shown[]): void {
  const columns = new Map<string, PersonalColumn>();
  let first: Shown | undefined;
  for (const entry of shown) {
    for (const column of personalColumns(entry.data)) {
      first ??= entry;
      columns.set(column.name, column);
    }
  }
  if (first === undefined) return;
  const { data } = first;
  const found = [...columns.values()];
  e.analysis.record({
    kind: 'log',
    name,
    range,
    statement: state.activation.statement,
    columns: found,
    reads: e.analysis.readsOf(data.origins, state),
    encrypted: false,
    target: undefined,
    confidence: data.guesses === 0 ? 0.9 : data.library === 'record' ? 0.6 : 0.5,
    argument: { range: first.range, shape: argumentShape(data) },
    trail: trailOf(e.analysis, data, found),
  });
}
