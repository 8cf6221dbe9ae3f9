import type { Range } from '../../base/range.js';
import { containers, defineRule, type Requirement } from '../../engine/index.js';
import { openInstalls } from '../_open-version.js';
import { compiled } from './_kfp.js';

const KFP = `python3 -m pip install --quiet --no-warn-script-location 'kfp==2.13.0' '--no-deps' 'typing-extensions>=3.7.4,<5; python_version<"3.9"'`;
const command = (script: string): string =>
  compiled(
    `        image: python:3.11\n        command:\n        - sh\n        - -c\n        - |\n          ${script}\n        - sh\n        - -ec\n        - exec python3 -m kfp.dsl.executor_main "$@"\n`,
  );

export default defineRule({
  summary: 'A step of a Kubeflow pipeline installs unpinned packages in each run.',
  stages: ['preprocessing', 'training', 'evaluation'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'AML.T0010.001',
    'https://www.kubeflow.org/docs/components/pipelines/user-guides/components/lightweight-python-components/#packages_to_install',
    'https://pip.pypa.io/en/stable/topics/repeatable-installs/',
  ],
  docs: {
    why: 'The pipeline was compiled once, but its packages are chosen anew in each run. A release of a hijacked package runs the next night inside the training step, beside the data and the tokens of the bucket, and the model can no longer be built the way it was approved.',
    instead:
      'Write `packages_to_install=["pandas==2.2.3"]`, or better build a `base_image` from a lock file, and compile the pipeline again.',
    fixSafety: 'No fix: the versions belong into the Python source, which is compiled anew.',
    limits:
      'The command of executors and components is read. What Kubeflow installs for itself, `kfp` and `typing-extensions`, is passed over, and so are requirements files, constraints, addresses and wheels. Pipelines of version 1 are workflows of Argo, which `runtime-pip-install` judges.',
    ignoreWhen: 'The index only holds versions that were approved.',
  },
  messages: {
    unpinned: 'Each run takes any version of {packages}; pin it in `packages_to_install` and compile again',
  },
  words: ['install', 'add'],
  query: containers.all(),
  check({ origin, commands }, { report, text }) {
    if (origin !== 'kfp') return;
    const open = commands.flatMap(openInstalls).filter(({ name }) => !OWN.has(name ?? ''));
    const [first] = open;
    if (first === undefined) return;
    const names = new Set(open.map(({ name }) => name));
    const packages = `\`${first.name?.slice(0, 20)}\`${names.size > 1 ? ' and others' : ''}`;
    report(placeOf(first, text), 'unpinned', { packages });
  },
  examples: [
    {
      path: 'train_pipeline.yaml',
      bad: command(`${KFP} && python3 -m pip install --quiet '«pandas»' 'scikit-learn>=1.4' && "$0" "$@"`),
      message: 'unpinned',
      good: command(`${KFP} && python3 -m pip install --quiet 'pandas==2.2.3' 'scikit-learn==1.5.2' && "$0" "$@"`),
      byHand: true,
    },
    {
      path: 'component.yaml',
      bad: 'name: a\nimplementation: {container: {image: "python:3.11", command: [sh, -c, "pip install «torch» && python train.py"]}}\n',
      message: 'unpinned',
      good: 'name: a\nimplementation: {container: {image: "example.com/train:3", command: [python, train.py]}}\n',
      byHand: true,
    },
    { path: 'train_pipeline.yaml', good: command(`${KFP} && "$0" "$@"`), because: 'what Kubeflow needs for itself' },
    {
      path: 'train_pipeline.yaml',
      good: command(`${KFP} && python3 -m pip install 'pandas==2.2.3' && "$0" "$@"`),
      because: 'one version',
    },
    {
      path: 'train_pipeline.yaml',
      good: command('pip install -r requirements.txt && pip install ./dist/risk-1.0-py3-none-any.whl'),
      because: 'judged where they stand',
    },
  ],
});

/** What Kubeflow's compiler adds itself. */
const OWN: ReadonlySet<string> = new Set(['kfp', 'typing-extensions']);

/** The name of a package; in a script with escapes it is looked for behind the word that installs. */
function placeOf({ range, nameRange, name }: Requirement, text: string): Range {
  const written = nameRange === undefined ? '' : text.slice(nameRange.start, nameRange.end);
  if (nameRange !== undefined && written.length <= 80) return nameRange;
  const escaped = (name ?? '').replace(/[-_.]+/g, '[-_.]+');
  const source = text.slice(range.start, range.end);
  const from = Math.max(source.search(/\b(?:install|add)\b/), 0);
  const at = new RegExp(`(?<![\\w.-])${escaped}(?![\\w.-])`, 'i').exec(source.slice(from));
  if (at === null) return range;
  const start = range.start + from + at.index;
  return { start, end: start + at[0].length };
}
