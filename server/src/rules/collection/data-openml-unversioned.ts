import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';

const FETCH = ['sklearn.datasets.fetch_openml', 'sklearn.datasets._openml.fetch_openml'];
const GET = ['openml.datasets.get_dataset'];

export default defineRule({
  summary: 'An OpenML data set is fetched by its name alone.',
  stages: ['data-collection', 'training', 'evaluation'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML02:2023',
    'AML.T0010.002',
    'https://scikit-learn.org/stable/modules/generated/sklearn.datasets.fetch_openml.html',
    'https://openml.github.io/openml-python/main/reference/datasets/functions/',
  ],
  docs: {
    why: 'Anybody with an account can upload to OpenML, also under a name that exists already. A name alone means the oldest version that is still active: when that one is withdrawn, the next training run silently reads the rows of somebody else.',
    instead: 'Pass `data_id`, or `version` beside the name; both stand for one upload that never changes.',
    fixSafety: 'Version 1 may not be the one that is active today, so the fix is offered for review.',
    limits: 'A version or id that is computed is taken as pinned; the content is not compared with a digest.',
  },
  messages: {
    nameAlone: '`{callee}` by name reads the oldest active upload, which can change; pass `version` or `data_id`',
    activeVersion: '`version="active"` reads the oldest active upload, which can change; pass a number or `data_id`',
  },
  query: python.calls(...FETCH, ...GET),
  check(call: CallFact, { report, python: py, text }) {
    if (passesUnknown(call)) return;
    const byId = GET.includes(call.name);
    const name = argumentOf(call, byId ? 'dataset_id' : 'name', 0);
    const id = name === undefined ? undefined : py.value(name.value);
    if (name === undefined || id?.kind === 'none' || id?.kind === 'number') return;
    if (byId && (id?.kind !== 'string' || /^\d+$/.test(id.value))) return;
    const dataId = byId ? undefined : argumentOf(call, 'data_id');
    if (dataId !== undefined && py.value(dataId.value).kind !== 'none') return;
    const version = byId ? argumentOf(call, 'version', 2) : argumentOf(call, 'version', 1);
    const value = version === undefined ? undefined : py.value(version.value);
    const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
    if (version !== undefined && !(value?.kind === 'string' && value.value === 'active')) {
      if (!byId || value?.kind !== 'none') return;
    }
    const finding =
      version === undefined || byId
        ? report(call.calleeRange, 'nameAlone', { callee })
        : report(version.range, 'activeVersion');
    const edits =
      version === undefined
        ? edit.setKeyword(text, call.expression, 'version', '1')
        : edit.replace(version.value.range, '1');
    finding.fix('Pin `version=1`', 'review', edits, 'check that it is the version in use today');
  },
  examples: [
    {
      bad: 'from sklearn.datasets import fetch_openml\nrows = «fetch_openml»("credit-g", as_frame=True)\n',
      message: 'nameAlone',
      good: 'from sklearn.datasets import fetch_openml\nrows = fetch_openml("credit-g", as_frame=True, version=1)\n',
    },
    {
      bad: 'import sklearn.datasets as data\nrows = data.fetch_openml(name="adult", «version="active"»)\n',
      message: 'activeVersion',
      good: 'import sklearn.datasets as data\nrows = data.fetch_openml(name="adult", version=1)\n',
    },
    {
      bad: 'import openml\nrows = «openml.datasets.get_dataset»("credit-g")\n',
      message: 'nameAlone',
      good: 'import openml\nrows = openml.datasets.get_dataset("credit-g", version=1)\n',
    },
    {
      good: 'from sklearn.datasets import fetch_openml\nrows = fetch_openml("adult", version=2)\n',
      because: 'one upload',
    },
    {
      good: 'from sklearn.datasets import fetch_openml\nrows = fetch_openml(data_id=1590)\n',
      because: 'an id is one upload',
    },
    {
      good: 'from sklearn.datasets import fetch_openml\nrows = fetch_openml(name, version=version)\n',
      because: 'the version comes from the caller',
    },
    {
      good: 'from sklearn.datasets import fetch_openml\nrows = fetch_openml(**source)\n',
      because: 'what is passed is not known',
    },
    { good: 'import openml\nrows = openml.datasets.get_dataset(31)\n', because: 'an id is one upload' },
  ],
});
