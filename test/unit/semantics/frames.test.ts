import { describe, expect, it } from 'vitest';
import { PythonModule } from '../../../server/src/facts/python/module.js';
import { Evaluator } from '../../../server/src/semantics/evaluate.js';
import { interestIn } from '../../../server/src/semantics/frames/gate.js';
import { type FrameEvent, frameEvents } from '../../../server/src/semantics/frames/index.js';
import { NO_LINKS } from '../../../server/src/semantics/links.js';
import { NameResolver } from '../../../server/src/semantics/names.js';
import { withPythonTree } from '../../../server/src/syntax/python/parse.js';

function eventsOf(text: string): readonly FrameEvent[] {
  return withPythonTree(text, (tree) => {
    const module = new PythonModule(tree);
    const names = new NameResolver(module, () => undefined);
    const interest = interestIn(module, 'train.py');
    return frameEvents(module, names, new Evaluator(module, names, NO_LINKS), interest);
  });
}

/** `kind line: columns` for every event. */
function told(text: string): string[] {
  return eventsOf(text).map((event) => {
    const line = text.slice(0, event.range.start).split('\n').length;
    return `${event.kind} ${line}: ${event.columns.map((column) => column.name).join(' ')}`.trim();
  });
}

const HEAD = 'import pandas as pd\n';
const CRM = `${HEAD}df = pd.read_csv("crm.csv", usecols=["email", "ssn", "plan"])\n`;

/** Programs that end in one `df.to_csv("x")`, and the personal columns that reach it. */
const WRITES: readonly (readonly [title: string, program: string, columns: string])[] = [
  ['columns of the reader', '', 'email ssn'],
  ['drop by keyword', 'df = df.drop(columns=["email"])', 'ssn'],
  ['drop by axis', 'df = df.drop(["email", "ssn"], axis=1)', ''],
  ['drop of rows', 'df = df.drop([0, 1])', 'email ssn'],
  ['drop in place', 'df.drop(columns="ssn", inplace=True)', 'email'],
  ['drop of another copy', 'other = df.drop(columns=["email"])', 'email ssn'],
  ['in place through an alias', 'alias = df\nalias.drop(columns=["email"], inplace=True)', 'ssn'],
  ['a copy is another frame', 'copy = df.copy()\ncopy.drop(columns=["email"], inplace=True)', 'email ssn'],
  ['del', 'del df["email"]', 'ssn'],
  ['pop', 'mail = df.pop("email")', 'ssn'],
  ['selection by list', 'df = df[["plan", "ssn"]]', 'ssn'],
  ['selection by loc', 'df = df.loc[:, ["plan"]]', ''],
  ['rows by mask', 'df = df[df["plan"] == "gold"]', 'email ssn'],
  ['rows by loc', 'df = df.loc[df["plan"] == "gold"]', 'email ssn'],
  ['all columns but some', 'df = df[[c for c in df.columns if c not in ["ssn"]]]', 'email'],
  ['columns.difference', 'df = df[df.columns.difference(["email"])]', 'ssn'],
  ['set minus set', 'df = df[list(set(df.columns) - {"ssn", "email"})]', ''],
  ['filter by items', 'df = df.filter(items=["plan", "email"])', 'email'],
  ['select_dtypes says nothing', 'df = df.select_dtypes("number")', ''],
  ['rename to something else', 'df = df.rename(columns={"email": "token"})', 'ssn'],
  ['new labels', 'df.columns = ["a", "b", "c"]', ''],
  ['a chain', 'df = df.dropna().reset_index(drop=True).drop(columns=["ssn"]).fillna(0)', 'email'],
  ['a constant', 'df["email"] = "hidden"', 'ssn'],
  ['a length', 'df["email"] = df["email"].str.len()', 'ssn'],
  ['lower case is still a mail', 'df["email"] = df["email"].str.lower()', 'email ssn'],
  ['a mask', 'df["ssn"] = df["ssn"].str.replace(r"\\d", "***", regex=True)', 'email'],
  ['a few letters', 'df["ssn"] = df["ssn"].str[:3]', 'email'],
  ['a masking function', 'df["email"] = df["email"].apply(mask_email)', 'ssn'],
  ['assign', 'df = df.assign(email=None, ssn=df["ssn"].str.len())', ''],
  ['a loop over names', 'for name in ["email", "ssn"]:\n    df[name] = redact(df[name])', ''],
  ['a loop that drops', 'for name in ["email", "ssn"]:\n    df = df.drop(columns=name)', ''],
  ['a branch that drops', 'if public:\n    df = df.drop(columns=["email", "ssn"])', ''],
  [
    'merge brings columns',
    'df = df[["plan"]].merge(pd.read_csv("p.csv", usecols=["plan", "passport_number"]))',
    'passport_number',
  ],
  ['concat', 'df = pd.concat([df[["plan"]], df[["email"]]], axis=1)', 'email'],
  ['counts by plan', 'df = df.groupby("plan").size()', ''],
  ['sums by person', 'df = df.groupby("email")["plan"].count()', 'email'],
  ['a local function', 'def strip(frame):\n    return frame.drop(columns=["email"])\ndf = strip(df)', 'ssn'],
  [
    'nested local functions',
    'def a(f):\n    return f[["plan", "email"]]\ndef b(f):\n    return a(f)\ndf = b(df)',
    'email',
  ],
  ['pipe', 'df = df.pipe(lambda f: f.drop(columns=["ssn"]))', 'email'],
  ['a conditional expression', 'df = df.drop(columns=["ssn"]) if x else df.drop(columns=["ssn", "plan"])', 'email'],
  ['try and except', 'try:\n    df = df.drop(columns=["ssn"])\nexcept KeyError:\n    pass', 'email'],
  ['with', 'with open("f") as file:\n    df = df.drop(columns=["ssn"])', 'email'],
];

describe('columns that reach a write', () => {
  it.each(WRITES)('%s', (_title, program, columns) => {
    const events = eventsOf(`${CRM}${program}\ndf.to_csv("x")\n`).filter((event) => event.kind === 'write');
    expect(events.flatMap((event) => event.columns.map((column) => column.name)).join(' ')).toBe(columns);
  });
});

/** Arguments of one `print`, and the personal columns they show. */
const LOGS: readonly (readonly [argument: string, columns: string])[] = [
  ['df', 'email ssn'],
  ['df.head()', 'email ssn'],
  ['df.iloc[0]', 'email ssn'],
  ['df.to_string()', 'email ssn'],
  ['df["email"]', 'email'],
  ['df.email.tolist()', 'email'],
  ['df.loc[3, "ssn"]', 'ssn'],
  ['f"{df.email[0]:>30}"', 'email'],
  ['"%s" % df["email"]', 'email'],
  ['"{}".format(df["email"])', 'email'],
  ['"a" + str(df["ssn"].iloc[0])', 'ssn'],
  ['[row.email for row in df.itertuples()]', 'email'],
  ['df["email"].unique()', 'email'],
  ['df.describe(include="all")', 'email ssn'],
  ['df["email"].map(str.lower)[0]', 'email'],
  ['df.describe()', ''],
  ['df["plan"].value_counts()', ''],
  ['df["email"].nunique()', ''],
  ['df["email"].isnull().sum()', ''],
  ['df.shape, df.size, df.dtypes, df.columns.tolist()', ''],
  ['len(df[df.email.isna()])', ''],
  ['(df["email"] == "x").any()', ''],
  ['"email" in df', ''],
  ['"email and ssn"', ''],
  ['df[["plan"]].head()', ''],
  ['summarise(df)', 'email ssn'],
];

describe('columns that a print shows', () => {
  it.each(LOGS)('%s', (argument, columns) => {
    const events = eventsOf(`${CRM}print(${argument})\n`).filter((event) => event.kind === 'log');
    expect(events.flatMap((event) => event.columns.map((column) => column.name)).join(' ')).toBe(columns);
  });

  it('trusts a function nobody can look into less', () => {
    const [event] = eventsOf(`${CRM}print(summarise(df))\n`);
    expect(event?.confidence).toBe(0.5);
  });
});

const TRAIN = 'from sklearn.svm import SVC\n';

/** What stands between `df = pd.read_csv(…)` and `SVC().fit(df)`, and how far the data counts as checked. */
const CHECKS: readonly (readonly [between: string, validated: string])[] = [
  ['', 'none'],
  ['df = df.dropna().drop_duplicates()', 'none'],
  ['print(df.isnull().sum())', 'inspection'],
  ['df.describe()', 'inspection'],
  ['assert df["a"].notnull().all()', 'gate'],
  ['assert isinstance(df, pd.DataFrame)', 'none'],
  ['assert len(df) > 100, "too few rows"', 'gate'],
  ['if df.empty:\n    raise ValueError', 'gate'],
  ['if df.empty:\n    print("empty")', 'none'],
  ['if strict:\n    assert df.a.all()', 'none'],
  ['if strict:\n    assert df.a.all()\nelse:\n    assert df.b.all()', 'gate'],
  ['missing = [c for c in NEEDED if c not in df.columns]\nif missing:\n    raise KeyError(missing)', 'gate'],
  ['for c in NEEDED:\n    if c not in df:\n        raise KeyError(c)', 'gate'],
  ['for c in NEEDED:\n    if c not in df:\n        continue', 'none'],
  ['try:\n    assert df.a.all()\nexcept AssertionError:\n    print("bad")', 'none'],
  ['try:\n    assert df.a.all()\nexcept AssertionError:\n    raise', 'gate'],
  ['def check(f):\n    if f.isna().any().any():\n        raise ValueError\ncheck(df)', 'gate'],
  ['def check(f):\n    print(f.describe())\ncheck(df)', 'inspection'],
  ['import pandera as pa\npa.DataFrameSchema({}).validate(df)', 'gate'],
  ['from checks import validate\nvalidate(df)', 'gate'],
  ['pd.testing.assert_frame_equal(df, other)', 'gate'],
  ['if not passes:\n    raise ValueError', 'none'],
];

describe('checks between a read and a training', () => {
  it.each(CHECKS)('%s', (between, validated) => {
    const text = `${HEAD}${TRAIN}df = pd.read_csv("a.csv")\n${between}\nSVC().fit(df, y)\n`;
    const fits = eventsOf(text).filter((event) => event.kind === 'fit');
    expect(fits.map((event) => event.reads.map((read) => [read.name, read.validated, read.rank]))).toEqual([
      [['pandas.read_csv', validated, validated === 'gate' ? undefined : 0]],
    ]);
  });

  it('counts a source once, at its first training', () => {
    const text = `${HEAD}${TRAIN}df = pd.read_csv("a.csv")\nSVC().fit(df, y)\nSVC().fit(df[["a"]], y)\n`;
    expect(eventsOf(text).map((event) => event.reads[0]?.rank)).toEqual([0, undefined]);
  });

  it('follows a file the module wrote back to its source', () => {
    const text = `${HEAD}${TRAIN}a = pd.read_csv("raw.csv")\nassert a.x.all()\na.to_csv("clean.csv")\nb = pd.read_csv("clean.csv")\nSVC().fit(b, y)\n`;
    expect(eventsOf(text).map((event) => event.reads.map((read) => read.validated))).toEqual([['gate']]);
  });

  it('keeps the weakest way when a function is reached from several places', () => {
    const text = `${HEAD}${TRAIN}def train(f):\n    SVC().fit(f, y)\ndf = pd.read_csv("a.csv")\ntrain(df)\nassert df.a.all()\ntrain(df)\n`;
    expect(eventsOf(text).map((event) => event.reads.map((read) => read.validated))).toEqual([['none']]);
  });
});

describe('where data comes from', () => {
  it('knows the same function from another one', () => {
    const near = `${HEAD}${TRAIN}SVC().fit(pd.read_csv("a.csv"), y)\n`;
    const far = `${HEAD}${TRAIN}def load():\n    return pd.read_csv("a.csv")\nSVC().fit(load(), y)\n`;
    expect([...eventsOf(near), ...eventsOf(far)].map((event) => event.confidence)).toEqual([0.9, 0.8]);
  });

  it('learns columns from uses behind the event', () => {
    expect(told(`${HEAD}df = pd.read_csv("a.csv")\nprint(df.head())\nx = df["email"]\n`)).toEqual(['log 3: email']);
  });

  it('does not learn columns the program makes', () => {
    expect(told(`${HEAD}df = pd.read_csv("a.csv")\nprint(df.head())\ndf["email"] = 1\nx = df["email"]\n`)).toEqual([]);
  });

  it('takes the table name as evidence', () => {
    expect(told(`${HEAD}patients = pd.read_csv("x.csv", usecols=["name", "ward"])\nprint(patients)\n`)).toEqual([
      'log 3: name',
    ]);
    expect(
      told(`${HEAD}cars = pd.read_csv("x.csv", usecols=["name", "displacement", "cylinders"])\nprint(cars)\n`),
    ).toEqual([]);
  });

  it('gives targets and encryption', () => {
    const text = `${CRM}df.to_csv(f"out/{name}.csv")\ndf.to_parquet("x", encryption_properties=keys)\n`;
    expect(eventsOf(text).map((event) => [event.target, event.encrypted])).toEqual([
      ['out/….csv', false],
      ['x', true],
    ]);
  });
});

describe('bounds', () => {
  const NESTED = `${'if x:\n'.split('').join('')}`;

  it.each([
    [
      'deep nesting',
      `${CRM}${Array.from({ length: 90 }, (_, i) => `${' '.repeat(i)}if x:\n`).join('')}${' '.repeat(90)}df.to_csv("x")\n`,
    ],
    [
      'nested loops',
      `${CRM}${Array.from({ length: 18 }, (_, i) => `${' '.repeat(i)}for x${i} in df:\n`).join('')}${' '.repeat(18)}df = df.copy()\n`,
    ],
    ['mutual recursion', `${CRM}def a(f):\n    return b(f)\ndef b(f):\n    return a(f)\nprint(a(df))\n`],
    [
      'a fan of calls',
      `${CRM}${Array.from({ length: 60 }, (_, i) => `def f${i}(x):\n    return ${i === 0 ? 'x' : `f${i - 1}(f${i - 1}(x))`}\n`).join('')}f59(df)\n`,
    ],
    ['a long chain', `${CRM}df = df${'.copy()'.repeat(400)}\n`],
    ['a class that makes itself', `${CRM}class A:\n    def __init__(self, f):\n        self.f = A(f)\nA(df)\n`],
    ['broken text', `${CRM}df.to_csv(\nfor in df[\nprint(df["email"\n${NESTED}`],
  ])('%s ends', (_title, text) => {
    expect(Array.isArray(eventsOf(text))).toBe(true);
  });
});
