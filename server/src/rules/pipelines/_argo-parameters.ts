import { at, type ConfigEntry, child, items, text as textOf } from '../../engine/index.js';

const REFERENCE =
  /\{\{=?\s*(inputs|workflow)\.parameters(?:\.([\w-]+)|\[\s*(?:'([\w-]+)'|\\?"([\w-]+)\\?")\s*\])\s*\}\}/g;
const MAX_DEPTH = 6;

/** A parameter named in a script or an argument: `{{inputs.parameters.model}}`. */
export interface ParameterReference {
  readonly scope: 'inputs' | 'workflow';
  readonly name: string;
  readonly start: number;
  readonly written: string;
}

/** Parameters put into a text as they are; results of expressions such as `{{=asInt(…)}}` are left out. */
export function parametersIn(text: string): ParameterReference[] {
  return [...text.matchAll(REFERENCE)].map((match) => ({
    scope: match[1] as 'inputs' | 'workflow',
    name: match[2] ?? match[3] ?? match[4] ?? '',
    start: match.index,
    written: match[0],
  }));
}

/** The specification of a workflow around an entry: the nearest map with `templates`. */
export function specOf(entry: ConfigEntry): ConfigEntry | undefined {
  for (let up = entry.parent; up !== undefined; up = up.parent)
    if (up.key !== 'templates' && child(up, 'templates') !== undefined) return up;
  return undefined;
}

/** The template around an entry: the item of `templates`. */
export function templateOf(entry: ConfigEntry): ConfigEntry | undefined {
  for (let up: ConfigEntry | undefined = entry; up !== undefined; up = up.parent)
    if (up.parent?.key === 'templates') return up;
  return undefined;
}

/**
 * Whether whoever starts the workflow, or calls the template from another file, chooses the text of a parameter. Constants,
 * items of loops and outputs of other steps are none of theirs, nor are values out of a list that is declared.
 */
export function isGivenFromOutside(
  { scope, name }: Pick<ParameterReference, 'scope' | 'name'>,
  template: ConfigEntry | undefined,
  spec: ConfigEntry,
  library: boolean,
  depth = 0,
): boolean {
  const named = (list: ConfigEntry | undefined): ConfigEntry | undefined =>
    items(list).find((one) => textOf(child(one, 'name')) === name);
  if (scope === 'workflow') {
    const declared = named(at(spec, 'arguments', 'parameters'));
    return declared !== undefined && !isRestricted(declared);
  }
  const declared = named(at(template, 'inputs', 'parameters'));
  if (template === undefined || declared === undefined || isRestricted(declared) || depth > MAX_DEPTH) return false;
  const own = textOf(child(template, 'name'));
  const argument = named(at(spec, 'arguments', 'parameters'));
  if (textOf(child(spec, 'entrypoint')) === own && argument !== undefined && !isRestricted(argument)) return true;
  const calls = callsOf(own, spec);
  if (calls.length === 0) return library && textOf(child(spec, 'entrypoint')) !== own;
  return calls.some((call) => {
    const value = textOf(child(named(at(call, 'arguments', 'parameters')), 'value'));
    return parametersIn(value ?? '').some((one) => isGivenFromOutside(one, templateOf(call), spec, library, depth + 1));
  });
}

function isRestricted(declared: ConfigEntry): boolean {
  return child(declared, 'enum') !== undefined || child(declared, 'valueFrom') !== undefined;
}

/** Steps and tasks that run a template of the same file. */
function callsOf(name: string | undefined, spec: ConfigEntry): ConfigEntry[] {
  return items(child(spec, 'templates')).flatMap((template) => {
    const steps = items(child(template, 'steps')).flatMap((group) => (group.kind === 'list' ? items(group) : [group]));
    return [...steps, ...items(at(template, 'dag', 'tasks'))].filter((one) => textOf(child(one, 'template')) === name);
  });
}
