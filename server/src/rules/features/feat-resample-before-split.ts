import { defineRule, python } from '../../engine/index.js';

export default defineRule({
  summary: 'Rows are repeated or made up before the split into training and test set.',
  stages: ['preprocessing', 'feature-engineering'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'OWASP-ML08:2023',
    'https://imbalanced-learn.org/stable/common_pitfalls.html#data-leakage',
    'https://scikit-learn.org/stable/modules/generated/sklearn.utils.resample.html',
  ],
  docs: {
    why: 'SMOTE draws new fraud cases between real ones, `resample` copies them. When that happens before the split, copies and neighbours of training rows land in the test set. The model is rewarded for knowing them by heart: a detector with a recall of 0.98 in the report finds half of the fraud in production.',
    instead:
      'Split first and resample the training rows alone. In a cross-validation, put the sampler into `imblearn.pipeline.make_pipeline(SMOTE(), model)`, which leaves the rows that are judged untouched.',
    fixSafety: 'There is no automatic fix: the order of the steps changes, and with it every score that is reported.',
    limits:
      'Rows are followed through the statements of one file or notebook. Samplers that only leave rows out put no row on both sides, but change the share of the classes that scores are measured on: information. Augmentation of pictures and texts is not seen.',
  },
  messages: {
    repeated: '`{name}` puts copies of training rows into the later test set, so scores come out too good; split first',
    leftOut:
      '`{name}` changes the share of the classes in the later test set, so scores do not carry over; split first',
  },
  skipsTests: true,
  query: python.splits('resample-before-split'),
  check(event, { report }) {
    const finding = report(event.range, event.mild ? 'leftOut' : 'repeated', { name: event.subject });
    if (event.mild) finding.severity('info');
    if (event.other !== undefined) finding.related(event.other, `\`${event.otherName}\` divides the rows here`);
  },
  examples: [
    {
      bad: 'from imblearn.over_sampling import SMOTE\nfrom sklearn.model_selection import train_test_split\n\nX, y = SMOTE().«fit_resample»(X, y)\nX_train, X_test, y_train, y_test = train_test_split(X, y)\n',
      message: 'repeated',
      good: 'from imblearn.over_sampling import SMOTE\nfrom sklearn.model_selection import train_test_split\n\nX_train, X_test, y_train, y_test = train_test_split(X, y)\nX_train, y_train = SMOTE().fit_resample(X_train, y_train)\n',
      byHand: true,
    },
    {
      bad: 'import pandas as pd\nfrom sklearn.model_selection import train_test_split\nfrom sklearn.utils import resample as draw\n\nfraud = «draw»(df[df["fraud"]], n_samples=5000)\ndf = pd.concat([fraud, df[~df["fraud"]]])\ntrain, test = train_test_split(df)\n',
      message: 'repeated',
      good: 'import pandas as pd\nfrom sklearn.model_selection import train_test_split\nfrom sklearn.utils import resample as draw\n\ntrain, test = train_test_split(df)\nfraud = draw(train[train["fraud"]], n_samples=5000)\ntrain = pd.concat([fraud, train[~train["fraud"]]])\n',
      byHand: true,
    },
    {
      bad: 'from imblearn.under_sampling import RandomUnderSampler\nfrom sklearn.model_selection import cross_val_score\n\nX_even, y_even = RandomUnderSampler().«fit_resample»(X, y)\ncross_val_score(model, X_even, y_even)\n',
      message: 'leftOut',
      good: 'from imblearn.pipeline import make_pipeline\nfrom imblearn.under_sampling import RandomUnderSampler\nfrom sklearn.model_selection import cross_val_score\n\ncross_val_score(make_pipeline(RandomUnderSampler(), model), X, y)\n',
      byHand: true,
    },
    {
      good: 'from imblearn.over_sampling import SMOTE\nfrom sklearn.model_selection import train_test_split\n\nX_train, X_test, y_train, y_test = train_test_split(X, y)\nX_train, y_train = SMOTE().fit_resample(X_train, y_train)\nX_train, X_val = train_test_split(X_train)\n',
      because: 'the test rows are apart already',
    },
    {
      good: 'from sklearn.model_selection import train_test_split\n\ndf = df.sample(frac=1, random_state=0)\ntrain, test = train_test_split(df)\n',
      because: 'shuffling repeats no row',
    },
    {
      good: 'import pandas as pd\nfrom sklearn.model_selection import train_test_split\n\ndaily = df.resample("D").mean()\ntrain, test = train_test_split(daily)\n',
      because: 'this `resample` makes days of hours',
    },
  ],
});
