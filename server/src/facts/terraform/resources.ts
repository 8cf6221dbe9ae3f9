import { type ConfigEntry, type ConfigFacts, child, items } from '../config/entry.js';

/** A file of a Terraform module; all files of one folder are one module. */
export interface TerraformFile {
  readonly text: string;
  readonly facts: ConfigFacts;
}

/** A `resource` block, or its like in Terraform's JSON syntax. */
export interface TerraformResource {
  readonly type: string;
  readonly name: string;
  /** The arguments. */
  readonly body: ConfigEntry;
  /** Text of its file. */
  readonly text: string;
}

/** Resources of these types in the files, in source order of each type. */
export function resourcesOf(files: readonly TerraformFile[], ...types: readonly string[]): TerraformResource[] {
  return files.flatMap(({ text, facts }) =>
    facts.roots.flatMap((root, document) =>
      facts.formats[document]?.id === 'terraform'
        ? types.flatMap((type) =>
            items(child(child(root, 'resource'), type)).flatMap((named) => bodiesOf(named, type, text)),
          )
        : [],
    ),
  );
}

function bodiesOf(named: ConfigEntry, type: string, text: string): TerraformResource[] {
  const name = named.key;
  if (name === undefined) return [];
  return blocks(named).map((body) => ({ type, name, body, text }));
}

/** The blocks of an entry: one block is a map, several are a list. */
export function blocks(entry: ConfigEntry | undefined): readonly ConfigEntry[] {
  if (entry?.kind === 'list') return items(entry).filter(({ kind }) => kind === 'map');
  return entry?.kind === 'map' ? [entry] : [];
}

/** Whether one block stands for a number of resources that is not known: `count`, `for_each`. */
export function isRepeated(body: ConfigEntry): boolean {
  return child(body, 'for_each') !== undefined || child(body, 'count') !== undefined;
}

/** Whether an expression names a resource: `aws_s3_bucket.data.id`, `aws_s3_bucket.data["a"].arn`, `${aws_s3_bucket.data.id}`. */
export function refersTo(entry: ConfigEntry | undefined, text: string, { type, name }: TerraformResource): boolean {
  if (entry === undefined) return false;
  const written = text.slice(entry.valueRange.start, entry.valueRange.end);
  for (let at = written.indexOf(`${type}.${name}`); at >= 0; at = written.indexOf(`${type}.${name}`, at + 1)) {
    const before = written[at - 1] ?? '';
    const after = written[at + type.length + name.length + 1] ?? '';
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return false;
}

/** How a resource is meant by another one that names it in an argument. */
export type Belonging = 'yes' | 'no' | 'unknown';

/**
 * Whether `sibling` configures `resource`, which it names in `argument` (`bucket`): by a reference, or by writing the same as the
 * resource itself does. Unknown when it names it by a variable or a computed value.
 */
export function belongsTo(sibling: TerraformResource, resource: TerraformResource, argument: string): Belonging {
  const named = child(sibling.body, argument);
  if (refersTo(named, sibling.text, resource)) return 'yes';
  if (named === undefined) return 'unknown';
  const own = child(resource.body, argument);
  const written = sibling.text.slice(named.valueRange.start, named.valueRange.end);
  if (own !== undefined && resource.text.slice(own.valueRange.start, own.valueRange.end) === written) return 'yes';
  if (named.value !== undefined) return own !== undefined && own.value === undefined ? 'unknown' : 'no';
  const escaped = resource.type.replace(/[^\w]/g, '\\$&');
  return new RegExp(`(?<![\\w.-])${escaped}\\.[\\w-]+(?![\\w-])`).test(written) ? 'no' : 'unknown';
}

/** Resources among `siblings` that configure `resource`; undefined as soon as one may or may not do so. */
export function siblingsOf(
  resource: TerraformResource,
  siblings: readonly TerraformResource[],
  argument: string,
): readonly TerraformResource[] | undefined {
  const judged = siblings.map((sibling) => ({ sibling, belongs: belongsTo(sibling, resource, argument) }));
  const certain = judged.filter(({ belongs }) => belongs === 'yes').map(({ sibling }) => sibling);
  if (certain.length > 0) return certain;
  return judged.some(({ belongs }) => belongs === 'unknown') ? undefined : [];
}
