import { lastSegment } from '../../base/name-pattern.js';
import { NameSet } from '../../base/name-set.js';

/**
 * Calls that bring rows of unknown content into the program.
 * pandas: https://pandas.pydata.org/docs/reference/io.html; polars: https://docs.pola.rs/api/python/stable/reference/io.html;
 * pyspark: https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/io.html;
 * datasets: https://huggingface.co/docs/datasets/loading.
 */
export interface Reader {
  /** Resolved dotted name; `*` is one segment. */
  readonly name: string;
  readonly library: string;
  /** Position of the path or URL. */
  readonly path?: number;
  /** Position of an SQL text. */
  readonly sql?: number;
  /** Keywords that name exactly the columns that are read. */
  readonly columns?: readonly string[];
  /** Keywords that raise when types or columns differ from what they say. */
  readonly schema?: readonly string[];
}

const PANDAS_LIKE = ['pandas', 'modin.pandas', 'dask.dataframe', 'cudf', 'pyspark.pandas', 'databricks.koalas'];
const PANDAS_FILES = 'csv table fwf excel json parquet feather orc hdf pickle sas spss stata xml clipboard'.split(' ');
const PANDAS_QUERIES = 'sql sql_query sql_table gbq'.split(' ');
const POLARS_FILES = 'csv parquet json ndjson excel ipc avro delta ods csv_batched'.split(' ');

export const READERS: readonly Reader[] = [
  ...PANDAS_LIKE.flatMap((module) => [
    ...PANDAS_FILES.map(
      (kind): Reader => ({
        name: `${module}.read_${kind}`,
        library: 'pandas',
        path: 0,
        columns: kind === 'parquet' || kind === 'feather' || kind === 'orc' ? ['columns'] : ['usecols', 'names'],
        schema: ['usecols', 'dtype', 'columns', 'schema'],
      }),
    ),
    ...PANDAS_QUERIES.map(
      (kind): Reader => ({ name: `${module}.read_${kind}`, library: 'pandas', sql: 0, columns: ['columns'] }),
    ),
  ]),
  ...['read', 'scan'].flatMap((verb) =>
    POLARS_FILES.map(
      (kind): Reader => ({
        name: `polars.${verb}_${kind}`,
        library: 'polars',
        path: 0,
        columns: ['columns', 'new_columns'],
        schema: ['columns', 'schema', 'dtypes'],
      }),
    ),
  ),
  { name: 'polars.read_database', library: 'polars', sql: 0 },
  { name: 'polars.read_database_uri', library: 'polars', sql: 0 },
  { name: 'geopandas.read_file', library: 'pandas', path: 0 },
  { name: 'geopandas.read_parquet', library: 'pandas', path: 0, columns: ['columns'] },
  { name: 'awswrangler.s3.*', library: 'pandas', path: 0 },
  { name: 'awswrangler.*.read_sql_query', library: 'pandas', sql: 0 },
  { name: 'pyarrow.csv.read_csv', library: 'pandas', path: 0 },
  { name: 'pyarrow.parquet.read_table', library: 'pandas', path: 0, columns: ['columns'], schema: ['schema'] },
  { name: 'pyarrow.parquet.read_pandas', library: 'pandas', path: 0, columns: ['columns'] },
  { name: 'numpy.loadtxt', library: 'numpy', path: 0, schema: ['dtype'] },
  { name: 'numpy.genfromtxt', library: 'numpy', path: 0 },
  { name: 'csv.reader', library: 'csv' },
  { name: 'csv.DictReader', library: 'csv', columns: ['fieldnames'] },
  { name: 'datasets.Dataset.from_csv', library: 'datasets', path: 0, schema: ['features'] },
  { name: 'datasets.Dataset.from_json', library: 'datasets', path: 0, schema: ['features'] },
  { name: 'datasets.Dataset.from_parquet', library: 'datasets', path: 0, columns: ['columns'], schema: ['features'] },
  { name: 'datasets.Dataset.from_sql', library: 'datasets', sql: 0 },
  {
    name: 'tensorflow.data.experimental.make_csv_dataset',
    library: 'tensorflow',
    path: 0,
    columns: ['select_columns'],
    schema: ['column_defaults'],
  },
  { name: 'tensorflow.data.TFRecordDataset', library: 'tensorflow', path: 0 },
  { name: 'google.cloud.bigquery.Client().query().to_dataframe', library: 'pandas' },
  { name: 'google.cloud.bigquery.Client().query().result().to_dataframe', library: 'pandas' },
  { name: 'feast.FeatureStore().get_historical_features().to_df', library: 'pandas' },
  { name: 'sqlite3.connect().cursor().fetchall', library: 'rows' },
  { name: 'sqlite3.connect().execute().fetchall', library: 'rows' },
  { name: 'psycopg2.connect().cursor().fetchall', library: 'rows' },
  { name: 'snowflake.connector.connect().cursor().fetch_pandas_all', library: 'pandas' },
];

/** The part of awswrangler's `s3` module that reads. */
export const AWSWRANGLER_READ = /^awswrangler\.s3\.read_/;

/** Spark readers by resolved name, and by text where `spark` is given by the platform. */
export const SPARK_READ =
  /^(?:pyspark\..*|spark|sqlContext|sc)\.read(?:\.\w+(?:\(\))?)*\.(?:csv|parquet|json|orc|text|load|table|jdbc)$/;
export const SPARK_TABLE = /^(?:pyspark\..*\.getOrCreate\(\)|spark|sqlContext)\.(?:table|sql)$/;

/** Builders of `datasets.load_dataset` that read files of one's own. */
export const LOCAL_DATASET_BUILDERS: ReadonlySet<string> = new Set([
  'csv',
  'json',
  'parquet',
  'text',
  'arrow',
  'pandas',
  'sql',
  'xml',
]);

/** Calls that make a frame of values in memory: not a source of unknown rows. */
export const FRAME_CONSTRUCTORS: ReadonlyMap<string, string> = new Map([
  ...PANDAS_LIKE.flatMap((module): [string, string][] => [
    [`${module}.DataFrame`, 'pandas'],
    [`${module}.Series`, 'pandas'],
    [`${module}.DataFrame.from_dict`, 'pandas'],
    [`${module}.DataFrame.from_records`, 'pandas'],
    [`${module}.json_normalize`, 'pandas'],
  ]),
  ['geopandas.GeoDataFrame', 'pandas'],
  ['polars.DataFrame', 'polars'],
  ['polars.LazyFrame', 'polars'],
  ['polars.from_dict', 'polars'],
  ['polars.from_dicts', 'polars'],
  ['polars.from_pandas', 'polars'],
  ['datasets.Dataset.from_dict', 'datasets'],
  ['datasets.Dataset.from_pandas', 'datasets'],
  ['datasets.Dataset.from_list', 'datasets'],
  ['pyarrow.Table.from_pandas', 'pandas'],
]);

/** Names an annotation gives to frames. */
export const FRAME_TYPES: ReadonlyMap<string, string> = new Map([
  ...PANDAS_LIKE.map((module): [string, string] => [`${module}.DataFrame()`, 'pandas']),
  ['pandas.core.frame.DataFrame()', 'pandas'],
  ['geopandas.GeoDataFrame()', 'pandas'],
  ['polars.DataFrame()', 'polars'],
  ['polars.LazyFrame()', 'polars'],
  ['pyspark.sql.DataFrame()', 'pyspark'],
  ['pyspark.sql.dataframe.DataFrame()', 'pyspark'],
  ['datasets.Dataset()', 'datasets'],
]);

/** Names people give to frames when they give nothing else away. */
export const FRAME_NAME = /^(?:df\d*|dataframe|data_frame|[a-z]\w*_df\d*|df_\w+)$/i;

/** What these tables end in, and what the platform's readers and the models of a row are called. */
const SOURCE_NAMES = new NameSet([
  ...READERS.map(({ name }) => lastSegment(name)),
  ...['csv', 'excel', 'fwf', 'json', 'orc', 'parquet', 'parquet_table', 'deltalake'].map((kind) => `read_${kind}`),
  ...[...FRAME_CONSTRUCTORS.keys(), ...FRAME_TYPES.keys()].map(lastSegment),
  ...['load_dataset', 'spark', 'sqlContext', 'sc', 'getOrCreate', 'SparkSession', 'SQLContext'],
  ...['BaseModel', 'SQLModel', 'Struct', 'DataFrameModel', 'SchemaModel'],
]);
/** `session.read.csv(…)`: a file is read with `read()`. */
const READ_CHAIN = /[\s\\]*\./y;

/**
 * True when the name at `from … to` of a text can bring data into play: a reader, constructor, frame type or row model of
 * these tables, or a name people give to frames.
 */
export function isSourceName(text: string, from: number, to: number): boolean {
  if (SOURCE_NAMES.at(text, from, to) !== undefined) return true;
  if (to - from === 4 && text.startsWith('read', from)) {
    READ_CHAIN.lastIndex = to;
    return READ_CHAIN.test(text);
  }
  return mayNameFrame(text, from, to) && FRAME_NAME.test(text.slice(from, to));
}

const LETTER_D = 0x64;
const LETTER_F = 0x66;
const CASE = 0x20;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/** What can be told of `FRAME_NAME` by the ends of a name alone. */
function mayNameFrame(text: string, from: number, to: number): boolean {
  const last = text.charCodeAt(to - 1);
  return (
    (text.charCodeAt(from) | CASE) === LETTER_D || (last | CASE) === LETTER_F || (last >= DIGIT_0 && last <= DIGIT_9)
  );
}
