import { argumentOf, type CallFact, defineRule, edit, python } from '../../engine/index.js';

const OPTIONS = ['enable_web_access', 'enable_dashboard_access'] as const;
const LIBRARIES = ['google.cloud.aiplatform', 'google_cloud_pipeline_components.'];

export default defineRule({
  summary: 'A Vertex AI training job opens a shell or dashboard into its container.',
  stages: ['training'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-489',
    'OWASP-ML05:2023',
    'https://cloud.google.com/vertex-ai/docs/training/monitor-debug-interactive-shell',
    'https://cloud.google.com/python/docs/reference/aiplatform/latest/google.cloud.aiplatform.CustomJob',
  ],
  docs: {
    why: "The shell runs as the service account of the job. Whoever may open it in the browser copies the mounted training data and the checkpoints, or takes the account's token and reads every bucket it can, although their own role forbids both.",
    instead:
      'Leave both options out in code that runs regularly, and debug a failing job once from your own console with a service account that may read little.',
    fixSafety: 'Nobody can debug inside of the container any more, so the fix is offered for review.',
    limits: 'Jobs that are a parameter, options that are not known and specifications in dictionaries are passed over.',
    ignoreWhen: 'The job is a debugging session that is started by hand.',
  },
  messages: {
    shell: '`enable_web_access=True` opens a shell in the container to project members, with data and token; remove it',
    dashboard: '`enable_dashboard_access=True` opens the dashboard port of the container in the browser; remove it',
  },
  query: python.callsWithKeyword(...OPTIONS),
  check(call: CallFact, { report, python: py, text }) {
    if (!LIBRARIES.some((library) => call.name.startsWith(library))) return;
    for (const option of OPTIONS) {
      const argument = argumentOf(call, option);
      const value = argument === undefined ? undefined : py.value(argument.value);
      if (argument === undefined || value?.kind !== 'boolean' || !value.value) continue;
      report(argument.range, option === 'enable_web_access' ? 'shell' : 'dashboard').fix(
        `Remove \`${option}=True\``,
        'review',
        edit.removeArgument(text, call.expression, argument),
        'nobody can look into the running container any more',
      );
    }
  },
  examples: [
    {
      bad: 'from google.cloud import aiplatform\njob = aiplatform.CustomJob(display_name="train", worker_pool_specs=specs)\njob.run(service_account=account, «enable_web_access=True»)\n',
      message: 'shell',
      good: 'from google.cloud import aiplatform\njob = aiplatform.CustomJob(display_name="train", worker_pool_specs=specs)\njob.run(service_account=account)\n',
    },
    {
      bad: 'import google.cloud.aiplatform as vertex\nvertex.CustomTrainingJob(display_name="train", script_path="t.py").submit(«enable_dashboard_access=True»)\n',
      message: 'dashboard',
      good: 'import google.cloud.aiplatform as vertex\nvertex.CustomTrainingJob(display_name="train", script_path="t.py").submit()\n',
    },
    {
      good: 'from google.cloud import aiplatform\naiplatform.CustomJob(display_name="train").run(enable_web_access=False)\n',
      because: 'the shell is off',
    },
    {
      good: 'from google.cloud import aiplatform\naiplatform.CustomJob(display_name="train").run(enable_web_access=args.debug)\n',
      because: 'an option of the person who starts the job',
    },
    {
      good: 'from mylib import Server\nServer(enable_web_access=True).run()\n',
      because: 'another library',
    },
  ],
});
