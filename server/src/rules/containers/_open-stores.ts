import { type ContainerFact, type ContainerPort, child, items, text as textOf } from '../../engine/index.js';
import { imageReference } from '../../knowledge/container-images.js';
import { isIncomplete } from '../_compose.js';

/** A data store whose image asks nobody for a password until it is told to. */
export interface OpenStore {
  readonly label: string;
  /** What sets the password. */
  readonly remedy: string;
}

interface Kind extends OpenStore {
  /** Last part of the repository; only the images that behave so. */
  readonly image: RegExp;
  readonly port: number;
  readonly isOpen: (container: ContainerFact, tag: string) => boolean;
}

/** Words that give a password, or a file of settings that may. */
const hasWord = ({ words }: ContainerFact, form: RegExp): boolean => words.some(({ text }) => form.test(text));

const setTo = ({ variables }: ContainerFact, name: string): string | undefined =>
  variables.find((variable) => variable.name === name)?.value;

const hasVariable = ({ variables }: ContainerFact, form: RegExp): boolean =>
  variables.some(({ name, value }) => form.test(name) && value !== '');

/** Tags start with the major version. */
const majorOf = (tag: string): number => Number(/^v?(\d+)(?:[.-]|$)/.exec(tag)?.[1] ?? Number.NaN);

const redis = { label: 'Redis', remedy: '--requirepass', port: 6379 };

/**
 * Defaults of the images: https://hub.docker.com/_/redis (protected mode is off), https://hub.docker.com/_/mongo,
 * https://www.elastic.co/guide/en/elasticsearch/reference/7.17/security-settings.html, which 8.0 turned on.
 */
const KINDS: readonly Kind[] = [
  {
    ...redis,
    image: /^(?:library\/)?(?:redis|valkey\/valkey|redis\/redis-stack(?:-server)?)$/,
    isOpen: (one) =>
      !hasWord(one, /requirepass|aclfile|masterauth|protected-mode|\.conf$|[${]/) &&
      !hasVariable(one, /^REDIS_ARGS$|PASSWORD|^VALKEY_EXTRA_FLAGS$/),
  },
  {
    ...redis,
    remedy: 'REDIS_PASSWORD',
    image: /^(?:bitnami|bitnamilegacy)\/redis$/,
    isOpen: (one) => setTo(one, 'ALLOW_EMPTY_PASSWORD') === 'yes' && !hasVariable(one, /^REDIS_PASSWORD(?:_FILE)?$/),
  },
  {
    label: 'MongoDB',
    remedy: 'MONGO_INITDB_ROOT_PASSWORD',
    port: 27017,
    image: /^mongo$/,
    isOpen: (one) =>
      !hasVariable(one, /^MONGO_INITDB_ROOT_/) && !hasWord(one, /^--?(?:auth|keyFile|clusterAuthMode|config|f)\b|[${]/),
  },
  {
    label: 'Elasticsearch',
    remedy: 'xpack.security.enabled',
    port: 9200,
    image: /^(?:elasticsearch|docker\.elastic\.co\/elasticsearch\/elasticsearch)$/,
    isOpen: (one, tag) => {
      const security = setTo(one, 'xpack.security.enabled');
      if (security !== undefined || hasVariable(one, /^xpack\.security/)) return security === 'false';
      return majorOf(tag) === 7 || majorOf(tag) === 6;
    },
  },
  {
    label: 'OpenSearch',
    remedy: 'DISABLE_SECURITY_PLUGIN',
    port: 9200,
    image: /^opensearchproject\/opensearch$/,
    isOpen: (one) =>
      setTo(one, 'DISABLE_SECURITY_PLUGIN') === 'true' || setTo(one, 'plugins.security.disabled') === 'true',
  },
];

/** A file of settings or a folder with one, which may hold a password. */
const SETTINGS = /\.(?:conf|cnf|ya?ml|acl|sh)(?::|$)|:\/(?:etc|usr\/local\/etc|usr\/share\/elasticsearch\/config)\//;

/**
 * The published port of a compose service on which its store answers everybody; undefined when it asks for a password or
 * that is not known, and when the port is not published.
 */
export function openStorePort(container: ContainerFact): (OpenStore & Pick<ContainerPort, 'entry'>) | undefined {
  const service = container.entry;
  const image = textOf(container.image);
  if (container.origin !== 'compose' || image === undefined || image.includes('$') || isIncomplete(service))
    return undefined;
  const { repository, tag } = imageReference(image);
  const kind = KINDS.find((one) => one.image.test(repository));
  const port = container.ports.find(({ published, target }) => published && target === kind?.port);
  if (kind === undefined || port === undefined || !kind.isOpen(container, tag ?? '')) return undefined;
  const mounted = items(child(service, 'volumes')).map((one) => textOf(one) ?? textOf(child(one, 'target')) ?? '');
  return mounted.some((volume) => SETTINGS.test(volume)) ? undefined : { ...kind, entry: port.entry };
}
