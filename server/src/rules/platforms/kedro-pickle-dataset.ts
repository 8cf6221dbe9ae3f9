import type { TextEdit } from '../../base/range.js';
import { at, type ConfigEntry, child, config, defineRule, edit, text as textOf } from '../../engine/index.js';

/** `pickle.PickleDataset`, in full or by the old name. */
const PICKLE = /(?:^|\.)Pickle(Data[sS]et)$/;
/** Layers of the data engineering convention that hold tables; models and reports come later. */
const TABLES = /^(?:0?[1-5]_)?(?:raw|intermediate|primary|feature|features|model_?input)$/i;

export default defineRule({
  summary: 'A Kedro catalog stores a table of data as a pickle.',
  stages: ['data-collection', 'preprocessing', 'feature-engineering'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-A08:2021',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'https://docs.kedro.org/projects/kedro-datasets/en/stable/api/kedro_datasets/pickle.PickleDataset/',
    'https://docs.kedro.org/projects/kedro-datasets/en/stable/api/kedro_datasets/pandas.ParquetDataset/',
  ],
  docs: {
    why: 'Kedro loads the file with `pickle`, which runs what the file says. Whoever may write to the folder or bucket of the features runs code in the training job, with its keys; a Parquet file in the same place could only hold wrong numbers.',
    instead: 'Store tables with `pandas.ParquetDataset`, or another format that holds data only.',
    fixSafety:
      'The stored file has to be written once more, and the data has to be a data frame, so the fix is offered for review.',
    limits:
      'A layer or a folder has to say that tables lie there: raw, intermediate, primary, feature or model input. Models and reports are not judged here, nor are data sets that Python code makes.',
    ignoreWhen: 'The value is an object that no table holds, and only the pipeline writes the file.',
  },
  messages: {
    pickle: 'Data set `{dataset}` of layer `{layer}` is a pickle, which runs code when loaded; use `{safe}`',
  },
  words: ['pickle'],
  query: config.entries(['kedro-catalog'], '*.type'),
  check(type: ConfigEntry, { report, text }) {
    const spelling = PICKLE.exec(textOf(type) ?? '')?.[1];
    const dataset = type.parent;
    const layer = layerOf(dataset);
    if (spelling === undefined || type.alias !== undefined || layer === undefined) return;
    const safe = `pandas.Parquet${spelling}`;
    const finding = report(type.valueRange, 'pickle', {
      dataset: (dataset?.key ?? '').slice(0, 24),
      layer: layer.slice(0, 20),
      safe,
    });
    const options = ['backend', 'load_args', 'save_args', '<<'].some((key) => child(dataset, key) !== undefined);
    if (!options)
      finding.fix(
        `Use \`${safe}\` and a file name for it`,
        'review',
        [...edit.setScalar(text, type, safe), ...renamed(dataset, text)],
        'write the file once more; it has to be a data frame',
      );
  },
  examples: [
    {
      path: 'conf/base/catalog.yml',
      bad: 'features:\n  type: «pickle.PickleDataset»  # quick\n  filepath: data/04_feature/features.pkl\n  versioned: true\n',
      message: 'pickle',
      good: 'features:\n  type: pandas.ParquetDataset  # quick\n  filepath: data/04_feature/features.parquet\n  versioned: true\n',
    },
    {
      path: 'conf/base/catalog.yml',
      bad: 'train: {type: «"pickle.PickleDataSet"», filepath: "s3://loans/train.pickle", layer: model_input}\n',
      message: 'pickle',
      good: 'train: {type: "pandas.ParquetDataSet", filepath: "s3://loans/train.parquet", layer: model_input}\n',
    },
    {
      path: 'conf/base/catalog.yml',
      good: 'regressor:\n  type: pickle.PickleDataset\n  filepath: data/06_models/regressor.pickle\n',
      because: 'a model, which is no table',
    },
    {
      path: 'conf/base/catalog.yml',
      good: 'features:\n  type: pandas.ParquetDataset\n  filepath: data/04_feature/features.parquet\n',
      because: 'holds data only',
    },
    {
      path: 'conf/base/catalog.yml',
      good: 'encoder:\n  type: pickle.PickleDataset\n  filepath: data/encoder.pkl\n',
      because: 'nothing says that this is a table',
    },
  ],
});

/** The layer of tables that a data set belongs to, by its metadata or the folder of its file. */
function layerOf(dataset: ConfigEntry | undefined): string | undefined {
  const named = textOf(at(dataset, 'metadata', 'kedro-viz', 'layer')) ?? textOf(child(dataset, 'layer'));
  if (named !== undefined) return TABLES.test(named) ? named : undefined;
  const folders = (textOf(child(dataset, 'filepath')) ?? '').split('/').slice(0, -1);
  return folders.findLast((folder) => /^0?[1-5]_/.test(folder) && TABLES.test(folder));
}

/** The ending of the file name, which says what is in it. */
function renamed(dataset: ConfigEntry | undefined, text: string): TextEdit[] {
  const file = child(dataset, 'filepath');
  const range = file?.alias === undefined ? file?.valueRange : undefined;
  const found = range === undefined ? null : /\.(?:pkl|pickle|p)(?=["']?$)/.exec(text.slice(range.start, range.end));
  if (range === undefined || found === null) return [];
  const start = range.start + found.index;
  return edit.replace({ start, end: start + found[0].length }, '.parquet');
}
