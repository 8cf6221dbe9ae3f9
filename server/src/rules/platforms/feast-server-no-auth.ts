import {
  at,
  type ConfigEntry,
  type ContainerFact,
  child,
  config,
  containers,
  defineRule,
  items,
  programIndex,
  type RuleContext,
  text as textOf,
} from '../../engine/index.js';
import { isLocalHost } from '../../knowledge/http-clients.js';
import { doorTo, manifestsAround, relateDoor } from '../_services.js';

/** Servers that listen on every interface by themselves, and those that need `--host` for it. */
const SERVERS = /^serve(?:_offline|_registry)?$/;
const EVERY_INTERFACE = /^(?:0\.0\.0\.0|::|\[::\])$/;
const STORE = 'project: loans\nprovider: local\nregistry: s3://loans/registry.db\n';
const COMPOSE = 'services:\n  features:\n    image: feastdev/feature-server:0.49.0\n';

type Where = Pick<RuleContext<Record<string, string>>, 'facts' | 'path' | 'text' | 'workspace'>;

const MESSAGES = {
  server: '`feast {command}` answers everybody, as `feature_store.yaml` has no `auth`; set `kubernetes` or `oidc`',
  registry: 'The registry at `{host}` is asked without sign-in; set `auth` to `kubernetes` or `oidc`',
} as const;

export default defineRule({
  summary: 'A server of the Feast feature store answers everybody who reaches it.',
  stages: ['feature-engineering', 'deployment'],
  severity: 'warning',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-306',
    'OWASP-A01:2021',
    'OWASP-ML05:2023',
    'https://docs.feast.dev/getting-started/components/authz_manager',
    'https://docs.feast.dev/reference/feature-servers/python-feature-server',
  ],
  docs: {
    why: 'A feature server without `auth` reads and writes for anybody. A stranger asks for the features of any customer by number, pushes other values that the next score is made from, or deletes feature views through the registry.',
    instead:
      'Set `auth` in `feature_store.yaml` to `kubernetes` or `oidc`, define permissions, and keep the port inside the cluster.',
    fixSafety: 'Sign-in needs a server, roles and clients that send tokens, so there is no fix.',
    limits:
      'The `feature_store.yaml` of the server has to be found: beside the compose file, in a folder it mounts or builds, or in a ConfigMap beside the manifest. A server that listens on loopback is not judged. Without a published port, a public Service or an Ingress, looked for in the whole workspace, it is an info. For clients, the address of a remote registry has to be one of another network.',
    ignoreWhen: 'A proxy that signs users in is the only way to the port.',
  },
  messages: MESSAGES,
  words: ['feast', 'registry_type'],
  query: [containers.all(), config.entries(['feast'], 'registry.registry_type')],
  check(fact: ContainerFact | ConfigEntry, context) {
    if (fact.kind !== 'container') {
      checkRegistry(fact, context);
      return;
    }
    if (fact.helper) return;
    for (const command of fact.commands) {
      const at = programIndex(command);
      const words = command.words.slice(at).map(({ text }) => text);
      const serve = words.findIndex((word) => SERVERS.test(word));
      if (!/(?:^|\/)feast$/.test(words[0] ?? '') || serve < 1 || !listensEverywhere(words, serve)) continue;
      if (hasAuth(fact, context) !== false) return;
      const finding = context.report(command.words[at + serve]!.range, 'server', { command: words[serve]! });
      const door = fact.origin === 'compose' ? undefined : doorTo(fact.root, context);
      if (door !== undefined) relateDoor(finding, door);
      else if (!fact.ports.some(({ published }) => published)) finding.severity('info');
      return;
    }
  },
  examples: [
    {
      path: 'docker-compose.yml',
      files: { 'feature_store.yaml': STORE },
      bad: `${COMPOSE}    command: feast «serve» -h 0.0.0.0\n    ports: ["6566:6566"]\n`,
      message: 'server',
      good: `${COMPOSE}    command: feast serve -h 127.0.0.1\n`,
      byHand: true,
    },
    {
      path: 'feature_store.yaml',
      bad: 'project: loans\nprovider: local\nregistry:\n  registry_type: «remote»\n  path: features.lending.eu:6570\n',
      message: 'registry',
      good: 'project: loans\nprovider: local\nregistry:\n  registry_type: remote\n  path: features.lending.eu:6570\nauth:\n  type: kubernetes\n',
      byHand: true,
    },
    {
      path: 'docker-compose.yml',
      files: { 'feature_store.yaml': `${STORE}auth:\n  type: oidc\n` },
      good: `${COMPOSE}    command: feast serve -h 0.0.0.0\n    ports: ["6566:6566"]\n`,
      because: 'asks for a token',
    },
    {
      path: 'docker-compose.yml',
      good: `${COMPOSE}    command: feast serve -h 0.0.0.0\n    ports: ["6566:6566"]\n`,
      because: 'the settings of the server are not known',
    },
    {
      path: 'docker-compose.yml',
      files: { 'feature_store.yaml': STORE },
      good: `${COMPOSE}    command: sh -c "feast apply && feast serve"\n`,
      because: 'listens on loopback',
    },
  ],
});

function listensEverywhere(words: readonly string[], serve: number): boolean {
  if (words[serve] === 'serve_registry') return true;
  return words.some(
    (word, i) =>
      EVERY_INTERFACE.test(word.replace(/^(?:--host=|-h)/, '')) &&
      (word.startsWith('-') || /^(?:-h|--host)$/.test(words[i - 1] ?? '')),
  );
}

/** What the settings of the server say about sign-in; undefined when they are not found. */
function hasAuth(container: ContainerFact, context: Where): boolean | undefined {
  const answers = [...foldersOf(container, context.path)].flatMap((folder) =>
    context.workspace
      .configsBeside(`${folder}_`)
      .flatMap(({ facts }) => facts.roots.filter((_, i) => facts.formats[i]?.id === 'feast').map(authOf)),
  );
  if (container.origin === 'kubernetes') {
    const maps = manifestsAround(context).filter((root) => textOf(child(root, 'kind')) === 'ConfigMap');
    for (const value of maps.flatMap((map) => items(child(map, 'data'))).map((one) => textOf(one) ?? '')) {
      if (!/^project:/m.test(value) || !/^(?:registry|provider|online_store):/m.test(value)) continue;
      answers.push(/^auth:\s*\S/m.test(value) && !/^auth:\s*(?:\{\s*)?type:\s*["']?no_auth/m.test(value));
    }
  }
  return answers.length === 0 ? undefined : answers.some((answer) => answer);
}

function authOf(store: ConfigEntry): boolean {
  const auth = child(store, 'auth');
  return auth !== undefined && textOf(child(auth, 'type')) !== 'no_auth';
}

/** The folder of the file, and those that a compose service builds or mounts. */
function foldersOf({ origin, entry }: ContainerFact, path: string): ReadonlySet<string> {
  const own = path.slice(0, path.lastIndexOf('/') + 1);
  if (origin !== 'compose') return new Set([own]);
  const build = child(entry, 'build');
  const mounted = items(child(entry, 'volumes')).map(
    (volume) => textOf(child(volume, 'source')) ?? textOf(volume)?.split(':')[0],
  );
  const named = [textOf(build) ?? textOf(child(build, 'context')), ...mounted]
    .filter((one) => one !== undefined && /^\.\/?[\w./-]*$/.test(one) && !one.includes('..'))
    .map((one) =>
      (one ?? '')
        .replace(/^\.\/?/, '')
        .replace(/\/?[\w-]+\.ya?ml$/, '')
        .replace(/\/?$/, '/'),
    )
    .map((one) => (one === '/' ? own : own + one));
  return new Set([own, ...named]);
}

function checkRegistry(type: ConfigEntry, { report }: Pick<RuleContext<typeof MESSAGES>, 'report'>): void {
  const path = textOf(at(type.parent, 'path'));
  const host = /^(?:[a-z]+:\/\/)?([\w.-]+):\d+$/.exec(path ?? '')?.[1];
  if (textOf(type) !== 'remote' || host === undefined || isLocalHost(host)) return;
  if (type.parent?.parent === undefined || authOf(type.parent.parent)) return;
  report(type.valueRange, 'registry', { host: host.slice(0, 40) });
}
