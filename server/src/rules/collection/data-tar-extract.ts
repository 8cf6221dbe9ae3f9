import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  type Origin,
  passesUnknown,
  python,
  type Report,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';

const OPENERS = ['tarfile.open()', 'tarfile.TarFile()', 'tarfile.TarFile.open()'];

export default defineRule({
  summary: 'A tar archive is extracted without a filter.',
  stages: ['data-collection'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-22',
    'OWASP-ML02:2023',
    'OWASP-ML06:2023',
    'https://docs.python.org/3/library/tarfile.html#extraction-filters',
  ],
  overlaps: ['bandit:B202', 'ruff:S202'],
  docs: {
    why: "A member named `../../.ssh/authorized_keys` or a link that leads out of the folder is written where the archive's author wants it. Data sets and model bundles are tar archives more often than not.",
    instead:
      'Pass `filter="data"` (Python 3.12, and the last security releases of 3.8 to 3.11); from 3.14 on it is the default.',
    fixSafety:
      'Archives with absolute paths, outside links or device files are refused and permissions are normalised, so the fix is offered for review.',
    limits:
      'Members that the program chooses itself and a filter set on the archive object are not judged. The level follows where the archive comes from: downloads are errors, files of the project information.',
  },
  messages: {
    unfiltered: '`{method}` without `filter="data"` lets the archive write outside the folder',
    trusted: '`filter="{filter}"` lets the archive write outside the folder; use `filter="data"`',
    unpack: '`shutil.unpack_archive` of a tar archive without `filter="data"` lets it write outside the folder',
  },
  query: python.calls(...OPENERS.flatMap((name) => [`${name}.extractall`, `${name}.extract`]), 'shutil.unpack_archive'),
  check(call: CallFact, { report, python: py, workspace, path, text }) {
    const method = call.name.slice(call.name.lastIndexOf('.') + 1);
    const unpack = method === 'unpack_archive';
    const fix = (): ReturnType<typeof edit.setKeyword> =>
      edit.setKeyword(text, call.expression, 'filter', edit.quote(text, 'data'));
    const reason = 'archives with outside paths are refused';
    const filter = argumentOf(call, 'filter');
    if (filter !== undefined) {
      const value = py.value(filter.value);
      if (value.kind === 'string' && value.value === 'fully_trusted') {
        report(filter.range, 'trusted', { filter: value.value }).fix('Use `filter="data"`', 'review', fix(), reason);
      }
      return;
    }
    if (passesUnknown(call) || text.includes('extraction_filter') || choosesMembers(call, method, py)) return;
    const python = workspace.python(path);
    if (python !== undefined && isBelow(python, '3.14') === false) return;
    if (
      unpack &&
      !isTar(
        py.value(argumentOf(call, 'filename', 0)?.value ?? call.callee),
        argumentOf(call, 'format', 2) && py.value(argumentOf(call, 'format', 2)!.value),
      )
    )
      return;
    const finding = unpack ? report(call.calleeRange, 'unpack') : report(nameRange(call), 'unfiltered', { method });
    const archive = unpack ? argumentOf(call, 'filename', 0)?.value : archiveOf(call, py);
    byOrigin(finding, archive === undefined ? undefined : py.origin(archive), path);
    finding.fix('Add `filter="data"`', 'review', fix(), reason);
  },
  examples: [
    {
      bad: 'import tarfile\nwith tarfile.open("data.tgz") as archive:\n    archive.«extractall»("data")\n',
      message: 'unfiltered',
      good: 'import tarfile\nwith tarfile.open("data.tgz") as archive:\n    archive.extractall("data", filter="data")\n',
    },
    {
      bad: 'from tarfile import open as topen\nfiles = topen(path)\nfiles.«extract»(member, "data")\n',
      message: 'unfiltered',
      good: 'from tarfile import open as topen\nfiles = topen(path)\nfiles.extract(member, "data", filter="data")\n',
    },
    {
      bad: 'import tarfile\ntarfile.open(path).extractall("data", «filter="fully_trusted"»)\n',
      message: 'trusted',
      good: 'import tarfile\ntarfile.open(path).extractall("data", filter="data")\n',
    },
    {
      bad: 'import shutil\n«shutil.unpack_archive»("data.tar.gz", "data")\n',
      message: 'unpack',
      good: 'import shutil\nshutil.unpack_archive("data.tar.gz", "data", filter="data")\n',
    },
    { good: 'import tarfile\ntarfile.open(path).extractall("data", filter="data")\n', because: 'filtered' },
    {
      good: 'import tarfile\ntarfile.open(path).extractall("data", filter=tarfile.data_filter)\n',
      because: 'filtered by the function of the same name',
    },
    {
      good: 'import zipfile\nzipfile.ZipFile(path).extractall("data")\n',
      because: 'zipfile removes outside paths itself',
    },
    {
      good: 'import shutil\nshutil.unpack_archive("data.zip", "data")\n',
      because: 'a zip archive, which takes no filter',
    },
    {
      good: 'import tarfile\ntarfile.open(path).extractall("data")\n',
      files: { 'pyproject.toml': '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.14"\n' },
      because: 'filtered by default from Python 3.14 on',
    },
    {
      good: 'import tarfile\nwith tarfile.open(path) as t:\n    t.extraction_filter = tarfile.data_filter\n    t.extractall("data")\n',
      because: 'the filter is set on the archive',
    },
    {
      good: 'import tarfile\nwith tarfile.open(path) as t:\n    t.extractall("data", members=safe(t))\n',
      because: 'the program chooses the members',
    },
  ],
});

type Python = Parameters<typeof choosesMembers>[2];

/** `members=`, unless it is the archive's own list. */
function choosesMembers(
  call: CallFact,
  method: string,
  py: { names(e: Expression): readonly string[]; definition(e: Expression): Expression },
): boolean {
  const members = method === 'extractall' ? argumentOf(call, 'members', 1)?.value : undefined;
  return members !== undefined && !py.names(members).some((name) => /\(\)\.getmembers\(\)$/.test(name));
}

/** What the archive was opened from: path or file object of the `tarfile.open` the object comes from. */
function archiveOf(call: CallFact, py: Python): Expression | undefined {
  const object = call.callee.kind === 'attribute' ? py.definition(call.callee.object) : undefined;
  if (object?.kind !== 'call') return undefined;
  return (argumentOf(object, 'fileobj', 2) ?? argumentOf(object, 'name', 0))?.value;
}

/** Outside: error; chosen by the operator or unknown: warning; a file of the project or of a test: information. */
function byOrigin(finding: Report, origin: Origin | undefined, path: string): void {
  if (origin?.tier === 'T1') finding.severity(origin.operator ? 'warning' : 'error');
  else if (origin?.tier === 'T3' || isTestFile(path)) finding.severity('info');
  else finding.severity('warning');
  for (const step of origin?.trail ?? []) finding.related(step.range, step.message);
}

function nameRange(call: CallFact): { start: number; end: number } {
  return call.callee.kind === 'attribute' ? call.callee.nameRange : call.calleeRange;
}

function isTar(
  file: { kind: string; value?: unknown; pieces?: readonly string[] },
  format: { kind: string; value?: unknown } | undefined,
): boolean {
  if (format !== undefined) return format.kind === 'string' && /tar$/.test(String(format.value));
  const last = file.kind === 'string' ? String(file.value) : file.kind === 'partial' ? (file.pieces?.at(-1) ?? '') : '';
  return /\.(tar|tgz|tbz2?|txz|tar\.(gz|bz2|xz|zst))$/.test(last);
}
