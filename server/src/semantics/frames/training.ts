import type { Argument } from '../../facts/python/expression.js';
import {
  DATA_KEYWORDS,
  ESTIMATOR,
  OPTIMIZER_NAME,
  PIPELINE,
  PREPROCESSING,
  RECOMMENDER,
  SEARCH,
  TRAIN_FUNCTIONS,
  TRAIN_METHODS,
  TRANSFORMING,
} from '../../knowledge/data-frames/estimators.js';
import { mergedData, newThing, type Thing, type Value } from './abstract-value.js';
import type { CallSite } from './call-site.js';
import { type Data, selectColumns } from './data.js';
import type { PersonalColumn } from './event.js';
import { personalColumns } from './personal.js';
import { argumentShape, certainty, trailOf } from './reporting.js';
import { selectsOf } from './transformers.js';

/** Reports a call that trains a model; what the call gives, or undefined when it trains nothing. */
export function train(site: CallSite, names: readonly string[], receiver: Thing | undefined): Value | undefined {
  const listed = names.map((name) => TRAIN_FUNCTIONS.get(name)).find((entry) => entry !== undefined);
  if (listed !== undefined) {
    const argument = site.argument(listed.keyword, listed.position);
    const [estimator] = site.positional;
    reportFit(
      site,
      names[0]!,
      argument,
      mergedData([site.valueOf(argument)]),
      estimator?.kind === 'thing' ? estimator : undefined,
    );
    return newThing([`${names[0]!}()`]);
  }
  if (stepsWeights(site, names)) {
    const loop = site.state.activation.loops.findLast((value) => value.kind === 'data');
    if (loop?.kind === 'data') reportFit(site, names[0] ?? 'torch.optim.Optimizer().step', undefined, loop, undefined);
    return undefined;
  }
  if (!TRAIN_METHODS.has(site.lastName)) return undefined;
  const model = receiver ?? newThing([...new Set(names.map((name) => name.replace(/\.\w+$/, '')))]);
  if (!learns(model)) return undefined;
  const argument = dataArgument(site);
  const data = mergedData([site.valueOf(argument)]) ?? site.data ?? mergedData(model.data);
  reportFit(site, names[0]!, argument, data, model);
  return site.lastName === 'fit_predict' ? newThing([]) : { ...model, data: [] };
}

function stepsWeights(site: CallSite, names: readonly string[]): boolean {
  if (site.lastName !== 'step' || site.call.callee.kind !== 'attribute') return false;
  if (names.some((name) => OPTIMIZER_NAME.test(name.replace(/\.step$/, '')))) return true;
  const { object } = site.call.callee;
  const word = object.kind === 'name' || object.kind === 'attribute' ? object.name : '';
  return names.length === 0 && /^(?:optim|optimizer|opt)$/.test(word);
}

/** True for models, and for pipelines and searches that end in one or may. */
function learns(model: Thing): boolean {
  if (model.names.some((name) => PREPROCESSING.test(name) || TRANSFORMING.test(name))) return false;
  if (model.names.some((name) => PIPELINE.test(name))) {
    const last = model.parts[model.parts.length - 1];
    return last === undefined || learns(last);
  }
  return model.names.some((name) => ESTIMATOR.test(name) || SEARCH.test(name));
}

function dataArgument(site: CallSite): Argument | undefined {
  for (const keyword of DATA_KEYWORDS) {
    const argument = site.argument(keyword);
    if (argument !== undefined) return argument;
  }
  return site.argument(undefined, 0);
}

function reportFit(
  site: CallSite,
  name: string,
  argument: Argument | undefined,
  data: Data | undefined,
  model: Thing | undefined,
): void {
  if (data === undefined || data.shape === 'fact') return;
  const columns = featureColumns(site, name, data, model);
  if (columns.length === 0 && data.origins.size === 0) return;
  const { analysis } = site.e;
  analysis.record({
    kind: 'fit',
    name,
    range: site.nameRange,
    statement: site.state.activation.statement,
    columns,
    reads: analysis.readsOf(data.origins, site.state),
    encrypted: false,
    target: undefined,
    confidence: certainty(site, data),
    argument: argument === undefined ? undefined : { range: argument.value.range, shape: argumentShape(data) },
    dropList: data.dropList,
    trail: trailOf(site.e.analysis, data, columns),
  });
}

/** Personal columns that are known to be among the features. */
function featureColumns(site: CallSite, name: string, data: Data, model: Thing | undefined): readonly PersonalColumn[] {
  if (RECOMMENDER.test(name) || model?.names.some((known) => RECOMMENDER.test(known))) return [];
  const listed = site.names('x');
  const selects = listed !== undefined && !listed.single ? listed : model === undefined ? undefined : selectsOf(model);
  if (selects === 'unknown') return [];
  const features = selects === undefined ? data : selectColumns(data, selects);
  const uncertain = features.open && (features.dropped.size === 0 || features.library === 'pyspark');
  return uncertain ? [] : personalColumns(features);
}
