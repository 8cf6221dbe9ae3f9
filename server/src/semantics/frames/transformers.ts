import { ASSEMBLER, COLUMN_CHOOSER, PIPELINE, SEARCH } from '../../knowledge/data-frames/estimators.js';
import type { Sequence, Thing, Value } from './abstract-value.js';
import type { CallSite } from './call-site.js';
import { type Data, type Names, newNames, plusNames, selectColumns } from './data.js';

const FORGETTING = /\.(?:decomposition|feature_extraction|manifold|random_projection|feature_selection|cluster)\./;
const MAX_DEPTH = 4;

/** Which columns a transformer that is being made passes on; undefined when it passes all. */
export function choices(site: CallSite, made: readonly string[]): Thing['selects'] {
  if (made.some((name) => ASSEMBLER.test(name))) {
    const listed = site.names('inputCols');
    return listed?.extent === 'exact' ? listed : 'unknown';
  }
  if (!made.some((name) => COLUMN_CHOOSER.test(name))) return undefined;
  if (site.text('remainder') === 'passthrough') return undefined;
  const listed = site.value('transformers', 0);
  const steps: readonly (Value | undefined)[] =
    listed?.kind === 'sequence' && listed.items.some((item) => item?.kind === 'sequence')
      ? listed.items
      : site.positional;
  return steps.reduce<Names | 'unknown'>((all, step) => {
    const columns = step?.kind === 'sequence' ? columnsOfStep(step) : undefined;
    return all === 'unknown' || columns === undefined ? 'unknown' : plusNames(all, columns);
  }, newNames([]));
}

/** `("scale", StandardScaler(), ["age", "fare"])` or `(StandardScaler(), ["age"])`. */
function columnsOfStep(step: Sequence): Names | undefined {
  const last = step.items[step.items.length - 1];
  if (step.items.length < 2 || last?.kind !== 'names' || last.extent !== 'exact') return undefined;
  const dropped = step.items[step.items.length - 2];
  return dropped?.kind === 'names' && dropped.known.has('drop') ? newNames([]) : last;
}

/** The columns that reach the model inside a pipeline or a search. */
export function selectsOf(thing: Thing, depth = 0): Thing['selects'] {
  if (thing.selects !== undefined || depth > MAX_DEPTH) return thing.selects;
  if (!thing.names.some((name) => PIPELINE.test(name) || SEARCH.test(name))) return undefined;
  for (const part of thing.parts) {
    const selected = part === undefined ? 'unknown' : selectsOf(part, depth + 1);
    if (selected !== undefined) return selected;
  }
  return thing.parts.length === 0 ? 'unknown' : undefined;
}

/** `transformer.transform(data)`. */
export function transformed(site: CallSite, transformer: Thing, data: Data | undefined): Data | undefined {
  if (data === undefined || data.shape === 'fact') return data;
  const selects = selectsOf(transformer);
  const blank = { ...data, shape: 'array', columns: new Map(), dropped: new Set<string>(), open: true } as const;
  if (selects === 'unknown' || transformer.names.some((name) => FORGETTING.test(name))) return blank;
  if (selects !== undefined)
    return { ...selectColumns(data, selects), shape: data.library === 'pyspark' ? 'frame' : 'array' };
  return site.lastName === 'inverse_transform'
    ? blank
    : { ...data, shape: data.library === 'pyspark' ? data.shape : 'array' };
}
