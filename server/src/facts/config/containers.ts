import type { Range } from '../../base/range.js';
import { commandsOfWords } from '../dockerfile/shell.js';
import { innerRange } from '../requirements/declared.js';
import type { ShellCommand, ShellWord } from '../shell/command.js';
import { readShell } from '../shell/read.js';
import { type ConfigEntry, child, descendants, type FormatId, items, text as textOf, withMerged } from './entry.js';

/** A variable of a container. */
export interface ContainerVariable {
  readonly name: string;
  /** The literal value; undefined for references (`valueFrom`, a bare name), aliases and tagged values. */
  readonly value: string | undefined;
  /** Where the value stands, or the name when there is none. */
  readonly range: Range;
  /** The entry of the variable: a list item, or a key of the map of variables. */
  readonly entry: ConfigEntry;
  /** The scalar that holds the value; in `NAME=value` items the item itself. */
  readonly valueEntry: ConfigEntry | undefined;
}

/** A port of a container. */
export interface ContainerPort {
  /** Port inside the container; undefined when it is a variable. */
  readonly target: number | undefined;
  /** Compose only: true when other machines reach it, i.e. it is published on another address than loopback. */
  readonly published: boolean;
  readonly entry: ConfigEntry;
}

/**
 * One container, whatever starts it: a compose service, an item of any `containers` list of a Kubernetes resource (custom
 * resources included), a `container` or `script` of an Argo template, an executor or component of Kubeflow Pipelines.
 */
export interface ContainerFact {
  readonly kind: 'container';
  readonly origin: 'compose' | 'kubernetes' | 'kfp';
  readonly name: string | undefined;
  readonly entry: ConfigEntry;
  /** Scalar of the image reference. */
  readonly image: ConfigEntry | undefined;
  /** Command and arguments (compose: entry point and command) as words, in order; empty when there are none. */
  readonly words: readonly ShellWord[];
  /** The same as commands: what `sh -c "…"` runs is read, too. */
  readonly commands: readonly ShellCommand[];
  readonly variables: readonly ContainerVariable[];
  readonly ports: readonly ContainerPort[];
  /** Kubernetes: the pod spec around it, i.e. the map with `containers`; compose: the service itself. */
  readonly pod: ConfigEntry;
  /** True for init and ephemeral containers, which do not serve. */
  readonly helper: boolean;
  /** Root of its document. */
  readonly root: ConfigEntry;
}

const LISTS: ReadonlySet<string> = new Set(['containers', 'initContainers', 'ephemeralContainers', 'sidecars']);
const SINGLE: ReadonlySet<string> = new Set(['container', 'script']);

/** Containers of one document, in text order. Linear in its entries. */
export function containersOf(root: ConfigEntry, format: FormatId | undefined, text: string): readonly ContainerFact[] {
  if (format === 'compose') return items(child(root, 'services')).map((service) => ofCompose(service, root, text));
  const origin = format === 'kfp' ? 'kfp' : isKubernetes(root) ? 'kubernetes' : undefined;
  if (origin === undefined) return [];
  const found: ContainerFact[] = [];
  for (const entry of descendants(root)) {
    if (entry.kind === 'list' && LISTS.has(entry.key ?? '')) {
      for (const item of items(entry)) {
        if (item.kind === 'map')
          found.push(ofPod(item, entry.parent ?? root, entry.key !== 'containers', origin, root, text));
      }
    } else if (entry.kind === 'map' && SINGLE.has(entry.key ?? '') && child(entry, 'image') !== undefined) {
      found.push(ofPod(entry, entry.parent ?? root, false, origin, root, text));
    }
  }
  return found;
}

/** A definition of a custom resource describes keys such as `containers`; it has none. */
function isKubernetes(root: ConfigEntry): boolean {
  const kind = textOf(child(root, 'kind'));
  return child(root, 'apiVersion') !== undefined && kind !== undefined && kind !== 'CustomResourceDefinition';
}

function ofPod(
  entry: ConfigEntry,
  pod: ConfigEntry,
  helper: boolean,
  origin: 'kubernetes' | 'kfp',
  root: ConfigEntry,
  text: string,
): ContainerFact {
  const parts = ['command', 'args'].map((key) => child(entry, key));
  const source = child(entry, 'source');
  const words = parts.flatMap(wordsOf);
  const commands = source === undefined ? commandsOf(parts, words, text) : commandsOf([source], [], text);
  return {
    kind: 'container',
    origin,
    name: textOf(child(entry, 'name')),
    entry,
    image: child(entry, 'image'),
    words,
    commands,
    variables: items(child(entry, 'env')).flatMap(ofItem),
    ports: items(child(entry, 'ports')).map((port) => ({
      target: numberOf(child(port, 'containerPort')),
      published: false,
      entry: port,
    })),
    pod,
    helper,
    root,
  };
}

/** `- name: X` with `value` or `valueFrom`. */
function ofItem(entry: ConfigEntry): ContainerVariable[] {
  const name = textOf(child(entry, 'name'));
  if (name === undefined) return [];
  const value = child(entry, 'value');
  const range = value === undefined ? (child(entry, 'name') ?? entry).valueRange : value.valueRange;
  return [{ name, value: literalOf(value), range, entry, valueEntry: value }];
}

function ofCompose(service: ConfigEntry, root: ConfigEntry, text: string): ContainerFact {
  const parts = ['entrypoint', 'command'].map((key) => child(service, key));
  const words = parts.flatMap(wordsOf);
  return {
    kind: 'container',
    origin: 'compose',
    name: service.key,
    entry: service,
    image: child(service, 'image'),
    words,
    commands: commandsOf(parts, words, text),
    variables: withMerged(child(service, 'environment')).flatMap(ofComposeVariable),
    ports: items(child(service, 'ports')).map(ofComposePort),
    pod: service,
    helper: false,
    root,
  };
}

/** `NAME: value` or `- NAME=value`. */
function ofComposeVariable(entry: ConfigEntry): ContainerVariable[] {
  if (entry.key !== undefined) {
    const range = entry.valueRange.start === entry.valueRange.end ? (entry.keyRange ?? entry.range) : entry.valueRange;
    return [{ name: entry.key, value: literalOf(entry), range, entry, valueEntry: entry }];
  }
  const written = textOf(entry);
  if (written === undefined) return [];
  const equals = written.indexOf('=');
  const inner = innerRange(entry);
  if (equals < 0) return [{ name: written, value: undefined, range: inner, entry, valueEntry: undefined }];
  const range = { start: inner.start + equals + 1, end: inner.end };
  return [{ name: written.slice(0, equals), value: written.slice(equals + 1), range, entry, valueEntry: entry }];
}

/** Values with `$` are put in by compose; they stay as written. */
function literalOf(entry: ConfigEntry | undefined): string | undefined {
  return entry === undefined || entry.alias !== undefined || entry.tag !== undefined ? undefined : textOf(entry);
}

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|\[?::1\]?|localhost)$/;

function ofComposePort(entry: ConfigEntry): ContainerPort {
  if (entry.kind === 'map') {
    const address = textOf(child(entry, 'host_ip'));
    return { target: numberOf(child(entry, 'target')), published: !LOOPBACK.test(address ?? ''), entry };
  }
  // A variable may hold colons of its own: `${PORT:-80}:80`.
  const written = (textOf(entry) ?? '').replace(/\/(?:tcp|udp)$/i, '').replace(/\$\{[^}]*\}/g, '$');
  const parts = /^(\[[^\]]*\]|.*?):([^:]*):([^:]*)$/.exec(written) ?? undefined;
  const target = Number((parts?.[3] ?? written.slice(written.lastIndexOf(':') + 1)).split('-')[0]);
  const address = parts?.[1];
  const published = address === undefined ? true : !LOOPBACK.test(address) && !address.includes('$');
  return { target: Number.isInteger(target) && target > 0 ? target : undefined, published, entry };
}

function numberOf(entry: ConfigEntry | undefined): number | undefined {
  const value = Number(textOf(entry));
  return entry !== undefined && Number.isInteger(value) ? value : undefined;
}

/** A list is words already; a scalar is read as a shell would. */
function wordsOf(entry: ConfigEntry | undefined): readonly ShellWord[] {
  if (entry === undefined) return [];
  if (entry.kind === 'scalar')
    return commandsOfScalar(entry).flatMap(({ words }) => words.map((word) => ({ ...word, range: entry.valueRange })));
  return items(entry).flatMap((item) =>
    item.value === null || item.value === undefined ? [] : [{ text: String(item.value), range: innerRange(item) }],
  );
}

function commandsOf(
  parts: readonly (ConfigEntry | undefined)[],
  words: readonly ShellWord[],
  text: string,
): readonly ShellCommand[] {
  const written = parts.filter((part) => part !== undefined);
  if (written.some((part) => part.kind === 'list')) return words.length === 0 ? [] : commandsOfWords(words, text);
  return written.flatMap((part) => commandsOfScalar(part, text));
}

function commandsOfScalar(entry: ConfigEntry, text?: string): readonly ShellCommand[] {
  if (typeof entry.value !== 'string') return [];
  const range = innerRange(entry);
  if (text?.slice(range.start, range.end) === entry.value) return readShell(entry.value, range.start);
  return readShell(entry.value, 0).map((command) => ({
    ...command,
    range: entry.valueRange,
    words: command.words.map((word) => ({ ...word, range: entry.valueRange })),
    assignments: command.assignments.map((assignment) => ({ ...assignment, range: entry.valueRange })),
  }));
}
