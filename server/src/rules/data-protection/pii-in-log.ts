import type { Severity } from '../../base/severity.js';
import { defineRule, edit, type FrameEvent, python } from '../../engine/index.js';
import { categoryInfo } from '../../knowledge/personal-data/index.js';
import { byWeight, FLOOR, isDirect, isPseudonym, isSpecial, nameColumns, oneLower, sureness } from './_sensitivity.js';

/** Texts and pictures may hold anything; places and birthdays without a person beside them are the statistics of many. */
const UNSPECIFIC: ReadonlySet<string> = new Set(['free_text', 'media', 'precise_location', 'coarse_geo']);

export default defineRule({
  summary: 'Rows with personal data are printed or logged.',
  stages: ['data-collection', 'preprocessing', 'training', 'deployment', 'monitoring'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-532',
    'CWE-359',
    'OWASP-LLM02:2025',
    'https://eur-lex.europa.eu/eli/reg/2016/679/oj#art_5',
    'https://docs.python.org/3/library/logging.html',
  ],
  docs: {
    why: 'Logs are copied to collectors, tickets and chat, kept for months and read by many. A `print(df.head())` left in a training job puts real customers there, where no access rule of the data store applies.',
    instead: 'Log shapes, counts and column names, or the rows without the identifying columns.',
    fixSafety: 'The fix logs the number of rows and columns in place of rows, so the text of the log changes.',
    limits:
      'Columns are recognised by their names; a frame whose columns are named nowhere in the file is unknown. Data that went through a function of another file is not reported.',
    ignoreWhen: 'The rows are public or made up.',
  },
  messages: {
    logged: '`{sink}` puts {columns} of single people into the log; log counts or drop the columns',
    printed: '`{sink}` shows {columns} of single people to anyone who sees the output; print counts instead',
    raised: 'The exception text carries {columns} of a person into logs and reports; name the row, not its values',
  },
  query: python.frames('log'),
  check(event: FrameEvent, { report, language, text }) {
    if (event.confidence < FLOOR) return;
    const printed = PRINTS.test(event.name);
    const columns = event.columns.filter(({ category }) => !UNSPECIFIC.has(category));
    const described = columns.every(
      (column) => !isDirect(column) && !isPseudonym(column) && (isPage(event) || !isSpecial(column)),
    );
    if (columns.length === 0 || (described && (language === 'notebook' || isPage(event)))) return;
    let severity = severityOf(columns, printed);
    if (language === 'notebook' || event.confidence <= FLOOR) severity = oneLower(severity);
    const telling = byWeight(columns);
    const values = { sink: sinkOf(event.name), columns: nameColumns(telling) };
    const finding =
      event.name === 'raise'
        ? report(event, 'raised', { columns: values.columns })
        : report(event, printed ? 'printed' : 'logged', values);
    finding.severity(severity).confidence(sureness(event, telling));
    for (const step of event.trail) finding.related(step.range, step.message);
    const { argument } = event;
    if (argument?.shape !== 'frame') return;
    const frame = FRAME.exec(text.slice(argument.range.start, argument.range.end))?.[1];
    if (frame === undefined) return;
    finding.fix(
      `Show \`${frame}.shape\` instead`,
      'review',
      edit.replace(argument.range, `${frame}.shape`),
      'rows are no longer shown',
    );
  },
  examples: [
    {
      bad: 'import logging\nimport pandas as pd\n\nlogger = logging.getLogger(__name__)\ncustomers = pd.read_csv("crm.csv", usecols=["email", "phone_number", "plan"])\nlogger.«info»("first rows: %s", customers.head())\n',
      message: 'logged',
      good: 'import logging\nimport pandas as pd\n\nlogger = logging.getLogger(__name__)\ncustomers = pd.read_csv("crm.csv", usecols=["email", "phone_number", "plan"])\nlogger.info("first rows: %s", customers.shape)\n',
    },
    {
      bad: 'import pandas as pd\n\npatients = pd.read_csv("patients.csv")\nfor _, row in patients.iterrows():\n    «print»(f"checking {row[\'last_name\']}")\n',
      message: 'printed',
      good: 'import pandas as pd\n\npatients = pd.read_csv("patients.csv")\nfor index, row in patients.iterrows():\n    print(f"checking row {index}")\n',
      byHand: true,
    },
    {
      bad: 'import pandas as pd\n\ndf = pd.read_csv("applications.csv", usecols=["ssn", "amount"])\nfor row in df.itertuples():\n    if row.amount < 0:\n        raise «ValueError»(f"negative amount of {row.ssn}")\n',
      message: 'raised',
      good: 'import pandas as pd\n\ndf = pd.read_csv("applications.csv", usecols=["ssn", "amount"])\nfor row in df.itertuples():\n    if row.amount < 0:\n        raise ValueError(f"negative amount in row {row.Index}")\n',
      byHand: true,
    },
    {
      good: 'import pandas as pd\n\ndf = pd.read_csv("crm.csv", usecols=["email", "plan"])\nprint(len(df), df.shape, df["email"].nunique(), df.isnull().sum(), list(df.columns))\n',
      because: 'measures of the data reveal no row',
    },
    {
      good: 'import pandas as pd\n\ndf = pd.read_csv("crm.csv", usecols=["email", "plan"])\nprint(df["plan"].value_counts())\n',
      because: 'counts per plan name nobody',
    },
    {
      good: 'print("columns email and ssn were dropped")\n',
      because: 'a text that names a column holds no value of it',
    },
    {
      good: 'def load(feature_name, file_name, driver_name):\n    print(f"{feature_name} from {file_name} with {driver_name}")\n',
      because: 'variables with such names are evidence of nothing',
    },
    {
      good: 'import pandas as pd\n\ndf = pd.read_csv("crm.csv", usecols=["email", "plan"])\nprint(df.drop(columns=["email"]).head())\n',
      because: 'the column was dropped before',
    },
  ],
});

const PRINTS =
  /^(?:print|builtins\.print|pprint\.\w+|sys\.std(?:out|err)\.write|rich\.print|.*tqdm\.write|.*display|click\.echo|typer\.echo|.*\.show|.*\.glimpse|streamlit\.\w+)$/;
const FRAME = /^([A-Za-z_]\w*)(?:\.(?:head|tail|sample|to_string)\(\s*\d*\s*\))?$/;

/** A page made to show the table; who it describes without naming is what the page is about. */
function isPage({ name }: FrameEvent): boolean {
  return name.startsWith('streamlit.');
}

function sinkOf(name: string): string {
  const [last = name, before = ''] = name.split('.').reverse();
  if (PRINTS.test(name) || before === '') return last.slice(0, 24);
  return `${before.endsWith('()') ? 'logger' : before}.${last}`.slice(0, 24);
}

/** What identifies is an error, what describes somebody who is not named is a hint. */
function severityOf(columns: FrameEvent['columns'], printed: boolean): Severity {
  if (columns.some((column) => column.publicRecord === true)) return 'hint';
  if (columns.some(isDirect)) return 'error';
  const ids = columns.some(isPseudonym);
  if (columns.some(({ category }) => categoryInfo(category).kind === 'special')) return ids ? 'error' : 'warning';
  if (columns.some(({ category }) => category === 'medical_record_id')) return 'warning';
  if (!ids) return 'hint';
  return printed ? 'hint' : 'warning';
}
