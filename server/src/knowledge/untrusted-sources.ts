import { MODEL_OUTPUTS } from './llm-clients.js';

/**
 * Kinds of sources: whoever runs the program; a server it asks; somebody who asks it; a visitor of its user interface (Gradio,
 * Streamlit: files it is given lie where the library put them); the Hugging Face Hub and its like;
 * buckets; tracking servers; queues, caches and sockets; text that a language model or a tool wrote.
 */
export type SourceKind =
  | 'operator'
  | 'network'
  | 'request'
  | 'interface'
  | 'hub'
  | 'bucket'
  | 'tracking'
  | 'queue'
  | 'model-output';

/** Where values from outside the project enter a Python program, by resolved name. `*` is one path segment. */
export interface SourceEntry {
  readonly name: string;
  readonly description: string;
  readonly kind: SourceKind;
}

const entries = (kind: SourceKind, description: string, ...names: string[]): SourceEntry[] =>
  names.map((name) => ({ name, description, kind }));

/** Expressions whose value comes from outside. */
export const UNTRUSTED_SOURCES: readonly SourceEntry[] = [
  ...entries(
    'operator',
    'command-line argument',
    'sys.argv',
    'sys.argv[]',
    'argparse.ArgumentParser().parse_args()',
    'argparse.ArgumentParser().parse_known_args()[]',
    'input()',
    'click.prompt()',
    'typer.prompt()',
    'getpass.getpass()',
    'sys.stdin',
    'sys.stdin.*',
    'simple_parsing.ArgumentParser().parse_args()',
    'transformers.HfArgumentParser().parse_args_into_dataclasses()',
    'absl.flags.FLAGS',
    'fire.Fire()',
  ),
  ...entries('operator', 'environment variable', 'os.environ[]', 'os.environ.get()', 'os.getenv()', 'os.environ.pop()'),
  ...entries(
    'network',
    'HTTP response',
    'requests.*()',
    'httpx.*()',
    'requests.Session().*()',
    'httpx.Client().*()',
    'httpx.AsyncClient().*()',
    'urllib.request.urlopen()',
    'aiohttp.ClientSession().*()',
    'urllib3.PoolManager().request()',
  ),
  ...entries(
    'network',
    'downloaded file',
    'urllib.request.urlretrieve()',
    'urllib.request.urlretrieve()[]',
    'wget.download()',
    'gdown.download()',
    'gdown.cached_download()',
    'pooch.retrieve()',
    'tensorflow.keras.utils.get_file()',
    'keras.utils.get_file()',
    'tensorflow.keras.utils.get_file()[]',
  ),
  ...entries(
    'hub',
    'file from the Hugging Face Hub',
    'huggingface_hub.hf_hub_download()',
    'huggingface_hub.snapshot_download()',
    'huggingface_hub.cached_download()',
    'huggingface_hub.HfApi().hf_hub_download()',
    'huggingface_hub.HfApi().snapshot_download()',
    'transformers.utils.cached_file()',
    'modelscope.snapshot_download()',
    'modelscope.hub.snapshot_download.snapshot_download()',
    'kagglehub.model_download()',
    'kagglehub.dataset_download()',
  ),
  ...entries(
    'bucket',
    'object from a bucket',
    'boto3.client().get_object()',
    'boto3.client().get_object()[]',
    'boto3.resource().Object().get()',
    's3fs.S3FileSystem().open()',
    'gcsfs.GCSFileSystem().open()',
    'google.cloud.storage.Client().bucket().blob().download_as_bytes()',
    'google.cloud.storage.Client().bucket().blob().open()',
  ),
  ...entries(
    'tracking',
    'file from a tracking server',
    'mlflow.artifacts.download_artifacts()',
    'mlflow.tracking.MlflowClient().download_artifacts()',
    'mlflow.MlflowClient().download_artifacts()',
    'wandb.restore()',
    'wandb.Artifact().download()',
    'wandb.use_artifact().download()',
    'wandb.Api().artifact().download()',
    'wandb.init().use_artifact().download()',
  ),
  ...entries(
    'request',
    'request data',
    'flask.request',
    'flask.request.*',
    'starlette.requests.Request()',
    'fastapi.Request()',
    'fastapi.UploadFile()',
    'starlette.datastructures.UploadFile()',
    'bottle.request',
    'sanic.Request()',
    'sanic.request.Request()',
    'quart.request',
    'quart.request.*',
    'aiohttp.web.Request()',
    'tornado.web.RequestHandler().request',
    'tornado.web.RequestHandler().get_argument()',
    'werkzeug.datastructures.FileStorage()',
    'fastapi.WebSocket()',
    'starlette.websockets.WebSocket()',
    'django.http.HttpRequest()',
    'rest_framework.request.Request()',
    'chainlit.Message()',
  ),
  ...entries(
    'interface',
    'value a visitor enters',
    'streamlit.file_uploader()',
    'streamlit.text_input()',
    'streamlit.text_area()',
    'streamlit.chat_input()',
    'streamlit.query_params',
    'streamlit.query_params.*',
    'streamlit.sidebar.file_uploader()',
    'streamlit.sidebar.text_input()',
    'streamlit.sidebar.text_area()',
  ),
  ...entries(
    'queue',
    'message from a queue or cache',
    'redis.Redis().get()',
    'redis.StrictRedis().get()',
    'redis.from_url().get()',
    'redis.Redis.from_url().get()',
    'redis.Redis().hget()',
    'redis.StrictRedis().hget()',
    'redis.Redis().lpop()',
    'redis.Redis().blpop()',
    'redis.Redis().rpop()',
    'kafka.KafkaConsumer()[]',
    'kafka.KafkaConsumer().poll()',
    'confluent_kafka.Consumer().poll()',
    'aiokafka.AIOKafkaConsumer()[]',
    'aiokafka.AIOKafkaConsumer().getone()',
    'pika.BlockingConnection().channel().basic_get()',
    'boto3.client().receive_message()',
    'socket.socket().recv()',
    'socket.socket().recvfrom()',
    'socket.socket().accept()[].recv()',
    'zmq.Context().socket().recv()',
    'zmq.Context().socket().recv_string()',
    'zmq.Context().socket().recv_json()',
    'zmq.Context().socket().recv_multipart()',
    'zmq.Context.instance().socket().recv()',
    'zmq.asyncio.Context().socket().recv()',
    'zmq.asyncio.Context.instance().socket().recv()',
    'paho.mqtt.client.MQTTMessage()',
  ),
  ...entries('model-output', 'text of a language model', ...MODEL_OUTPUTS),
];

/** A call that stores data under a path or in a buffer, and the argument that names it. */
export interface StoringCall {
  readonly name: string;
  readonly position: number;
  readonly keyword: string;
}

/** A storing call whose data comes from outside. */
export interface Downloader extends StoringCall {
  readonly description: string;
  readonly kind: SourceKind;
}

const stored = (
  kind: SourceKind,
  description: string,
  position: number,
  keyword: string,
  ...names: string[]
): Downloader[] => names.map((name) => ({ name, position, keyword, description, kind }));

const S3_CLIENTS = ['boto3.client()', 'boto3.Session().client()', 'boto3.session.Session().client()'];
const S3_RESOURCES = ['boto3.resource()', 'boto3.Session().resource()', 'boto3.session.Session().resource()'];
const BLOBS = ['bucket', 'get_bucket'].flatMap((bucket) =>
  ['blob', 'get_blob'].map((blob) => `google.cloud.storage.Client().${bucket}().${blob}()`),
);

/** Calls that write what they fetch to a local path or a buffer. */
export const DOWNLOADERS: readonly Downloader[] = [
  ...stored('network', 'downloaded file', 1, 'filename', 'urllib.request.urlretrieve'),
  ...stored('network', 'downloaded file', 1, 'out', 'wget.download'),
  ...stored('network', 'downloaded file', 1, 'output', 'gdown.download'),
  ...stored('network', 'downloaded file', 1, 'dst', 'torch.hub.download_url_to_file'),
  ...stored('bucket', 'object from a bucket', 2, 'Filename', ...S3_CLIENTS.map((client) => `${client}.download_file`)),
  ...stored(
    'bucket',
    'object from a bucket',
    2,
    'Fileobj',
    ...S3_CLIENTS.map((client) => `${client}.download_fileobj`),
  ),
  ...stored(
    'bucket',
    'object from a bucket',
    1,
    'Filename',
    ...S3_RESOURCES.map((resource) => `${resource}.Bucket().download_file`),
  ),
  ...stored(
    'bucket',
    'object from a bucket',
    1,
    'Fileobj',
    ...S3_RESOURCES.map((resource) => `${resource}.Bucket().download_fileobj`),
  ),
  ...stored(
    'bucket',
    'object from a bucket',
    0,
    'Filename',
    ...S3_RESOURCES.map((resource) => `${resource}.Object().download_file`),
  ),
  ...stored(
    'bucket',
    'object from a bucket',
    0,
    'Fileobj',
    ...S3_RESOURCES.map((resource) => `${resource}.Object().download_fileobj`),
  ),
  ...stored('bucket', 'object from a bucket', 0, 'filename', ...BLOBS.map((blob) => `${blob}.download_to_filename`)),
  ...stored('bucket', 'object from a bucket', 0, 'file_obj', ...BLOBS.map((blob) => `${blob}.download_to_file`)),
];

/** Calls that write a local file or a buffer the program made itself. */
export const WRITERS: readonly StoringCall[] = [
  { name: 'torch.save', position: 1, keyword: 'f' },
  { name: 'joblib.dump', position: 1, keyword: 'filename' },
  { name: 'sklearn.externals.joblib.dump', position: 1, keyword: 'filename' },
  { name: 'numpy.save', position: 0, keyword: 'file' },
  { name: 'numpy.savez', position: 0, keyword: 'file' },
  { name: 'numpy.savez_compressed', position: 0, keyword: 'file' },
  { name: 'pickle.dump', position: 1, keyword: 'file' },
  { name: 'cloudpickle.dump', position: 1, keyword: 'file' },
  { name: 'dill.dump', position: 1, keyword: 'file' },
];

/** Frameworks whose decorated functions receive request data. */
export const ROUTE_DECORATORS: readonly string[] = [
  ...['fastapi.FastAPI()', 'fastapi.APIRouter()', 'fastapi.routing.APIRouter()'].flatMap((app) =>
    ['get', 'post', 'put', 'patch', 'delete', 'options', 'head', 'api_route', 'route', 'websocket'].map(
      (method) => `${app}.${method}()`,
    ),
  ),
  ...['flask.Flask()', 'flask.Blueprint()', 'quart.Quart()', 'quart.Blueprint()'].flatMap((app) =>
    ['route', 'get', 'post', 'put', 'patch', 'delete'].map((method) => `${app}.${method}()`),
  ),
  'starlette.applications.Starlette().route()',
  'sanic.Sanic().*()',
  'bottle.route()',
  'bottle.post()',
  'bottle.get()',
  'aiohttp.web.RouteTableDef().*()',
  'bentoml.api()',
  'bentoml.Service().api()',
  'bentoml.api',
  'ray.serve.deployment()',
  'chainlit.on_message()',
  'chainlit.on_message',
  'modal.fastapi_endpoint()',
  'modal.web_endpoint()',
];

/** Command-line frameworks whose decorated functions receive arguments. */
export const COMMAND_DECORATORS: readonly string[] = [
  'click.command()',
  'click.command',
  'click.option()',
  'click.argument()',
  'typer.Typer().command()',
  'typer.Typer().callback()',
  'click.group()',
  'click.Group().command()',
  'click.group()().command()',
];

/** Calls and members that pass on what they are given: wrapping does not change where a value comes from. */
export const PASS_THROUGH: ReadonlySet<string> = new Set([
  'open',
  'fsspec.open',
  'smart_open.open',
  'smart_open.smart_open',
  'fsspec.open_local',
  'str',
  'bytes',
  'io.BytesIO',
  'io.StringIO',
  'io.open',
  'pathlib.Path',
  'os.path.join',
  'os.path.abspath',
  'os.path.expanduser',
  'os.fspath',
  'gzip.open',
  'gzip.GzipFile',
  'bz2.open',
  'lzma.open',
  'gzip.decompress',
  'zlib.decompress',
  'base64.b64decode',
  'bytearray',
  'memoryview',
  'next',
  'iter',
  'glob.glob',
  'os.listdir',
  'os.path.realpath',
  'os.path.dirname',
  'os.path.normpath',
  'os.path.expandvars',
  'pathlib.PurePath',
  'codecs.decode',
  'json.load',
  'json.loads',
  'orjson.loads',
  'ujson.loads',
  'yaml.safe_load',
  'omegaconf.OmegaConf.load',
  'omegaconf.OmegaConf.create',
  'ast.literal_eval',
  're.search',
  're.match',
  're.findall',
  're.sub',
  'textwrap.dedent',
  'urllib.parse.unquote',
]);
