import type { Severity } from '../../base/severity.js';
import { defineRule, type FrameEvent, python } from '../../engine/index.js';
import { byWeight, FLOOR, isDirect, isPseudonym, isSpecial, nameColumns, sureness } from './_sensitivity.js';

export default defineRule({
  summary: 'Rows with personal data are written to a file without encryption.',
  stages: ['data-collection', 'preprocessing', 'feature-engineering'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-312',
    'CWE-359',
    'OWASP-LLM02:2025',
    'https://eur-lex.europa.eu/eli/reg/2016/679/oj#art_32',
    'https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.to_parquet.html',
  ],
  docs: {
    why: 'Intermediate files outlive the run: a CSV of customers in a work folder ends up in an image, a shared volume, an experiment tracker or a commit, and whoever finds it reads every row.',
    instead:
      'Drop or pseudonymise the identifying columns before writing, or write an encrypted file (`pyarrow` `encryption_properties=`, a KMS-backed bucket, an encrypting stream).',
    fixSafety: 'There is no automatic fix: which columns later steps need is not written in the code.',
    limits:
      'Columns are recognised by their names. An encrypted disk or a later encryption in another file is not visible. Databases other than SQLite are not reported. Compression is not encryption.',
    ignoreWhen: 'The target is on storage that encrypts, or the rows are public.',
  },
  messages: {
    plaintext: '`{method}` writes {columns} unencrypted, readable by whoever gets the file; drop, mask or encrypt them',
    pseudonymised: '`{method}` writes pseudonymised {columns} unencrypted; whoever holds the mapping can undo it',
    bucket: '`{method}` writes {columns} to a bucket without a key of your own; pass a KMS key or drop them',
  },
  query: python.frames('write'),
  check(event: FrameEvent, { report }) {
    const severity = severityOf(event);
    if (severity === undefined || event.encrypted || event.confidence < FLOOR) return;
    const telling = byWeight(event.columns.filter((column) => !isAttribute(column)));
    const values = { method: methodOf(event.name), columns: nameColumns(telling) };
    const bucket = /^(?:s3a?|gs|abfss?|wasbs?):\/\//.test(event.target ?? '');
    const finding = bucket
      ? report(event, 'bucket', values).severity('hint')
      : report(event, severity === 'hint' ? 'pseudonymised' : 'plaintext', values).severity(severity);
    finding.confidence(sureness(event, telling));
    for (const step of event.trail) finding.related(step.range, step.message);
  },
  examples: [
    {
      bad: 'import pandas as pd\n\ncustomers = pd.read_csv("crm.csv", usecols=["email", "phone_number", "plan"])\ncustomers.«to_csv»("clean.csv")\n',
      message: 'plaintext',
      good: 'import pandas as pd\n\ncustomers = pd.read_csv("crm.csv", usecols=["email", "phone_number", "plan"])\ncustomers.drop(columns=["email", "phone_number"]).to_csv("clean.csv")\n',
      byHand: true,
    },
    {
      bad: 'import hashlib\nimport pandas as pd\n\ndf = pd.read_parquet("visits.parquet", columns=["email", "pages"])\ndf["email"] = df["email"].map(lambda value: hashlib.sha256(value.encode()).hexdigest())\ndf.«to_parquet»("events.parquet")\n',
      message: 'pseudonymised',
      good: 'import pandas as pd\n\ndf = pd.read_parquet("visits.parquet", columns=["email", "pages"])\ndf.drop(columns="email").to_parquet("events.parquet")\n',
      byHand: true,
    },
    {
      bad: 'import pandas as pd\n\ndf = pd.read_sql("SELECT full_name, ssn FROM applicants", connection)\ndf.«to_parquet»("s3://lake/applicants.parquet")\n',
      message: 'bucket',
      good: 'import pandas as pd\n\ndf = pd.read_sql("SELECT full_name, ssn FROM applicants", connection)\ndf.drop(columns=["full_name", "ssn"]).to_parquet("s3://lake/applicants.parquet")\n',
      byHand: true,
    },
    {
      good: 'import pandas as pd\n\ndf = pd.read_csv("crm.csv", usecols=["email", "plan"])\ndf[["plan"]].to_csv("plans.csv")\n',
      because: 'only a column without personal data is written',
    },
    {
      good: 'import pandas as pd\n\ndf = pd.read_csv("crm.csv", usecols=["email", "plan"])\ndf.groupby("plan").size().to_csv("counts.csv")\n',
      because: 'counts per plan name nobody',
    },
    {
      good: 'import pandas as pd\n\ndf = pd.read_csv("models.csv", usecols=["model_name", "file_name", "email_opened"])\ndf.to_csv("index.csv")\n',
      because: 'names of files and counts of mails are not personal data',
    },
    {
      good: 'import io\nimport pandas as pd\n\ndf = pd.read_csv("crm.csv", usecols=["email"])\nbuffer = io.BytesIO()\ndf.to_parquet(buffer)\n',
      because: 'a stream in memory is no file',
    },
    {
      good: 'import pandas as pd\nfrom cryptography.fernet import Fernet\n\ndf = pd.read_csv("crm.csv", usecols=["email"])\nsealed = Fernet(key).encrypt(df.to_csv().encode())\nwith open("crm.bin", "wb") as file:\n    file.write(sealed)\n',
      because: 'the bytes are encrypted first',
    },
  ],
});

function methodOf(name: string): string {
  return name.replace(/^.*\.(?=[^.]+$)/, '').slice(0, 24);
}

function isAttribute(column: FrameEvent['columns'][number]): boolean {
  return !isDirect(column) && !isPseudonym(column) && !isSpecial(column);
}

/** Direct identifiers, or ids beside special data, are an error; special data, or ids beside attributes, a warning. */
function severityOf({ columns }: FrameEvent): Severity | undefined {
  if (columns.some((column) => column.publicRecord === true)) return columns.some(isDirect) ? 'hint' : undefined;
  if (columns.some(isDirect)) return 'error';
  const ids = columns.some(isPseudonym);
  if (ids && columns.some(isSpecial)) return 'error';
  if (columns.some((column) => isSpecial(column) && column.category !== 'dob')) return 'warning';
  if (!ids) return undefined;
  const alone = columns.every(({ category }) => category === 'pseudonymous_id' || category === 'online_id');
  return alone || columns.some((column) => column.pseudonymised === true) ? 'hint' : 'warning';
}
