import { type CallFact, defineRule, python } from '../../engine/index.js';
import { JOB_CALLS, SageMakerJob } from './_sagemaker-job.js';

export default defineRule({
  summary: 'The machines of a distributed SageMaker job talk to each other in clear text.',
  stages: ['training', 'preprocessing'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-319',
    'OWASP-ML05:2023',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/train-encrypt.html',
    'https://sagemaker.readthedocs.io/en/stable/api/training/estimators.html',
  ],
  docs: {
    why: 'Distributed training exchanges gradients and weights in every step, and from gradients single training examples can be rebuilt: whoever reads the traffic between the containers of a job on patient images gets the model and some of the images. Processing jobs shuffle the records themselves. SageMaker encrypts that traffic only when it is asked to.',
    instead:
      'Pass `encrypt_inter_container_traffic=True` to the estimator or its `NetworkConfig`, `enable_inter_container_traffic_encryption=True` to `Networking` of the SDK 3, `EnableInterContainerTrafficEncryption=True` to the API.',
    fixSafety:
      'Communication gets slower, and security groups of a VPC have to let the encrypted traffic through, so the fix is offered for review.',
    limits:
      'Only jobs of which two or more machines are known are judged. Nothing is said where the defaults of the SDK are configured, where unknown arguments are passed, for local mode and in tests. An option that is left out is an information, one that is switched off a warning.',
    ignoreWhen: 'The data is public, or the job runs in a VPC whose traffic is encrypted by its instances anyway.',
  },
  messages: {
    off: '`{option}=False` sends what {count} machines exchange in clear text, gradients or data; switch it on',
    left: 'What the {count} machines of `{callee}` exchange travels in clear text; pass `{option}=True`',
  },
  query: python.calls(...JOB_CALLS),
  check(call: CallFact, context) {
    const { report, text, python: py } = context;
    const job = SageMakerJob.of(call, context);
    const machines = job?.find('count');
    if (job === undefined || machines?.state !== 'passed') return;
    const value = py.value(machines.value);
    const off = job.isOff('traffic');
    if (value.kind !== 'number' || value.value < 2 || off === false) return;
    const found = job.find('traffic');
    const option = job.nameOf('traffic');
    const count = value.value;
    const finding =
      off === true && found.state === 'passed'
        ? report(found.range, 'off', { option, count }).related(machines.range, 'the number of machines')
        : report(machines.range, 'left', { callee: job.callee, option, count }).severity('info');
    finding.fix(
      'Encrypt the traffic between the machines',
      'review',
      job.switchOn('traffic', text),
      'distributed training gets slower',
    );
  },
  examples: [
    {
      bad: 'from sagemaker.pytorch import PyTorch\nestimator = PyTorch(\n    entry_point="train.py",\n    role=role,\n    instance_type="ml.g5.12xlarge",\n    «instance_count=4»,\n)\n',
      message: 'left',
      good: 'from sagemaker.pytorch import PyTorch\nestimator = PyTorch(\n    entry_point="train.py",\n    role=role,\n    instance_type="ml.g5.12xlarge",\n    instance_count=4,\n    encrypt_inter_container_traffic=True,\n)\n',
    },
    {
      bad: 'import sagemaker as sm\nestimator = sm.estimator.Estimator(image, role, 2, "ml.m5.xlarge", «encrypt_inter_container_traffic=False»)\n',
      message: 'off',
      good: 'import sagemaker as sm\nestimator = sm.estimator.Estimator(image, role, 2, "ml.m5.xlarge", encrypt_inter_container_traffic=True)\n',
    },
    {
      bad: 'from sagemaker.spark.processing import PySparkProcessor\nspark = PySparkProcessor(role=role, instance_type="ml.m5.xlarge", «instance_count=3»)\n',
      message: 'left',
      good: 'from sagemaker.network import NetworkConfig\nfrom sagemaker.spark.processing import PySparkProcessor\nspark = PySparkProcessor(role=role, instance_type="ml.m5.xlarge", instance_count=3, network_config=NetworkConfig(encrypt_inter_container_traffic=True))\n',
    },
    {
      bad: 'from sagemaker.train import ModelTrainer\nfrom sagemaker.train.configs import Compute, Networking\nnet = Networking(subnets=subnets, security_group_ids=groups)\ntrainer = ModelTrainer(training_image=image, compute=Compute(«instance_count=2»), networking=net)\n',
      message: 'left',
      good: 'from sagemaker.train import ModelTrainer\nfrom sagemaker.train.configs import Compute, Networking\nnet = Networking(subnets=subnets, security_group_ids=groups, enable_inter_container_traffic_encryption=True)\ntrainer = ModelTrainer(training_image=image, compute=Compute(instance_count=2), networking=net)\n',
    },
    {
      bad: 'import boto3\nclient = boto3.client("sagemaker")\nclient.create_training_job(TrainingJobName=name, ResourceConfig={"InstanceType": "ml.p4d.24xlarge", «"InstanceCount": 2»})\n',
      message: 'left',
      good: 'import boto3\nclient = boto3.client("sagemaker")\nclient.create_training_job(TrainingJobName=name, ResourceConfig={"InstanceType": "ml.p4d.24xlarge", "InstanceCount": 2}, EnableInterContainerTrafficEncryption=True)\n',
    },
    {
      good: 'from sagemaker.pytorch import PyTorch\nestimator = PyTorch(entry_point="train.py", role=role, instance_count=1)\n',
      because: 'one machine talks to nobody',
    },
    {
      good: 'from sagemaker.pytorch import PyTorch\nestimator = PyTorch(entry_point="train.py", instance_count=4, **options)\n',
      because: 'the option may be among those passed on',
    },
    {
      good: 'from sagemaker.pytorch import PyTorch\nestimator = PyTorch(entry_point="train.py", instance_type="local_gpu", instance_count=2)\n',
      because: 'local mode runs on this machine',
    },
    {
      good: 'from sagemaker.pytorch import PyTorch\nestimator = PyTorch(entry_point="train.py", instance_count=args.nodes)\n',
      because: 'the number of machines is not known',
    },
    {
      good: 'from sagemaker import Session\nfrom sagemaker.pytorch import PyTorch\nsession = Session(sagemaker_config=defaults)\nestimator = PyTorch(entry_point="train.py", instance_count=2, sagemaker_session=session)\n',
      because: 'the defaults of the SDK are configured elsewhere',
    },
  ],
});
