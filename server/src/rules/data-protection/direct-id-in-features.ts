import type { TextEdit } from '../../base/range.js';
import { defineRule, edit, type FrameEvent, python } from '../../engine/index.js';
import { byWeight, FLOOR, nameColumns, type PersonalColumn, sureness } from './_sensitivity.js';

/** What points to one person and carries nothing a model should learn. */
const IDS: ReadonlySet<string> = new Set([
  'person_name',
  'gov_id',
  'email',
  'phone',
  'postal_address',
  'medical_record_id',
  'insurance_id',
  'payment_card',
  'bank_account',
  'vehicle_id',
  'online_id',
  'credential',
  'pseudonymous_id',
]);

export default defineRule({
  summary: 'A column that identifies people is among the features of a model.',
  stages: ['feature-engineering', 'training'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-359',
    'OWASP-ML03:2023',
    'OWASP-ML04:2023',
    'AML.T0024',
    'https://eur-lex.europa.eu/eli/reg/2016/679/oj#art_5',
    'https://scikit-learn.org/stable/common_pitfalls.html#data-leakage',
  ],
  docs: {
    why: 'A model that sees customer numbers memorises customers: it looks better in validation than it is, and anyone who may query it can test whether a person was in the training data.',
    instead: 'Drop identifiers before training; keep them beside the features only to join results back.',
    fixSafety: 'The model sees one column less, so its predictions and every caller that passes features change.',
    limits:
      'Only columns that are known to be in the features count: lists of names, and frames from which others were dropped. Recommenders are left out, they are made of user numbers.',
    ignoreWhen: 'The number is not one of a person.',
  },
  messages: {
    identifier: '{columns} identify single people and are features, so the model can memorise them; drop them first',
    identifierOne: '{columns} identifies single people and is a feature, so the model can memorise it; drop it first',
  },
  query: python.frames('fit'),
  check(event: FrameEvent, { report, text }) {
    const columns = byWeight(event.columns.filter((column) => IDS.has(column.category)));
    if (columns.length === 0 || event.repeated === true || event.confidence < FLOOR) return;
    const one = columns.length === 1;
    const finding = report(event, one ? 'identifierOne' : 'identifier', { columns: nameColumns(columns) });
    finding.severity(columns.some((column) => column.publicRecord === true) ? 'hint' : 'warning');
    finding.confidence(sureness(event, columns));
    for (const step of event.trail) finding.related(step.range, step.message);
    const edits = removal(text, event, columns);
    if (edits === undefined) return;
    const names = columns.map((column) => `\`${column.name}\``).join(', ');
    finding.fix(
      `Take ${names} out of the features`,
      'review',
      edits,
      'callers must stop passing it, and scores change',
    );
  },
  examples: [
    {
      bad: 'import pandas as pd\nfrom sklearn.ensemble import RandomForestClassifier\n\ndf = pd.read_csv("churn.csv")\nX = df[["customer_id", "email", "tenure"]]\nRandomForestClassifier().«fit»(X, df["churn"])\n',
      message: 'identifier',
      good: 'import pandas as pd\nfrom sklearn.ensemble import RandomForestClassifier\n\ndf = pd.read_csv("churn.csv")\nX = df[["tenure"]]\nRandomForestClassifier().fit(X, df["churn"])\n',
    },
    {
      bad: 'import pandas as pd\nfrom sklearn.linear_model import LogisticRegression\n\ndf = pd.read_csv("churn.csv")\nids = df["customer_id"]\nX = df.drop(columns=["churn"])\nLogisticRegression().«fit»(X, df["churn"])\n',
      message: 'identifierOne',
      good: 'import pandas as pd\nfrom sklearn.linear_model import LogisticRegression\n\ndf = pd.read_csv("churn.csv")\nids = df["customer_id"]\nX = df.drop(columns=["churn", "customer_id"])\nLogisticRegression().fit(X, df["churn"])\n',
    },
    {
      good: 'import pandas as pd\nfrom sklearn.svm import SVC\n\ndf = pd.read_csv("churn.csv")\nX = df.drop(columns=["customer_id", "churn"])\nSVC().fit(X, df["churn"])\n',
      because: 'the number is dropped',
    },
    {
      good: 'import pandas as pd\nfrom sklearn.svm import SVC\n\ndf = pd.read_csv("churn.csv")\nprint(df["customer_id"].nunique())\nSVC().fit(df, y)\n',
      because: 'which columns the frame holds is not known',
    },
    {
      good: 'import pandas as pd\nfrom sklearn.svm import SVC\n\ndf = pd.read_csv("shop.csv")\nSVC().fit(df[["item_id", "product_name", "price"]], df["sold"])\n',
      because: 'products are no people',
    },
    {
      good: 'import pandas as pd\nfrom sklearn.preprocessing import LabelEncoder\n\ndf = pd.read_csv("churn.csv")\nencoder = LabelEncoder().fit(df["customer_id"])\n',
      because: 'an encoder is no model',
    },
    {
      good: 'import pandas as pd\nfrom sklearn.compose import ColumnTransformer\nfrom sklearn.pipeline import Pipeline\nfrom sklearn.preprocessing import StandardScaler\nfrom sklearn.svm import SVC\n\ndf = pd.read_csv("churn.csv")\nscale = ColumnTransformer([("num", StandardScaler(), ["tenure"])])\nmodel = Pipeline([("scale", scale), ("svc", SVC())])\nmodel.fit(df[["customer_id", "tenure"]], df["churn"])\n',
      because: 'the transformer passes on only what it lists',
    },
  ],
});

/** Takes the names out of the list that selects them, or adds them to the list of what is dropped. */
function removal(text: string, event: FrameEvent, columns: readonly PersonalColumn[]): TextEdit[] | undefined {
  if (columns.every((column) => column.selected !== undefined)) {
    const edits = columns.map((column) => withoutItem(text, column.selected!));
    return edits.includes(undefined) ? undefined : edits.filter((one): one is TextEdit => one !== undefined);
  }
  const { dropList } = event;
  if (dropList === undefined || columns.some((column) => column.selected !== undefined)) return undefined;
  const names = columns.map((column) => edit.quote(text, column.name)).join(', ');
  if (text[dropList.end - 1] === ']' && text[dropList.start] === '[') {
    const inside = text.slice(dropList.start + 1, dropList.end - 1);
    if (inside.includes('#') || /,\s*$/.test(inside)) return undefined;
    const end = dropList.end - 1 - (inside.length - inside.trimEnd().length);
    return edit.insert(end, inside.trim() === '' ? names : `, ${names}`);
  }
  const isText = /^["'][^"']*["']$/.test(text.slice(dropList.start, dropList.end));
  return isText ? [...edit.insert(dropList.start, '['), ...edit.insert(dropList.end, `, ${names}]`)] : undefined;
}

/** An item of a list of strings with the comma that goes with it. */
function withoutItem(text: string, item: { readonly start: number; readonly end: number }): TextEdit | undefined {
  const before = /[[(,]\s*$/.exec(text.slice(Math.max(0, item.start - 200), item.start))?.[0];
  const after = /^\s*(,\s*|[\])])/.exec(text.slice(item.end, item.end + 200));
  if (before === undefined || after === null) return undefined;
  if (after[1]!.startsWith(',')) return { range: { start: item.start, end: item.end + after[0].length }, newText: '' };
  if (!before.startsWith(',')) return undefined;
  return { range: { start: item.start - before.length, end: item.end }, newText: '' };
}
