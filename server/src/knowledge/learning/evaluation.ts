/**
 * Functions that divide or judge rows, by resolved name.
 * https://scikit-learn.org/stable/api/sklearn.model_selection.html, https://scikit-learn.org/stable/api/sklearn.metrics.html
 */
export const SPLIT_FUNCTIONS =
  /^(?:sklearn|cuml|dask_ml)\.model_selection\.(?:_split\.)?train_test_split$|^cuml\.(?:preprocessing\.)?(?:model_selection\.)?train_test_split$/;

/** Take an estimator, the features and the target, and split by themselves. */
export const CROSS_VALIDATION =
  /^(?:sklearn|cuml|dask_ml)\.model_selection\.(?:cross_val_score|cross_validate|cross_val_predict|learning_curve|validation_curve|permutation_test_score)$/;

/** Metrics that compare predictions with the truth. */
export const METRIC =
  /^(?:sklearn|cuml)\.metrics\.(?:accuracy_score|confusion_matrix|roc_curve|precision_recall_curve|balanced_accuracy_score|f1_score|fbeta_score|precision_score|recall_score|roc_auc_score|average_precision_score|log_loss|brier_score_loss|matthews_corrcoef|cohen_kappa_score|classification_report|jaccard_score|hamming_loss|zero_one_loss|mean_squared_error|root_mean_squared_error|mean_absolute_error|mean_squared_log_error|median_absolute_error|mean_absolute_percentage_error|r2_score|explained_variance_score|d2_\w+|mean_poisson_deviance|mean_gamma_deviance|mean_pinball_loss)$/;

/** `resample(*arrays, replace=True, …)` draws with replacement unless it is told not to. */
export const RESAMPLE = /^sklearn\.utils\.(?:_indexing\.)?resample$/;

/** Functions that give what they are given, in another container: rows stay the same rows. */
export const KEEPS_ROWS =
  /^(?:pandas\.(?:DataFrame|Series|concat|merge|get_dummies|to_numeric|to_datetime|melt|cut|qcut)|numpy\.(?:array|asarray|hstack|vstack|stack|concatenate|column_stack|c_\[\]|r_\[\]|append|nan_to_num|log|log1p|sqrt|exp|reshape|ravel|squeeze|expand_dims|argmax|round|rint|where|clip|abs)|scipy\.sparse\.(?:\w+\.)?(?:hstack|vstack|csr_matrix|csc_matrix)|polars\.(?:DataFrame|concat|from_pandas|from_numpy)|xgboost\.(?:Quantile)?DMatrix|lightgbm\.Dataset|catboost\.Pool)$/;

/** Bring rows into the program. */
export const READS =
  /^(?:pandas|polars|dask\.dataframe|cudf|modin\.pandas|geopandas)\.(?:read_\w+|scan_\w+)$|^sklearn\.datasets\.(?:\w+\.)?(?:load|fetch|make)_\w+$|^numpy\.(?:load|loadtxt|genfromtxt)$|^seaborn\.load_dataset$/;

/** Any sign that a file judges its model on rows kept apart; comments count too (but for ids of rules): they say what is done elsewhere. */
export const HELD_OUT =
  /(?<![a-z])(?:[xy]|df|data)_?train|train_?(?:[xy](?![a-z])|set|data|df|feat|label|idx|ind|test|val)|train\w*\.(?:csv|parquet|json)|(?:shuffle|series|random|data|validation|group)_?split|k_?fold|folds(?![a-z])|cross[_-]?val|searchcv|(?<![a-z])oob|hold[_-]?out|held|unseen|leave[_-]?one|bootstrap|backtest|(?<![a-z])(?:te?st|tests|testing|val|valid|validation|dev|eval(?!-on)|oos|forecast)(?![a-z])/i;

/** Last names of what the tables here and of roles know: other attributes are not worth resolving. */
export const KNOWN_ATTRIBUTE =
  /^(?:[A-Z]|make_|load|fetch_|read_|scan_|train|cross_val|permutation_test|confusion_|hamming|matthews|cohen|mean_\w+_deviance|\w+_(?:curve|score|error|loss|report|loss_score)$|brier|d2_|explained_|log|resample$|clone$|concat|merge$|get_dummies|to_numeric|to_datetime|melt$|q?cut$|a(?:s?array|rray)$|[hv]?stack$|column_stack|append$|nan_to_num|sqrt$|exp|reshape$|ravel$|squeeze$|argmax$|round$|rint$|where$|clip$|abs$|csr_|csc_|from_|genfromtxt|[cr]_$)/;

/** Methods of frames and arrays that keep the rows they have, or some of them, and of those alone. */
export const KEEPS_OWN_ROWS =
  /^(?:drop|dropna|drop_duplicates|drop_nulls|fillna|fill_null|ffill|bfill|interpolate|copy|deepcopy|clone|astype|cast|convert_dtypes|infer_objects|to_numpy|to_pandas|to_frame|to_list|tolist|toarray|todense|tocsr|numpy|values|reset_index|set_index|reindex|sort_values|sort_index|sort|rename|add_prefix|add_suffix|assign|insert|with_columns|select|select_dtypes|filter|get|pop|replace|apply|applymap|map|transform|agg|pipe|eval|join|merge|append|where|mask|clip|round|abs|shift|diff|rolling|ewm|rank|melt|explode|stack|unstack|pivot|transpose|reshape|ravel|flatten|squeeze|swapaxes|isin|notna|str|lower|strip|float|int|long|to|cpu|compute|collect|persist|repartition|set_axis|droplevel|dot)$/;
