/** What functions outside of frames give when frames are passed to them. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** A measure of their arguments. */
export const MEASURING_FUNCTIONS = words(`
  len any all sum min max bool hash_count isinstance issubclass callable hasattr type id numpy.sum numpy.mean numpy.std numpy.min
  numpy.max numpy.median numpy.unique_count numpy.shape numpy.any numpy.all numpy.isnan numpy.isfinite numpy.isinf numpy.percentile
  numpy.quantile numpy.nanmean numpy.nanmedian numpy.nansum numpy.bincount numpy.corrcoef numpy.count_nonzero numpy.allclose numpy.array_equal
  pandas.isnull pandas.isna pandas.notnull pandas.notna pandas.api.types.is_numeric_dtype pandas.api.types.is_string_dtype collections.Counter
`);

/** Say nothing about their arguments. */
export const TYPE_TESTS = words('isinstance issubclass callable hasattr type id print range');

/** Give what they are given: the same elements in another container. */
export const CONTAINER_FUNCTIONS = words(`
  list tuple set frozenset sorted reversed iter next tqdm.tqdm tqdm.auto.tqdm tqdm.notebook.tqdm tqdm.trange copy.copy copy.deepcopy
  rich.progress.track itertools.chain filter int float round abs
`);

/** Give the text of what they are given. */
export const TEXT_FUNCTIONS = words('str repr format pprint.pformat json.dumps tabulate.tabulate ascii');

/** Split data: one result per part. `parts` results for each positional data argument. */
export const SPLITTERS: ReadonlyMap<string, number> = new Map([
  ['sklearn.model_selection.train_test_split', 2],
  ['sklearn.cross_validation.train_test_split', 2],
  ['dask_ml.model_selection.train_test_split', 2],
  ['cuml.model_selection.train_test_split', 2],
]);

/** Put frames side by side or on top of each other. */
export const COMBINERS = words(`
  pandas.concat pandas.merge pandas.merge_asof pandas.merge_ordered dask.dataframe.concat dask.dataframe.merge polars.concat numpy.concatenate
  numpy.hstack numpy.vstack numpy.column_stack numpy.c_ scipy.sparse.hstack datasets.concatenate_datasets cudf.concat cudf.merge modin.pandas.concat
  modin.pandas.merge pyspark.pandas.concat
`);

/** Bin values: ranges remain, values go. */
export const COARSENING_FUNCTIONS = words(
  'pandas.cut pandas.qcut numpy.digitize numpy.histogram sklearn.preprocessing.KBinsDiscretizer',
);

/** Modules whose functions compute on arrays and keep the rows. */
export const ARRAY_MODULES =
  /^(?:numpy|pandas|polars|pyspark|sklearn|scipy|torch|tensorflow|keras|jax|cupy|cudf|dask|datasets|imblearn|category_encoders|feature_engine|xgboost|lightgbm|catboost|torchvision|pytorch_lightning|lightning|math|itertools|statsmodels|transformers|evaluate|accelerate)\./;

/** Of those, the functions that only put values into another form; all others compute something new. */
export const REARRANGING =
  /\.(?:array|asarray|asanyarray|ascontiguousarray|concatenate|hstack|vstack|dstack|stack|column_stack|c_|r_|append|ravel|reshape|squeeze|expand_dims|transpose|where|nan_to_num|copy|delete|split|array_split|take|sort|unique|flip|tensor|from_numpy|as_tensor|cat|stack|convert_to_tensor|from_tensor_slices|constant|resample|shuffle|clone|to_numeric|to_datetime|Series|melt|notna|DataLoader|Dataset|TensorDataset|Subset|random_split)$/;

/** Results that hold no rows of their arguments: metrics, predictions, plots, explanations. */
export const ROWLESS =
  /^(?:sklearn\.metrics|torchmetrics|matplotlib|seaborn|plotly|shap|lime|sklearn\.inspection|yellowbrick|scipy\.stats|altair|bokeh|missingno|evaluate)\./;
export const ROWLESS_METHODS =
  /^(?:predict\w*|score|decision_function|evaluate|plot\w*|show|savefig|add_\w+|log_\w+|kneighbors|classification_report|get_feature_names_out|hist|scatter|bar|imshow)$/;

/** Calls after which nothing runs. */
export const EXITS = words('sys.exit exit quit os._exit os.abort pytest.fail pytest.skip unittest.TestCase().fail');
