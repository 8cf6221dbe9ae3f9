import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { ARRAY_LOADERS } from '../../knowledge/loaders/arrays.js';
import { sourceOf } from './_source.js';
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
    limits: 'A flag that is computed at run time is not judged, nor the default of numpy before 1.16.3 without a pin.',
  },
  messages: {
    oldDefault: '`{callee}` runs code stored in object arrays: numpy {version} allows pickles by default',
    allowed: '`allow_pickle={value}` lets the array file run code when it is opened; leave it off',
  },
  query: python.calls(...ARRAY_LOADERS.names),
  check(call: CallFact, { report, python: py, text, path, version }) {
    const loader = ARRAY_LOADERS.named(call.name)!;
    const { keyword, position, safeByDefaultFrom } = loader.switch!;
    const flag = argumentOf(call, keyword, position);
    const source = sourceOf(call, loader);
    if (source === undefined) return;
    if (flag === undefined) {
      const numpy = version('numpy');
      if (
        call.name.startsWith('jax') ||
        passesUnknown(call) ||
        numpy === undefined ||
        isBelow(numpy, safeByDefaultFrom!) !== true
      )
        return;
      const pinned = report(call.calleeRange, 'oldDefault', {
        callee: 'numpy.load',
        version: numpy.exact ?? numpy.specifier,
      });
      reportByTier(pinned.related(numpy.place, 'numpy is pinned here'), py.origin(source), path).fix(
        'Add `allow_pickle=False`',
        'review',
        edit.setKeyword(text, call.expression, 'allow_pickle', 'False'),
        'files that hold object arrays stop loading',
      );
      return;
    }
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
    reportByTier(report(flag.range, 'allowed', { value: shown }), py.origin(source), path).fix(
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
    {
      bad: 'import numpy as np\nx = «np.load»(path)\n',
      message: 'oldDefault',
      good: 'import numpy as np\nx = np.load(path, allow_pickle=False)\n',
      given: { numpy: '1.16.2' },
    },
    { good: 'import numpy as np\nx = np.load(path)\n', because: 'off by default since numpy 1.16.3' },
    { good: 'import numpy as np\nx = np.load(path, allow_pickle=False)\n', because: 'switched off' },
    { good: 'import numpy as np\nx = np.load(path, mmap_mode="r")\n', because: 'another argument' },
    { good: 'import numpy as np\nnp.save(path, x, allow_pickle=True)\n', because: 'writing runs nothing' },
    { good: 'import numpy as np\nx = np.load(path, allow_pickle=config.trusted)\n', because: 'the value is not known' },
  ],
});
