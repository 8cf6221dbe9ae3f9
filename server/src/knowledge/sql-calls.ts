/** How a driver writes the place of a bound value (PEP 249), or SQLAlchemy's `text`. */
export type PlaceholderStyle = '?' | '%s' | ':name';

/** A call that runs or prepares an SQL text. */
export interface SqlCall {
  /** Resolved dotted name. */
  readonly name: string;
  readonly argument: string | undefined;
  readonly position: number | undefined;
  /** Where values are bound: the second argument of DB-API calls, `bindparams` of a SQLAlchemy text. */
  readonly style?: PlaceholderStyle;
  /** The connection that decides the style of a reader of data frames. */
  readonly connection?: { readonly argument: string; readonly position: number };
}

/** Modules that follow the DB-API, with the `paramstyle` they document. */
const DRIVERS: readonly (readonly [module: string, style: PlaceholderStyle | undefined])[] = [
  ['sqlite3', '?'],
  ['aiosqlite', '?'],
  ['pyodbc', '?'],
  ['duckdb', '?'],
  ['trino.dbapi', '?'],
  ['psycopg2', '%s'],
  ['psycopg', '%s'],
  ['psycopg.AsyncConnection', '%s'],
  ['pymysql', '%s'],
  ['MySQLdb', '%s'],
  ['mysql.connector', '%s'],
  ['pymssql', '%s'],
  ['snowflake.connector', '%s'],
  ['redshift_connector', '%s'],
  ['cx_Oracle', undefined],
  ['oracledb', undefined],
  ['prestodb.dbapi', undefined],
  ['pyhive.hive', undefined],
  ['pyhive.presto', undefined],
  ['impala.dbapi', undefined],
  ['databricks.sql', undefined],
  ['teradatasql', undefined],
  ['vertica_python', undefined],
  ['jaydebeapi', undefined],
  ['ibm_db_dbi', undefined],
];

const ENGINES = ['create_engine()', 'create_async_engine()', 'ext.asyncio.create_async_engine()'].map(
  (maker) => `sqlalchemy.${maker}`,
);
const SESSIONS = ['orm.Session()', 'orm.sessionmaker()()', 'orm.scoped_session()()', 'ext.asyncio.AsyncSession()'].map(
  (maker) => `sqlalchemy.${maker}`,
);

const call = (argument: string | undefined, position: number | undefined, ...names: string[]): SqlCall[] =>
  names.map((name) => ({ name, argument, position }));

const reader = (argument: string, connection: string, ...names: string[]): SqlCall[] =>
  names.map((name) => ({ name, argument, position: 0, connection: { argument: connection, position: 1 } }));

/** Calls whose text a database runs. */
export const SQL_CALLS: readonly SqlCall[] = [
  ...DRIVERS.flatMap(([module, style]) =>
    ['connect()', 'connect().cursor()'].flatMap((base) =>
      ['execute', 'executemany', 'executescript'].map(
        (method): SqlCall => ({
          name: `${module}.${base}.${method}`,
          argument: undefined,
          position: 0,
          ...(style === undefined || method !== 'execute' ? {} : { style }),
        }),
      ),
    ),
  ),
  ...call('query', 0, 'asyncpg.connect().execute', 'asyncpg.connect().fetch', 'asyncpg.connect().fetchrow'),
  ...call('query', 0, 'duckdb.sql', 'duckdb.query', 'duckdb.execute', 'duckdb.connect().sql', 'duckdb.connect().query'),
  { name: 'sqlalchemy.text', argument: 'text', position: 0, style: ':name' },
  { name: 'sqlalchemy.sql.text', argument: 'text', position: 0, style: ':name' },
  { name: 'sqlalchemy.sql.expression.text', argument: 'text', position: 0, style: ':name' },
  ...call(
    'statement',
    0,
    ...[...ENGINES, ...SESSIONS].flatMap((base) =>
      ['execute', 'connect().execute', 'begin().execute', 'scalar', 'connect().scalar'].map((way) => `${base}.${way}`),
    ),
  ),
  ...reader('sql', 'con', 'pandas.read_sql', 'pandas.read_sql_query', 'modin.pandas.read_sql'),
  ...call('query', 0, 'pandas.read_gbq', 'pandas_gbq.read_gbq', 'polars.read_database', 'polars.read_database_uri'),
  ...call('sql', 0, 'datasets.Dataset.from_sql', 'awswrangler.*.read_sql_query'),
  ...call(
    'sqlQuery',
    0,
    'pyspark.sql.SparkSession.builder.**.getOrCreate().sql',
    'pyspark.sql.SparkSession().sql',
    'pyspark.sql.SparkSession.getActiveSession().sql',
    'pyspark.sql.SQLContext().sql',
  ),
  ...call('query', 0, 'google.cloud.bigquery.Client().query', 'google.cloud.bigquery.Client().query_and_wait'),
  ...call(
    'QueryString',
    undefined,
    'boto3.client().start_query_execution',
    'boto3.Session().client().start_query_execution',
  ),
  ...call('query', 0, 'clickhouse_driver.Client().execute', 'clickhouse_driver.Client().query_dataframe'),
  ...call('query', 0, 'clickhouse_connect.get_client().query', 'clickhouse_connect.get_client().query_df'),
  ...call(
    'command',
    0,
    'langchain_community.utilities.SQLDatabase.from_uri().run',
    'langchain_community.utilities.sql_database.SQLDatabase.from_uri().run',
    'langchain.SQLDatabase.from_uri().run',
    'langchain.sql_database.SQLDatabase.from_uri().run',
  ),
];

/** Style of the driver whose connection a name stands for. */
export function styleOf(connection: string): PlaceholderStyle | undefined {
  return DRIVERS.find(([module]) => connection === `${module}.connect()`)?.[1];
}
