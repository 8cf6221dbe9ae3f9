import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  python,
  type Requirement,
  type RuleContext,
  requirements,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';

const AUTO_LOAD = ['pyarrow.PyExtensionType.set_auto_load', 'pyarrow.lib.PyExtensionType.set_auto_load'];
const CONSTRUCTORS = ['pyarrow.PyExtensionType.__init__', 'pyarrow.lib.PyExtensionType.__init__'];
const FIXED = '14.0.1';
/** From here on pandas takes the type out of Arrow's registry when it reads Parquet or Feather files. */
const PANDAS_PATCHED = '2.1.3';

const messages = {
  pinned: '`pyarrow {version}` runs code that a Parquet, Feather or IPC file brings along; use 14.0.1 or newer',
  autoLoad: '`set_auto_load(True)` lets a Parquet, Feather or IPC file run code when it is read; leave it off',
  pickledType: '`PyExtensionType` is stored as a pickle, which readers have to unpickle; derive from `ExtensionType`',
} as const;
type Context = RuleContext<typeof messages>;

export default defineRule({
  summary: 'Arrow files may bring pickled types that run code when they are read.',
  stages: ['data-collection', 'preprocessing', 'feature-engineering'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'AML.T0010.002',
    'CVE-2023-47248',
    'https://arrow.apache.org/docs/python/generated/pyarrow.PyExtensionType.html',
    'https://pypi.org/project/pyarrow-hotfix/',
    'https://github.com/pandas-dev/pandas/pull/55894',
  ],
  docs: {
    why: 'Parquet counts as plain data. With pyarrow 14.0.0 and older the schema of a file may hold a pickled column type, so the first `read_parquet` on a downloaded data set runs the code of whoever wrote it.',
    instead:
      'Install pyarrow 14.0.1 or newer, or import `pyarrow_hotfix` where an old one has to stay, and derive column types from `pyarrow.ExtensionType`.',
    fixSafety:
      'A newer release may differ in other points, and files with pickled types lose them, so the fixes are offered for review.',
    limits:
      'A range that also allows fixed releases is silent, as is a workspace that names `pyarrow-hotfix`. Whether files of others are read is not looked at, and a class that reaches the old base through `super()` is not seen. With pandas 2.1.3 and newer, which guards its own readers, the level is lower.',
    ignoreWhen: 'Only files that the same job wrote are read.',
  },
  messages,
  query: [requirements.all(), python.calls(...AUTO_LOAD, ...CONSTRUCTORS)],
  check(fact: Requirement | CallFact, context) {
    const { report, python: py } = context;
    if (!('statement' in fact)) {
      checkRequirement(fact, context);
      return;
    }
    if (CONSTRUCTORS.includes(fact.name)) {
      const base = fact.callee.kind === 'attribute' ? fact.callee.object.range : fact.calleeRange;
      report(base, 'pickledType').severity(isTestFile(context.path) ? 'info' : 'warning');
      return;
    }
    const flag = argumentOf(fact, 'value', 0);
    const value = flag === undefined ? undefined : py.value(flag.value);
    if (flag === undefined || value?.kind !== 'boolean' || !value.value) return;
    const finding = report(fact.range, 'autoLoad');
    if (isTestFile(context.path)) finding.severity('info');
    if (py.definition(flag.value) !== flag.value) return;
    const edits = edit.replace(flag.value.range, 'False');
    finding.fix('Leave it off', 'review', edits, 'columns of such types are read as their storage');
  },
  examples: [
    {
      path: 'requirements.txt',
      bad: 'numpy==1.26.4\n«pyarrow==12.0.1»\n',
      message: 'pinned',
      good: 'numpy==1.26.4\npyarrow==14.0.1\n',
    },
    {
      path: 'requirements.txt',
      bad: '«pyarrow>=8,<14»\n',
      message: 'pinned',
      good: 'pyarrow>=14.0.1\n',
      byHand: true,
    },
    {
      bad: 'import pyarrow as pa\n«pa.PyExtensionType.set_auto_load(True)»\n',
      message: 'autoLoad',
      good: 'import pyarrow as pa\npa.PyExtensionType.set_auto_load(False)\n',
    },
    {
      bad: 'import pyarrow as pa\n\nclass Embedding(pa.PyExtensionType):\n    def __init__(self):\n        «pa.PyExtensionType».__init__(self, pa.list_(pa.float32()))\n',
      message: 'pickledType',
      good: 'import pyarrow as pa\n\nclass Embedding(pa.ExtensionType):\n    def __init__(self):\n        super().__init__(pa.list_(pa.float32()), "acme.embedding")\n',
      byHand: true,
    },
    { path: 'requirements.txt', good: 'pyarrow==14.0.1\n', because: 'the first fixed release' },
    { path: 'requirements.txt', good: 'pyarrow>=12\n', because: 'fixed releases are allowed too' },
    {
      path: 'requirements.txt',
      good: 'pyarrow==12.0.1\npyarrow-hotfix==0.6\n',
      because: 'the hotfix refuses pickled types',
    },
    {
      good: 'import pyarrow as pa\nif isinstance(kind, pa.PyExtensionType):\n    raise TypeError(kind)\n',
      because: 'the class is only asked for',
    },
  ],
});

function checkRequirement(line: Requirement, { report, text, version, path }: Context): void {
  if (line.name !== 'pyarrow' || line.kind !== 'named') return;
  const declared = {
    library: line.name,
    exact: line.exact,
    specifier: line.specifier,
    place: { path, range: line.range },
  };
  if (isBelow(declared as never, FIXED) !== true || version('pyarrow-hotfix') !== undefined) return;
  const finding = report(line.range, 'pinned', { version: (line.exact ?? line.specifier).slice(0, 20) });
  const pandas = version('pandas');
  if (pandas !== undefined && isBelow(pandas, PANDAS_PATCHED) === false) finding.severity('warning');
  const written = text.slice(line.specifierRange.start, line.specifierRange.end);
  if (line.exact === undefined || line.hashes.length > 0 || line.source === 'lock' || !written.includes(line.exact))
    return;
  const edits = edit.replace(line.specifierRange, written.replace(line.exact, FIXED));
  finding.fix(`Use ${FIXED}`, 'review', edits, 'a newer release may differ in other points');
}
