import { type ConfigEntry, config, defineRule, edit, placeholder } from '../../engine/index.js';
import { literal } from './_azureml.js';

const LATEST =
  /^(?:azureml:([\w.-]+)@latest|azureml:\/\/registries\/[\w.-]+\/(?:environments|components|models)\/([\w.-]+)\/labels\/latest)$/;

/** What Microsoft publishes and patches itself. */
const CURATED = /^azureml:(?:\/\/registries\/azureml(?:-meta)?\/|AzureML-)/;

export default defineRule({
  summary: 'A job or deployment of Azure Machine Learning takes the newest version of an asset.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010',
    'https://learn.microsoft.com/azure/machine-learning/reference-yaml-core-syntax',
  ],
  docs: {
    why: 'A deployment that names `azureml:scorer@latest` serves the model that was registered last, whoever registered it: a trial from a notebook, or one exchanged by somebody with a stolen token. The file in the repository that was reviewed has not changed.',
    instead: 'Name the version: `azureml:scorer:7`. Let a pull request raise it after the evaluation.',
    fixSafety: 'The versions of an asset are known to the workspace alone, so the fix leaves a place for one.',
    limits:
      'Data that is an input of a job is a hint, for training on the newest data may be the purpose, and so is what Microsoft publishes in its own registry.',
    ignoreWhen: 'The pipeline registers the asset itself and a gate stands in front of the registry.',
  },
  messages: {
    floating: '`{asset}` is whichever version was registered last, reviewed or not; name the version',
  },
  words: ['@latest', 'labels/latest'],
  query: config.entries(['azureml'], '**'),
  check(entry: ConfigEntry, { report, text }) {
    if (entry.kind !== 'scalar' || typeof entry.value !== 'string' || !entry.value.startsWith('azureml:')) return;
    const match = LATEST.exec(literal(entry) ?? '');
    if (match === null) return;
    const finding = report(entry.valueRange, 'floating', { asset: (match[1] ?? match[2]!).slice(0, 40) });
    const version = placeholder('version');
    const pinned = match[0].replace(/@latest$/, `:${version}`).replace(/\/labels\/latest$/, `/versions/${version}`);
    if (pinned !== match[0]) finding.fix('Name the version', 'placeholder', edit.setScalar(text, entry, pinned));
    const isData = entry.path.includes('inputs') && entry.key === 'path' && !entry.path.includes('model');
    if (isData || CURATED.test(entry.value)) finding.severity('hint');
  },
  examples: [
    {
      path: 'azureml/deployment.yml',
      bad: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\nname: blue\nendpoint_name: loans\nmodel: «azureml:scorer@latest»\n',
      message: 'floating',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json\nname: blue\nendpoint_name: loans\nmodel: azureml:scorer:7\n',
      fill: ['7'],
    },
    {
      path: 'azureml/job.yml',
      bad: '$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json\ncommand: python train.py\nenvironment: «azureml://registries/azureml/environments/sklearn-1.5/labels/latest»\n',
      message: 'floating',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json\ncommand: python train.py\nenvironment: azureml://registries/azureml/environments/sklearn-1.5/versions/24\n',
      fill: ['24'],
    },
    {
      path: 'azureml/job.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json\ncommand: python train.py --code azureml:trainer@latest\nenvironment: azureml:train:3\n',
      because: 'text in a command is no reference of the job',
    },
    {
      path: 'azureml/job.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json\ncommand: python train.py\nenvironment: azureml:${ENVIRONMENT}@latest\n',
      because: 'the name is filled in elsewhere',
    },
    {
      path: 'azureml/job.yml',
      good: '$schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json\ncommand: python train.py\nenvironment: azureml:train@stable\n',
      because: 'a label that somebody moves on purpose',
    },
  ],
});
