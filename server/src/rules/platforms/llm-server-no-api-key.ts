import { type ContainerFact, child, containers, defineRule, text as textOf } from '../../engine/index.js';
import { imageReference } from '../../knowledge/container-images.js';
import { MODEL_SERVERS, type ModelServer } from '../../knowledge/model-servers.js';
import { isIncomplete } from '../_compose.js';
import { type Door, doorTo, relateDoor } from '../_services.js';

const KEYED = MODEL_SERVERS.filter(({ key }) => key !== undefined);

const messages = {
  open: '{server} answers anybody on the network without a key; set `{key}` from a secret',
  inside: '{server} answers every caller of its network without a key; set `{key}` from a secret',
} as const;

export default defineRule({
  summary: 'The image of a language model server runs without a key.',
  stages: ['deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-LLM10:2025',
    'OWASP-ML05:2023',
    'AML.T0040',
    'https://docs.vllm.ai/en/stable/usage/security/',
    'https://huggingface.co/docs/text-generation-inference/reference/launcher',
    'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md',
  ],
  docs: {
    why: 'Whoever finds port 8000 runs prompts on the GPU at your expense, or copies a model that was tuned on your documents answer by answer. Scanners list such servers by the thousand.',
    instead:
      'Set the key in the environment from a secret (`VLLM_API_KEY`, `API_KEY`, `LLAMA_API_KEY`) and publish a gateway instead of the port.',
    fixSafety: 'A key cannot be made up here and every client has to send it, so there is no fix.',
    limits:
      'The official images of vLLM, TGI, TEI and llama.cpp are judged when they are started with arguments alone; a command that names the program has a rule of its own. Without a published port, a Service that the outside reaches or an Ingress in front of one, looked for in the whole workspace, the finding is information. Resources of KServe are not judged, and neither is a container whose variables or arguments come from elsewhere.',
    ignoreWhen: 'A gateway that checks every caller is the only way to the port.',
  },
  messages,
  words: ['vllm-openai', 'text-generation-inference', 'text-embeddings-inference', 'llama.cpp'],
  query: containers.all(),
  check(container: ContainerFact, context) {
    if (container.origin === 'kfp' || container.helper) return;
    if (/kserve\.io\//.test(textOf(child(container.root, 'apiVersion')) ?? '')) return;
    const { repository, tag } = imageReference(textOf(container.image) ?? '');
    const server = KEYED.find(({ image }) => image.test(repository));
    if (server === undefined || container.image === undefined || hasKey(container, server)) return;
    // The other images of llama.cpp are tools for the command line.
    if (server.label === 'llama.cpp' && !/^server/.test(tag ?? '')) return;
    const door = container.origin === 'compose' ? undefined : doorTo(container.root, context);
    const open = isOpen(container, door);
    const finding = context.report(container.image.valueRange, open ? 'open' : 'inside', {
      server: server.label,
      key: server.key!.variable,
    });
    if (!open) finding.severity('info');
    if (door !== undefined) relateDoor(finding, door);
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  llm:\n    image: «vllm/vllm-openai:v0.6.3»\n    command: --model org/risk-assistant --port 8000\n    ports: ["8000:8000"]\n',
      message: 'open',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.6.3\n    command: --model org/risk-assistant --port 8000\n    environment:\n      VLLM_API_KEY: ${VLLM_API_KEY:?set in .env}\n    ports: ["8000:8000"]\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  embeddings:\n    image: «ghcr.io/huggingface/text-embeddings-inference:1.5»\n    command: --model-id org/embed\n',
      message: 'inside',
      good: 'services:\n  embeddings:\n    image: ghcr.io/huggingface/text-embeddings-inference:1.5\n    command: --model-id org/embed\n    environment: [API_KEY]\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.6.3\n    command: ["--model", "org/m", "--api-key", "${KEY}"]\n    ports: ["8000:8000"]\n',
      because: 'callers need a key',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  llm:\n    image: ghcr.io/ggml-org/llama.cpp:server\n    env_file: llm.env\n    ports: ["8080:8080"]\n',
      because: 'the other file may set the key',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  tool:\n    image: ghcr.io/ggml-org/llama.cpp:full\n    command: --convert /models\n',
      because: 'no server',
    },
    {
      path: 'k8s.yaml',
      good: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: llm\n      image: vllm/vllm-openai:v0.6.3\n      args: ["--model", "org/m"]\n      env:\n        - name: VLLM_API_KEY\n          valueFrom: {secretKeyRef: {name: llm, key: api-key}}\n',
      because: 'the key comes from a Secret',
    },
  ],
});

/** True when a key is set, may be set elsewhere, or the arguments name the program or are not known. */
function hasKey(container: ContainerFact, { key, command }: ModelServer): boolean {
  const words = container.words.map(({ text }) => text);
  const { variable, options } = key!;
  return (
    command.test(words.join(' ')) ||
    words.some((word) => /^["']?\$|\{\{|\.sh$/.test(word) || options.includes(word.split('=')[0]!)) ||
    words.some((word) =>
      /^(?:sh|bash|\/bin\/(?:ba)?sh|--config|--uds)$|^--(?:host|hostname)=?(?:127\.|localhost)/.test(word),
    ) ||
    /--host(?:name)? (?:127\.|localhost)/.test(words.join(' ')) ||
    container.variables.some(({ name }) => name === variable) ||
    child(container.entry, 'envFrom') !== undefined ||
    (container.origin === 'compose' && isIncomplete(container.entry))
  );
}

/** A port that is published, or something in front of the pod that lets the outside in. */
function isOpen(container: ContainerFact, door: Door | undefined): boolean {
  return door !== undefined || container.ports.some(({ published }) => published);
}
