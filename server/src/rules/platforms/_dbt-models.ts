import { type ConfigEntry, child, items, text as textOf } from '../../engine/index.js';
import { isTelling, personalColumns } from './_personal-columns.js';

/** A column that holds data about people, and whether the project itself says so. */
export interface PersonalColumn {
  readonly name: string;
  readonly entry: ConfigEntry;
  readonly tagged: boolean;
}

const PERSONAL =
  /^(?:contains[-_ ]?|is[-_ ]?|has[-_ ]?)?(?:pii|phi|spii|personal(?:[-_ ](?:data|info|information))?|personally[-_ ]identifiable(?:[-_ ]\w+)?)$/i;
/** Settings and words that say a column is not kept in clear text, or not for everybody. */
const GUARD = /mask|policy_tag|encrypt|hash|anonymi|pseudonym|tokeni[sz]e|redact|obfuscat/i;
const RESOURCES: ReadonlySet<string> = new Set(['models', 'seeds', 'snapshots', 'tables']);

/** The model, seed, snapshot or source table that an entry belongs to. */
export function modelAround(entry: ConfigEntry): ConfigEntry | undefined {
  for (let up = entry.parent; up !== undefined; up = up.parent)
    if (up.kind === 'map' && up.parent?.kind === 'list' && RESOURCES.has(up.parent.key ?? '')) return up;
  return undefined;
}

export function nameOf(named: ConfigEntry | undefined): string {
  return textOf(child(named, 'name')) ?? '';
}

/** Tags and `meta` of a model or column, its own and those in `config`. True: personal; false: said not to be. */
export function isTagged(described: ConfigEntry | undefined): boolean | undefined {
  const scopes = [described, child(described, 'config')];
  const tags = scopes.flatMap((scope) => {
    const entry = child(scope, 'tags');
    return [textOf(entry), ...items(entry).map(textOf)];
  });
  if (tags.some((tag) => tag !== undefined && PERSONAL.test(tag))) return true;
  for (const note of scopes.flatMap((scope) => items(child(scope, 'meta')))) {
    const value = textOf(note) ?? '';
    if (PERSONAL.test(note.key ?? '')) return !/^(?:false|no|none|0|)$/i.test(value);
    if (
      /^(?:classification|sensitivity|data_class(?:ification)?|privacy|tag)$/i.test(note.key ?? '') &&
      PERSONAL.test(value)
    )
      return true;
  }
  return undefined;
}

const columnsByModel = new WeakMap<ConfigEntry, readonly PersonalColumn[]>();

/**
 * Columns of a model that are personal: those the project marks, and those whose names leave little doubt. Each test of a
 * model asks for them: they are looked for once.
 */
export function personalColumnsOf(model: ConfigEntry): readonly PersonalColumn[] {
  const known = columnsByModel.get(model) ?? findPersonalColumns(model);
  columnsByModel.set(model, known);
  return known;
}

function findPersonalColumns(model: ConfigEntry): readonly PersonalColumn[] {
  const columns = items(child(model, 'columns')).filter((column) => nameOf(column) !== '');
  const telling = new Set(
    personalColumns(columns.map(nameOf), nameOf(model))
      .filter(isTelling)
      .map(({ name }) => name),
  );
  return columns.flatMap((entry) => {
    const tagged = isTagged(entry);
    const name = nameOf(entry);
    if (tagged === false || (tagged === undefined && !telling.has(name))) return [];
    return isGuarded(entry) ? [] : [{ name, entry, tagged: tagged === true }];
  });
}

/** Masking, a policy tag or a column mask; or a description that says the values are not in clear text. */
export function isGuarded(described: ConfigEntry): boolean {
  const scopes = [
    described,
    child(described, 'config'),
    child(described, 'meta'),
    child(child(described, 'config'), 'meta'),
  ];
  const keys = scopes.flatMap((scope) => items(scope)).filter(({ key }) => GUARD.test(key ?? ''));
  if (keys.some((one) => !/^(?:false|none)$/i.test(textOf(one) ?? ''))) return true;
  return GUARD.test(textOf(child(described, 'description')) ?? '');
}

/** Why a model counts as personal, for a message; undefined when nothing says so. */
export function personalReason(model: ConfigEntry): string | undefined {
  const column = personalColumnsOf(model)[0];
  if (column !== undefined) return `column \`${column.name.slice(0, 24)}\``;
  return isTagged(model) === true && !isGuarded(model) ? 'its tag' : undefined;
}
