import { type CallFact, defineRule, type Expression, edit, python } from '../../engine/index.js';
import { FRAME_HDF, FRAME_PICKLES } from '../../knowledge/loaders/arrays.js';
import { isOwnBuffer, originOf, sourceOf } from './_source.js';
import { reportByTier } from './_tiers.js';

export default defineRule({
  summary: 'A data frame is read from a pickle.',
  stages: ['data-collection', 'preprocessing', 'feature-engineering', 'training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML02:2023',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'https://pandas.pydata.org/docs/reference/api/pandas.read_pickle.html',
  ],
  overlaps: ['bandit:B301', 'ruff:S301'],
  docs: {
    why: 'A pickled frame looks like a table and is a program. A training set that a partner delivers as `.pkl`, or that somebody swapped in the shared feature folder, runs code in the job that reads it.',
    instead: 'Exchange tables as Parquet or Feather, and keep lists or dicts in JSON columns.',
    fixSafety:
      'Parquet needs pyarrow, wants string column names and cannot hold arbitrary objects; files written before have to be converted. The fix is offered for review, and only where the same file writes the table.',
    limits:
      'HDF5 keeps only columns of objects as pickles, which the call does not show, so it is reported for files from outside alone. A file that another module of the project writes counts as unknown.',
    ignoreWhen: 'The file is written by the same job and never leaves its machine.',
  },
  messages: {
    unpickles: '`{callee}` runs code stored in the table; exchange data as Parquet',
    untrusted: '`{callee}` reads a file from outside ({source}): whoever supplies it runs code here',
  },
  query: python.calls(...FRAME_PICKLES.names, ...FRAME_HDF.names),
  check(call: CallFact, { report, python: py, path, text }) {
    const hdf = FRAME_HDF.named(call.name);
    const loader = hdf ?? FRAME_PICKLES.named(call.name);
    const source = loader === undefined ? undefined : sourceOf(call, loader, py);
    if (source === undefined || isOwnBuffer(source, py, text)) return;
    const origin = originOf(source, py);
    const callee = call.name.replace('()', '').split('.').slice(-2).join('.');
    if (origin.tier === 'T1') {
      const finding = report(call.calleeRange, 'untrusted', { callee, source: origin.description });
      reportByTier(finding, origin, path);
      if (hdf !== undefined) finding.severity('warning').confidence('medium');
      return;
    }
    if (hdf !== undefined) return;
    const finding = report(call.calleeRange, 'unpickles', { callee });
    const written = writerOf(text, source);
    reportByTier(finding, written === undefined ? origin : { ...origin, tier: 'T3' }, path);
    const { callee: named } = call;
    if (written === undefined || named.kind !== 'attribute' || call.arguments.length !== 1) return;
    finding.fix(
      'Write and read Parquet',
      'review',
      [...edit.replace(named.nameRange, 'read_parquet'), ...edit.replace(written, 'to_parquet')],
      'needs pyarrow, and files written before have to be converted',
    );
  },
  examples: [
    {
      bad: 'import pandas as pd\ndef rows(path):\n    return «pd.read_pickle»(path)\n',
      message: 'unpickles',
      good: 'import pandas as pd\ndef rows(path):\n    return pd.read_parquet(path)\n',
      byHand: true,
    },
    {
      bad: 'import pandas as pd\nCACHE = "rows.cache"\nframe.to_pickle(CACHE)\nrows = «pd.read_pickle»(CACHE)\n',
      message: 'unpickles',
      good: 'import pandas as pd\nCACHE = "rows.cache"\nframe.to_parquet(CACHE)\nrows = pd.read_parquet(CACHE)\n',
    },
    {
      bad: 'from pandas import read_pickle as read\nrows = «read»("https://data.example.org/rows.pkl")\n',
      message: 'untrusted',
      good: 'from pandas import read_parquet as read\nrows = read("https://data.example.org/rows.parquet")\n',
      byHand: true,
    },
    {
      bad: 'import pandas as pd\nfrom huggingface_hub import hf_hub_download\nrows = «pd.read_hdf»(hf_hub_download("org/rows", "rows.h5"), key="rows")\n',
      message: 'untrusted',
      good: 'import pandas as pd\nfrom huggingface_hub import hf_hub_download\nrows = pd.read_parquet(hf_hub_download("org/rows", "rows.parquet"))\n',
      byHand: true,
    },
    { good: 'import pandas as pd\nrows = pd.read_parquet(path)\n', because: 'Parquet holds only data' },
    {
      good: 'import pandas as pd\nrows = pd.read_hdf("rows.h5", key="rows")\n',
      because: 'numeric columns are plain data',
    },
    { good: 'frame.to_pickle("rows.pkl")\n', because: 'writing runs nothing' },
    { good: 'from frames import read_pickle\nrows = read_pickle(path)\n', because: 'a function of the project' },
  ],
});

/** The `to_pickle` that this file writes the same path with; undefined when there is none or more than one. */
function writerOf(text: string, source: Expression): { start: number; end: number } | undefined {
  if (source.kind !== 'name' && source.kind !== 'string' && source.kind !== 'attribute') return undefined;
  const call = `to_pickle(${text.slice(source.range.start, source.range.end)})`;
  const at = text.indexOf(`.${call}`) + 1;
  if (at === 0 || text.includes(call, at + 1)) return undefined;
  return { start: at, end: at + 'to_pickle'.length };
}
