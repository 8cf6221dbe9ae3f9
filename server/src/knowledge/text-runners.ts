/** What the text is taken for. */
export type RunKind = 'code' | 'command' | 'query' | 'module';

/** A call that runs a text, and where the text is passed; undefined for a place without a keyword. */
export interface Runner {
  readonly kind: RunKind;
  readonly argument: string | undefined;
  readonly position: number;
}

const runners = (kind: RunKind, argument: string | undefined, position: number, ...names: string[]) =>
  names.map((name): [string, Runner] => [name, { kind, argument, position }]);
const FRAMES = ['pandas.DataFrame()', 'pandas.read_csv()', 'pandas.read_parquet()', 'pandas.read_excel()'];
const PROCESSES = ['run', 'Popen', 'call', 'check_call', 'check_output'].map((name) => `subprocess.${name}`);

/** By name; SQL counts where the text itself is the statement. */
export const TEXT_RUNNERS: ReadonlyMap<string, Runner> = new Map([
  ...runners('code', 'source', 0, 'eval', 'exec', 'compile', 'builtins.eval', 'builtins.exec'),
  ...runners('code', 'expr', 0, 'pandas.eval', ...FRAMES.flatMap((frame) => [`${frame}.eval`, `${frame}.query`])),
  ...runners('command', 'command', 0, 'os.system', 'asyncio.create_subprocess_shell'),
  ...runners('command', 'cmd', 0, 'os.popen', 'subprocess.getoutput', 'subprocess.getstatusoutput'),
  ...runners('command', 'args', 0, ...PROCESSES),
  ...runners('module', 'name', 0, 'importlib.import_module', '__import__'),
  ...runners('query', 'sql', 0, 'pandas.read_sql', 'pandas.read_sql_query'),
  ...runners('query', 'text', 0, 'sqlalchemy.text', 'sqlalchemy.sql.text'),
  ...runners(
    'query',
    undefined,
    0,
    ...['sqlite3', 'psycopg2', 'psycopg', 'mysql.connector', 'pymysql', 'snowflake.connector', 'duckdb'].flatMap(
      (driver) => [`${driver}.connect().execute`, `${driver}.connect().cursor().execute`],
    ),
    ...['duckdb.sql', 'duckdb.query', 'duckdb.execute', 'duckdb.connect().sql'],
    'google.cloud.bigquery.Client().query',
    'langchain_community.utilities.SQLDatabase.from_uri().run',
  ),
]);
