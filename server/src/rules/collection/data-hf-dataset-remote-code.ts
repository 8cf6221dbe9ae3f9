import { argumentOf, type CallFact, defineRule, edit, python, type StoreFact } from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { LOCAL_BUILDERS } from '../../knowledge/hub-references.js';
import { CONFIG, hasFixedRevision, isFolder, LOAD, OTHERS, SETTERS, switchesOn, VARIABLE } from './_dataset-scripts.js';

export default defineRule({
  summary: 'Code from a data set repository is run on load.',
  stages: ['data-collection', 'training', 'evaluation'],
  severity: 'error',
  confidence: 'high',
  profile: 'essential',
  since: '0.1.0',
  references: [
    'CWE-94',
    'CWE-829',
    'OWASP-LLM03:2025',
    'OWASP-ML06:2023',
    'AML.T0010.002',
    'https://github.com/huggingface/datasets/releases/tag/4.0.0',
    'https://huggingface.co/docs/datasets/v3.6.0/en/package_reference/loading_methods#datasets.load_dataset',
  ],
  docs: {
    why: 'A data set with a loading script is a Python file that `datasets` downloads and imports. Whoever can push to that repository, now or later, runs code on the training machine, with its credentials and its checkpoints.',
    instead:
      'Use the Parquet version of the data set (most have one on the branch `refs/convert/parquet`), or convert it once on a machine of its own; datasets 4.0 reads nothing else.',
    fixSafety:
      'From datasets 4.0 on `load_dataset` drops the argument with an error in the log, so removing it changes no result. Before 4.0 data sets with a loading script stop loading, so the fix is offered for review.',
    limits:
      'A value that is computed at run time is not judged. A pinned commit, a revision or a version of datasets that is not known and a literal local folder lower the level. Environment variables are seen in Python only.',
    ignoreWhen: 'The commit is pinned and its script has been reviewed.',
  },
  messages: {
    runsCode:
      '`trust_remote_code=True` runs the loading script of the data set before datasets 4.0; use its Parquet version',
    pinned: '`trust_remote_code=True` runs the loading script at this `revision`; review that script',
    localFolder: '`trust_remote_code=True` runs the loading script in `{folder}`; review that script',
    ignored: '`trust_remote_code=True` does nothing from datasets 4.0 on, which runs no loading scripts; remove it',
    everywhere: '`{name}` lets every data set this process loads run its loading script; remove it',
  },
  query: [python.calls(...LOAD, ...OTHERS, ...SETTERS), python.stores('os.environ[]', CONFIG)],
  check(fact: CallFact | StoreFact, context) {
    const { report, python: py, version, text } = context;
    const datasets = version('datasets');
    const below = datasets === undefined ? undefined : isBelow(datasets, '4.0');
    if (fact.kind === 'store' || SETTERS.includes(fact.name)) {
      if (below !== false && switchesOn(fact, context)) {
        const range = fact.kind === 'store' ? fact.target : fact.range;
        report(range, 'everywhere', { name: VARIABLE }).severity(below ? 'error' : 'warning');
      }
      return;
    }
    const flag = argumentOf(fact, 'trust_remote_code');
    const value = flag === undefined ? undefined : py.value(flag.value);
    if (flag === undefined || value?.kind !== 'boolean' || !value.value) return;
    const edits = edit.removeArgument(text, fact.expression, flag);
    if (below === false) {
      if (!LOAD.includes(fact.name)) return;
      const finding = report(flag.range, 'ignored').severity('info');
      finding.fix('Remove `trust_remote_code=True`', 'safe', edits);
      if (datasets !== undefined) finding.related(datasets.place, 'datasets is pinned here');
      return;
    }
    const path = argumentOf(fact, 'path', 0);
    const id = path === undefined ? undefined : py.value(path.value);
    if (id?.kind === 'string' && LOCAL_BUILDERS.has(id.value)) return;
    const local = id?.kind === 'string' && isFolder(id.value, context);
    const finding = local
      ? report(flag.range, 'localFolder', { folder: id.value }).severity('info')
      : hasFixedRevision(fact, context)
        ? report(flag.range, 'pinned').severity('warning')
        : report(flag.range, 'runsCode').severity(below ? 'error' : 'warning');
    finding.fix(
      'Remove `trust_remote_code=True`',
      'review',
      edits,
      'data sets with a loading script stop loading before datasets 4.0',
    );
  },
  examples: [
    {
      bad: 'from datasets import load_dataset\nrows = load_dataset("org/data", split="train", «trust_remote_code=True»)\n',
      message: 'runsCode',
      good: 'from datasets import load_dataset\nrows = load_dataset("org/data", split="train")\n',
      given: { datasets: '2.21.0' },
    },
    {
      bad: 'import datasets as ds\nTRUST = True\nnames = ds.get_dataset_config_names("org/data", «trust_remote_code=TRUST»)\n',
      message: 'runsCode',
      good: 'import datasets as ds\nTRUST = True\nnames = ds.get_dataset_config_names("org/data")\n',
    },
    {
      bad: `from datasets import load_dataset\nrows = load_dataset("org/data", revision="${'0a1b2c3d'.repeat(5)}", «trust_remote_code=True»)\n`,
      message: 'pinned',
      good: `from datasets import load_dataset\nrows = load_dataset("org/data", revision="${'0a1b2c3d'.repeat(5)}")\n`,
    },
    {
      bad: 'from datasets import load_dataset\nrows = load_dataset("./reviews", «trust_remote_code=True»)\n',
      message: 'localFolder',
      good: 'from datasets import load_dataset\nrows = load_dataset("./reviews")\n',
    },
    {
      bad: 'from datasets import load_dataset\nrows = load_dataset("org/data", «trust_remote_code=True»)\n',
      message: 'ignored',
      good: 'from datasets import load_dataset\nrows = load_dataset("org/data")\n',
      given: { datasets: '4.1.0' },
    },
    {
      bad: 'import os\n«os.environ["HF_DATASETS_TRUST_REMOTE_CODE"]» = "1"\n',
      message: 'everywhere',
      good: 'import os\n',
      byHand: true,
    },
    {
      good: 'from datasets import load_dataset\nrows = load_dataset("org/data", trust_remote_code=False)\n',
      because: 'switched off',
    },
    {
      good: 'from datasets import load_dataset\nrows = load_dataset("org/data", trust_remote_code=args.trust)\n',
      because: 'the value is not known',
    },
    {
      good: 'from datasets import load_dataset\nrows = load_dataset("json", data_files="rows.json", trust_remote_code=True)\n',
      because: 'a builder of the library, which has no script',
    },
    {
      good: 'import os\nos.environ["HF_DATASETS_TRUST_REMOTE_CODE"] = "1"\n',
      given: { datasets: '4.1.0' },
      because: 'nothing reads the variable any more',
    },
    {
      good: 'from transformers import AutoModel\nnet = AutoModel.from_pretrained("org/model", trust_remote_code=True)\n',
      because: 'models have a rule of their own',
    },
  ],
});
