import { type ConfigEntry, defineRule, edit, placeholder } from '../../engine/index.js';
import { COMMIT_ID, isHubId, WHERE_COMMITS_ARE } from '../../knowledge/hub-references.js';
import { modelUriOf, modelUris } from './_model-uris.js';

const ISVC =
  'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nspec:\n  predictor:\n    model:\n      modelFormat: {name: huggingface}\n';

export default defineRule({
  summary: 'A model server follows a branch of a model on the Hugging Face Hub.',
  stages: ['deployment'],
  severity: 'info',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-494',
    'OWASP-ML06:2023',
    'OWASP-LLM03:2025',
    'AML.T0010.003',
    'https://kserve.github.io/website/docs/model-serving/storage/providers/hf',
  ],
  docs: {
    why: 'Each new replica downloads what the branch holds at that moment. After the author pushes again, two replicas of one service answer differently; after the account of the author is taken over, they run what the thief has pushed.',
    instead:
      'Name the commit behind a colon: `hf://org/model:<40 characters>`, or copy the model into storage of your own.',
    fixSafety: 'The commit has to be asked from the Hub, so the fix leaves a place for it.',
    limits: 'Only `hf://` addresses are read; names that are passed to the server as arguments belong to other rules.',
    ignoreWhen: 'The model is your own and only your pipeline may push to it.',
  },
  messages: {
    branch: '`{model}` follows `{revision}` on the Hub, so replicas may serve other weights; name a commit',
  },
  words: ['hf://'],
  query: modelUris,
  check(entry: ConfigEntry, { report, text }) {
    const [, model, revision] = /^hf:\/\/([^:]+?)\/?(?::(.*))?$/.exec(modelUriOf(entry) ?? '') ?? [];
    if (model === undefined || !isHubId(model) || COMMIT_ID.test(revision ?? '')) return;
    report(entry.valueRange, 'branch', { model: model.slice(0, 40), revision: (revision || 'main').slice(0, 20) }).fix(
      'Pin a commit',
      'placeholder',
      edit.setScalar(text, entry, `hf://${model}:${placeholder('commit')}`),
      WHERE_COMMITS_ARE,
    );
  },
  examples: [
    {
      path: 'k8s/llm.yaml',
      bad: `${ISVC}      storageUri: «hf://meta-llama/meta-llama-3-8b-instruct»\n`,
      message: 'branch',
      good: `${ISVC}      storageUri: hf://meta-llama/meta-llama-3-8b-instruct:8afb486c1db24fe5011ec46dfbe5b5dccdb575c2\n`,
      fill: ['8afb486c1db24fe5011ec46dfbe5b5dccdb575c2'],
    },
    {
      path: 'k8s/llm.yaml',
      good: `${ISVC}      storageUri: hf://\${MODEL}\n`,
      because: 'the model is filled in elsewhere',
    },
    {
      path: 'k8s/llm.yaml',
      good: `${ISVC}      storageUri: s3://models/llama-3\n`,
      because: 'storage of one’s own',
    },
    {
      path: 'k8s/llm.yaml',
      good: 'apiVersion: v1\nkind: ConfigMap\ndata:\n  storageUri: hf://org/model\n',
      because: 'no model server',
    },
  ],
});
