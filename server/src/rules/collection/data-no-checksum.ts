import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, python } from '../../engine/index.js';

/** Calls that open a file as a model, data or archive: where the path is passed. */
const OPENERS: Readonly<Record<string, { readonly argument: string; readonly position: number }>> = {
  'torch.load': { argument: 'f', position: 0 },
  'torch.jit.load': { argument: 'f', position: 0 },
  'joblib.load': { argument: 'filename', position: 0 },
  'pickle.load': { argument: 'file', position: 0 },
  'pickle.loads': { argument: 'data', position: 0 },
  'dill.load': { argument: 'file', position: 0 },
  'cloudpickle.load': { argument: 'file', position: 0 },
  'numpy.load': { argument: 'file', position: 0 },
  'pandas.read_pickle': { argument: 'filepath_or_buffer', position: 0 },
  'tarfile.open': { argument: 'name', position: 0 },
  'zipfile.ZipFile': { argument: 'file', position: 0 },
  'shutil.unpack_archive': { argument: 'filename', position: 0 },
  'keras.models.load_model': { argument: 'filepath', position: 0 },
  'tensorflow.keras.models.load_model': { argument: 'filepath', position: 0 },
  'onnxruntime.InferenceSession': { argument: 'path_or_bytes', position: 0 },
};
const DOWNLOADED = /^(downloaded file|HTTP response)/;
/** An answer to what was sent is made for the caller: nobody knows its digest. */
const SENDS = /\.(post|put|patch)\(/;
const DIGEST = /hashlib|sha256|sha512|blake2|check_integrity|checksum/i;
const DIGEST_ARGUMENT = /\b(hash_prefix|file_hash|known_hash|md5|md5_hash|sha256|checksum)\s*=\s*(?!None\b)/;

export default defineRule({
  summary: 'A downloaded file is opened without comparing a digest.',
  stages: ['data-collection', 'training'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: ['CWE-494', 'CWE-354', 'OWASP-ML02:2023', 'OWASP-ML06:2023', 'AML.T0020'],
  docs: {
    why: 'A mirror, a cache or a moved release tag can deliver other bytes than last time. Without a digest the pipeline trains on them, or unpickles them, and nobody notices.',
    instead:
      'Write down the SHA-256 of the file once and compare it before the file is opened; `pooch.retrieve(known_hash=…)` and `download_url_to_file(hash_prefix=…)` do it for you.',
    fixSafety: 'There is no automatic fix: the digest has to come from a source you trust.',
    limits:
      'Only downloads that reach a loader or extractor in the same module are judged; any digest check in the module keeps the rule silent.',
  },
  messages: {
    unchecked: '`{opener}` opens what is downloaded here without a digest check; compare its SHA-256 first',
  },
  words: ['download', 'retrieve', 'get_file', 'requests', 'httpx', 'urlopen'],
  query: python.calls(...Object.keys(OPENERS)),
  check(call: CallFact, { report, python: py, text, path }) {
    const entry = OPENERS[call.name];
    const source = entry === undefined ? undefined : argumentOf(call, entry.argument, entry.position);
    if (source === undefined) return;
    const origin = py.origin(source.value);
    const download = origin.tier === 'T1' && DOWNLOADED.test(origin.description) ? origin.trail[0] : undefined;
    // What a test fetches is its own fixture.
    if (download === undefined || isTestFile(path)) return;
    if (DIGEST.test(text) && DIGEST.test(text.replace(/#.*$/gm, ''))) return;
    if ('path' in download.range) {
      report(call.calleeRange, 'unchecked', { opener: call.name }).related(download.range, 'downloaded here');
      return;
    }
    const fetching = text.slice(download.range.start, download.range.end);
    if (SENDS.test(fetching) || DIGEST_ARGUMENT.test(fetching)) return;
    report(download.range, 'unchecked', { opener: call.name }).related(call.calleeRange, 'opened here');
  },
  examples: [
    {
      bad: 'import tarfile\nfrom urllib.request import urlretrieve\n«urlretrieve(url, "data.tgz")»\ntarfile.open("data.tgz").extractall("data", filter="data")\n',
      message: 'unchecked',
      good: 'import hashlib\nimport tarfile\nfrom urllib.request import urlretrieve\nurlretrieve(url, "data.tgz")\nassert hashlib.sha256(open("data.tgz", "rb").read()).hexdigest() == DIGEST\ntarfile.open("data.tgz").extractall("data", filter="data")\n',
      byHand: true,
    },
    {
      bad: 'import gdown\nimport torch\npath = «gdown.download(url)»\nnet = torch.load(path, weights_only=True)\n',
      message: 'unchecked',
      good: 'import pooch\nimport torch\npath = pooch.retrieve(url, known_hash=DIGEST)\nnet = torch.load(path, weights_only=True)\n',
      byHand: true,
    },
    {
      bad: 'import io\nimport zipfile\nimport requests as r\nanswer = «r.get(url, timeout=30)»\narchive = zipfile.ZipFile(io.BytesIO(answer.content))\n',
      message: 'unchecked',
      good: 'import hashlib\nimport io\nimport zipfile\nimport requests as r\nanswer = r.get(url, timeout=30)\ncheck(hashlib.sha256(answer.content))\narchive = zipfile.ZipFile(io.BytesIO(answer.content))\n',
      byHand: true,
    },
    {
      bad: 'import joblib\nimport requests\nwith open("m.joblib", "wb") as f:\n    f.write(«requests.get(url, timeout=30)».content)\nnet = joblib.load("m.joblib")\n',
      message: 'unchecked',
      good: 'import json\nimport requests\nnet = json.loads(requests.get(url, timeout=30).text)\n',
      byHand: true,
    },
    {
      good: 'import torch\nfrom torch.hub import download_url_to_file\ndownload_url_to_file(url, "net.pt", hash_prefix="1a2b3c4d")\nnet = torch.load("net.pt", weights_only=True)\n',
      because: 'the download compares a digest',
    },
    {
      good: 'from urllib.request import urlretrieve\nurlretrieve(url, "page.html")\nprint(open("page.html").read())\n',
      because: 'the file is neither loaded nor extracted',
    },
    {
      good: 'import tarfile\ntarfile.open("data.tgz").extractall("data", filter="data")\n',
      because: 'nothing says that the file was downloaded',
    },
    {
      good: 'import io\nimport requests\nimport torch\nx = torch.load(io.BytesIO(requests.post(url, json=prompt, timeout=30).content), weights_only=True)\n',
      because: 'an answer computed for this request',
    },
    {
      good: 'import requests\nimport pandas as pd\nrows = pd.DataFrame(requests.get(url, timeout=30).json())\n',
      because: 'an answer of a service, not a file',
    },
  ],
});
