import { defineRule, python } from '../../engine/index.js';

export default defineRule({
  summary: 'A scaler, encoder or selector is fitted on rows that are split into training and test set later.',
  stages: ['preprocessing', 'feature-engineering'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'OWASP-ML08:2023',
    'OWASP-ML09:2023',
    'https://scikit-learn.org/stable/common_pitfalls.html#data-leakage',
    'https://scikit-learn.org/stable/modules/compose.html#pipeline',
  ],
  docs: {
    why: 'A model that reads fraud or disease off thousands of columns gets its best ones from `SelectKBest` before the split. The columns were chosen with the labels of the test rows, so even random numbers reach a high accuracy there; the release gate lets the model pass, and in production it guesses. Scalers and imputers leak less, but in the same direction.',
    instead:
      'Split first, then fit on the training rows alone and only `transform` the others. `make_pipeline(StandardScaler(), model)` does this in every fold of a cross-validation too.',
    fixSafety:
      'There is no automatic fix: the order of the steps changes, and with it every score that the program reports.',
    limits:
      'Rows are followed through the statements of one file or notebook, into the functions it calls. Stateless transformers, label encoders, and rows that are called training data already are not reported; encoders and vocabularies that only learn which values occur are information. Splits that are cut out by hand are not seen.',
    ignoreWhen: 'The values the transformer learns are fixed by the domain, or the split only serves a plot.',
  },
  messages: {
    statistics:
      '`{name}` learns from all rows, those of the later test set too, so scores come out too good; split first',
    labels: '`{name}` learns from the labels of the later test set too, so even noise scores well; split first',
    vocabulary:
      '`{name}` learns values that occur only in the later test set too; split first, or put it in a `Pipeline`',
  },
  skipsTests: true,
  query: python.splits('fit-before-split'),
  check(event, { report }) {
    const { learns } = event;
    if (learns === 'nothing' || learns === 'numbering') return;
    const finding = report(event.range, learns, { name: event.subject });
    if (learns === 'vocabulary') finding.severity('info');
    if (event.other !== undefined) finding.related(event.other, `\`${event.otherName}\` divides the rows here`);
  },
  examples: [
    {
      bad: 'from sklearn.model_selection import train_test_split\nfrom sklearn.preprocessing import StandardScaler\n\nX = StandardScaler().«fit_transform»(X)\nX_train, X_test, y_train, y_test = train_test_split(X, y)\n',
      message: 'statistics',
      good: 'from sklearn.model_selection import train_test_split\nfrom sklearn.preprocessing import StandardScaler\n\nX_train, X_test, y_train, y_test = train_test_split(X, y)\nscaler = StandardScaler().fit(X_train)\nX_train, X_test = scaler.transform(X_train), scaler.transform(X_test)\n',
      byHand: true,
    },
    {
      bad: 'from sklearn.feature_selection import SelectKBest\nfrom sklearn.linear_model import LogisticRegression\nfrom sklearn.model_selection import cross_val_score\n\nbest = SelectKBest(k=20).«fit_transform»(X, y)\nscores = cross_val_score(LogisticRegression(), best, y)\n',
      message: 'labels',
      good: 'from sklearn.feature_selection import SelectKBest\nfrom sklearn.linear_model import LogisticRegression\nfrom sklearn.model_selection import cross_val_score\nfrom sklearn.pipeline import make_pipeline\n\nscores = cross_val_score(make_pipeline(SelectKBest(k=20), LogisticRegression()), X, y)\n',
      byHand: true,
    },
    {
      bad: 'from sklearn.feature_extraction.text import CountVectorizer as Words\nfrom sklearn.model_selection import train_test_split as tts\n\nwords = Words()\ncounts = words.«fit_transform»(texts)\ntrain, test = tts(counts)\n',
      message: 'vocabulary',
      good: 'from sklearn.feature_extraction.text import CountVectorizer as Words\nfrom sklearn.model_selection import train_test_split as tts\n\ntrain, test = tts(texts)\nwords = Words()\ntrain, test = words.fit_transform(train), words.transform(test)\n',
      byHand: true,
    },
    {
      good: 'from sklearn.model_selection import train_test_split\nfrom sklearn.preprocessing import Normalizer\n\nX = Normalizer().fit_transform(X)\nX_train, X_test = train_test_split(X)\n',
      because: 'each row is scaled by itself',
    },
    {
      good: 'from sklearn.model_selection import train_test_split\nfrom sklearn.preprocessing import LabelEncoder\n\ny = LabelEncoder().fit_transform(y)\nX_train, X_test, y_train, y_test = train_test_split(X, y)\n',
      because: 'numbers for the classes say nothing about the rows',
    },
    {
      good: 'from sklearn.model_selection import train_test_split\nfrom sklearn.preprocessing import StandardScaler\n\nX_train, X_test = train_test_split(X)\nX_train = StandardScaler().fit_transform(X_train)\nX_train, X_val = train_test_split(X_train)\n',
      because: 'the test rows are apart already',
    },
    {
      good: 'from sklearn.decomposition import PCA\nfrom sklearn.model_selection import train_test_split\n\npicture = PCA(2).fit_transform(X)\nX_train, X_test = train_test_split(X)\n',
      because: 'the components are for a plot; the rows that are split are untouched',
    },
  ],
});
