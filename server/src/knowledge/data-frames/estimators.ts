/**
 * Objects that learn from data, by resolved name of the call that makes them.
 * https://scikit-learn.org/stable/api/, https://keras.io/api/models/, https://spark.apache.org/docs/latest/ml-guide.html
 */
const SKLEARN_MODELS =
  'linear_model ensemble svm tree neighbors naive_bayes neural_network gaussian_process discriminant_analysis cluster mixture isotonic kernel_ridge multiclass multioutput calibration semi_supervised'
    .split(' ')
    .join('|');

export const ESTIMATOR = new RegExp(
  [
    `^(?:sklearn|cuml|sklearnex|dask_ml)\\.(?:${SKLEARN_MODELS})\\.(?:\\w+\\.)?\\w+\\(\\)$`,
    '^(?:xgboost|lightgbm|catboost|ngboost|interpret\\.glassbox|tpot|flaml|autosklearn\\.\\w+|lazypredict\\.\\w+)\\.(?:\\w+\\.)*\\w+\\(\\)$',
    '^imblearn\\.ensemble\\.\\w+\\(\\)$',
    '^(?:tensorflow\\.(?:compat\\.v\\d\\.)?|tf_)?keras\\.(?:models\\.|engine\\.\\w+\\.)?(?:Sequential|Model|load_model)\\(\\)$',
    '^tensorflow\\.estimator\\.\\w+\\(\\)$',
    '^pyspark\\.ml\\.(?:classification|regression|clustering|recommendation|fpm)\\.\\w+\\(\\)$',
    '^surprise\\.(?:\\w+\\.)*\\w+\\(\\)$',
    '^(?:fb)?prophet\\.Prophet\\(\\)$',
    '^autogluon\\.(?:\\w+\\.)*\\w*Predictor\\(\\)$',
    '^h2o\\.(?:estimators|automl)\\.(?:\\w+\\.)*\\w+\\(\\)$',
    '^(?:transformers|trl|setfit|sentence_transformers)\\.(?:\\w+\\.)*\\w*Trainer\\(\\)$',
    '^(?:lightning|pytorch_lightning|lightning\\.pytorch)\\.Trainer\\(\\)$',
    '^statsmodels\\.(?:\\w+\\.)*\\w+\\(\\)$',
    '^pytorch_tabnet\\.(?:\\w+\\.)*\\w+\\(\\)$',
    '^linearmodels\\.(?:\\w+\\.)*\\w+\\(\\)$',
  ].join('|'),
);

/** Classes of those modules that only transform. */
export const TRANSFORMING =
  /\b(?:NeighborhoodComponentsAnalysis|RandomTreesEmbedding|BernoulliRBM|FeatureAgglomeration|KNeighborsTransformer|RadiusNeighborsTransformer|DMatrix|Dataset|Pool|QuantileDMatrix|LazyClassifier_|Reader|add_constant|adfuller|acf|pacf)\(\)$/;

/** Preprocessing: its `fit` learns a mean or a vocabulary, not a model. */
export const PREPROCESSING =
  /^(?:sklearn|cuml|dask_ml|imblearn)\.(?:preprocessing|impute|compose|decomposition|feature_extraction|feature_selection|manifold|random_projection|kernel_approximation|over_sampling|under_sampling|combine)\b|^category_encoders\.|^feature_engine\.|^pyspark\.ml\.feature\./;

/** Holders of other estimators. */
export const PIPELINE =
  /^(?:sklearn|imblearn|cuml)\.pipeline\.(?:Pipeline|make_pipeline)\(\)$|^pyspark\.ml\.Pipeline\(\)$/;
export const SEARCH =
  /^(?:sklearn|dask_ml|cuml)\.model_selection\.\w*(?:Search\w*|TunedThresholdClassifierCV|FixedThresholdClassifier)\(\)$|^skopt\.BayesSearchCV\(\)$|^pyspark\.ml\.tuning\.\w+\(\)$|^sklearn\.compose\.TransformedTargetRegressor\(\)$/;

/** Choose columns. */
export const COLUMN_CHOOSER =
  /^(?:sklearn|cuml)\.compose\.(?:ColumnTransformer|make_column_transformer)\(\)$|^sklearn_pandas\.DataFrameMapper\(\)$/;
export const ASSEMBLER = /^pyspark\.ml\.feature\.VectorAssembler\(\)$/;

/** Methods that train. */
export const TRAIN_METHODS: ReadonlySet<string> = new Set([
  'fit',
  'partial_fit',
  'fit_predict',
  'train',
  'fit_generator',
  'train_on_batch',
  'fit_resample_predict',
]);

/** Functions that train: position and keyword of the data. */
export const TRAIN_FUNCTIONS: ReadonlyMap<string, { readonly position: number; readonly keyword: string }> = new Map([
  ['xgboost.train', { position: 1, keyword: 'dtrain' }],
  ['xgboost.cv', { position: 1, keyword: 'dtrain' }],
  ['lightgbm.train', { position: 1, keyword: 'train_set' }],
  ['lightgbm.cv', { position: 1, keyword: 'train_set' }],
  ['catboost.cv', { position: 0, keyword: 'pool' }],
  ['sklearn.model_selection.cross_val_score', { position: 1, keyword: 'X' }],
  ['sklearn.model_selection.cross_validate', { position: 1, keyword: 'X' }],
  ['sklearn.model_selection.cross_val_predict', { position: 1, keyword: 'X' }],
  ['sklearn.model_selection.learning_curve', { position: 1, keyword: 'X' }],
  ['surprise.model_selection.cross_validate', { position: 1, keyword: 'data' }],
]);

/** Keywords under which training data is passed. */
export const DATA_KEYWORDS: readonly string[] = [
  'X',
  'x',
  'training_frame',
  'train_data',
  'train_dataset',
  'train_dataloaders',
  'dataset',
  'data',
  'df',
];

/** Learn who likes what: user and item numbers are what they are made for. */
export const RECOMMENDER = /^surprise\.|recommend|lightfm|implicit\.|\.ALS\(|spotlight\./;

/** Ways of saying which rows belong together, in pandas-free form. */
export const CONTAINERS_OF_DATA =
  /^(?:xgboost\.(?:Quantile)?DMatrix|lightgbm\.Dataset|catboost\.Pool|h2o\.H2OFrame|surprise\.Dataset\.\w+|torch\.utils\.data\.\w+|torch_geometric\.loader\.\w+)$/;

/** Receivers of `.step()` that move a model's weights. */
export const OPTIMIZER_NAME = /^torch\.optim\.(?:\w+\.)*\w+\(\)$|^transformers\.AdamW\(\)$/;
