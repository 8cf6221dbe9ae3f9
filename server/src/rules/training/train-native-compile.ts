import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  type PythonQuestions,
  python,
} from '../../engine/index.js';
import { COMPILERS } from '../../knowledge/native-compilers.js';
import { isForeign, leastTrusted } from '../_by-origin.js';

export default defineRule({
  summary: 'Source code that came from outside is compiled and loaded.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-94',
    'CWE-829',
    'OWASP-ML06:2023',
    'AML.T0011',
    'https://docs.pytorch.org/docs/stable/cpp_extension.html#torch.utils.cpp_extension.load',
    'https://numpy.org/doc/stable/f2py/usage.html#numpy.f2py.compile',
    'https://cffi.readthedocs.io/en/latest/cdef.html',
  ],
  docs: {
    why: 'A training script fetches a CUDA kernel next to the weights and builds it with `cpp_extension.load`. Whoever can push to that repository now runs machine code in the process that holds the data and the keys, and no scanner for pickles sees it.',
    instead:
      'Ship the kernel as a wheel that is built and pinned once, or keep its source in the repository of the project.',
    fixSafety: 'No fix is offered: the source has to move into the project or into a package.',
    limits:
      'Sources of the project, texts written in the program and values of which nothing is known are silent. What the command line or the environment names is a note, and so is everything in tests.',
    ignoreWhen: 'A sandbox without credentials builds and runs kernels that a model wrote, as a benchmark does.',
  },
  messages: {
    foreign: '`{callee}` compiles and loads code that came from outside ({origin}); use a pinned wheel',
    operator: '`{callee}` compiles and loads code that whoever starts the program names; use a pinned wheel',
  },
  query: python.calls(...Object.keys(COMPILERS)),
  check(call: CallFact, { report, python: py, path }) {
    const sources = (COMPILERS[call.name]?.arguments ?? []).flatMap(([name, position]) => {
      const argument = argumentOf(call, name, position);
      return argument === undefined || argument.unpacked ? [] : itemsOf(argument.value, py);
    });
    const origin = leastTrusted(sources, py);
    const outside = sources.map((source) => py.origin(source)).find((one) => one.tier === 'T1') ?? origin;
    const worst = origin !== undefined && isForeign(origin) ? origin : outside;
    if (worst?.tier !== 'T1' || worst.description === 'remote address') return;
    const callee = call.name.split('.').slice(-2).join('.').replace('()', '');
    const finding = isForeign(worst)
      ? report(call.calleeRange, 'foreign', { callee, origin: worst.description.slice(0, 30) })
      : report(call.calleeRange, 'operator', { callee });
    if (!isForeign(worst) || isTestFile(path)) finding.severity('info');
    else if (['request', 'interface', 'model-output'].includes(worst.source ?? '')) finding.severity('error');
    for (const step of worst.trail) finding.related(step.range, step.message);
  },
  examples: [
    {
      bad: 'from huggingface_hub import hf_hub_download\nfrom torch.utils.cpp_extension import load\nsource = hf_hub_download("acme/kernels", "attention.cu")\nkernel = «load»(name="attention", sources=[source])\n',
      message: 'foreign',
      good: 'import acme_attention as kernel\n',
      byHand: true,
    },
    {
      bad: 'import requests\nfrom torch.utils import cpp_extension as ext\ncode = requests.get(url, timeout=30).text\nkernel = «ext.load_inline»("scan", code, functions=["scan"])\n',
      message: 'foreign',
      good: 'from torch.utils import cpp_extension as ext\nkernel = ext.load("scan", ["csrc/scan.cpp"])\n',
      byHand: true,
    },
    {
      bad: 'import sys\nimport numpy.f2py\n«numpy.f2py.compile»(open(sys.argv[1]).read(), modulename="solver")\n',
      message: 'operator',
      good: 'import numpy.f2py\nnumpy.f2py.compile("      end\\n", modulename="solver")\n',
      byHand: true,
    },
    {
      good: 'from torch.utils.cpp_extension import load\nkernel = load("scan", ["csrc/scan.cpp", "csrc/scan.cu"])\n',
      because: 'files of the project',
    },
    {
      good: 'import os\nfrom torch.utils.cpp_extension import load\nHERE = os.path.dirname(__file__)\nkernel = load(name="scan", sources=[os.path.join(HERE, "scan.cpp")])\n',
      because: 'a file beside the module',
    },
    {
      good: 'from torch.utils.cpp_extension import load_inline\n\ndef build(code):\n    return load_inline("scan", code)\n',
      because: 'nothing says where the source comes from',
    },
    { good: 'import cffi\nffi = cffi.FFI()\nlib = ffi.verify("int f(void) { return 1; }")\n', because: 'a literal' },
  ],
});

/** The members of a list that is written out; the value itself otherwise. */
function itemsOf(source: Expression, py: PythonQuestions): readonly Expression[] {
  const written = py.definition(source);
  return written.kind === 'list' || written.kind === 'tuple' ? written.items : [source];
}
