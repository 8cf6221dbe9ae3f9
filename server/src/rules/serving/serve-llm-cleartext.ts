import { argumentOf, type CallFact, defineRule, type Expression, edit, python } from '../../engine/index.js';
import { isLocalHost, isPrivateHost, plainHttpHost } from '../../knowledge/http-clients.js';
import {
  LLM_ADDRESS_MEMBERS,
  LLM_ADDRESS_VARIABLES,
  LLM_ADDRESSES,
  type LlmAddress,
} from '../../knowledge/llm-clients.js';

const CLIENTS: ReadonlyMap<string, LlmAddress> = new Map(LLM_ADDRESSES.map((entry) => [entry.name, entry]));
const SETTERS = ['os.environ.setdefault', 'os.putenv'];

export default defineRule({
  summary: 'Prompts and keys travel to a language model over plain HTTP.',
  stages: ['deployment', 'evaluation'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-319',
    'OWASP-LLM02:2025',
    'https://github.com/openai/openai-python#configuring-the-http-client',
    'https://github.com/ollama/ollama-python#custom-client',
    'https://docs.litellm.ai/docs/completion/input',
  ],
  docs: {
    why: 'A team runs its own model on a rented machine and points the client at `http://…:11434`. Everybody between the two reads the prompts with the customer records in them, takes the API key from the header, and can write answers of their own.',
    instead:
      'Put a proxy with a certificate in front of the model and use its `https://` address, or a tunnel to `localhost`.',
    fixSafety: 'The server may not answer over HTTPS on that port, so the fix is offered for review.',
    limits:
      'Loopback, service names and cluster DNS are not judged; an address of a private network is a hint. A host that is computed is not known.',
    ignoreWhen: 'The connection runs inside of a VPN.',
  },
  messages: {
    cleartext:
      'Prompts and the key go to `{host}` over plain HTTP: anybody on the way reads and changes them; use `https`',
  },
  words: ['http:'],
  query: [python.calls(...CLIENTS.keys(), ...SETTERS), python.stores('os.environ[]', ...LLM_ADDRESS_MEMBERS)],
  check(fact, { report, python: py, text }) {
    const addresses = fact.kind === 'call' ? ofCall(fact) : stored(fact);
    for (const address of addresses) {
      const value = py.value(address);
      if (value.kind !== 'string' && value.kind !== 'partial') continue;
      const host = plainHttpHost(value.kind === 'string' ? value.value : value.prefix, value.kind === 'string');
      if (host === undefined || isLocalHost(host)) continue;
      const finding = report(address.range, 'cleartext', { host });
      if (isPrivateHost(host)) finding.severity('info');
      const literal = py.definition(address);
      if (literal !== address) finding.related(literal.range, 'the address is written here');
      const at = text.slice(literal.range.start, literal.range.end).search(/http:\/\//i);
      if (at < 0) return;
      const start = literal.range.start + at;
      const edits = edit.replace({ start, end: start + 7 }, 'https://');
      finding.fix('Use `https://`', 'review', edits, `check that ${host} answers over HTTPS`);
      return;
    }

    function ofCall(call: CallFact): readonly Expression[] {
      if (SETTERS.includes(call.name)) {
        const key = argumentOf(call, 'key', 0);
        const name = key === undefined ? undefined : py.value(key.value);
        const value = argumentOf(call, 'value', 1);
        return name?.kind === 'string' && LLM_ADDRESS_VARIABLES.has(name.value) && value ? [value.value] : [];
      }
      const { keywords, position } = CLIENTS.get(call.name)!;
      return keywords.flatMap((keyword, i) => argumentOf(call, keyword, i === 0 ? position : undefined)?.value ?? []);
    }
  },
  examples: [
    {
      bad: 'from openai import OpenAI\nclient = OpenAI(base_url=«"http://llm.example.com:8000/v1"», api_key=key)\n',
      message: 'cleartext',
      good: 'from openai import OpenAI\nclient = OpenAI(base_url="https://llm.example.com:8000/v1", api_key=key)\n',
    },
    {
      bad: 'import ollama as o\nHOST = "http://203.0.113.7:11434"\nclient = o.Client(«HOST»)\n',
      message: 'cleartext',
      good: 'import ollama as o\nHOST = "https://203.0.113.7:11434"\nclient = o.Client(HOST)\n',
    },
    {
      bad: 'import os\nos.environ["OPENAI_API_BASE"] = «"http://llm.example.com/v1"»\n',
      message: 'cleartext',
      good: 'import os\nos.environ["OPENAI_API_BASE"] = "https://llm.example.com/v1"\n',
    },
    { good: 'import ollama\nclient = ollama.Client(host="http://localhost:11434")\n', because: 'loopback' },
    {
      good: 'from langchain_ollama import ChatOllama\nllm = ChatOllama(model="llama3", base_url="http://ollama:11434")\n',
      because: 'a service name of the same stack',
    },
    {
      good: 'from openai import OpenAI\nclient = OpenAI(base_url="https://llm.example.com/v1")\n',
      because: 'over HTTPS already',
    },
    {
      good: 'from openai import OpenAI\nclient = OpenAI(base_url=f"http://{host}:{port}/v1")\n',
      because: 'the host is not known',
    },
  ],
});

/** The address a store sets: of a module, or of an environment variable the clients read. */
function stored(fact: { readonly name: string; readonly key: string | undefined; readonly value: Expression }) {
  const wanted = fact.name !== 'os.environ[]' || (fact.key !== undefined && LLM_ADDRESS_VARIABLES.has(fact.key));
  return wanted ? [fact.value] : [];
}
