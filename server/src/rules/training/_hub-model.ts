import {
  type ConfigEntry,
  type ContainerFact,
  type ContainerVariable,
  child,
  items,
  type RuleContext,
  text as textOf,
} from '../../engine/index.js';
import { imageReference } from '../../knowledge/container-images.js';
import { COMMIT_ID } from '../../knowledge/hub-references.js';
import { MODEL_SERVERS } from '../../knowledge/model-servers.js';
import { MODEL_KEYS, MODEL_OPTIONS, REVISION_KEYS, REVISION_OPTIONS } from '../../knowledge/training-settings.js';

/** A word of a command, with its place; a list item that holds it alone. */
export interface Word {
  readonly text: string;
  readonly range: ConfigEntry['range'];
  readonly item: ConfigEntry | undefined;
}

/** The model that settings or a command line name, and the revisions it is taken at. */
export interface HubModel {
  readonly id: string | undefined;
  readonly place: ConfigEntry['range'] | undefined;
  readonly revisions: readonly string[];
}

/** The first of several keys that has a value. */
export function firstOf(map: ConfigEntry | undefined, keys: readonly string[]): ConfigEntry | undefined {
  return keys.map((key) => child(map, key)).find((entry) => textOf(entry) !== undefined);
}

/** The setting that names a revision, whichever of its names it has. */
export function configuredRevision(settings: ConfigEntry | undefined): ConfigEntry | undefined {
  return firstOf(settings, REVISION_KEYS);
}

export function configuredModel(settings: ConfigEntry | undefined): HubModel {
  const model = firstOf(settings, MODEL_KEYS);
  const revisions = REVISION_KEYS.flatMap((key) => textOf(child(settings, key)) ?? []);
  return { id: textOf(model), place: model?.valueRange, revisions };
}

/** Words of a container's command line, of what its shell runs, too. */
export function wordsOf(container: ContainerFact): readonly Word[] {
  const lists = [...items(child(container.entry, 'command')), ...items(child(container.entry, 'args'))];
  return container.commands
    .flatMap(({ words }) => words)
    .map((word) => ({ ...word, item: lists.find((item) => textOf(item) === word.text) }));
}

/** The items of a list of arguments. */
export function argumentsOf(list: ConfigEntry): readonly Word[] {
  return items(list).flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [{ text, range: item.valueRange, item }];
  });
}

/** Value of an option: `--model x` or `--model=x`. */
function optionIn(words: readonly Word[], names: readonly string[]): Word | undefined {
  for (const [i, word] of words.entries()) {
    const equals = word.text.indexOf('=');
    if (equals > 0 && names.includes(word.text.slice(0, equals))) return { ...word, text: word.text.slice(equals + 1) };
    const next = words[i + 1];
    if (names.includes(word.text) && next !== undefined && !next.text.startsWith('--')) return next;
  }
  return undefined;
}

/** The variable of a container that TGI and TEI read like an option; undefined in the containers of other programs. */
export function launcherVariable(container: ContainerFact, name: string): ContainerVariable | undefined {
  const { repository } = imageReference(textOf(container.image) ?? '');
  const launcher = MODEL_SERVERS.some(({ label, image }) => /^T[GE]I$/.test(label) && image.test(repository));
  return launcher ? container.variables.find((variable) => variable.name === name) : undefined;
}

/** The model of a container with a server: options come before variables. */
export function containerModel(container: ContainerFact): HubModel {
  const model = servedModel(wordsOf(container));
  const [id, revision] = ['MODEL_ID', 'REVISION'].map((name) => launcherVariable(container, name));
  // A variable whose value comes from elsewhere may be a commit.
  const revisions = revision === undefined ? [] : [revision.value ?? '$'];
  const named = model.id === undefined ? { id: id?.value, place: id?.range } : model;
  return { ...named, revisions: model.revisions.length > 0 ? model.revisions : revisions };
}

function isOption(word: Word | undefined): boolean {
  return word?.text.startsWith('-') === true && !word.text.includes('=');
}

/** The model of a server's command line; `vllm serve` takes it as a word. */
export function servedModel(words: readonly Word[]): HubModel {
  const serve = words.findIndex(({ text }, i) => text === 'serve' && /(?:^|\/)vllm$/.test(words[i - 1]?.text ?? ''));
  const behind = serve < 0 ? undefined : words[serve + 1];
  const named = optionIn(words, MODEL_OPTIONS) ?? (behind?.text.startsWith('-') ? undefined : behind);
  const revisions = REVISION_OPTIONS.flatMap((name) => optionIn(words, [name])?.text ?? []);
  // `$@` and `${EXTRA_ARGS}` may hold the option.
  const more = words.find((word, i) => /^["']?\$/.test(word.text) && word !== named && !isOption(words[i - 1]));
  if (revisions.length === 0 && more !== undefined) revisions.push(more.text);
  return { id: named?.text, place: named?.range, revisions };
}

/** A commit, or a value that is not known here. */
export function isPinned({ revisions }: HubModel): boolean {
  return revisions.some((revision) => COMMIT_ID.test(revision) || isUnknown(revision));
}

export function isUnknown(value: string): boolean {
  return /[${]|^!/.test(value);
}

/** A folder rather than an id, as far as it is written out. */
export function isFolder(id: string, { workspace }: Pick<RuleContext<Record<string, string>>, 'workspace'>): boolean {
  return /^(?:\.{1,2}$|\.{0,2}\/|~|[A-Za-z]:\\)/.test(id) || workspace.has(`${id}/config.json`);
}
