/** A call that opens a vector database on a server; argument names and positions of the current clients. */
export interface VectorStore {
  readonly names: readonly string[];
  /** Arguments that hold an address or a host, most telling first. */
  readonly addresses: readonly { readonly name: string; readonly position: number | undefined }[];
  /** Arguments that hold a key or a login. */
  readonly keys: readonly string[];
  /** Arguments that may hold one among other things. */
  readonly carriers: readonly string[];
  /** Switches TLS for addresses without a scheme; off when it is absent. */
  readonly tls?: string;
  readonly tlsPosition?: number;
  /** A key turns TLS on by itself. */
  readonly tlsWithKey?: boolean;
}

const at = (name: string, position?: number): { name: string; position: number | undefined } => ({ name, position });

const QDRANT = {
  keys: ['api_key', 'auth_token_provider'],
  carriers: ['headers', 'metadata', 'grpc_options'],
  tls: 'https',
  tlsWithKey: true,
};
const LANGCHAIN_QDRANT = [
  'langchain_qdrant.QdrantVectorStore',
  'langchain_qdrant.Qdrant',
  'langchain_community.vectorstores.Qdrant',
];

export const VECTOR_STORES: readonly VectorStore[] = [
  {
    names: [
      'qdrant_client.QdrantClient',
      'qdrant_client.AsyncQdrantClient',
      'qdrant_client.qdrant_client.QdrantClient',
    ],
    addresses: [at('url', 1), at('host'), at('location', 0)],
    ...QDRANT,
  },
  {
    names: LANGCHAIN_QDRANT.flatMap((name) =>
      ['from_documents', 'from_texts', 'from_existing_collection'].map((maker) => `${name}.${maker}`),
    ),
    addresses: [at('url'), at('host'), at('location')],
    ...QDRANT,
  },
  {
    names: ['chromadb.HttpClient', 'chromadb.AsyncHttpClient'],
    addresses: [at('host', 0)],
    keys: ['headers'],
    carriers: ['settings'],
    tls: 'ssl',
    tlsPosition: 2,
  },
  {
    names: ['pymilvus.MilvusClient', 'pymilvus.AsyncMilvusClient', 'pymilvus.milvus_client.MilvusClient'],
    addresses: [at('uri', 0)],
    keys: ['token', 'password'],
    carriers: [],
    tls: 'secure',
  },
  {
    names: ['pymilvus.connections.connect'],
    addresses: [at('uri'), at('host'), at('address')],
    keys: ['token', 'password'],
    carriers: [],
    tls: 'secure',
  },
  {
    names: ['weaviate.Client', 'weaviate.client.Client'],
    addresses: [at('url', 0)],
    keys: ['auth_client_secret'],
    carriers: ['additional_headers', 'embedded_options'],
  },
  {
    names: ['weaviate.connect_to_custom', 'weaviate.use_async_with_custom'],
    addresses: [at('http_host', 0)],
    keys: ['auth_credentials'],
    carriers: ['headers'],
    tls: 'http_secure',
    tlsPosition: 2,
  },
  {
    names: ['weaviate.connect_to_local', 'weaviate.use_async_with_local'],
    addresses: [at('host', 0)],
    keys: ['auth_credentials'],
    carriers: ['headers'],
  },
];
