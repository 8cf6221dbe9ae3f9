import { NamePatterns } from '../../base/name-pattern.js';
import { argumentOf, type CallFact, defineRule, python } from '../../engine/index.js';
import { SQL_CALLS, type SqlCall } from '../../knowledge/sql-calls.js';
import { gradeByOrigin, isForeign, leastTrusted } from '../_by-origin.js';
import { isGuarded, isHarmless, templateOf } from '../_text-template.js';
import { boundEdits, isMarks, sqlHoles } from './_sql.js';

const CALLS = new NamePatterns<SqlCall>();
for (const entry of SQL_CALLS) CALLS.add(entry.name, entry);
/** Where the text of a whole statement is somebody else's, not the answer of a store that the program keeps. */
const AUTHORS = ['request', 'interface', 'model-output', 'network', 'queue'];

export default defineRule({
  summary: 'An SQL statement is put together from values that can change what it says.',
  stages: ['data-collection', 'feature-engineering', 'deployment'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-89',
    'OWASP-LLM05:2025',
    'AML.T0049',
    'PEP-249',
    'https://docs.python.org/3/library/sqlite3.html#how-to-use-placeholders-to-bind-values-in-sql-queries',
    'https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.text',
  ],
  overlaps: ['bandit:B608', 'ruff:S608'],
  docs: {
    why: "A feature service looks applicants up with an f-string. Somebody sends `' OR '1'='1` as their number: the answer holds every row, and the next request rewrites labels that the model is trained on tonight.",
    instead:
      'Pass values beside the statement (`execute("… WHERE id = ?", (id,))`, `params=` in pandas, `:id` in a SQLAlchemy `text`); take names of tables and columns from a list in the program.',
    fixSafety:
      'A bound value keeps its own type, where text that is pasted in is read again by the database: what was a number in quotes or a piece of SQL is then compared as it is. The fix is offered for review.',
    limits:
      'Connections are followed from where they are opened in the file, not when they are passed in. Names of tables, columns and clauses are reported only when they come from outside, as they mostly stand in the program itself; values that are numbers, quoted by a helper or compared with a list before are passed over.',
    ignoreWhen: 'The value comes from the program itself and never from a file, a user or a model.',
  },
  messages: {
    value: '`{callee}` runs SQL with a value pasted in, which can change the statement; bind it as a parameter',
    name: '`{callee}` runs SQL with a name or clause pasted in; take it from a list of known ones',
    foreign: '`{callee}` runs a statement that came from outside, so its author reads and changes any table',
  },
  query: python.calls(...SQL_CALLS.map(({ name }) => name)),
  check(call: CallFact, { report, python: py, text, path }) {
    const [entry] = CALLS.match(call.name);
    const statement = entry && argumentOf(call, entry.argument, entry.position);
    if (entry === undefined || statement === undefined) return;
    const parts = templateOf(statement.value, py, text);
    const callee = calleeName(call.name);
    if (parts.length === 1) {
      const origin = py.origin(statement.value);
      if (typeof parts[0] === 'string' || !isForeign(origin) || !AUTHORS.includes(origin.source ?? '')) return;
      gradeByOrigin(report(statement.value.range, 'foreign', { callee }), origin, path);
      return;
    }
    const open = sqlHoles(parts).filter(
      (hole) =>
        !hole.numeric &&
        !isHarmless(hole.expression, py) &&
        !isMarks(hole.expression, py) &&
        !isGuarded(hole, call, text),
    );
    const values = open.filter(({ role }) => role === 'value');
    const foreign = open.filter(({ expression }) => isForeign(py.origin(expression)));
    // Names and clauses of unknown origin come from the program itself in nearly every case.
    const [shown] = [...foreign, ...values];
    if (shown === undefined) return;
    const { role } = shown;
    const origin = leastTrusted(
      (foreign.length > 0 ? foreign : [shown]).map(({ expression }) => expression),
      py,
    )!;
    const place = shown.place ?? (statement.value.kind === 'name' ? statement.value.range : shown.expression.range);
    const within = place.start >= statement.range.start && place.end <= statement.range.end;
    const finding = report(within ? place : statement.value.range, role, { callee });
    gradeByOrigin(finding, origin, path);
    if (!within) finding.related(shown.expression.range, 'it is pasted in here');
    const edits = boundEdits(call, entry, open, py, text);
    if (edits.length > 0)
      finding.fix('Bind the values as parameters', 'review', edits, 'the database no longer reads them as SQL');
  },
  examples: [
    {
      bad: 'import sqlite3\n\ndef rows(db, city):\n    con = sqlite3.connect(db)\n    return con.execute(f"SELECT * FROM flats WHERE city = \'«{city}»\' LIMIT {1000}").fetchall()\n',
      message: 'value',
      good: 'import sqlite3\n\ndef rows(db, city):\n    con = sqlite3.connect(db)\n    return con.execute(f"SELECT * FROM flats WHERE city = ? LIMIT {1000}", (city,)).fetchall()\n',
    },
    {
      bad: "import pandas as pd\nimport psycopg2\n\ndef load(patient, since):\n    with psycopg2.connect(DSN) as con:\n        return pd.read_sql(f\"SELECT * FROM scans WHERE patient = '«{patient}»' AND day > '{since}'\", con)\n",
      message: 'value',
      good: 'import pandas as pd\nimport psycopg2\n\ndef load(patient, since):\n    with psycopg2.connect(DSN) as con:\n        return pd.read_sql("SELECT * FROM scans WHERE patient = %s AND day > %s", con, params=(patient, since))\n',
    },
    {
      bad: 'from fastapi import FastAPI\nfrom sqlalchemy import text as sql\napp = FastAPI()\n\n@app.get("/rows")\ndef rows(user: str):\n    return session.execute(sql(f"SELECT * FROM visits WHERE user_id = \'«{user}»\'"))\n',
      message: 'value',
      good: 'from fastapi import FastAPI\nfrom sqlalchemy import text as sql\napp = FastAPI()\n\n@app.get("/rows")\ndef rows(user: str):\n    return session.execute(sql("SELECT * FROM visits WHERE user_id = :user").bindparams(user=user))\n',
    },
    {
      bad: 'import duckdb\nfrom fastapi import FastAPI\napp = FastAPI()\n\n@app.get("/size")\ndef size(table: str):\n    return duckdb.sql(f"SELECT count(*) FROM «{table}»").fetchone()\n',
      message: 'name',
      good: 'import duckdb\nfrom fastapi import FastAPI\napp = FastAPI()\n\n@app.get("/size")\ndef size(table: str):\n    if table not in TABLES:\n        raise ValueError(table)\n    return duckdb.sql(f"SELECT count(*) FROM {table}").fetchone()\n',
      byHand: true,
    },
    {
      bad: 'import flask\nimport sqlite3\napp = flask.Flask(__name__)\n\n@app.route("/query")\ndef query():\n    return sqlite3.connect("features.db").execute(«flask.request.args["q"]»).fetchall()\n',
      message: 'foreign',
      good: 'import flask\nimport sqlite3\napp = flask.Flask(__name__)\n\n@app.route("/query")\ndef query():\n    return sqlite3.connect("features.db").execute("SELECT * FROM f WHERE id = ?", (flask.request.args["q"],)).fetchall()\n',
      byHand: true,
    },
    {
      good: 'import sqlite3\nTABLE = "flats"\nrows = sqlite3.connect(db).execute(f"SELECT * FROM {TABLE} LIMIT {int(limit)}")\n',
      because: 'a constant and a number',
    },
    {
      good: 'import sqlite3\ncur = sqlite3.connect(db).cursor()\ncur.execute("SELECT * FROM t WHERE id IN (%s)" % ",".join("?" * len(ids)), ids)\n',
      because: 'only placeholders are put in',
    },
    {
      good: 'import sqlite3\ncon = sqlite3.connect(db)\nfor table in ("train", "test"):\n    con.execute(f"DELETE FROM {table}")\n',
      because: 'the names stand in the program',
    },
    {
      good: 'import duckdb\n\ndef count(table):\n    return duckdb.sql(f"SELECT count(*) FROM {table}")\n',
      because: 'names of tables mostly stand in the program',
    },
    { good: 'runner.execute(f"SELECT {name}")\n', because: 'nothing says that this is a database' },
    {
      good: 'import pandas as pd\nframe = pd.read_sql(args.query, con)\n',
      because: 'the operator writes the query',
    },
  ],
});

function calleeName(name: string): string {
  return name
    .replaceAll('()', '')
    .split('.')
    .slice(-2)
    .join('.')
    .replace(/^(?:connect|cursor|getOrCreate)\./, '');
}
