import { defineRule, python } from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';

/** Loaders that seed each worker, or tell the data set which one it runs in. */
const TELLS_WORKERS_APART = /worker_init_fn|get_worker_info|\bspawn\(|seed_everything\(.*workers\s*=\s*True/;
const LOADER = /\bDataLoader\s*\(/;
const WORKERS = /\bnum_workers\b(?!\s*=\s*0\b)/;

export default defineRule({
  summary: 'A PyTorch data set draws NumPy random numbers that are the same in every worker.',
  stages: ['feature-engineering', 'training'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-335',
    'OWASP-ML08:2023',
    'https://docs.pytorch.org/docs/stable/data.html#data-loading-randomness',
    'https://github.com/pytorch/pytorch/pull/56488',
  ],
  docs: {
    why: 'Eight workers load pictures and crop each at a random place. All of them start with a copy of one generator, so eight pictures in a row are cropped at the same place, and the next epoch repeats the crops of the first. The augmentation that is meant to harden the model against shifted input is an eighth of what the configuration says.',
    instead:
      'Draw from `torch` inside `__getitem__`, which is seeded for each worker, or make the generator there from `torch.initial_seed()` and the index; `worker_init_fn` works for generators that the data set holds.',
    fixSafety: 'There is no automatic fix: the numbers have to come from another place, which changes every picture.',
    limits:
      'The class has to derive from `torch.utils.data.Dataset` or a data set of torchvision in the same file. Draws from the global state of NumPy are reported below PyTorch 1.9 only, which seeds it in each worker. A file whose loaders have no workers, or that seeds them, is silent; without a loader in the file the confidence is low; draws in functions that `__getitem__` calls are not seen.',
  },
  messages: {
    held: '`{source}` is copied into every worker, so all of them draw the same numbers; draw from `torch` or seed the workers',
    global: 'PyTorch below 1.9 gives all workers the same NumPy state, so `{source}` repeats itself; seed the workers',
  },
  skipsTests: true,
  query: python.splits('generator-in-workers'),
  check(event, { report, text, version }) {
    if (TELLS_WORKERS_APART.test(text) || (LOADER.test(text) && !WORKERS.test(text))) return;
    const torch = version('torch');
    if (!event.mild) {
      const finding = report(event.range, 'held', { source: event.subject });
      // Whether there are workers is said where the loader is made.
      if (!LOADER.test(text)) finding.confidence('low');
    } else if (torch !== undefined && isBelow(torch, '1.9') === true) {
      report(event.range, 'global', { source: event.method }).related(torch.place, 'This version is in use');
    }
  },
  examples: [
    {
      bad: 'import numpy as np\nfrom torch.utils.data import Dataset\n\nclass Crops(Dataset):\n    def __init__(self):\n        self.rng = np.random.default_rng(0)\n\n    def __getitem__(self, i):\n        return crop(i, «self.rng.integers»(32))\n',
      message: 'held',
      good: 'import torch\nfrom torch.utils.data import Dataset\n\nclass Crops(Dataset):\n    def __getitem__(self, i):\n        return crop(i, torch.randint(32, ()).item())\n',
      byHand: true,
    },
    {
      bad: 'import numpy as np\nimport torch.utils.data as data\n\nclass Crops(data.Dataset):\n    def __getitem__(self, i):\n        return crop(i, «np.random.randint»(32))\n',
      message: 'global',
      given: { torch: '1.8.1' },
      good: 'import torch\nimport torch.utils.data as data\n\nclass Crops(data.Dataset):\n    def __getitem__(self, i):\n        return crop(i, int(torch.randint(32, ())))\n',
      byHand: true,
    },
    {
      good: 'import numpy as np\nfrom torch.utils.data import Dataset\n\nclass Crops(Dataset):\n    def __getitem__(self, i):\n        return crop(i, np.random.randint(32))\n',
      given: { torch: '2.4.0' },
      because: 'PyTorch seeds the global state in each worker since 1.9',
    },
    {
      good: 'import numpy as np\nfrom torch.utils.data import DataLoader, Dataset\n\nclass Crops(Dataset):\n    def __init__(self):\n        self.rng = np.random.default_rng(0)\n\n    def __getitem__(self, i):\n        return crop(i, self.rng.integers(32))\n\nloader = DataLoader(Crops())\n',
      because: 'there are no workers',
    },
    {
      good: 'import numpy as np\nfrom torch.utils.data import Dataset\n\nclass Crops(Dataset):\n    def __init__(self):\n        self.places = np.random.default_rng(0).integers(32, size=1000)\n\n    def __getitem__(self, i):\n        return crop(i, self.places[i])\n',
      because: 'the numbers are drawn once, before there are workers',
    },
    {
      good: 'import numpy as np\nfrom torch.utils.data import Dataset\n\nclass Crops(Dataset):\n    def __getitem__(self, i):\n        rng = np.random.default_rng(i)\n        return crop(i, rng.integers(32))\n',
      because: 'each item has its own generator',
    },
  ],
});
