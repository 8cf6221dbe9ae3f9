import { defineRule, edit, python } from '../../engine/index.js';

export default defineRule({
  summary: 'What was fitted on training rows is fitted again on test rows.',
  stages: ['preprocessing', 'feature-engineering', 'evaluation'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'OWASP-ML08:2023',
    'OWASP-ML09:2023',
    'https://scikit-learn.org/stable/common_pitfalls.html#inconsistent-preprocessing',
    'https://scikit-learn.org/stable/common_pitfalls.html#data-leakage',
  ],
  docs: {
    why: 'The scaler of a credit model is fitted again on the applications of the test month, in which incomes were falsified upwards. The new mean hides the shift: every column looks normal again, the test passes, and the served model, which has only the training mean, sees other numbers than the ones it was judged by. An encoder that is fitted twice gives the same category two codes.',
    instead:
      'Call `fit` or `fit_transform` on the training rows only, and `transform` for everything that comes after.',
    fixSafety:
      'The test rows get other values, the ones the trained model expects, so the scores change: the fix is offered for review. It is offered for `fit_transform` with one argument.',
    limits:
      'The earlier fit and the rows have to be seen in the same file or notebook; rows count as test rows when a split made them or their name says so. An estimator that is made anew for the test rows is not reported.',
  },
  messages: {
    transformer:
      '`{name}` was fitted on training rows; fitted again, it scales or codes test rows differently; use `transform`',
    model:
      '`{name}` is trained again on test rows, so no score of theirs counts any more; keep them for the evaluation',
  },
  skipsTests: true,
  query: python.splits('fit-on-test'),
  check(event, { report }) {
    const transforms = event.method === 'fit_transform' || event.learns !== 'labels';
    const finding = report(event.range, transforms ? 'transformer' : 'model', { name: event.subject });
    if (event.other !== undefined) finding.related(event.other, 'Fitted on training rows here');
    if (event.method !== 'fit_transform' || !event.plain) return;
    finding.fix(
      'Only transform the test rows',
      'review',
      edit.replace(event.range, 'transform'),
      'the test rows get the values the trained model expects',
    );
  },
  examples: [
    {
      bad: 'from sklearn.preprocessing import StandardScaler\n\nscaler = StandardScaler()\nX_train = scaler.fit_transform(X_train)\nX_test = scaler.«fit_transform»(X_test)\n',
      message: 'transformer',
      good: 'from sklearn.preprocessing import StandardScaler\n\nscaler = StandardScaler()\nX_train = scaler.fit_transform(X_train)\nX_test = scaler.transform(X_test)\n',
    },
    {
      bad: 'from sklearn.feature_extraction import text as t\nfrom sklearn.model_selection import train_test_split\n\nknown, unseen = train_test_split(texts)\nwords = t.TfidfVectorizer()\na = words.fit_transform(known)\nb = words.«fit_transform»(unseen)\n',
      message: 'transformer',
      good: 'from sklearn.feature_extraction import text as t\nfrom sklearn.model_selection import train_test_split\n\nknown, unseen = train_test_split(texts)\nwords = t.TfidfVectorizer()\na = words.fit_transform(known)\nb = words.transform(unseen)\n',
    },
    {
      bad: 'from sklearn.svm import SVC\n\nmodel = SVC()\nmodel.fit(X_train, y_train)\nmodel.«fit»(X_test, y_test)\nprint(model.score(X_test, y_test))\n',
      message: 'model',
      good: 'from sklearn.svm import SVC\n\nmodel = SVC()\nmodel.fit(X_train, y_train)\nprint(model.score(X_test, y_test))\n',
      byHand: true,
    },
    {
      good: 'from sklearn.preprocessing import StandardScaler\n\na, b = StandardScaler(), StandardScaler()\nX_train = a.fit_transform(X_train)\nX_test = b.fit_transform(X_test)\n',
      because: 'another object',
    },
    {
      good: 'from sklearn.preprocessing import Normalizer\n\nnorm = Normalizer()\nX_train = norm.fit_transform(X_train)\nX_test = norm.fit_transform(X_test)\n',
      because: 'there is nothing to learn',
    },
    {
      good: 'from sklearn.svm import SVC\n\nmodel = SVC()\nmodel.fit(X_train, y_train)\nmodel.fit(X_val, y_val)\n',
      because: 'the last training takes the validation rows in on purpose',
    },
  ],
});
