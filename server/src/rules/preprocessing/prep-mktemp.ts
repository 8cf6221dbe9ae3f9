import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  edit,
  passesUnknown,
  python,
  type RuleContext,
} from '../../engine/index.js';
import { TEMPORARY_FOLDER } from '../../knowledge/shared-folders.js';

const SHARED_NAMES = ['tempfile.gettempdir()', 'tempfile.tempdir'];
/** Folders that only their creator may write to. */
const PRIVATE_NAMES = /^tempfile\.(mkdtemp\(\)|TemporaryDirectory\(\))/;

export default defineRule({
  summary: '`tempfile.mktemp` names a temporary file without creating it.',
  stages: ['preprocessing', 'feature-engineering', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: ['CWE-377', 'https://docs.python.org/3/library/tempfile.html#tempfile.mktemp'],
  overlaps: ['bandit:B306', 'ruff:S306'],
  docs: {
    why: 'On a shared training machine every user may write to `/tmp`. Between the choice of the name and the first write, another one can put a file or a link there: the features end up in a file of theirs, or the job reads back rows it never wrote.',
    instead:
      'Use `tempfile.NamedTemporaryFile(delete=False)` or `tempfile.mkstemp`, which create the file for its owner alone; for a name inside a folder, `tempfile.TemporaryDirectory`.',
    fixSafety:
      'The file exists from the start, is readable by its owner alone, and its descriptor stays open, so the fix is offered for review, and only where the name is opened for writing next.',
    limits:
      'Whether others can write to a folder that is passed as `dir` is mostly not known: the level is lower, as it is in tests. A name that goes straight into an exclusive `open(…, "x")` is silent.',
  },
  messages: {
    onlyNamed: '`{callee}` only picks a name; others can create that file first; use `NamedTemporaryFile` or `mkstemp`',
  },
  query: [python.calls('tempfile.mktemp'), python.references('tempfile.mktemp')],
  check(fact, context) {
    const { report, path } = context;
    if (fact.kind === 'reference') {
      report(fact.range, 'onlyNamed', { callee: fact.name }).severity(isTestFile(path) ? 'info' : 'warning');
      return;
    }
    const folder = folderOf(fact, context);
    const mode = nextOpened(context.text, fact);
    if (folder === 'private' || mode?.startsWith('x')) return;
    const finding = report(fact.calleeRange, 'onlyNamed', { callee: fact.name });
    if (folder === 'unknown' || isTestFile(path)) finding.severity('info');
    if (fact.callee.kind !== 'attribute' || !mode?.startsWith('w')) return;
    finding.fix(
      'Create the file with `mkstemp`',
      'review',
      [...edit.replace(fact.callee.nameRange, 'mkstemp'), ...edit.insert(fact.range.end, '[1]')],
      'its descriptor stays open, and only its owner may read the file',
    );
  },
  examples: [
    {
      bad: 'import tempfile\npath = «tempfile.mktemp»(".csv")\nwith open(path, "w") as f:\n    f.write(rows)\n',
      message: 'onlyNamed',
      good: 'import tempfile\npath = tempfile.mkstemp(".csv")[1]\nwith open(path, "w") as f:\n    f.write(rows)\n',
    },
    {
      bad: 'import tempfile as tmp\nwith open(«tmp.mktemp»(suffix=".bin"), "wb") as f:\n    f.write(weights)\n',
      message: 'onlyNamed',
      good: 'import tempfile as tmp\nwith open(tmp.mkstemp(suffix=".bin")[1], "wb") as f:\n    f.write(weights)\n',
    },
    {
      bad: 'from tempfile import mktemp\nframe.to_parquet(«mktemp»(suffix=".parquet"))\n',
      message: 'onlyNamed',
      good: 'from tempfile import NamedTemporaryFile\nwith NamedTemporaryFile(suffix=".parquet") as f:\n    frame.to_parquet(f)\n',
      byHand: true,
    },
    {
      good: 'import tempfile\nwith tempfile.NamedTemporaryFile("w", delete=False) as f:\n    f.write(rows)\n',
      because: 'the file is created at once',
    },
    {
      good: 'import tempfile\nwith open(tempfile.mktemp(), "xb") as f:\n    f.write(weights)\n',
      because: 'an exclusive open fails when somebody was faster',
    },
    {
      good: 'import tempfile\nfolder = tempfile.mkdtemp()\npath = tempfile.mktemp(dir=folder)\n',
      because: 'a folder that nobody else can write to',
    },
    {
      good: 'def mktemp(suffix):\n    return f"work/{next(numbers)}{suffix}"\n\npath = mktemp(".csv")\n',
      because: "a function of the program's own",
    },
    { good: 'def cache(tmp_path_factory):\n    return tmp_path_factory.mktemp("cache")\n', because: 'a pytest folder' },
  ],
});

type Asked = Pick<RuleContext<Record<never, string>>, 'python'>;

/** Who can write to the folder the file is to stand in. */
function folderOf(call: CallFact, { python: py }: Asked): 'shared' | 'private' | 'unknown' {
  const argument = argumentOf(call, 'dir', 2);
  if (argument === undefined) return passesUnknown(call) ? 'unknown' : 'shared';
  const value = py.value(argument.value);
  const names = py.names(argument.value);
  if (names.some((name) => PRIVATE_NAMES.test(name))) return 'private';
  const shared = value.kind === 'none' || names.some((name) => SHARED_NAMES.includes(name));
  return shared || (value.kind === 'string' && TEMPORARY_FOLDER.test(value.value)) ? 'shared' : 'unknown';
}

/** Mode of the `open` that the name goes into: around the call, or the first mention of the variable it is given to. */
function nextOpened(text: string, call: CallFact): string | undefined {
  const mode = /^\s*,\s*(?:mode\s*=\s*)?["']([a-z+]{1,4})["']/;
  const before = text.slice(call.statement.start, call.range.start);
  const after = text.slice(call.range.end, call.range.end + 2000);
  if (/(?<![\w.])open\(\s*(?:file\s*=\s*)?$/.test(before)) return mode.exec(after)?.[1];
  const variable = /^\s*([A-Za-z_]\w*)\s*=\s*$/.exec(before)?.[1];
  const mention = variable === undefined ? null : new RegExp(`(?<![\\w.])${variable}(?!\\w)`).exec(after);
  if (mention === null || !/(?<![\w.])open\(\s*$/.test(after.slice(0, mention.index))) return undefined;
  return mode.exec(after.slice(mention.index + mention[0].length))?.[1];
}
