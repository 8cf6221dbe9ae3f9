/**
 * Calls that open a connection to a database. Positions and names of arguments are those of the current releases
 * (PEP 249 leaves them to each driver).
 */
export interface DatabaseClient {
  readonly names: readonly string[];
  /** Argument that holds an address, a connection string or a list of them. */
  readonly address?: { readonly name: string | undefined; readonly position: number | undefined };
  /** Keyword arguments that name the server; without any of them the driver asks this machine. */
  readonly hosts: readonly string[];
  readonly passwords: readonly string[];
  /** Keyword argument with a dict of driver options. */
  readonly options?: string;
}

const at = (
  name: string | undefined,
  position: number | undefined,
): { readonly name: string | undefined; readonly position: number | undefined } => ({ name, position });

export const DATABASE_CLIENTS: readonly DatabaseClient[] = [
  {
    names: ['psycopg2.connect', 'psycopg2.pool.SimpleConnectionPool', 'psycopg2.pool.ThreadedConnectionPool'],
    address: at('dsn', 0),
    hosts: ['host', 'hostaddr'],
    passwords: ['password'],
  },
  {
    names: [
      'psycopg.connect',
      'psycopg.Connection.connect',
      'psycopg.AsyncConnection.connect',
      'psycopg_pool.ConnectionPool',
      'psycopg_pool.AsyncConnectionPool',
    ],
    address: at('conninfo', 0),
    hosts: ['host', 'hostaddr'],
    passwords: ['password'],
    options: 'kwargs',
  },
  {
    names: ['asyncpg.connect', 'asyncpg.create_pool'],
    address: at('dsn', 0),
    hosts: ['host'],
    passwords: ['password'],
  },
  {
    names: [
      'sqlalchemy.create_engine',
      'sqlalchemy.engine.create_engine',
      'sqlalchemy.ext.asyncio.create_async_engine',
      'sqlmodel.create_engine',
    ],
    address: at('url', 0),
    hosts: [],
    passwords: [],
    options: 'connect_args',
  },
  {
    names: ['pymysql.connect', 'MySQLdb.connect', 'aiomysql.connect', 'aiomysql.create_pool'],
    hosts: ['host'],
    passwords: ['password', 'passwd'],
  },
  {
    names: ['mysql.connector.connect', 'mysql.connector.pooling.MySQLConnectionPool'],
    hosts: ['host'],
    passwords: ['password', 'passwd'],
  },
  {
    names: [
      'pymongo.MongoClient',
      'pymongo.mongo_client.MongoClient',
      'pymongo.AsyncMongoClient',
      'motor.motor_asyncio.AsyncIOMotorClient',
    ],
    address: at('host', 0),
    hosts: ['host'],
    passwords: ['password'],
  },
  {
    names: ['pyodbc.connect', 'pypyodbc.connect', 'aioodbc.connect', 'turbodbc.connect'],
    address: at(undefined, 0),
    hosts: ['server', 'SERVER', 'host'],
    passwords: ['pwd', 'PWD', 'password'],
  },
  { names: ['jaydebeapi.connect'], address: at('url', 1), hosts: [], passwords: [] },
  { names: ['**.read.jdbc', '**.write.jdbc', '**.write.mode().jdbc'], address: at('url', 0), hosts: [], passwords: [] },
  {
    names: ['clickhouse_connect.get_client', 'clickhouse_driver.Client', 'clickhouse_driver.connect'],
    hosts: ['host'],
    passwords: ['password'],
  },
  { names: ['connectorx.read_sql', 'polars.read_database_uri'], address: at('conn', 0), hosts: [], passwords: [] },
  {
    names: ['pandas.read_sql', 'pandas.read_sql_query', 'pandas.read_sql_table', 'dask.dataframe.read_sql_table'],
    address: at('con', 1),
    hosts: [],
    passwords: [],
  },
];

/**
 * Servers that let everybody read on purpose, under an account without a password: ClickHouse (clickhouse.com/docs), the genome
 * browsers of UCSC and Ensembl, Rfam, RNAcentral.
 */
export const PUBLIC_DATABASES =
  /(?:^|[@/=\s])(?:(?:play|sql|sql-clickhouse)\.clickhouse\.com|genome-(?:\w+-)?mysql\.\w+\.ucsc\.edu|[\w-]+\.ensembl\.org|mysql-rfam-public\.ebi\.ac\.uk)(?=$|[:/?;\s])/i;
