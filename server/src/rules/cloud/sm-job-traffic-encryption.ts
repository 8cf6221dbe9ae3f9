import type { TextEdit } from '../../base/range.js';
import { type ConfigEntry, child, config, configEdit, defineRule } from '../../engine/index.js';

const OPTION = 'EnableInterContainerTrafficEncryption';

export default defineRule({
  summary: 'The machines of a distributed SageMaker job talk to each other in clear text.',
  stages: ['training', 'preprocessing', 'monitoring'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-319',
    'OWASP-A02:2021',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/train-encrypt.html',
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_NetworkConfig.html',
  ],
  docs: {
    why: 'Machines that train one model together exchange gradients in every step, and from gradients single training examples can be rebuilt; processing jobs send the records themselves. Whoever reads that traffic has the data without ever touching the bucket.',
    instead: 'Set `EnableInterContainerTrafficEncryption` to `true` in the job, or in its `NetworkConfig`.',
    fixSafety:
      'Encryption slows the exchange down, and security groups of a VPC have to let it through, so the fix is offered for review.',
    limits:
      'Only jobs of which two or more machines are written in the file are judged; instance groups, parameters and conditions are not resolved.',
    ignoreWhen: 'The data is public, or the instances encrypt the traffic between them themselves.',
  },
  messages: {
    off: 'What {count} machines exchange, gradients or records, travels in clear text; set this to `true`',
    unset: 'What {count} machines exchange travels in clear text unless `EnableInterContainerTrafficEncryption` is set',
  },
  query: config.entries(['cloudformation', 'sagemaker-pipeline'], '**.InstanceCount'),
  check(entry: ConfigEntry, { report, text }) {
    const count = Number(entry.value ?? 0);
    const job = jobOf(entry);
    if (!(count >= 2) || job === undefined) return;
    const { host, network } = job;
    const place = network ? child(host, 'NetworkConfig') : host;
    if (place !== undefined && (place.kind !== 'map' || isComputed(place))) return;
    const option = child(place, OPTION);
    if (option !== undefined && !/^false$/i.test(String(option.value))) return;
    const finding =
      option === undefined
        ? report(entry.range, 'unset', { count })
        : report(option.valueRange, 'off', { count }).related(entry.range, 'the number of machines');
    finding.fix(
      'Encrypt the traffic between the machines',
      'review',
      edits(text, host, place, option),
      'it slows the exchange down',
    );
  },
  examples: [
    {
      path: 'infra/monitor.yaml',
      bad: 'Resources:\n  Drift:\n    Type: AWS::SageMaker::DataQualityJobDefinition\n    Properties:\n      JobResources:\n        ClusterConfig:\n          «InstanceCount: 2»\n          InstanceType: ml.m5.xlarge\n      RoleArn: !GetAtt Role.Arn\n',
      message: 'unset',
      good: 'Resources:\n  Drift:\n    Type: AWS::SageMaker::DataQualityJobDefinition\n    Properties:\n      JobResources:\n        ClusterConfig:\n          InstanceCount: 2\n          InstanceType: ml.m5.xlarge\n      RoleArn: !GetAtt Role.Arn\n      NetworkConfig:\n        EnableInterContainerTrafficEncryption: true\n',
    },
    {
      path: 'infra/monitor.yaml',
      bad: 'Resources:\n  Drift:\n    Type: AWS::SageMaker::DataQualityJobDefinition\n    Properties:\n      JobResources: {ClusterConfig: {InstanceCount: 3, InstanceType: ml.m5.xlarge}}\n      NetworkConfig: {EnableInterContainerTrafficEncryption: «false», EnableNetworkIsolation: true}\n',
      message: 'off',
      good: 'Resources:\n  Drift:\n    Type: AWS::SageMaker::DataQualityJobDefinition\n    Properties:\n      JobResources: {ClusterConfig: {InstanceCount: 3, InstanceType: ml.m5.xlarge}}\n      NetworkConfig: {EnableInterContainerTrafficEncryption: true, EnableNetworkIsolation: true}\n',
    },
    {
      path: 'pipeline.json',
      bad: '{"Version": "2020-12-01", "Steps": [{"Name": "Train", "Type": "Training", "Arguments": {"ResourceConfig": {"InstanceType": "ml.p4d.24xlarge", «"InstanceCount": 4»}}}]}\n',
      message: 'unset',
      good: '{"Version": "2020-12-01", "Steps": [{"Name": "Train", "Type": "Training", "Arguments": {"ResourceConfig": {"InstanceType": "ml.p4d.24xlarge", "InstanceCount": 4}, "EnableInterContainerTrafficEncryption": true}}]}\n',
    },
    {
      path: 'pipeline.json',
      good: '{"Version": "2020-12-01", "Steps": [{"Name": "Train", "Type": "Training", "Arguments": {"ResourceConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1}}}]}\n',
      because: 'one machine talks to nobody',
    },
    {
      path: 'pipeline.json',
      good: '{"Version": "2020-12-01", "Steps": [{"Name": "Prepare", "Type": "Processing", "Arguments": {"ProcessingResources": {"ClusterConfig": {"InstanceType": "ml.m5.xlarge", "InstanceCount": {"Get": "Parameters.Machines"}}}}}]}\n',
      because: 'the number of machines is a parameter',
    },
    {
      path: 'infra/monitor.yaml',
      good: 'Resources:\n  Drift:\n    Type: AWS::SageMaker::DataQualityJobDefinition\n    Properties:\n      JobResources: {ClusterConfig: {InstanceCount: 3, InstanceType: ml.m5.xlarge}}\n      NetworkConfig: !If [Private, {VpcConfig: {Subnets: [subnet-1]}}, !Ref AWS::NoValue]\n',
      because: 'a condition decides about the network',
    },
    {
      path: 'infra/search.yaml',
      good: 'Resources:\n  Search:\n    Type: AWS::OpenSearchService::Domain\n    Properties:\n      ClusterConfig: {InstanceCount: 3}\n',
      because: 'a search cluster is no job',
    },
  ],
});

/** What holds the settings of the job, and whether its network has a map of its own, as for processing and monitoring. */
function jobOf(count: ConfigEntry): { host: ConfigEntry; network: boolean } | undefined {
  const resources = count.parent;
  if (resources?.key === 'ResourceConfig' && child(resources, 'InstanceType') !== undefined)
    return resources.parent && { host: resources.parent, network: false };
  const around = resources?.parent;
  if (resources?.key !== 'ClusterConfig' || !/^(?:Job|Processing|Monitoring)Resources$/.test(around?.key ?? ''))
    return undefined;
  return around?.parent && { host: around.parent, network: true };
}

function isComputed({ alias, tag, children }: ConfigEntry): boolean {
  return (
    alias !== undefined ||
    tag !== undefined ||
    children.some(({ key }) => /^(?:Ref|Fn::\w+|Get|Std:.*|<<)$/.test(key ?? ''))
  );
}

function edits(
  text: string,
  host: ConfigEntry,
  place: ConfigEntry | undefined,
  option: ConfigEntry | undefined,
): TextEdit[] {
  if (option !== undefined) return configEdit.replaceEntry(text, option, OPTION, 'true');
  if (place !== undefined) return configEdit.addEntry(text, place, OPTION, 'true');
  return configEdit.addEntry(text, host, 'NetworkConfig', [[OPTION, 'true']]);
}
