import { defineRule, python } from '../../engine/index.js';

export default defineRule({
  summary: 'The rows that stop a training or choose its settings are its test rows as well.',
  stages: ['training', 'evaluation'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'OWASP-ML09:2023',
    'https://scikit-learn.org/stable/modules/cross_validation.html',
    'https://xgboost.readthedocs.io/en/stable/python/sklearn_estimator.html#early-stopping',
    'https://lightgbm.readthedocs.io/en/stable/pythonapi/lightgbm.early_stopping.html',
    'https://keras.io/api/callbacks/early_stopping/',
  ],
  docs: {
    why: 'Early stopping keeps the state of the model that does best on the rows it watches. If those are the test rows, the reported score is the best of hundreds of tries on them: a model that a few poisoned rows have pushed the wrong way still shows its luckiest moment to the release gate.',
    instead:
      'Split the training rows once more, let `eval_set` or `validation_data` be that part, and use the test rows once, at the end.',
    fixSafety: 'There is no automatic fix: the rows to watch have to be taken out of the training rows.',
    limits:
      'Seen are the evaluation sets of XGBoost, LightGBM, CatBoost and Keras with early stopping or the choice of the best state, and searches of scikit-learn, each with a later score of the same rows in the same file. Rows that are only watched, or are called validation rows, are not reported; nor are searches over settings by hand.',
  },
  messages: {
    stops:
      'These rows stop the training of `{name}` and test it later, so the score comes out too good; split once more',
    searches:
      '`{name}` chooses settings by its later test rows, so the score comes out too good; search on training rows',
  },
  skipsTests: true,
  query: python.splits('tune-on-test'),
  check(event, { report }) {
    const finding = report(event.range, event.mild ? 'searches' : 'stops', { name: event.subject });
    if (event.other !== undefined)
      finding.related(event.other, `The same rows are judged by \`${event.otherName}\` here`);
  },
  examples: [
    {
      bad: 'from xgboost import XGBClassifier\n\nmodel = XGBClassifier(early_stopping_rounds=20)\nmodel.fit(X_train, y_train, «eval_set=[(X_test, y_test)]»)\nprint(model.score(X_test, y_test))\n',
      message: 'stops',
      good: 'from xgboost import XGBClassifier\n\nmodel = XGBClassifier(early_stopping_rounds=20)\nmodel.fit(X_train, y_train, eval_set=[(X_val, y_val)])\nprint(model.score(X_test, y_test))\n',
      byHand: true,
    },
    {
      bad: 'from keras.callbacks import EarlyStopping as Stop\nfrom keras.models import Sequential\n\nmodel = Sequential()\nmodel.fit(x_train, y_train, «validation_data=(x_test, y_test)», callbacks=[Stop(patience=3)])\nprint(model.evaluate(x_test, y_test))\n',
      message: 'stops',
      good: 'from keras.callbacks import EarlyStopping as Stop\nfrom keras.models import Sequential\n\nmodel = Sequential()\nmodel.fit(x_train, y_train, validation_split=0.1, callbacks=[Stop(patience=3)])\nprint(model.evaluate(x_test, y_test))\n',
      byHand: true,
    },
    {
      bad: 'from sklearn.model_selection import GridSearchCV as Search\n\nsearch = Search(model, grid)\nsearch.«fit»(X_test, y_test)\nprint(search.score(X_test, y_test))\n',
      message: 'searches',
      good: 'from sklearn.model_selection import GridSearchCV as Search\n\nsearch = Search(model, grid)\nsearch.fit(X_train, y_train)\nprint(search.score(X_test, y_test))\n',
      byHand: true,
    },
    {
      good: 'from xgboost import XGBClassifier\n\nmodel = XGBClassifier()\nmodel.fit(X_train, y_train, eval_set=[(X_test, y_test)])\nprint(model.score(X_test, y_test))\n',
      because: 'the rows are only watched',
    },
    {
      good: 'from xgboost import XGBClassifier\n\nmodel = XGBClassifier(early_stopping_rounds=20)\nmodel.fit(X_train, y_train, eval_set=[(X_test, y_test)])\nprint(model.score(X_new, y_new))\n',
      because: 'other rows are scored',
    },
    {
      good: 'from catboost import CatBoostClassifier\n\nmodel = CatBoostClassifier(use_best_model=False)\nmodel.fit(X_train, y_train, eval_set=(X_test, y_test))\nprint(model.score(X_test, y_test))\n',
      because: 'the last state is kept, whatever the rows say',
    },
  ],
});
