import { defineRule, type FrameEvent, python } from '../../engine/index.js';
import { exposureOf, hasCheckingStep } from './_exposure.js';
import { FLOOR } from './_sensitivity.js';

/** More than this many sources of one file say the same thing again. */
const MAX_PER_FILE = 3;

type FrameRead = FrameEvent['reads'][number];

export default defineRule({
  summary: 'A model is trained on data that nothing has checked.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'hint',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-20',
    'OWASP-ML02:2023',
    'OWASP-ML10:2023',
    'AML.T0020',
    'https://pandera.readthedocs.io/en/stable/',
    'https://www.tensorflow.org/tfx/data_validation/get_started',
  ],
  docs: {
    why: 'Training accepts whatever arrives. A poisoned or truncated export, a shifted column, a price in cents instead of euros: the fit succeeds, the model is wrong, and nobody learns it from a traceback.',
    instead:
      'Check columns, types, nulls and ranges between reading and training with something that stops: a pandera schema, Great Expectations, or plain `assert` and `raise`.',
    fixSafety: 'There is no automatic fix: which values are right is not written in the code.',
    limits:
      'Checks are followed inside the file. A check in another file counts when the data is passed to it by a name that says so; data that comes back from an unknown function is not reported. A file of public data counts as input too.',
    ignoreWhen: 'The data is validated upstream: in the warehouse, in an earlier step or in another repository.',
  },
  messages: {
    unchecked:
      'Rows of `{reader}` train a model unchecked, so wrong or poisoned ones go unnoticed; validate them first',
    inspected:
      'Rows of `{reader}` are looked at, but nothing stops bad ones before training; raise on what must not be',
    typesOnly: 'Types of `{reader}` are fixed, but values reach training unchecked; add checks of ranges and nulls',
  },
  query: python.trainings(),
  check(event, { report, path, language, text, workspace }) {
    if (event.confidence < FLOOR || hasCheckingStep(path, workspace)) return;
    const level = exposureOf(path, language, text, workspace);
    for (const read of event.reads) {
      if (read.rank === undefined || read.rank >= MAX_PER_FILE) continue;
      const message = MESSAGES[read.validated];
      if (message === undefined) continue;
      report(read.range, message, { reader: readerName(read.name) })
        .severity(message === 'typesOnly' ? 'hint' : level)
        .confidence(event.confidence >= 0.9 ? 'high' : 'medium')
        .related(event.range, 'The model is trained here');
    }
  },
  examples: [
    {
      bad: 'import pandas as pd\nfrom sklearn.ensemble import RandomForestClassifier\n\ndf = «pd.read_csv»("loans.csv")\ndf = df.dropna()\nRandomForestClassifier().fit(df[["amount", "rate"]], df["repaid"])\n',
      message: 'unchecked',
      good: 'import pandas as pd\nfrom sklearn.ensemble import RandomForestClassifier\n\ndf = pd.read_csv("loans.csv")\nif not df["amount"].between(0, 1_000_000).all():\n    raise ValueError("amount is out of range")\nRandomForestClassifier().fit(df[["amount", "rate"]], df["repaid"])\n',
      byHand: true,
    },
    {
      bad: 'import polars as pl\nfrom xgboost import XGBClassifier\n\ndf = «pl.read_parquet»("loans.parquet")\nprint(df.null_count())\nXGBClassifier().fit(df.select("amount"), df["repaid"])\n',
      message: 'inspected',
      good: 'import polars as pl\nfrom xgboost import XGBClassifier\n\ndf = pl.read_parquet("loans.parquet")\nassert df["amount"].null_count() == 0\nXGBClassifier().fit(df.select("amount"), df["repaid"])\n',
      byHand: true,
    },
    {
      bad: 'import pandas as pd\nfrom sklearn.svm import SVC\n\ndf = «pd.read_csv»("loans.csv", usecols=["amount", "repaid"], dtype={"amount": float, "repaid": bool})\nSVC().fit(df[["amount"]], df["repaid"])\n',
      message: 'typesOnly',
      good: 'import pandas as pd\nimport pandera.pandas as pa\nfrom sklearn.svm import SVC\n\nSCHEMA = pa.DataFrameSchema({"amount": pa.Column(float, pa.Check.ge(0)), "repaid": pa.Column(bool)})\ndf = pd.read_csv("loans.csv", usecols=["amount", "repaid"], dtype={"amount": float, "repaid": bool})\ndf = SCHEMA.validate(df)\nSVC().fit(df[["amount"]], df["repaid"])\n',
      byHand: true,
    },
    {
      good: 'from sklearn.datasets import load_iris\nfrom sklearn.svm import SVC\n\nX, y = load_iris(return_X_y=True)\nSVC().fit(X, y)\n',
      because: 'a data set of the library is known',
    },
    {
      good: 'import pandas as pd\nfrom sklearn.preprocessing import StandardScaler\n\ndf = pd.read_csv("loans.csv")\nscaled = StandardScaler().fit_transform(df)\n',
      because: 'no model is trained',
    },
    {
      good: 'import pandas as pd\nfrom sklearn.svm import SVC\n\ndef load(path):\n    df = pd.read_csv(path)\n    if df["amount"].isnull().any():\n        raise ValueError("amounts are missing")\n    return df\n\ndf = load("loans.csv")\nSVC().fit(df[["amount"]], df["repaid"])\n',
      because: 'the function that reads also checks',
    },
    {
      good: 'import pandas as pd\nfrom sklearn.svm import SVC\nfrom checks import validate_loans\n\ndf = pd.read_csv("loans.csv")\nvalidate_loans(df)\nSVC().fit(df[["amount"]], df["repaid"])\n',
      because: 'the check is in another file',
    },
    {
      good: 'import pandas as pd\nfrom sklearn.svm import SVC\nfrom features import build\n\ndf = build(pd.read_csv("loans.csv"))\nSVC().fit(df[["amount"]], df["repaid"])\n',
      because: 'a function of another file may have checked',
    },
  ],
});

const MESSAGES: Readonly<Record<FrameRead['validated'], 'unchecked' | 'inspected' | 'typesOnly' | undefined>> = {
  none: 'unchecked',
  inspection: 'inspected',
  schema: 'typesOnly',
  gate: undefined,
};

/** `pd.read_csv` for people: the library and the function. */
function readerName(name: string): string {
  const parts = name.replaceAll('()', '').split('.');
  return (parts.length > 2 ? `${parts[0]}…${parts[parts.length - 1]}` : parts.join('.')).slice(0, 32);
}
