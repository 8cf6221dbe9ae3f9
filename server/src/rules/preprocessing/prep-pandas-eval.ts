import { argumentOf, type CallFact, defineRule, python } from '../../engine/index.js';
import { gradeByOrigin, isForeign, leastTrusted } from '../_by-origin.js';
import { type Hole, isGuarded, isHarmless, templateOf } from '../_text-template.js';
import { isValue, namedEdits } from './_named-values.js';

/** Libraries whose frames evaluate an expression as pandas does. */
const LIBRARIES = ['pandas', 'geopandas', 'modin.pandas', 'dask.dataframe'];
export default defineRule({
  summary: 'An expression of pandas is put together from values that can change what it does.',
  stages: ['preprocessing', 'feature-engineering', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-95',
    'OWASP-LLM05:2025',
    'CVE-2024-9880',
    'https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.query.html',
    'https://pandas.pydata.org/docs/reference/api/pandas.eval.html',
  ],
  docs: {
    why: 'A dashboard filters its table with `df.query(f"region == \'{region}\'")`. Expressions of pandas may call functions through `@` names and attributes, so a region that closes the quote runs code in the process that holds the customer data.',
    instead:
      'Name the variable with `@` (`df.query("region == @region")`), or select with a mask: `df[df["region"] == region]`.',
    fixSafety:
      'A value that is named with `@` keeps its own type, where text that is pasted in is read again: a number in quotes, a list as text or the name of a column gives another result. The fix is offered for review.',
    limits:
      'Frames are followed from where they are read or annotated; a parameter without an annotation is not known to be one. Names of columns of unknown origin are passed over, as are whole expressions that the program or its operator wrote.',
    ignoreWhen: 'The value comes from the program itself and never from a file, a user or a model.',
  },
  messages: {
    value: '`{callee}` evaluates text with a value pasted in, which can run code; name the variable with `@`',
    foreign: '`{callee}` evaluates text that came from outside, which can run code; select with a mask',
  },
  query: python.calls(
    ...LIBRARIES.flatMap((library) => [`${library}.eval`, `${library}.**.query`, `${library}.**.eval`]),
    'numexpr.evaluate',
  ),
  check(call: CallFact, { report, python: py, text, path }) {
    const expression = argumentOf(call, call.name === 'numexpr.evaluate' ? 'ex' : 'expr', 0)?.value;
    if (expression === undefined) return;
    const parts = templateOf(expression, py, text);
    const open = parts
      .filter((part): part is Hole => typeof part !== 'string')
      .filter((hole) => !hole.numeric && !isHarmless(hole.expression, py) && !isGuarded(hole, call, text));
    const foreign = open.filter((hole) => isForeign(py.origin(hole.expression)));
    const values = call.name === 'numexpr.evaluate' ? [] : open.filter((hole) => isValue(hole, parts));
    const [shown] = [...foreign, ...values];
    if (shown === undefined) return;
    const origin = leastTrusted(
      (foreign.length > 0 ? foreign : values).map((hole) => hole.expression),
      py,
    )!;
    const place = shown.place ?? shown.expression.range;
    const within = place.start >= expression.range.start && place.end <= expression.range.end;
    const callee = call.name.startsWith('numexpr') || !call.name.includes('()') ? call.name : methodOf(call.name);
    const finding = report(within ? place : expression.range, foreign.length > 0 ? 'foreign' : 'value', { callee });
    gradeByOrigin(finding, origin, path);
    const edits = expression.kind === 'formatted' ? namedEdits(parts, open, text) : [];
    if (edits.length > 0)
      finding.fix('Name the variables with `@`', 'review', edits, 'the values keep their own types');
  },
  examples: [
    {
      bad: 'import pandas as pd\n\ndef select(path, region):\n    df = pd.read_csv(path)\n    return df.query(f"region == \'«{region}»\'")\n',
      message: 'value',
      good: 'import pandas as pd\n\ndef select(path, region):\n    df = pd.read_csv(path)\n    return df.query(f"region == @region")\n',
    },
    {
      bad: 'from pandas import DataFrame\n\ndef select(rows: DataFrame, low, high):\n    return rows.query(f"age > «{low}» and age < {high}")\n',
      message: 'value',
      good: 'from pandas import DataFrame\n\ndef select(rows: DataFrame, low, high):\n    return rows.query(f"age > @low and age < @high")\n',
    },
    {
      bad: 'import pandas as pd\nfrom flask import Flask, request\napp = Flask(__name__)\ndf = pd.read_parquet("customers.parquet")\n\n@app.route("/rows")\ndef rows():\n    return df.query(«request.args["filter"]»).to_json()\n',
      message: 'foreign',
      good: 'import pandas as pd\nfrom flask import Flask, request\napp = Flask(__name__)\ndf = pd.read_parquet("customers.parquet")\n\n@app.route("/rows")\ndef rows():\n    return df[df["region"] == request.args["region"]].to_json()\n',
      byHand: true,
    },
    {
      good: 'import pandas as pd\ndf = pd.read_csv("a.csv")\nold = df.query("age > @limit")\n',
      because: 'the variable is named, not pasted in',
    },
    {
      good: 'import pandas as pd\nLIMIT = 65\ndf = pd.read_csv("a.csv")\nold = df.query(f"age > {LIMIT} and score < {float(score)}")\n',
      because: 'a constant and a number',
    },
    { good: 'hits = collection.query(f"city == {city}")\n', because: 'nothing says that this is a data frame' },
    { good: 'import torch\nnet = torch.load(path)\nnet.eval()\n', because: 'a method of the model' },
    {
      good: 'import pandas as pd\n\ndef total(path, column):\n    return pd.read_csv(path).eval(f"{column} * 2")\n',
      because: 'names of columns mostly stand in the program',
    },
  ],
});

function methodOf(name: string): string {
  return `DataFrame.${name.slice(name.lastIndexOf('.') + 1)}`;
}
