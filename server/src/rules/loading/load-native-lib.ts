import { argumentOf, type CallFact, defineRule, type Origin, python } from '../../engine/index.js';
import { NATIVE_LOADERS } from '../../knowledge/loaders/native.js';
import { shortCallee } from '../_callee.js';
import { reportByTier } from './_tiers.js';

/** What the system's search for a library gives, and the folder of an installed package. */
const SYSTEM = /^ctypes\.util\.find_library\(\)/;
const RESOURCE = /^(importlib[._]resources|pkg_resources)\./;

export default defineRule({
  summary: 'Machine code from a path that is not fixed is loaded into the process.',
  stages: ['training', 'deployment'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-114',
    'CWE-427',
    'OWASP-ML06:2023',
    'https://docs.python.org/3/library/ctypes.html#loading-shared-libraries',
    'https://onnxruntime.ai/docs/reference/operators/add-custom-op.html',
  ],
  docs: {
    why: 'A library of custom operators is machine code: its constructors run while it is loaded, before any operator is called. A model repository that ships an operator library beside its graph gets the whole process of the server that loads it.',
    instead:
      'Install the operators as a package and load them from a path that is written in the code, next to `__file__`.',
    fixSafety: 'There is no automatic fix: which library is meant is known to the project only.',
    limits:
      'A path whose parts are all written in the code counts as fixed, wherever it points. Libraries found by the system (`ctypes.util.find_library`) are left alone.',
  },
  messages: {
    untrusted: '`{callee}` loads machine code from outside ({source}), which runs at once; install it as a package',
    unknown: '`{callee}` runs machine code from a path that is not fixed here; load it from a path next to `__file__`',
  },
  query: python.calls(...NATIVE_LOADERS.map((loader) => loader.name)),
  check(call: CallFact, { report, python: py, path }) {
    const loader = NATIVE_LOADERS.find((entry) => entry.name === call.name);
    const library = loader && argumentOf(call, loader.argument, loader.position);
    if (library === undefined) return;
    const folder = loader!.library === 'numpy' ? argumentOf(call, 'loader_path', 1) : undefined;
    const sources = [library, folder].flatMap((argument) => (argument === undefined ? [] : [argument.value]));
    const names = sources.flatMap((source) => py.names(source));
    if (names.some((name) => SYSTEM.test(name))) return;
    const origin = sources.map((source) => py.origin(source)).reduce(worse);
    const callee = shortCallee(call.name);
    if (origin.tier === 'T1') {
      reportByTier(report(call.calleeRange, 'untrusted', { callee, source: origin.description }), origin, path);
      return;
    }
    if (origin.tier !== 'T2') return;
    const finding = reportByTier(report(call.calleeRange, 'unknown', { callee }), origin, path);
    // Wrappers of C libraries look through several folders of their own package before they call `ctypes`.
    if (loader!.library === 'python' || loader!.library === 'numpy' || names.some((name) => RESOURCE.test(name)))
      finding.severity('info');
  },
  examples: [
    {
      bad: 'import torch\ndef operators(path):\n    «torch.ops.load_library»(path)\n',
      message: 'unknown',
      good: 'import os\nimport torch\nHERE = os.path.dirname(__file__)\ndef operators():\n    torch.ops.load_library(os.path.join(HERE, "ops.so"))\n',
      byHand: true,
    },
    {
      bad: 'import onnxruntime as ort\nfrom huggingface_hub import hf_hub_download\noptions = ort.SessionOptions()\n«options.register_custom_ops_library»(hf_hub_download("org/model", "ops.so"))\n',
      message: 'untrusted',
      good: 'import onnxruntime as ort\noptions = ort.SessionOptions()\noptions.register_custom_ops_library("/opt/ops/ops.so")\n',
      byHand: true,
    },
    {
      bad: 'import sys\nfrom ctypes import CDLL as load\nlib = «load»(sys.argv[1])\n',
      message: 'untrusted',
      good: 'from ctypes import CDLL as load\nlib = load("libfeatures.so.1")\n',
      byHand: true,
    },
    {
      good: 'import tensorflow as tf\nops = tf.load_op_library("./zero_out.so")\n',
      because: 'the path is written in the code',
    },
    {
      good: 'import ctypes\nimport ctypes.util\nlibc = ctypes.CDLL(ctypes.util.find_library("c"))\n',
      because: 'a library of the system',
    },
    { good: 'import ctypes\nprocess = ctypes.CDLL(None)\n', because: 'the process itself: nothing is loaded' },
    {
      good: 'import os\nimport torch\nHERE = os.path.dirname(os.path.abspath(__file__))\ntorch.ops.load_library(os.path.join(HERE, "_C.so"))\n',
      because: 'a file of the own package',
    },
    { good: 'registry.load_library(path)\n', because: 'nothing says which library this is' },
  ],
});

function worse(a: Origin, b: Origin): Origin {
  const rank = (origin: Origin): number => ({ T1: origin.operator ? 1 : 0, T2: 2, T3: 3, T0: 4 })[origin.tier];
  return rank(b) < rank(a) ? b : a;
}
