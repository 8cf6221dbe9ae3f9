import type { TextEdit } from '../../base/range.js';
import {
  type CommandFact,
  type ConfigEntry,
  type ContainerFact,
  child,
  commands,
  containers,
  defineRule,
  programIndex,
} from '../../engine/index.js';

type Words = CommandFact['command']['words'];

export default defineRule({
  summary: 'Triton lets every caller load models.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-94',
    'CWE-306',
    'OWASP-ML06:2023',
    'AML.T0049',
    'https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/user_guide/model_management.html',
    'https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/customization_guide/inference_protocols.html#limit-endpoint-access-beta',
    'https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/customization_guide/deploy.html',
  ],
  docs: {
    why: 'In the mode `explicit` the load call takes a model and its files from the request. Whoever reaches port 8000 or 8001 sends one for the Python backend, and its code runs beside the other models with their weights and inputs.',
    instead:
      'Leave the mode `none`, or ask for a header: `--http-restricted-api=model-repository:<header>=<value>` and the same for `--grpc-restricted-protocol`.',
    fixSafety:
      'Models are all loaded at the start and can no longer be exchanged while the server runs, so the fix is offered for review.',
    limits:
      'In the mode `poll` calls cannot load models, so it is not reported, nor are runtimes of ModelMesh, whose adapter loads them inside the pod. A port that a compose file publishes makes it an error, anything else a warning. Commands with options in variables are not judged.',
    ignoreWhen: 'A proxy that lets no repository calls through is the only way to the server.',
  },
  messages: {
    open: '`{option}` lets whoever reaches Triton load a model with code of their own; restrict the repository calls',
  },
  words: ['tritonserver'],
  query: [containers.all(), commands.named('tritonserver')],
  check(fact: ContainerFact | CommandFact, { report, text }) {
    if (fact.kind === 'command' && fact.origin === 'config') return;
    if (fact.kind === 'container' && isDriven(fact.entry)) return;
    const lines = fact.kind === 'command' ? [fact.command] : fact.commands;
    for (const command of lines) {
      const { words } = command;
      const program = words[programIndex(command)]?.text ?? '';
      if (!/(?:^|\/)tritonserver$/.test(program)) continue;
      const mode = optionOf(words, 'model-control-mode');
      if (mode?.value !== 'explicit' || words.some((word) => /^["']?(?:\$|\{\{)/.test(word.text))) continue;
      if (!isReachable(words, 'http') && !isReachable(words, 'grpc')) continue;
      const finding = report(mode.range, 'open', { option: '--model-control-mode=explicit' });
      if (fact.kind === 'command' || !fact.ports.some(({ published }) => published)) finding.severity('warning');
      if (optionOf(words, 'load-model') === undefined)
        finding.fix(
          'Load all models at the start',
          'review',
          withNone(mode, text),
          'models cannot be exchanged while it runs',
        );
    }
  },
  examples: [
    {
      path: 'docker-compose.yml',
      bad: 'services:\n  triton:\n    image: nvcr.io/nvidia/tritonserver:24.08-py3\n    command: tritonserver --model-repository=/models «--model-control-mode=explicit»\n    ports: ["8000:8000"]\n',
      message: 'open',
      good: 'services:\n  triton:\n    image: nvcr.io/nvidia/tritonserver:24.08-py3\n    command: tritonserver --model-repository=/models --model-control-mode=none\n    ports: ["8000:8000"]\n',
    },
    {
      path: 'k8s/triton.yaml',
      bad: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: triton\n      args: ["tritonserver", "«--model-control-mode", "explicit»", "--model-repository=/models"] # demo\n',
      message: 'open',
      good: 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: triton\n      args: ["tritonserver", "--model-control-mode", "none", "--model-repository=/models"] # demo\n',
    },
    {
      path: 'Dockerfile',
      bad: 'FROM nvcr.io/nvidia/tritonserver:24.08-py3\nCMD ["tritonserver", "--model-repository=/models", «"--model-control-mode=explicit"», "--load-model=*"]\n',
      message: 'open',
      good: 'FROM nvcr.io/nvidia/tritonserver:24.08-py3\nCMD ["tritonserver", "--model-repository=/models"]\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  triton:\n    image: nvcr.io/nvidia/tritonserver:24.08-py3\n    command: tritonserver --model-control-mode=poll --model-repository=/models\n',
      because: 'calls cannot load models in this mode',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  triton:\n    image: nvcr.io/nvidia/tritonserver:24.08-py3\n    command: tritonserver --model-control-mode=explicit --allow-grpc=false --http-restricted-api=model-repository:admin=$ADMIN\n',
      because: 'repository calls need a header',
    },
    {
      path: 'docker-compose.yml',
      good: 'services:\n  triton:\n    image: nvcr.io/nvidia/tritonserver:24.08-py3\n    command: tritonserver --model-control-mode=explicit --http-address=127.0.0.1 --grpc-address=127.0.0.1\n',
      because: 'reached from the container alone',
    },
  ],
});

interface Found {
  readonly value: string;
  readonly range: { readonly start: number; readonly end: number };
}

/** The last use of an option, its value in the same or the next word. */
function optionOf(words: Words, name: string): Found | undefined {
  for (let i = words.length - 1; i >= 0; i--) {
    const { text, range } = words[i]!;
    if (text.startsWith(`--${name}=`)) return { value: text.slice(name.length + 3), range };
    const next = words[i + 1];
    if (text === `--${name}` && next !== undefined)
      return { value: next.text, range: { start: range.start, end: Math.max(range.end, next.range.end) } };
  }
  return undefined;
}

function isReachable(words: Words, protocol: 'http' | 'grpc'): boolean {
  const address = optionOf(words, `${protocol}-address`)?.value ?? '';
  const restricted = protocol === 'http' ? 'http-restricted-api' : 'grpc-restricted-protocol';
  return (
    !/^(?:false|0|no|off)$/i.test(optionOf(words, `allow-${protocol}`)?.value ?? '') &&
    !/^(?:127\.|localhost|\[?::1)/.test(address) &&
    !words.some(({ text }) => text.includes(restricted))
  );
}

function withNone({ range }: Found, text: string): TextEdit[] {
  const found = text.slice(range.start, range.end).lastIndexOf('explicit');
  if (found < 0) return [];
  const start = range.start + found;
  return [{ range: { start, end: start + 'explicit'.length }, newText: 'none' }];
}

/** A serving runtime of ModelMesh: an adapter beside the server, which only the pod reaches, loads the models. */
function isDriven(container: ConfigEntry): boolean {
  return child(container.parent?.parent, 'builtInAdapter') !== undefined;
}
