import { type ConfigEntry, child, config, defineRule, edit, items, text as textOf } from '../../engine/index.js';
import { trains } from './_roles.js';

const KEYS = ['ModelApprovalStatus', 'modelApprovalStatus', 'model_approval_status', 'MODEL_APPROVAL_STATUS'];
/** Options of training scripts that give the new version the name under which production loads it. */
const ALIAS =
  /\s--(?:model[-_]|registry[-_]|registered[-_]model[-_])?(?:alias[ =]["']?(champion|production|prod)\b|stage[ =]["']?(Production)\b)/;

export default defineRule({
  summary: 'A pipeline approves the model it has just trained by itself.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-862',
    'OWASP-A08:2021',
    'OWASP-ML10:2023',
    'AML.T0018',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-approve.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-modelpackage.html',
    'https://mlflow.org/docs/latest/ml/model-registry/',
  ],
  docs: {
    why: 'In SageMaker the status `Approved` starts the deployment that waits for it, and in MLflow the service loads whatever carries the alias `champion`. Whoever can change the training data or the job then changes the model in production, with nobody in between.',
    instead:
      'Register as `PendingManualApproval`, or without the alias, and let a person or an evaluation with a threshold approve the version.',
    fixSafety: 'Deployments that follow the approval wait for somebody from then on, so the fix is offered for review.',
    limits:
      'Values behind references, parameters and conditions are not known. A condition in the pipeline that only registers good models is not seen. In DVC and MLproject files the options `--alias` and `--stage` of training commands are read; what the code itself sets is not.',
    ignoreWhen: 'An evaluation step with a threshold stands in front of the registration.',
  },
  messages: {
    status: '`{key}` is `Approved` before anybody has looked, so deployments start; set `PendingManualApproval`',
    alias:
      'Step `{step}` trains a model and names it `{alias}`, so production loads it unseen; promote it after a check',
  },
  words: ['approval', 'alias', '--stage', '-stage', '_stage'],
  query: [
    ...KEYS.map((key) => config.entries('any', `**.${key}`)),
    config.entries('any', '**.Parameters.*'),
    config.entries(['dvc-pipeline'], 'stages.*'),
    config.entries(['mlproject'], 'entry_points.*'),
  ],
  check(entry: ConfigEntry, { report, text, path }) {
    const group = entry.path[entry.path.length - 2];
    if (entry.path.length === 2 && (group === 'stages' || group === 'entry_points')) {
      if (!path.endsWith('.lock')) reportAlias(entry);
      return;
    }
    const key = KEYS.includes(entry.key ?? '') ? entry.key! : textOf(child(entry, 'Name'));
    // A parameter of a template or of a pipeline, with its default; else the setting itself.
    const value = entry.kind === 'map' ? (child(entry, 'Default') ?? child(entry, 'DefaultValue')) : entry;
    if (key === undefined || !KEYS.includes(key) || value?.value !== 'Approved') return;
    if (value.tag !== undefined || value.alias !== undefined) return;
    report(value.valueRange, 'status', { key }).fix(
      'Set `PendingManualApproval`',
      'review',
      edit.setScalar(text, value, 'PendingManualApproval'),
      'deployments wait until somebody approves',
    );

    function reportAlias(stage: ConfigEntry): void {
      const command = child(child(stage, 'do') ?? stage, 'cmd') ?? child(stage, 'command');
      const lines = command?.kind === 'list' ? items(command) : command === undefined ? [] : [command];
      for (const line of lines) {
        const written = textOf(line) ?? '';
        const found = ALIAS.exec(written);
        const name = stage.key ?? '';
        if (found === null || !trains({ name, words: [name, written], after: [], entry: stage })) continue;
        report(line.valueRange, 'alias', { step: name.slice(0, 30), alias: found[1] ?? found[2] ?? '' });
      }
    }
  },
  examples: [
    {
      path: 'infra/model.yaml',
      bad: 'Resources:\n  Version:\n    Type: AWS::SageMaker::ModelPackage\n    Properties:\n      ModelPackageGroupName: loan-default\n      ModelApprovalStatus: «Approved»  # nightly\n',
      message: 'status',
      good: 'Resources:\n  Version:\n    Type: AWS::SageMaker::ModelPackage\n    Properties:\n      ModelPackageGroupName: loan-default\n      ModelApprovalStatus: PendingManualApproval  # nightly\n',
    },
    {
      path: 'pipeline-definition.json',
      bad: '{\n  "Version": "2020-12-01",\n  "Parameters": [{"Name": "ModelApprovalStatus", "Type": "String", "DefaultValue": «"Approved"»}],\n  "Steps": []\n}\n',
      message: 'status',
      good: '{\n  "Version": "2020-12-01",\n  "Parameters": [{"Name": "ModelApprovalStatus", "Type": "String", "DefaultValue": "PendingManualApproval"}],\n  "Steps": []\n}\n',
    },
    {
      path: 'dvc.yaml',
      bad: 'stages:\n  train:\n    cmd: «python src/train.py --registered-model loan-default --alias champion»\n    deps:\n      - data/clean.csv\n',
      message: 'alias',
      good: 'stages:\n  train:\n    cmd: python src/train.py --registered-model loan-default\n    deps:\n      - data/clean.csv\n',
      byHand: true,
    },
    {
      path: 'infra/model.yaml',
      good: 'Parameters:\n  Status:\n    Type: String\nResources:\n  Version:\n    Type: AWS::SageMaker::ModelPackage\n    Properties:\n      ModelApprovalStatus: !Ref Status\n',
      because: 'the value comes from outside',
    },
    {
      path: 'infra/deploy.yaml',
      good: 'Resources:\n  OnApproval:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern:\n        source: [aws.sagemaker]\n        detail:\n          ModelApprovalStatus: [Approved]\n',
      because: 'a rule that waits for an approval',
    },
    {
      path: 'dvc.yaml',
      good: 'stages:\n  promote:\n    cmd: python src/promote.py --alias champion\n    deps:\n      - reports/evaluation.json\n',
      because: 'a step of its own promotes the model',
    },
  ],
});
