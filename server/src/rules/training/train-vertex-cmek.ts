import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  passesUnknown,
  python,
} from '../../engine/index.js';
import { vertexKeys } from '../../knowledge/cloud-sdk-options.js';

const KEY = 'encryption_spec_key_name';

export default defineRule({
  summary: 'Jobs, models and data sets of Vertex AI are encrypted with a key the project does not control.',
  stages: ['training', 'deployment'],
  severity: 'info',
  confidence: 'medium',
  profile: 'strict',
  since: '0.1.0',
  references: [
    'CWE-311',
    'OWASP-ML05:2023',
    'https://cloud.google.com/vertex-ai/docs/general/cmek',
    'https://cloud.google.com/python/docs/reference/aiplatform/latest/google.cloud.aiplatform',
  ],
  docs: {
    why: 'With the key of Google, access to a model is decided by its own permissions alone. A key in Cloud KMS adds a second one that is granted, logged and withdrawn separately: a service account whose token leaked from a training container then cannot read the models of other teams, and a withdrawn key makes all copies unreadable.',
    instead:
      'Read the name of the key from the configuration and set it once: `aiplatform.init(encryption_spec_key_name=key)`.',
    fixSafety:
      'The service agent of Vertex AI has to be allowed to use the key, and what exists already keeps its own, so the key that another call of the file passes is offered for review. Without one there is no fix, as only the owner knows it.',
    limits:
      'Google encrypts either way; this is a matter of policy. Reported once, at the `init` of a file that also creates something without a key; files without an `init` of their own are passed over, as the key may be set in another module. So are tests and calls with unknown arguments.',
    ignoreWhen: 'The organisation has no policy about keys.',
  },
  messages: {
    init: '`aiplatform.init` sets no key, so `{resource}` uses one of Google; pass `encryption_spec_key_name`',
  },
  query: python.calls('google.cloud.aiplatform.init', 'google.cloud.aiplatform.initializer.global_config.init'),
  check(call: CallFact, { report, python: py, text, path }) {
    if (isTestFile(path) || passesUnknown(call)) return;
    const lacks = (name: string, of: CallFact): boolean => {
      const argument = argumentOf(of, name);
      return argument === undefined || py.value(argument.value).kind === 'none';
    };
    const calls = py.callsIn({ start: 0, end: text.length });
    const inits = calls.filter(({ name }) => name === call.name);
    if (inits.some((init) => passesUnknown(init) || !lacks(KEY, init))) return;
    const stored = calls.flatMap((one) => {
      const keys = vertexKeys(one.name);
      return keys === undefined || passesUnknown(one) ? [] : [{ one, keys }];
    });
    const open = stored.find(({ one, keys }) => keys.some((key) => lacks(key, one)));
    if (open === undefined) return;
    const resource = open.one.name.replace(/^.*?\.(?=[A-Z])/, '');
    const finding = report(call.calleeRange, 'init', { resource });
    finding.related(open.one.calleeRange, 'stored with a key of Google');
    const used = stored.flatMap(({ one, keys }) => keys.map((key) => argumentOf(one, key)?.value));
    const constant = used
      .map((value) => constantName(value, text, call.statement.start))
      .find((name) => name !== undefined);
    if (constant === undefined) return;
    finding.fix(
      `Set the key \`${constant}\` for everything`,
      'review',
      edit.setKeyword(text, call.expression, KEY, constant),
      'the service agent has to be allowed to use it',
    );
  },
  examples: [
    {
      bad: 'from google.cloud import aiplatform\n«aiplatform.init»(project="p", location="europe-west3")\nmodel = aiplatform.Model.upload(display_name="churn", artifact_uri=uri)\n',
      message: 'init',
      good: 'from google.cloud import aiplatform\naiplatform.init(project="p", location="europe-west3", encryption_spec_key_name=key)\nmodel = aiplatform.Model.upload(display_name="churn", artifact_uri=uri)\n',
      byHand: true,
    },
    {
      bad: 'from google.cloud import aiplatform as ai\nKEY = settings.kms_key\n«ai.init»(project="p")\ndata = ai.TabularDataset.create(display_name="d", encryption_spec_key_name=KEY)\njob = ai.CustomJob(display_name="train", worker_pool_specs=specs)\n',
      message: 'init',
      good: 'from google.cloud import aiplatform as ai\nKEY = settings.kms_key\nai.init(project="p", encryption_spec_key_name=KEY)\ndata = ai.TabularDataset.create(display_name="d", encryption_spec_key_name=KEY)\njob = ai.CustomJob(display_name="train", worker_pool_specs=specs)\n',
    },
    {
      good: 'from google.cloud import aiplatform\njob = aiplatform.CustomJob(display_name="train", worker_pool_specs=specs)\n',
      because: 'another module may set the key',
    },
    {
      good: 'from google.cloud import aiplatform\naiplatform.init(project="p")\nmodel = aiplatform.Model("1234567890")\n',
      because: 'nothing is stored here',
    },
    {
      good: 'from google.cloud import aiplatform\naiplatform.init(project="p", **settings)\njob = aiplatform.CustomJob(display_name="train")\n',
      because: 'the key may be among what is passed on',
    },
  ],
});

/** The name of a value when it is a variable of the module that is set above an offset. */
function constantName(value: Expression | undefined, text: string, before: number): string | undefined {
  if (value?.kind !== 'name') return undefined;
  const set = new RegExp(`^${value.name}\\s*(?::[^=\\n]+)?=`, 'm').exec(text);
  return set !== null && set.index < before ? value.name : undefined;
}
