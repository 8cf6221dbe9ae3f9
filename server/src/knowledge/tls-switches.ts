/** A keyword argument that switches certificate checks, and the calls that take it. */
export interface TlsSwitch {
  readonly keyword: string;
  readonly names: readonly string[];
}

/** Clients whose certificate checks a keyword argument switches off; read from the signatures of their current releases. */
export const TLS_SWITCHES: readonly TlsSwitch[] = [
  {
    keyword: 'verify',
    names: [
      'requests.*',
      'requests.Session().*',
      'requests.session().*',
      'httpx.*',
      'httpx.Client().*',
      'httpx.AsyncClient().*',
      'boto3.client',
      'boto3.resource',
      'boto3.Session().client',
      'boto3.Session().resource',
      'boto3.session.Session().client',
      'boto3.session.Session().resource',
      'hvac.Client',
      'gdown.download',
      'clickhouse_connect.get_client',
    ],
  },
  { keyword: 'ssl', names: ['aiohttp.TCPConnector', 'aiohttp.ClientSession().*'] },
  {
    keyword: 'verify_ssl',
    names: [
      'aiohttp.TCPConnector',
      'aiohttp.ClientSession().*',
      'influxdb.InfluxDBClient',
      'influxdb_client.InfluxDBClient',
      'clearml.backend_api.Session',
    ],
  },
  {
    keyword: 'verify_certs',
    names: ['elasticsearch.Elasticsearch', 'elasticsearch.AsyncElasticsearch', 'opensearchpy.OpenSearch'],
  },
  { keyword: 'cert_check', names: ['minio.Minio', 'minio.api.Minio'] },
  { keyword: 'cert_reqs', names: ['urllib3.PoolManager', 'urllib3.HTTPSConnectionPool'] },
];

const isOn = (value: string): boolean => /^(true|1)$/i.test(value);
const isEmpty = (value: string): boolean => value === '';
const isZero = (value: string): boolean => value === '0';

/** Environment variables that switch certificate checks off for the whole process, and the values that do. */
export const TLS_VARIABLES: Readonly<Record<string, (value: string) => boolean>> = {
  CURL_CA_BUNDLE: isEmpty,
  REQUESTS_CA_BUNDLE: isEmpty,
  PYTHONHTTPSVERIFY: isZero,
  MLFLOW_TRACKING_INSECURE_TLS: isOn,
  WANDB_INSECURE_DISABLE_SSL: isOn,
  GIT_SSL_NO_VERIFY: isOn,
  NODE_TLS_REJECT_UNAUTHORIZED: isZero,
};
