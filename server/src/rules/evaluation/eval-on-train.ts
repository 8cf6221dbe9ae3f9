import { defineRule, python } from '../../engine/index.js';

export default defineRule({
  summary: 'A model is judged on the rows it was trained on.',
  stages: ['evaluation'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'OWASP-ML09:2023',
    'https://scikit-learn.org/stable/modules/cross_validation.html',
    'https://scikit-learn.org/stable/modules/model_evaluation.html',
  ],
  docs: {
    why: 'A forest that grew its trees to the last row knows every row by heart: it scores 1.0 on them, whatever it is worth. A release gate that reads this number lets through a model that was trained on the wrong column, or poisoned, and nobody notices before customers do.',
    instead:
      'Keep rows apart before the training with `train_test_split` and score those, or use `cross_val_score`. Fit on everything only after the scores are written down.',
    fixSafety: 'There is no automatic fix: which rows are to be kept apart depends on time, groups and amount of data.',
    limits:
      'Two cases are reported: the model was fitted on all rows and is judged on a part that was split off them; or it is judged on the very rows that the file reads and fits on, while nothing in the file speaks of test rows, folds or validation. A training score beside a test score is fine. Clusterings, parameters of functions and rows called training data are not judged.',
    ignoreWhen: 'The fit itself is what is described, as in a statistical report, and no quality is claimed.',
  },
  messages: {
    whole:
      '`{name}` was fitted on all rows, the ones judged here too, so the score says nothing; fit on the training part',
    same: '`{method}` judges `{name}` on the rows it was trained on, so it only shows what it memorised; hold rows out',
  },
  skipsTests: true,
  query: python.splits('score-on-fitted'),
  check(event, { report }) {
    const { subject: name, method } = event;
    const finding = event.mild ? report(event.range, 'same', { name, method }) : report(event.range, 'whole', { name });
    if (event.other !== undefined) finding.related(event.other, 'The model is fitted here');
  },
  examples: [
    {
      bad: 'from sklearn.linear_model import LogisticRegression\nfrom sklearn.model_selection import train_test_split\n\nX_train, X_test, y_train, y_test = train_test_split(X, y)\nmodel = LogisticRegression().fit(X, y)\nprint(model.«score»(X_test, y_test))\n',
      message: 'whole',
      good: 'from sklearn.linear_model import LogisticRegression\nfrom sklearn.model_selection import train_test_split\n\nX_train, X_test, y_train, y_test = train_test_split(X, y)\nmodel = LogisticRegression().fit(X_train, y_train)\nprint(model.score(X_test, y_test))\n',
      byHand: true,
    },
    {
      bad: 'import pandas as pd\nfrom sklearn.ensemble import RandomForestClassifier as Forest\nfrom sklearn.metrics import accuracy_score\n\ndf = pd.read_csv("loans.csv")\nX, y = df[["amount", "rate"]], df["repaid"]\nmodel = Forest()\nmodel.fit(X, y)\nprint(«accuracy_score»(y, model.predict(X)))\n',
      message: 'same',
      good: 'import pandas as pd\nfrom sklearn.ensemble import RandomForestClassifier as Forest\nfrom sklearn.model_selection import cross_val_score\n\ndf = pd.read_csv("loans.csv")\nX, y = df[["amount", "rate"]], df["repaid"]\nprint(cross_val_score(Forest(), X, y).mean())\n',
      byHand: true,
    },
    {
      good: 'from sklearn.linear_model import LogisticRegression\nfrom sklearn.model_selection import train_test_split\n\nX_train, X_test, y_train, y_test = train_test_split(X, y)\nmodel = LogisticRegression().fit(X_train, y_train)\nprint(model.score(X_train, y_train), model.score(X_test, y_test))\n',
      because: 'the training score stands beside the test score',
    },
    {
      good: 'from sklearn.linear_model import LogisticRegression\n\ndef fit(X, y):\n    model = LogisticRegression().fit(X, y)\n    print(model.score(X, y))\n    return model\n',
      because: 'whoever calls the function may hold rows back',
    },
    {
      good: 'import pandas as pd\nfrom sklearn.cluster import KMeans\n\ndf = pd.read_csv("loans.csv")\nmodel = KMeans().fit(df)\nprint(model.score(df))\n',
      because: 'a clustering has no truth to memorise',
    },
    {
      good: 'from sklearn.linear_model import LogisticRegression\nfrom sklearn.model_selection import train_test_split\n\nX_train, X_test, y_train, y_test = train_test_split(X, y)\nmodel = LogisticRegression().fit(X_train, y_train)\nprint(model.score(X_test, y_test))\nmodel.fit(X, y)\n',
      because: 'the last training comes after the score',
    },
  ],
});
