import { argumentOf, type CallFact, defineRule, edit, python } from '../../engine/index.js';
import { reportByTier } from './_tiers.js';

export default defineRule({
  summary: 'An array file is loaded with unpickling allowed.',
  stages: ['data-collection', 'preprocessing', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'OWASP-ML02:2023',
    'AML.T0011.000',
    'https://numpy.org/doc/stable/reference/generated/numpy.load.html',
  ],
  docs: {
    why: 'An object array in an `.npy` file is a pickle. With `allow_pickle=True` a data file from a mirror or a shared folder runs code when it is opened.',
    instead:
      'Leave `allow_pickle` at its default and store text as a fixed-width dtype, ragged data as several arrays or as Parquet.',
    fixSafety: 'Files that hold object arrays stop loading, so the fix is offered for review.',
    limits: 'A flag that is computed at run time is not judged.',
  },
  messages: {
    allowed: '`allow_pickle={value}` lets the array file run code when it is opened; leave it off',
  },
  query: python.calls('numpy.load', 'numpy.lib.npyio.load', 'jax.numpy.load'),
  check(call: CallFact, { report, python: py, text }) {
    const flag = argumentOf(call, 'allow_pickle', 2);
    const source = argumentOf(call, 'file', 0);
    if (flag === undefined || source === undefined) return;
    const value = py.value(flag.value);
    const on =
      (value.kind === 'boolean' && value.value) ||
      (value.kind === 'number' && value.value !== 0) ||
      (value.kind === 'string' && value.value !== '');
    if (!on) return;
    const shown =
      value.kind === 'boolean'
        ? 'True'
        : value.kind === 'string'
          ? `"${value.value.slice(0, 10)}"`
          : String(value.value);
    const edits =
      flag.name === undefined
        ? edit.replace(flag.value.range, 'False')
        : edit.removeArgument(text, call.expression, flag);
    reportByTier(report(flag.range, 'allowed', { value: shown }), py.origin(source.value)).fix(
      flag.name === undefined ? 'Pass `False`' : 'Remove `allow_pickle`',
      'review',
      edits,
      'files that hold object arrays stop loading',
    );
  },
  examples: [
    {
      bad: 'import numpy as np\nx = np.load("x.npy", «allow_pickle=True»)\n',
      message: 'allowed',
      good: 'import numpy as np\nx = np.load("x.npy")\n',
    },
    {
      bad: 'from numpy import load\nx = load(path, None, «True»)\n',
      message: 'allowed',
      good: 'from numpy import load\nx = load(path, None, False)\n',
    },
    {
      bad: 'import numpy\nALLOW = True\nx = numpy.load(path, «allow_pickle=ALLOW», mmap_mode="r")\n',
      message: 'allowed',
      good: 'import numpy\nALLOW = True\nx = numpy.load(path, mmap_mode="r")\n',
    },
    { good: 'import numpy as np\nx = np.load(path)\n', because: 'off by default since numpy 1.16.3' },
    { good: 'import numpy as np\nx = np.load(path, allow_pickle=False)\n', because: 'switched off' },
    { good: 'import numpy as np\nx = np.load(path, mmap_mode="r")\n', because: 'another argument' },
    { good: 'import numpy as np\nnp.save(path, x, allow_pickle=True)\n', because: 'writing runs nothing' },
    { good: 'import numpy as np\nx = np.load(path, allow_pickle=config.trusted)\n', because: 'the value is not known' },
  ],
});
