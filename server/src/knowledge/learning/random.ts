/**
 * Calls of scikit-learn and imbalanced-learn that draw random numbers unless `random_state` is given, by resolved name.
 * https://scikit-learn.org/stable/glossary.html#term-random_state
 */
export const DRAWS_ALWAYS: readonly string[] = [
  'sklearn.model_selection.train_test_split',
  ...within('sklearn.model_selection', 'ShuffleSplit StratifiedShuffleSplit GroupShuffleSplit RandomizedSearchCV'),
  ...within('sklearn.model_selection', 'RepeatedKFold RepeatedStratifiedKFold'),
  ...within(
    'sklearn.ensemble',
    'RandomForestClassifier RandomForestRegressor ExtraTreesClassifier ExtraTreesRegressor',
  ),
  ...within('sklearn.ensemble', 'BaggingClassifier BaggingRegressor IsolationForest'),
  ...within('sklearn.neural_network', 'MLPClassifier MLPRegressor'),
  ...within('sklearn.linear_model', 'SGDClassifier SGDRegressor'),
  ...within('sklearn.cluster', 'KMeans MiniBatchKMeans'),
  ...within('imblearn.over_sampling', 'SMOTE ADASYN BorderlineSMOTE SVMSMOTE KMeansSMOTE SMOTENC RandomOverSampler'),
  ...within('imblearn.under_sampling', 'RandomUnderSampler'),
  ...within('imblearn.combine', 'SMOTEENN SMOTETomek'),
];

/** Draw only with `shuffle=True`. */
export const DRAWS_SHUFFLED: readonly string[] = within(
  'sklearn.model_selection',
  'KFold StratifiedKFold GroupKFold StratifiedGroupKFold',
);

/** Sets the state that draws without a seed of their own take their numbers from. */
export const SEEDS_EVERYTHING =
  /(?:\brandom\.seed|\bset_(?:global_|random_|all_)?seeds?|\bseed_(?:everything|all)|\bmanual_seed(?:_all)?|\bset_determinism|\bfix_(?:random_)?seeds?)\s*\(|\bset_config\(.*random/;

function within(module: string, names: string): string[] {
  return names.split(' ').map((name) => `${module}.${name}`);
}
