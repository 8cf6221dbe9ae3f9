import { type CallFact, defineRule, python } from '../../engine/index.js';
import { refusesVolumeKey } from '../../knowledge/cloud-sdk-options.js';
import { JOB_CALLS, SageMakerJob } from './_sagemaker-job.js';

export default defineRule({
  summary: 'A SageMaker job encrypts its model or its disk with a key the project does not control.',
  stages: ['training', 'preprocessing'],
  severity: 'info',
  confidence: 'medium',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-311',
    'OWASP-ML05:2023',
    'AML.T0035',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest.html',
    'https://sagemaker.readthedocs.io/en/stable/api/training/estimators.html',
  ],
  docs: {
    why: 'With the key of AWS, everybody whose role may read the bucket reads the model and the prepared data in it. A key of the project adds a second permission that is granted, logged and revoked by itself: a leaked data-science role then gets ciphertext, and one switch makes all copies unreadable.',
    instead:
      'Read the id of the key from the configuration and pass it as `output_kms_key` and `volume_kms_key` (`OutputDataConfig(kms_key_id=…)` and `Compute(volume_kms_key_id=…)` in the SDK 3).',
    fixSafety:
      'The role of the job has to be allowed to use the key, so the key that is passed for one is offered for the other for review. Without a key in the call there is no fix, as only the owner knows it.',
    limits:
      'AWS encrypts either way; this is a matter of policy. A disk is judged only for known types of machines that take a key: those with local disks refuse it. Nothing is said where unknown arguments are passed, the defaults of the SDK are configured, for local mode and in tests.',
    ignoreWhen: 'The bucket has a default key of its own, or the data is public.',
  },
  messages: {
    both: '`{callee}` leaves results and disk to keys of AWS; pass a key of the project as `{output}` and `{volume}`',
    output: 'What `{callee}` writes is encrypted with a key of AWS; pass a key of the project as `{output}`',
    volume: 'The disk of `{callee}` is encrypted with a key of AWS; pass a key of the project as `{volume}`',
  },
  query: python.calls(...JOB_CALLS),
  check(call: CallFact, context) {
    const { report, text } = context;
    const job = SageMakerJob.of(call, context);
    if (job === undefined) return;
    const instance = job.text('instance');
    const lacksOutput = job.isOff('outputKey') === 'absent';
    const lacksVolume = job.isOff('volumeKey') === 'absent' && instance !== undefined && !refusesVolumeKey(instance);
    const { callee } = job;
    const [output, volume] = [job.nameOf('outputKey'), job.nameOf('volumeKey')];
    if (lacksOutput && lacksVolume) {
      report(job.place, 'both', { callee, output, volume });
      return;
    }
    if (!lacksOutput && !lacksVolume) return;
    const finding = lacksOutput
      ? report(job.place, 'output', { callee, output })
      : report(job.place, 'volume', { callee, volume });
    const [missing, given] = lacksOutput
      ? (['outputKey', 'volumeKey'] as const)
      : (['volumeKey', 'outputKey'] as const);
    const key = job.find(given);
    const place = job.find(missing);
    // Elsewhere the name of the key may stand for something else.
    if (key.state !== 'passed' || place.state === 'unknown' || place.holder !== key.holder) return;
    const written = text.slice(key.value.range.start, key.value.range.end);
    finding
      .related(key.range, 'the key of the project')
      .fix(
        `Use the key of \`${job.nameOf(given)}\` here too`,
        'review',
        job.pass(missing, written, text),
        'the role of the job has to be allowed to use it',
      );
  },
  examples: [
    {
      bad: 'from sagemaker.estimator import Estimator\nestimator = «Estimator»(image_uri=image, role=role, instance_count=1, instance_type="ml.m5.xlarge")\n',
      message: 'both',
      good: 'from sagemaker.estimator import Estimator\nestimator = Estimator(image_uri=image, role=role, instance_count=1, instance_type="ml.m5.xlarge", output_kms_key=key, volume_kms_key=key)\n',
      byHand: true,
    },
    {
      bad: 'from sagemaker.pytorch import PyTorch\njob = «PyTorch»(entry_point="t.py", instance_type="ml.m5.xlarge", output_kms_key=settings.key)\n',
      message: 'volume',
      good: 'from sagemaker.pytorch import PyTorch\njob = PyTorch(entry_point="t.py", instance_type="ml.m5.xlarge", output_kms_key=settings.key, volume_kms_key=settings.key)\n',
    },
    {
      bad: 'import sagemaker\njob = sagemaker.pytorch.«PyTorch»(entry_point="t.py", instance_type="ml.m5.xlarge", volume_kms_key=KEY)\n',
      message: 'output',
      good: 'import sagemaker\njob = sagemaker.pytorch.PyTorch(entry_point="t.py", instance_type="ml.m5.xlarge", volume_kms_key=KEY, output_kms_key=KEY)\n',
    },
    {
      good: 'from sagemaker.pytorch import PyTorch\njob = PyTorch(entry_point="t.py", instance_type="ml.g5.2xlarge", output_kms_key=key)\n',
      because: 'a machine with local disks refuses a key for them',
    },
    {
      good: 'from sagemaker.pytorch import PyTorch\njob = PyTorch(entry_point="t.py", instance_type=kind, output_kms_key=key)\n',
      because: 'the type of machine is not known',
    },
    {
      good: 'from sagemaker.pytorch import PyTorch\njob = PyTorch(entry_point="t.py", instance_type="local")\n',
      because: 'local mode writes to this machine',
    },
    {
      good: 'from sagemaker.pytorch import PyTorch\njob = PyTorch(entry_point="t.py", instance_type="ml.m5.xlarge", **encryption)\n',
      because: 'the keys may be among those passed on',
    },
  ],
});
