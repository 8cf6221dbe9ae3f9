/** A call that fetches an address: where the address is passed. */
export interface HttpCall {
  readonly name: string;
  readonly argument: string;
  readonly position: number | undefined;
}

const call = (argument: string, position: number | undefined, ...names: string[]): HttpCall[] =>
  names.map((name) => ({ name, argument, position }));

const VERBS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];
const REQUESTERS = [
  'requests',
  'requests.Session()',
  'requests.session()',
  'httpx',
  'httpx.Client()',
  'httpx.AsyncClient()',
  'aiohttp.ClientSession()',
];

/** Calls whose address decides where data, models or requests travel. */
export const HTTP_CALLS: readonly HttpCall[] = [
  ...call(
    'url',
    0,
    ...REQUESTERS.flatMap((base) => VERBS.map((verb) => `${base}.${verb}`)),
    'httpx.stream',
    'httpx.Client().stream',
  ),
  ...call('url', 1, ...REQUESTERS.map((base) => `${base}.request`)),
  ...call(
    'url',
    0,
    'urllib.request.urlopen',
    'urllib.request.urlretrieve',
    'urllib.request.Request',
    'wget.download',
    'gdown.download',
    'torch.hub.download_url_to_file',
    'torch.hub.load_state_dict_from_url',
    'torch.utils.model_zoo.load_url',
    'pooch.retrieve',
    'torchvision.datasets.utils.download_url',
    'torchvision.datasets.utils.download_and_extract_archive',
  ),
  ...call('filepath_or_buffer', 0, 'pandas.read_csv', 'pandas.read_table', 'pandas.read_fwf'),
  ...call('path', 0, 'pandas.read_parquet', 'pandas.read_feather'),
  ...call('path_or_buf', 0, 'pandas.read_json'),
  ...call('io', 0, 'pandas.read_excel', 'pandas.read_html'),
  ...call('source', 0, 'polars.read_csv', 'polars.read_parquet', 'polars.scan_csv', 'polars.scan_parquet'),
  ...call('origin', 1, 'tensorflow.keras.utils.get_file', 'keras.utils.get_file'),
  ...call('url', 1, 'urllib3.PoolManager().request'),
];

/** Functions that fetch what they are given when it is an address, and take files and objects too. */
export const URL_READERS: readonly HttpCall[] = [
  ...call('image', 0, 'diffusers.utils.load_image', 'diffusers.utils.loading_utils.load_image'),
  ...call('image', 0, 'transformers.image_utils.load_image'),
  ...call('filename', 0, 'cv2.VideoCapture'),
  ...call('uri', 0, 'imageio.imread', 'imageio.v2.imread', 'imageio.v3.imread'),
  ...call('fname', 0, 'skimage.io.imread'),
  ...call('data_files', undefined, 'datasets.load_dataset'),
  ...call('web_path', 0, 'langchain_community.document_loaders.WebBaseLoader'),
  ...call('url', 0, 'trafilatura.fetch_url', 'newspaper.Article'),
];

/** True for hosts that traffic to never leaves the machine or the cluster: loopback, service names, cluster DNS. */
export function isLocalHost(host: string): boolean {
  // A dot at the end only says that the name is complete.
  const name = host.toLowerCase().replace(/^\[|\]$|\.$/g, '');
  return (
    name === '' ||
    name === 'localhost' ||
    name === '::1' ||
    name === '0.0.0.0' ||
    name === 'host.docker.internal' ||
    name === 'metadata.google.internal' ||
    name === '169.254.169.254' ||
    /^127\./.test(name) ||
    /\.(local|localhost|svc|internal|test|example|invalid|localdomain)$/.test(name) ||
    /\.svc\./.test(name) ||
    (!name.includes('.') && !name.includes(':'))
  );
}

/** What the names of machines on the Internet end in; a namespace may be called `dev`, `app` or `ml`. */
const TOP_LEVEL =
  /\.(?:com|net|org|io|ai|co|eu|de|fr|uk|ch|at|nl|it|es|pl|cn|jp|in|ru|br|us|edu|gov|info|biz|cloud|tech)$/i;

/** True for hosts that a pod reaches inside of its cluster: local ones, and `service.namespace`. */
export function isClusterHost(host: string): boolean {
  return isLocalHost(host) || (host.split('.').length === 2 && !TOP_LEVEL.test(host));
}

/** True for addresses of private networks (RFC 1918, RFC 6598, RFC 4193): what travels stays in one network. */
export function isPrivateHost(host: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|\[?f[cd][\da-f]{2}:)/i.test(
    host,
  );
}

/** Host of an `http://` address whose start is known; undefined when the host itself is not known. */
export function plainHttpHost(address: string, complete: boolean): string | undefined {
  const match = /^http:\/\/(?:[^@/\s]*@)?(\[[^\]]*\]|[^/:?#\s]*)(.?)/i.exec(address);
  if (match === null) return undefined;
  return match[2] === '' && !complete ? undefined : match[1];
}

/** What is known of a text that may be put together at run time. */
interface KnownText {
  readonly kind: string;
  readonly value?: unknown;
  readonly prefix?: string;
  readonly pieces?: readonly string[];
}

/** An address as far as it is known, with `*` for what is filled in; undefined when its start is not known. */
export function addressPattern({ kind, value, prefix, pieces }: KnownText): string | undefined {
  if (kind === 'string') return typeof value === 'string' ? value : undefined;
  if (kind !== 'partial' || pieces === undefined || prefix === undefined || prefix === '') return undefined;
  const rest = pieces[0]?.startsWith(prefix) ? pieces : [prefix, ...pieces];
  return `${rest.join('*')}*`;
}

/** Hosts that are known to serve the same content over HTTPS. */
export const HTTPS_HOSTS: ReadonlySet<string> = new Set([
  'github.com',
  'raw.githubusercontent.com',
  'huggingface.co',
  'storage.googleapis.com',
  's3.amazonaws.com',
  'download.pytorch.org',
  'files.pythonhosted.org',
  'pypi.org',
  'archive.ics.uci.edu',
  'zenodo.org',
]);

/** Public archives that serve the tree of their FTP server at the same paths over HTTPS. */
export const HTTPS_MIRRORS: ReadonlySet<string> = new Set([
  'ftp.ncbi.nlm.nih.gov',
  'ftp.ebi.ac.uk',
  'ftp.ensembl.org',
  'ftp.gnu.org',
]);
