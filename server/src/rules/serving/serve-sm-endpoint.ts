import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  type PythonQuestions,
  passesUnknown,
  python,
} from '../../engine/index.js';
import { awsCalls, refusesVolumeKey, SAGEMAKER_DEFAULTS, SAGEMAKER_MODELS } from '../../knowledge/cloud-sdk-options.js';

const CONFIGS = awsCalls('create_endpoint_config');
const MODELS = awsCalls('create_model');
const CAPTURES = ['sagemaker.**.DataCaptureConfig'];
/** A model that is tried on this machine. */
const LOCAL = /\bLocalSession\b|["']local(?:_gpu)?["']/;

export default defineRule({
  summary: 'A SageMaker endpoint has no VPC, or no key of the project for its disk and captured requests.',
  stages: ['deployment', 'monitoring'],
  severity: 'info',
  confidence: 'medium',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-311',
    'CWE-284',
    'OWASP-ML05:2023',
    'OWASP-LLM02:2025',
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture.html',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html',
  ],
  docs: {
    why: 'Data capture writes what customers send and what the model answers to a bucket, for months. Under the key of AWS everybody whose role may read that bucket reads income, diagnoses or prompts; a key of the project is a second permission that can be withdrawn. A model outside of a VPC can send each request elsewhere when a package in its image is malicious.',
    instead:
      'Pass a key from the configuration as `KmsKeyId` (`kms_key_id` of `DataCaptureConfig`), and `vpc_config` with private subnets to the model.',
    fixSafety:
      'The role of the endpoint has to be allowed to use the key, so the key of the data capture is offered for the disk for review. Otherwise there is no fix, as only the owner knows keys and subnets.',
    limits:
      'AWS encrypts either way; this is a matter of policy. The disk is judged only when the types of all machines are known and take a key, as those with local disks refuse it; serverless variants have none. Unknown values and arguments, configured defaults of the SDK, isolated models, files that use local mode and tests are passed over; the network of a pipeline stands for its models.',
    ignoreWhen: 'The bucket has a default key of its own, and the requests hold nothing about people.',
  },
  messages: {
    disk: 'The disk of the endpoint is encrypted with a key of AWS; pass a key of the project as `KmsKeyId`',
    capture: 'Captured requests and answers are stored with a key of AWS; pass a key of the project as `{option}`',
    network: '`{callee}` runs outside of your VPC, where no security group limits what it sends; pass `{option}`',
  },
  query: python.calls(...CONFIGS, ...MODELS, ...CAPTURES, ...SAGEMAKER_MODELS),
  check(call: CallFact, { report, python: py, text, path }) {
    if (isTestFile(path) || passesUnknown(call) || SAGEMAKER_DEFAULTS.test(text)) return;
    const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
    const place = call.callee.kind === 'attribute' ? call.callee.nameRange : call.calleeRange;
    if (callee === 'DataCaptureConfig') {
      const enabled = argumentOf(call, 'enable_capture', 0);
      const on = enabled === undefined ? undefined : py.value(enabled.value);
      if (on?.kind !== 'boolean' || !on.value || !isAbsent(argumentOf(call, 'kms_key_id', 3)?.value, py)) return;
      report(place, 'capture', { option: 'kms_key_id' });
      return;
    }
    if (!CONFIGS.includes(call.name)) {
      const api = MODELS.includes(call.name);
      if (LOCAL.test(text)) return;
      // The network of a pipeline is its own, whatever its models say.
      if (!api && callee !== 'PipelineModel' && /\bPipelineModel\(/.test(text)) return;
      if (api && argumentOf(call, 'ExecutionRoleArn') === undefined) return;
      const option = api ? 'VpcConfig' : 'vpc_config';
      const isolation = argumentOf(call, api ? 'EnableNetworkIsolation' : 'enable_network_isolation');
      const off = isolation === undefined ? undefined : py.value(isolation.value);
      const isolated = off !== undefined && off.kind !== 'none' && (off.kind !== 'boolean' || off.value);
      const many = call.arguments.some(({ position }) => (position ?? 0) > 3);
      if (!isolated && !many && isAbsent(argumentOf(call, option)?.value, py))
        report(place, 'network', { callee, option });
      return;
    }
    const capture = captureOf(call, py);
    if (capture?.key === 'absent') report(capture.range, 'capture', { option: 'KmsKeyId' });
    if (!isAbsent(argumentOf(call, 'KmsKeyId')?.value, py) || !takesKey(call, py)) return;
    const finding = report(place, 'disk');
    if (capture === undefined || capture.key === 'absent' || capture.key === 'unknown') return;
    const { range } = capture.key;
    finding
      .related(range, 'the key of the project')
      .fix(
        'Use the key of the data capture for the disk too',
        'review',
        edit.setKeyword(text, call.expression, 'KmsKeyId', text.slice(range.start, range.end)),
        'the role of the endpoint has to be allowed to use it',
      );
  },
  examples: [
    {
      bad: 'import boto3\nsm = boto3.client("sagemaker")\nsm.«create_endpoint_config»(\n    EndpointConfigName="churn",\n    ProductionVariants=[{"ModelName": "churn", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}],\n    DataCaptureConfig={"EnableCapture": True, "KmsKeyId": settings.key},\n)\n',
      message: 'disk',
      good: 'import boto3\nsm = boto3.client("sagemaker")\nsm.create_endpoint_config(\n    EndpointConfigName="churn",\n    ProductionVariants=[{"ModelName": "churn", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}],\n    DataCaptureConfig={"EnableCapture": True, "KmsKeyId": settings.key},\n    KmsKeyId=settings.key,\n)\n',
    },
    {
      bad: 'from sagemaker.model_monitor import DataCaptureConfig as Capture\ncapture = «Capture»(enable_capture=True, destination_s3_uri=uri)\n',
      message: 'capture',
      good: 'from sagemaker.model_monitor import DataCaptureConfig as Capture\ncapture = Capture(enable_capture=True, destination_s3_uri=uri, kms_key_id=key)\n',
      byHand: true,
    },
    {
      bad: 'from sagemaker.pytorch import PyTorchModel\nmodel = «PyTorchModel»(model_data=uri, role=role, vpc_config=None)\n',
      message: 'network',
      good: 'from sagemaker.pytorch import PyTorchModel\nmodel = PyTorchModel(model_data=uri, role=role, vpc_config={"Subnets": subnets, "SecurityGroupIds": groups})\n',
      byHand: true,
    },
    {
      good: 'import boto3\nsm = boto3.client("sagemaker")\nsm.create_endpoint_config(EndpointConfigName="churn", ProductionVariants=[{"ModelName": "churn", "InstanceType": "ml.g5.xlarge"}])\n',
      because: 'a machine with local disks refuses a key',
    },
    {
      good: 'import boto3\nsm = boto3.client("sagemaker")\nsm.create_endpoint_config(EndpointConfigName="churn", ProductionVariants=[{"ModelName": "churn", "ServerlessConfig": {"MemorySizeInMB": 2048}}])\n',
      because: 'a serverless variant has no disk of its own',
    },
    {
      good: 'from sagemaker.model_monitor import DataCaptureConfig\ncapture = DataCaptureConfig(enable_capture=False)\n',
      because: 'nothing is captured',
    },
    {
      good: 'from sagemaker.model import Model\nmodel = Model(image_uri=image, role=role, vpc_config=network)\n',
      because: 'the model runs in a VPC, or where the variable says',
    },
  ],
});

function isAbsent(value: Expression | undefined, py: PythonQuestions): boolean {
  return value === undefined || py.value(value).kind === 'none';
}

/** An entry of a dictionary that is written out; undefined when the dictionary or its keys are not known. */
function entryOf(of: Expression, name: string, py: PythonQuestions): Expression | 'absent' | undefined {
  const dict = py.definition(of);
  if (dict.kind !== 'dict') return undefined;
  for (const { key, value } of dict.entries) {
    const text = key === undefined ? undefined : py.value(key);
    if (text?.kind !== 'string') return undefined;
    if (text.value === name) return value;
  }
  return 'absent';
}

/** The data capture of an endpoint, when it is switched on: its range and its key. */
function captureOf(call: CallFact, py: PythonQuestions) {
  const argument = argumentOf(call, 'DataCaptureConfig');
  const enabled = argument === undefined ? undefined : entryOf(argument.value, 'EnableCapture', py);
  if (argument === undefined || enabled === undefined || enabled === 'absent') return undefined;
  const on = py.value(enabled);
  if (on.kind !== 'boolean' || !on.value) return undefined;
  return {
    range: argument.nameRange ?? argument.range,
    key: entryOf(argument.value, 'KmsKeyId', py) ?? ('unknown' as const),
  };
}

/** True when all machines of an endpoint are known and none refuses a key for its disk. */
function takesKey(call: CallFact, py: PythonQuestions): boolean {
  const variants = argumentOf(call, 'ProductionVariants');
  const list = variants === undefined ? undefined : py.definition(variants.value);
  if (list?.kind !== 'list' || list.items.length === 0) return false;
  return list.items.every((item) => {
    const type = entryOf(item, 'InstanceType', py);
    const value = type === undefined || type === 'absent' ? undefined : py.value(type);
    return value?.kind === 'string' && !refusesVolumeKey(value.value);
  });
}
