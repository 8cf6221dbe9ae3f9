import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  type Origin,
  type PythonQuestions,
  python,
} from '../../engine/index.js';
import { ARCHIVE_METHODS, UNPACKERS } from '../../knowledge/unpackers.js';
import { isForeign } from '../_by-origin.js';
import { linesAbove } from '../_text-template.js';

/** An option that bounds what comes out. */
const BOUNDS = ['max_length', 'max_output_size'];
/** Signs that a download is compared with what it was before. */
const CHECKSUM = /sha\d{3}|checksum|digest|md5|\bhash_\w+|\bverif\w+\(/i;
/** Signs of a limit in the lines of a function. */
const LIMIT = /\bfile_size\b|\.size\b|\b\w*(?:max|limit)\w*\b/i;

export default defineRule({
  summary: 'What somebody else packed is unpacked without a limit.',
  stages: ['data-collection', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-409',
    'OWASP-LLM10:2025',
    'AML.T0029',
    'https://docs.python.org/3/library/zipfile.html#decompression-pitfalls',
    'https://docs.python.org/3/library/zipfile.html#zipfile.ZipInfo.file_size',
  ],
  docs: {
    why: 'A labelling service takes images as a ZIP file. Somebody sends forty kilobytes that unpack to four gigabytes: the disk of the node is full, and every training job on it stops.',
    instead:
      'Add up `ZipInfo.file_size` before anything is unpacked and refuse more than the job needs; read streams in pieces and stop at the limit.',
    fixSafety: 'No fix is offered: only the owner knows how large an honest archive can be.',
    limits:
      'Only data that is known to come from a request, a model or a download is judged, downloads at a lower level, not in notebooks and not behind a checksum. Any mention of a size or a maximum above the call in its function silences the finding.',
    ignoreWhen: 'The size of uploads is bounded and the service runs with a quota for its disk and memory.',
  },
  messages: {
    upload:
      '`{callee}` unpacks what somebody sent; a few kilobytes can fill the disk or memory, so add up the sizes first',
    download:
      '`{callee}` unpacks what was fetched; a few kilobytes can fill the disk or memory, so add up the sizes first',
  },
  query: python.calls(...ARCHIVE_METHODS, ...Object.keys(UNPACKERS)),
  check(call: CallFact, { report, python: py, text, path }) {
    if (BOUNDS.some((name) => argumentOf(call, name) !== undefined)) return;
    const source = sourceOf(call, py);
    const origin = source && py.origin(source);
    if (origin === undefined || !isForeign(origin) || LIMIT.test(linesAbove(call, text))) return;
    const callee = call.name.replaceAll('()', '').split('.').slice(-2).join('.');
    const nameRange = call.callee.kind === 'attribute' ? call.callee.nameRange : call.calleeRange;
    const sent = isSent(origin);
    // In a notebook people fetch a public data set by an address they wrote down; with a checksum it is the known one.
    if (!sent && (path.endsWith('.ipynb') || CHECKSUM.test(linesAbove(call, text)))) return;
    const finding = report(nameRange, sent ? 'upload' : 'download', { callee });
    if (!sent || isTestFile(path)) finding.severity('info');
    for (const step of origin.trail) finding.related(step.range, step.message);
  },
  examples: [
    {
      bad: 'import io\nimport zipfile\nfrom flask import Flask, request\napp = Flask(__name__)\n\n@app.route("/images", methods=["POST"])\ndef images():\n    with zipfile.ZipFile(io.BytesIO(request.data)) as archive:\n        archive.«extractall»("images")\n    return "ok"\n',
      message: 'upload',
      good: 'import io\nimport zipfile\nfrom flask import Flask, request\napp = Flask(__name__)\n\n@app.route("/images", methods=["POST"])\ndef images():\n    with zipfile.ZipFile(io.BytesIO(request.data)) as archive:\n        if sum(info.file_size for info in archive.infolist()) > MAX_BYTES:\n            raise ValueError("archive too large")\n        archive.extractall("images")\n    return "ok"\n',
      byHand: true,
    },
    {
      bad: 'import gzip as gz\nimport requests\nreply = requests.get(url, timeout=30)\nrows = gz.«decompress»(reply.content)\n',
      message: 'download',
      good: 'import gzip as gz\nimport requests\nreply = requests.get(url, timeout=30, stream=True)\nrows = gz.GzipFile(fileobj=reply.raw).read(MAX_BYTES)\n',
      byHand: true,
    },
    {
      good: 'import zipfile\nwith zipfile.ZipFile("data/images.zip") as archive:\n    archive.extractall("images")\n',
      because: 'an archive of the project',
    },
    {
      good: 'import zipfile\n\ndef unpack(path):\n    zipfile.ZipFile(path).extractall("images")\n',
      because: 'nothing says who packed it',
    },
    {
      good: 'import gzip\nimport sys\nrows = gzip.decompress(open(sys.argv[1], "rb").read())\n',
      because: 'the operator chose the file',
    },
    {
      good: 'import zlib\nimport requests\nreply = requests.get(url, timeout=30)\nrows = zlib.decompressobj().decompress(reply.content, 1000000)\n',
      because: 'what comes out is bounded',
    },
  ],
});

/** What is unpacked: the file an archive was opened from, or the data itself. */
function sourceOf(call: CallFact, py: PythonQuestions): Expression | undefined {
  const keyword = UNPACKERS[call.name];
  if (keyword !== undefined) return argumentOf(call, keyword, 0)?.value;
  if (call.callee.kind !== 'attribute') return undefined;
  const archive = py.definition(call.callee.object);
  if (archive.kind !== 'call') return undefined;
  return (argumentOf(archive, 'fileobj') ?? argumentOf(archive, 'file', 0) ?? argumentOf(archive, 'name', 0))?.value;
}

/** True for what a client or a model sends; what the program fetches comes from a place it chose. */
function isSent(origin: Origin): boolean {
  return ['request', 'interface', 'model-output', 'queue'].includes(origin.source ?? '');
}
