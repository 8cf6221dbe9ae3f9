/**
 * What methods of frames and columns give. A method that is listed nowhere gives the same data: renaming, filling, sorting
 * and casting keep every row. https://pandas.pydata.org/docs/reference/frame.html
 */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** A measure, a mask or a shape: no row can be read from it. */
export const MEASURES = words(`
  sum mean std var min max median quantile corr corrwith cov skew kurt kurtosis sem mad count nunique n_unique any all info
  describe summary memory_usage isnull isna notnull notna isin is_in between duplicated is_duplicated is_null is_not_null is_nan
  eq ne lt le gt ge equals idxmin idxmax argmin argmax keys len size contains startswith endswith match fullmatch isnumeric
  isdigit isalpha estimated_size null_count is_unique is_empty prod product approxQuantile freqItems printSchema explain
  get_group_count ngroups num_rows is_monotonic_increasing boxplot hist plot agg_count
`);

/** Attributes that are measures. */
export const MEASURE_ATTRIBUTES = words(
  'shape size ndim dtypes dtype empty index name names height width schema features num_rows num_columns plot style nbytes axes',
);

/** Of those: people look at the result to judge the data. */
export const INSPECTIONS = words(
  'isnull isna notnull notna info describe nunique n_unique null_count is_null duplicated value_counts summary',
);

/** Distinct values: they reveal identifiers, not attributes that many people share. */
export const DISTINCT = words(
  'unique value_counts drop_duplicates_values crosstab pivot_table mode n_largest_values unique_counts categories',
);

/** Give one row or some rows. */
export const ROW_METHODS = words(
  'iterrows itertuples iter_rows rows row to_dicts collect first head1 take toLocalIterator',
);

/** Change the frame they are called on. */
export const IN_PLACE_KEYWORD = 'inplace';

/** Methods of the string, date and category accessors that leave less than the value. */
export const COARSENING = words(
  'year month quarter dayofweek day_name month_name weekday isocalendar total_days len length',
);

/** Accessors: the data stays what it is. */
export const ACCESSORS = words(
  'str dt cat list arr struct values T array sparse na fillna_ stat na_ geo rdd data targets',
);

/** Names of functions that hide values; seen as one word of the name. */
export const PROTECTING_NAME =
  /(?:^|_|\b)(?:hash(?:ed|es|ing|lib)?|hmac|sha\d*|md5|blake2[bs]?|mask(?:ed|ing)?|redact(?:ed|ion)?|anonymi[sz]\w*|pseudonymi[sz]\w*|encrypt\w*|scrub\w*|obfuscat\w*|de_?identif\w*|sanitize_?pii)(?:$|_|\b)/i;

/** Of those: whoever holds the key or the dictionary can go back. */
export const PSEUDONYMISING_NAME = /hash|hmac|sha\d|md5|blake2|pseudonym|encrypt|encode|factorize|uuid/i;

/** Encoders that give each value a number. */
export const ENCODERS =
  /(?:^|\.)(?:LabelEncoder|OrdinalEncoder|TargetEncoder|CountEncoder|HashingEncoder|StringIndexer|FeatureHasher)\(\)\.(?:fit_transform|transform)$/;
