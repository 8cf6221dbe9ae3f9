import { argumentOf, type CallFact, defineRule, type PythonQuestions, python } from '../../engine/index.js';
import { JOB_CALLS, SageMakerJob } from './_sagemaker-job.js';

/** Environment variables of jobs that talk to a service. */
const SERVICE = /(?:URI|URL|ARN|HOST|ENDPOINT|TOKEN|API_KEY)$/;
/** Hyperparameters of training scripts that name a model or data set the container fetches itself. */
const FETCHED = /^(?:model_(?:name|id)(?:_or_path)?|dataset_(?:name|id)|tokenizer_(?:name|id))$/;

export default defineRule({
  summary: 'The container of a SageMaker job can reach the network.',
  stages: ['training', 'preprocessing'],
  severity: 'warning',
  confidence: 'medium',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-200',
    'OWASP-ML05:2023',
    'OWASP-ML06:2023',
    'AML.T0025',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html',
    'https://sagemaker.readthedocs.io/en/stable/api/training/estimators.html',
  ],
  docs: {
    why: 'A training container holds the data set and the credentials of its role. A poisoned package in the image, or a checkpoint that runs code when it is loaded, sends both to a server outside within the first minute of the job, and nothing in the logs shows it.',
    instead:
      'Bring packages and base models in the image or as a channel, and pass `enable_network_isolation=True`; SageMaker itself still copies the channels and the model.',
    fixSafety:
      'Code in the container that installs packages, downloads from the Hub or talks to AWS stops working, so the fix is offered for review.',
    limits:
      'A job is passed over where unknown arguments are passed or the defaults of the SDK are configured, in local mode, in tests, for the containers that cannot be isolated, and where it visibly needs the network: a `requirements.txt` in its `source_dir`, a Git source, a model name among the hyperparameters, the address of a service among the environment variables. An option that is left out is an information, one that is switched off a warning for training.',
    ignoreWhen: 'The job has to reach a service, and its VPC lets it reach that one alone.',
  },
  messages: {
    off: '`{option}=False` lets the container send data and credentials anywhere; isolate it',
    left: 'The container of `{callee}` can send data anywhere; pass `{option}=True` unless it needs the network',
  },
  query: python.calls(...JOB_CALLS),
  check(call: CallFact, context) {
    const { report, text } = context;
    const job = SageMakerJob.of(call, context);
    const off = job?.isOff('isolation');
    if (job === undefined || off === false || needsNetwork(call, context)) return;
    const found = job.find('isolation');
    const option = job.nameOf('isolation');
    const finding =
      off === true && found.state === 'passed'
        ? report(found.range, 'off', { option })
        : report(job.place, 'left', { callee: job.callee, option }).severity('info');
    // Scripts of processing jobs often read buckets themselves.
    if (/process/i.test(job.callee)) finding.severity('info');
    finding.fix(
      'Isolate the container',
      'review',
      job.switchOn('isolation', text),
      'what the job installs or downloads itself is no longer found',
    );
  },
  examples: [
    {
      bad: 'from sagemaker.estimator import Estimator\nestimator = «Estimator»(image_uri=image, role=role, instance_count=1, instance_type="ml.m5.xlarge")\n',
      message: 'left',
      good: 'from sagemaker.estimator import Estimator\nestimator = Estimator(image_uri=image, role=role, instance_count=1, instance_type="ml.m5.xlarge", enable_network_isolation=True)\n',
    },
    {
      bad: 'from sagemaker.network import NetworkConfig as Net\nfrom sagemaker.processing import Processor\nnet = Net(«enable_network_isolation=False», subnets=subnets)\nstep = Processor(role=role, image_uri=image, network_config=net)\n',
      message: 'off',
      good: 'from sagemaker.network import NetworkConfig as Net\nfrom sagemaker.processing import Processor\nnet = Net(enable_network_isolation=True, subnets=subnets)\nstep = Processor(role=role, image_uri=image, network_config=net)\n',
    },
    {
      bad: 'import boto3\nsm = boto3.client("sagemaker")\nsm.create_training_job(TrainingJobName=name, RoleArn=role, «EnableNetworkIsolation=False»)\n',
      message: 'off',
      good: 'import boto3\nsm = boto3.client("sagemaker")\nsm.create_training_job(TrainingJobName=name, RoleArn=role, EnableNetworkIsolation=True)\n',
    },
    {
      good: 'from sagemaker.estimator import Estimator\nestimator = Estimator(image_uri=image, role=role, enable_network_isolation=isolated)\n',
      because: 'the option is not known',
    },
    {
      good: 'from sagemaker.huggingface import HuggingFace\njob = HuggingFace(entry_point="t.py", hyperparameters={"model_name_or_path": "bert-base-uncased"})\n',
      because: 'the job fetches its base model from the Hub',
    },
    {
      good: 'from sagemaker.pytorch import PyTorch\njob = PyTorch(entry_point="t.py", source_dir="code")\n',
      files: { 'code/requirements.txt': 'torchmetrics==1.4.0\n' },
      because: 'the container installs packages when it starts',
    },
    {
      good: 'from sagemaker.sklearn import SKLearn\njob = SKLearn(entry_point="t.py", environment={"MLFLOW_TRACKING_URI": uri})\n',
      because: 'the job reports to a tracking server',
    },
    {
      good: 'from sagemaker.rl import RLEstimator\njob = RLEstimator(entry_point="t.py", role=role)\n',
      because: 'this container cannot run without the network',
    },
  ],
});

interface Context {
  readonly python: PythonQuestions;
  readonly workspace: { has(path: string): boolean };
  readonly path: string;
}

/** True for a job that would break without the network by what is passed to it. */
function needsNetwork(call: CallFact, { python: py, workspace, path }: Context): boolean {
  if (argumentOf(call, 'git_config') !== undefined) return true;
  const parameters = argumentOf(call, 'hyperparameters') ?? argumentOf(call, 'HyperParameters');
  const passed = parameters === undefined ? undefined : py.value(parameters.value);
  if (passed?.kind === 'dict' && [...passed.entries.keys()].some((key) => FETCHED.test(key))) return true;
  const variables = argumentOf(call, 'environment') ?? argumentOf(call, 'env') ?? argumentOf(call, 'Environment');
  const set = variables === undefined ? undefined : py.value(variables.value);
  if (set?.kind === 'dict' && [...set.entries.keys()].some((key) => SERVICE.test(key))) return true;
  const source = argumentOf(call, 'source_dir');
  if (source === undefined) return false;
  const folder = py.value(source.value);
  if (folder.kind !== 'string') return true;
  const code = folder.value.replace(/^\.\//, '').replace(/\/$/, '');
  const own = path.slice(0, path.lastIndexOf('/') + 1);
  return ['', own].some((base) => workspace.has(`${base}${code === '.' ? '' : `${code}/`}requirements.txt`));
}
