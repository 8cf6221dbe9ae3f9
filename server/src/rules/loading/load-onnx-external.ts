import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';

/** The argument that says where the tensors beside the model are looked for. */
const SOURCES: Readonly<Record<string, readonly [name: string, position: number]>> = {
  'onnx.load': ['f', 0],
  'onnx.load_model': ['f', 0],
  'onnx.load_external_data_for_model': ['base_dir', 1],
  'onnx.external_data_helper.load_external_data_for_model': ['base_dir', 1],
};

export default defineRule({
  summary: 'An ONNX model from outside is loaded with the files it names beside it.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-22',
    'OWASP-ML06:2023',
    'AML.T0010.003',
    'CVE-2022-25882',
    'CVE-2024-27318',
    'CVE-2025-51480',
    'CVE-2026-27489',
    'CVE-2026-34447',
    'https://onnx.ai/onnx/repo-docs/ExternalData.html',
  ],
  docs: {
    why: 'A model may keep its tensors in other files and names their paths itself. Older releases followed such paths out of the folder: a model that was sent in for conversion reads `/etc/passwd` or a credentials file into a tensor, which the service hands back with its result.',
    instead:
      'Run onnx 1.21 or newer; and pass `load_external_data=False` where only the graph is looked at or all tensors are inside.',
    fixSafety: 'Models whose tensors lie in other files come without them, so the fix is offered for review.',
    limits:
      'Reported for models that are seen to come from outside. ONNX Runtime reads models with code of its own and is not judged, nor are models that are read from memory.',
    ignoreWhen: 'The model is read in a container without secrets that is thrown away afterwards.',
  },
  messages: {
    follows: '`onnx` {version} follows paths out of the folder in a model from outside ({source}); run 1.21 or newer',
    mayFollow: '`{callee}` follows paths that a model from outside ({source}) names on onnx before 1.21',
  },
  query: python.calls(...Object.keys(SOURCES)),
  check(call: CallFact, { report, python: py, text, version }) {
    const onnx = version('onnx');
    const below = onnx === undefined ? undefined : isBelow(onnx, '1.21');
    if (below === false) return;
    const [name, position] = SOURCES[call.name]!;
    const source = argumentOf(call, name, position);
    const flag = argumentOf(call, 'load_external_data', name === 'f' ? 2 : undefined);
    if (source === undefined || passesUnknown(call)) return;
    if (flag !== undefined) {
      const value = py.value(flag.value);
      if (value.kind !== 'boolean' || !value.value) return;
    }
    // Only a path has a folder; a stream is read as it is.
    if (py.names(source.value).some((origin) => /^(io\.)?(BytesIO|open)\(\)$/.test(origin))) return;
    const origin = py.origin(source.value);
    if (origin.tier !== 'T1' || (origin.operator && below === undefined)) return;
    const known = onnx !== undefined && below === true;
    const finding = known
      ? report(call.calleeRange, 'follows', { version: onnx.exact ?? onnx.specifier, source: origin.description })
      : report(call.calleeRange, 'mayFollow', { callee: callee(call), source: origin.description });
    if (origin.operator || !known) finding.severity('warning');
    for (const step of origin.trail) finding.related(step.range, step.message);
    if (known) finding.related(onnx.place, 'onnx is pinned here');
    if (name === 'f' && (flag === undefined || flag.name !== undefined))
      finding.fix(
        'Set `load_external_data=False`',
        'review',
        edit.setKeyword(text, call.expression, 'load_external_data', 'False'),
        'tensors in other files are left out',
      );
  },
  examples: [
    {
      bad: 'import onnx\nfrom huggingface_hub import hf_hub_download\npath = hf_hub_download("org/model", "model.onnx")\nnet = «onnx.load»(path)\n',
      message: 'follows',
      good: 'import onnx\nfrom huggingface_hub import hf_hub_download\npath = hf_hub_download("org/model", "model.onnx")\nnet = onnx.load(path, load_external_data=False)\n',
      given: { onnx: '1.16.0' },
    },
    {
      bad: 'import urllib.request\nfrom onnx import load as read\nurllib.request.urlretrieve(url, "net.onnx")\nnet = «read»("net.onnx")\n',
      message: 'mayFollow',
      good: 'import urllib.request\nfrom onnx import load as read\nurllib.request.urlretrieve(url, "net.onnx")\nnet = read("net.onnx", load_external_data=False)\n',
    },
    {
      good: 'import onnx\nfrom huggingface_hub import hf_hub_download\nnet = onnx.load(hf_hub_download("org/model", "model.onnx"))\n',
      given: { onnx: '1.21.0' },
      because: 'paths are held inside the folder from 1.21 on',
    },
    {
      good: 'import onnx\nnet = onnx.load("model.onnx")\n',
      given: { onnx: '1.16.0' },
      because: 'a model of the project',
    },
    {
      good: 'import io\nimport onnx\nimport requests\nnet = onnx.load(io.BytesIO(requests.get(url, timeout=30).content))\n',
      because: 'a stream has no folder, so no file beside it is read',
    },
    {
      good: 'import onnx\ndef convert(path):\n    return onnx.load(path)\n',
      given: { onnx: '1.16.0' },
      because: 'nothing says that the model comes from outside',
    },
    { good: 'net = onnx.load(path)\n', because: 'nothing says which library this is' },
  ],
});

function callee(call: CallFact): string {
  return call.name.replace('external_data_helper.', '');
}
