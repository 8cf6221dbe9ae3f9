import { type CallFact, defineRule, python } from '../../engine/index.js';
import { JOB_CALLS, SageMakerJob } from './_sagemaker-job.js';

export default defineRule({
  summary: 'A SageMaker job runs outside of the VPC of the project.',
  stages: ['training', 'preprocessing'],
  severity: 'info',
  confidence: 'medium',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-284',
    'OWASP-ML05:2023',
    'https://docs.aws.amazon.com/sagemaker/latest/dg/train-vpc.html',
    'https://sagemaker.readthedocs.io/en/stable/api/training/estimators.html',
  ],
  docs: {
    why: 'Outside of a VPC no security group, endpoint policy or flow log of the project sees the job. A package that phones home from the training container sends customer data to any address, and the bucket of the data set has to stay reachable over the public endpoints.',
    instead:
      'Pass `subnets` and `security_group_ids` of private subnets with endpoints for S3 and ECR, in `NetworkConfig` for processors, in `Networking` for the SDK 3.',
    fixSafety: 'There is no fix: only the owner of the account knows the subnets and groups.',
    limits:
      'This is a matter of policy. An isolated container has no network and is passed over, as are calls with unknown arguments, sessions with configured defaults of the SDK, local mode and tests.',
    ignoreWhen: 'The data is public, and the account has no VPC for training.',
  },
  messages: {
    open: '`{callee}` runs outside of your VPC, where no security group limits what it sends; pass `{option}` and groups',
  },
  query: python.calls(...JOB_CALLS),
  check(call: CallFact, context) {
    const job = SageMakerJob.of(call, context);
    if (job === undefined) return;
    const isolation = job.find('isolation');
    const isolated = isolation.state === 'passed' && job.isOff('isolation') === false;
    if (isolated || job.isOff('subnets') !== 'absent') return;
    context.report(job.place, 'open', { callee: job.callee, option: job.nameOf('subnets') });
  },
  examples: [
    {
      bad: 'from sagemaker.xgboost import XGBoost\njob = «XGBoost»(entry_point="t.py", role=role)\n',
      message: 'open',
      good: 'from sagemaker.xgboost import XGBoost\njob = XGBoost(entry_point="t.py", role=role, subnets=subnets, security_group_ids=groups)\n',
      byHand: true,
    },
    {
      bad: 'import sagemaker.processing as processing\nstep = processing.«Processor»(role=role, image_uri=image)\n',
      message: 'open',
      good: 'import sagemaker.processing as processing\nfrom sagemaker.network import NetworkConfig\nstep = processing.Processor(role=role, image_uri=image, network_config=NetworkConfig(subnets=subnets))\n',
      byHand: true,
    },
    {
      good: 'from sagemaker.xgboost import XGBoost\njob = XGBoost(entry_point="t.py", role=role, enable_network_isolation=True)\n',
      because: 'an isolated container has no network',
    },
    {
      good: 'from sagemaker.xgboost import XGBoost\njob = XGBoost(entry_point="t.py", role=role, **network)\n',
      because: 'the subnets may be among those passed on',
    },
    {
      good: 'from sagemaker.processing import Processor\nstep = Processor(role=role, image_uri=image, network_config=network)\n',
      because: 'the network configuration is not known',
    },
  ],
});
