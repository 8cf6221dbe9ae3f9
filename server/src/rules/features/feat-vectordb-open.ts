import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, edit, passesUnknown, python } from '../../engine/index.js';
import { isLocalHost } from '../../knowledge/http-clients.js';
import { VECTOR_STORES } from '../../knowledge/vector-stores.js';
import { isEncrypted, mayHaveKey } from './_vector-keys.js';

export default defineRule({
  summary: 'A vector database is reached without TLS or without a key.',
  stages: ['feature-engineering', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-306',
    'CWE-319',
    'OWASP-LLM08:2025',
    'AML.T0070',
    'https://qdrant.tech/documentation/guides/security/',
    'https://docs.weaviate.io/deploy/configuration/authentication',
    'https://milvus.io/docs/authenticate.md',
  ],
  docs: {
    why: 'What a retriever finds goes into the prompt. A vector database that asks for no key lets anybody on the network add passages that steer the answers, and read back the documents whose embeddings it holds; plain HTTP shows both to everybody on the way.',
    instead:
      'Turn on the keys of the server, pass `api_key` or `token` from the environment, and use an `https` address.',
    fixSafety: 'A server without TLS stops answering, so the fix is offered for review.',
    limits:
      'Only servers whose name is written out are judged. Local files, `:memory:`, loopback, service names and tests are silent, and headers may hold a key. Keys a client finds in the environment by itself are not seen.',
    ignoreWhen: 'The address leads to a gateway that encrypts and asks who is calling.',
  },
  messages: {
    open: '`{callee}` reaches `{host}` over plain HTTP and without a key: anybody can read and add passages',
    plainHttp: '`{callee}` sends key and passages to `{host}` over plain HTTP, to be read and changed; use `https`',
    noKey: '`{callee}` reaches `{host}` without a key: anybody can read and add passages; pass `{key}`',
  },
  query: python.calls(...VECTOR_STORES.flatMap((store) => store.names)),
  check(call: CallFact, { report, python: py, path, text }) {
    const store = VECTOR_STORES.find((entry) => entry.names.includes(call.name));
    if (store === undefined || isTestFile(path) || passesUnknown(call)) return;
    const place = store.addresses
      .map(({ name, position }) => argumentOf(call, name, position))
      .find((argument) => argument !== undefined && py.value(argument.value).kind !== 'none');
    const value = place === undefined ? undefined : py.value(place.value);
    if (place === undefined || (value?.kind !== 'string' && value?.kind !== 'partial')) return;
    const address = value.kind === 'string' ? value.value : value.prefix;
    const found = /^(?:(https?|tcp):\/\/)?(?:[^@/\s]*@)?([\w.-]+\.[\w-]+)(?=([:/]|$))/i.exec(address);
    const isFile = /\.(db|sqlite3?)$/i.test(address) || (found?.[1] === undefined && /^[./~]|\//.test(address));
    if (found === null || isFile || (value.kind === 'partial' && found[3] === '')) return;
    const host = found[2]!;
    if (isLocalHost(host)) return;
    const hasKey = mayHaveKey(call, store, address, py);
    const scheme = found[1]?.toLowerCase();
    const encrypts = scheme === undefined ? isEncrypted(call, store, hasKey, py) : scheme === 'https';
    if (encrypts === undefined || (encrypts && hasKey)) return;
    const callee = call.name.split('.').slice(-2).join('.');
    if (encrypts) {
      report(place.value.range, 'noKey', { callee, host, key: store.keys[0]! });
      return;
    }
    const finding = report(place.value.range, hasKey ? 'plainHttp' : 'open', { callee, host });
    const literal = py.definition(place.value);
    if (literal !== place.value) finding.related(literal.range, 'the address is written here');
    if (!hasKey) return;
    const at = text.slice(literal.range.start, literal.range.end).search(/http:\/\//i);
    const start = literal.range.start + at;
    const edits =
      at >= 0
        ? edit.replace({ start, end: start + 7 }, 'https://')
        : scheme === undefined && store.tls !== undefined
          ? edit.setKeyword(text, call.expression, store.tls, 'True')
          : [];
    finding.fix('Use `https`', 'review', edits, 'the server has to offer TLS');
  },
  examples: [
    {
      bad: 'from qdrant_client import QdrantClient\nstore = QdrantClient(url=«"http://vectors.example.org:6333"»)\n',
      message: 'open',
      good: 'import os\nfrom qdrant_client import QdrantClient\nstore = QdrantClient(url="https://vectors.example.org:6333", api_key=os.environ["QDRANT_KEY"])\n',
      byHand: true,
    },
    {
      bad: 'from pymilvus import MilvusClient as Milvus\nURI = "http://vectors.example.org:19530"\nstore = Milvus(uri=«URI», token=token)\n',
      message: 'plainHttp',
      good: 'from pymilvus import MilvusClient as Milvus\nURI = "https://vectors.example.org:19530"\nstore = Milvus(uri=URI, token=token)\n',
    },
    {
      bad: 'import chromadb\nstore = chromadb.HttpClient(host=«"vectors.example.org"», headers={"X-Chroma-Token": token})\n',
      message: 'plainHttp',
      good: 'import chromadb\nstore = chromadb.HttpClient(host="vectors.example.org", headers={"X-Chroma-Token": token}, ssl=True)\n',
    },
    {
      bad: 'from qdrant_client import QdrantClient\nstore = QdrantClient(«"https://vectors.example.org"»)\n',
      message: 'noKey',
      good: 'import os\nfrom qdrant_client import QdrantClient\nstore = QdrantClient("https://vectors.example.org", api_key=os.environ["QDRANT_KEY"])\n',
      byHand: true,
    },
    { good: 'from qdrant_client import QdrantClient\nstore = QdrantClient(":memory:")\n', because: 'in this process' },
    {
      good: 'from qdrant_client import QdrantClient\nstore = QdrantClient(url="http://localhost:6333")\n',
      because: 'loopback',
    },
    { good: 'from pymilvus import MilvusClient\nstore = MilvusClient("vectors.db")\n', because: 'a local file' },
    {
      good: 'from qdrant_client import QdrantClient\nstore = QdrantClient(url=os.environ["QDRANT_URL"])\n',
      because: 'the server is not known',
    },
    {
      good: 'from qdrant_client import QdrantClient\nstore = QdrantClient(host="vectors.example.org", api_key=key)\n',
      because: 'with a key the client turns TLS on by itself',
    },
  ],
});
