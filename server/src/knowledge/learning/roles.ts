import { ESTIMATOR, PIPELINE, SEARCH, TRANSFORMING } from '../data-frames/estimators.js';

/**
 * What `fit` of an object learns. `labels`: how features relate to the target; `statistics`: means, ranges, components,
 * document frequencies; `vocabulary`: which values occur; `numbering`: numbers for labels; `nothing`: stateless.
 */
export type Learns = 'labels' | 'statistics' | 'vocabulary' | 'numbering' | 'nothing';

export type Role = 'transformer' | 'model' | 'grouping' | 'sampler' | 'splitter' | 'holder' | 'search';

export interface LearnerKind {
  readonly role: Role;
  readonly learns: Learns;
}

const LIBRARIES = /^(?:sklearn|sklearnex|cuml|dask_ml|imblearn|category_encoders|feature_engine)\./;

/** https://scikit-learn.org/stable/api/, https://contrib.scikit-learn.org/category_encoders/ */
const TRANSFORMERS: ReadonlyMap<string, Learns> = new Map([
  ...entries(
    'labels',
    'TargetEncoder CatBoostEncoder LeaveOneOutEncoder WOEEncoder JamesSteinEncoder MEstimateEncoder GLMMEncoder QuantileEncoder SummaryEncoder MeanEncoder',
  ),
  ...entries('labels', 'SelectKBest SelectPercentile SelectFpr SelectFdr SelectFwe GenericUnivariateSelect'),
  ...entries('labels', 'RFE RFECV SelectFromModel SequentialFeatureSelector NeighborhoodComponentsAnalysis'),
  ...entries(
    'statistics',
    'StandardScaler MinMaxScaler MaxAbsScaler RobustScaler QuantileTransformer PowerTransformer',
  ),
  ...entries('statistics', 'KBinsDiscretizer SplineTransformer SimpleImputer KNNImputer IterativeImputer Imputer'),
  ...entries(
    'statistics',
    'PCA IncrementalPCA KernelPCA SparsePCA MiniBatchSparsePCA TruncatedSVD FactorAnalysis FastICA',
  ),
  ...entries('statistics', 'NMF MiniBatchNMF LatentDirichletAllocation DictionaryLearning MiniBatchDictionaryLearning'),
  ...entries('statistics', 'VarianceThreshold TfidfVectorizer TfidfTransformer Nystroem Isomap LocallyLinearEmbedding'),
  ...entries('statistics', 'CountEncoder MeanMedianImputer CategoricalImputer DropConstantFeatures Winsorizer'),
  ...entries('vocabulary', 'CountVectorizer DictVectorizer OneHotEncoder OrdinalEncoder BinaryEncoder BaseNEncoder'),
  ...entries('numbering', 'LabelEncoder LabelBinarizer MultiLabelBinarizer'),
  ...entries('nothing', 'Normalizer Binarizer FunctionTransformer PolynomialFeatures HashingVectorizer FeatureHasher'),
  ...entries('nothing', 'GaussianRandomProjection SparseRandomProjection RBFSampler AdditiveChi2Sampler'),
]);

const HOLDERS: ReadonlySet<string> = new Set(
  'ColumnTransformer make_column_transformer FeatureUnion make_union Pipeline make_pipeline'.split(' '),
);

/** Draw the rows of training and test by themselves. https://scikit-learn.org/stable/api/sklearn.model_selection.html */
const SPLITTERS: ReadonlySet<string> = new Set(
  'KFold StratifiedKFold GroupKFold StratifiedGroupKFold RepeatedKFold RepeatedStratifiedKFold ShuffleSplit StratifiedShuffleSplit GroupShuffleSplit LeaveOneOut LeavePOut LeaveOneGroupOut LeavePGroupsOut TimeSeriesSplit'.split(
    ' ',
  ),
);

/** Learn from rows without a target, or only remember them: a second `fit` is a second use. */
const GROUPING =
  /\.(?:cluster|mixture|semi_supervised)\.|\.(?:NearestNeighbors|LocalOutlierFactor|KernelDensity|IsolationForest|OneClassSVM)$/;
const SAMPLER = /^imblearn\.(?:over_sampling|under_sampling|combine)\./;

/** What the class or factory of a dotted name makes; undefined for what neither learns nor splits. */
export function learnerKind(name: string): LearnerKind | undefined {
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (LIBRARIES.test(name)) {
    if (SAMPLER.test(name)) return /^[A-Z]/.test(last) ? { role: 'sampler', learns: 'nothing' } : undefined;
    const learns = TRANSFORMERS.get(last);
    if (learns !== undefined) return { role: 'transformer', learns };
    if (HOLDERS.has(last) || PIPELINE.test(`${name}()`)) return { role: 'holder', learns: 'nothing' };
    if (SPLITTERS.has(last)) return { role: 'splitter', learns: 'nothing' };
  }
  if (!/^[A-Z]/.test(last)) return undefined;
  if (SEARCH.test(`${name}()`)) return { role: 'search', learns: 'nothing' };
  if (!ESTIMATOR.test(`${name}()`) || TRANSFORMING.test(`${name}()`)) return undefined;
  return { role: GROUPING.test(name) ? 'grouping' : 'model', learns: 'labels' };
}

/** Samplers that only leave rows out: no row can stand on both sides of a later split. */
const LEAVES_OUT = /^imblearn\.under_sampling\./;

export function leavesOut(name: string): boolean {
  return LEAVES_OUT.test(name);
}

function entries(learns: Learns, names: string): [string, Learns][] {
  return names.split(' ').map((name) => [name, learns]);
}
