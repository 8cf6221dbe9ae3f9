import type { Range, TextEdit } from '../../base/range.js';
import { type ConfigEntry, child, configEdit, items, type Report, text as textOf } from '../../engine/index.js';
import { isReparsed, placeIn, type Quoting, toVariable } from '../_quoting.js';

/** A placeholder that a pipeline engine replaces by text before a script runs. */
export interface Placeholder {
  readonly range: Range;
  /** As it stands in the file: `{{inputs.parameters.model}}`. */
  readonly written: string;
}

/** Variables that shells, Python and the loader read themselves. */
const RESERVED =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|PWD|OLDPWD|LANG|LANGUAGE|IFS|TERM|TMPDIR|HOSTNAME|ENV|UID|EUID|PPID|RANDOM|SECONDS|LINENO|EDITOR|DEBUG|OPT(?:ARG|IND)|(?:LC|LD|PYTHON|BASH|PS|ARGO|PIP|GIT|AWS|GOOGLE|CUDA)_?\w*|\w*_PROXY)$/;

interface EnvironmentFix {
  readonly name: string;
  readonly edits: readonly TextEdit[];
  /** Undefined when all places stand in single quotes, where the shell changes nothing; else what it no longer does. */
  readonly reason: string | undefined;
}

/** The script of a scalar as it stands in the file, without what opens it. */
function sourceOf(script: ConfigEntry, text: string): { start: number; source: string } {
  const start = script.valueRange.start + (script.style === 'plain' ? 0 : 1);
  return { start, source: text.slice(start, script.valueRange.end) };
}

/** True on a line of the script that is a comment, for shells and Python. */
export function isComment(placeholder: Placeholder, text: string): boolean {
  const { start } = placeholder.range;
  return /^\s*#(?!!)/.test(text.slice(text.lastIndexOf('\n', start - 1) + 1, start));
}

/** Offers to hand a placeholder to a script in a variable, called `wanted` unless the container has one already. */
export function offerVariable(
  finding: Report,
  text: string,
  container: ConfigEntry,
  script: ConfigEntry,
  all: readonly Placeholder[],
  wanted: string,
  written: string,
): void {
  const fix = throughEnvironment(text, container, script, all, wanted, written);
  if (fix === undefined) return;
  const title = `Pass it to the script as \`${fix.name}\``;
  if (fix.reason === undefined) finding.fix(title, 'safe', fix.edits);
  else finding.fix(title, 'review', fix.edits, fix.reason);
}

/**
 * Hands a placeholder to a shell script in a variable: adds it to the list `env` of the container and writes `"$NAME"` in
 * each of its places. Undefined where the quoting or the shape of the YAML leaves a doubt, and where it is a command itself.
 */
function throughEnvironment(
  text: string,
  container: ConfigEntry,
  script: ConfigEntry,
  all: readonly Placeholder[],
  wanted: string,
  written: string,
): EnvironmentFix | undefined {
  const { start, source } = sourceOf(script, text);
  if (script.alias !== undefined || container.alias !== undefined) return undefined;
  if ((script.style === 'double' && source.includes('\\')) || (script.style === 'single' && source.includes("''")))
    return undefined;
  // Placeholders hold braces and quotes of their own.
  let plain = source;
  for (const { range } of all) plain = blanked(plain, range.start - start, range.end - start);
  const quotings = new Set<Quoting>();
  const edits: TextEdit[] = [];
  const { name, added } = variable(text, container, script, wanted, written, plain);
  if (added === undefined) return undefined;
  for (const { range } of all.filter((one) => one.written === written)) {
    const place = placeIn(plain, range.start - start);
    if (place === undefined || isReparsed(place) || isCommand(place.command)) return undefined;
    quotings.add(place.quoting);
    edits.push(toVariable(text, range, name, place.quoting, script.style === 'double'));
  }
  const reason = quotings.has('bare')
    ? 'the shell no longer splits it at blanks'
    : quotings.has('double')
      ? 'the shell no longer expands `$` in it'
      : undefined;
  return { name, edits: [...added, ...edits], reason };
}

function blanked(source: string, from: number, to: number): string {
  return source.slice(0, from) + '_'.repeat(to - from) + source.slice(to);
}

/** Whole commands may be handed over on purpose; in a variable they would not run. */
function isCommand(before: string): boolean {
  return /^["'\s]*(?:(?:then|do|else|exec|\|[-+]?\d?|>[-+]?\d?)\s*)*["']?$/.test(before);
}

/** A variable of the container that holds the placeholder: one it has already, or a new one with the edits that add it. */
function variable(
  text: string,
  container: ConfigEntry,
  script: ConfigEntry,
  wanted: string,
  written: string,
  plain: string,
): { name: string; added: readonly TextEdit[] | undefined } {
  const env = child(container, 'env');
  const known = items(env).find((one) => textOf(child(one, 'value')) === written);
  const own = textOf(child(known, 'name'));
  if (own !== undefined && /^[A-Za-z_]\w*$/.test(own) && !new RegExp(`\\b${own}=`).test(plain))
    return { name: own, added: [] };
  const taken = (name: string): boolean =>
    RESERVED.test(name) ||
    items(env).some((one) => textOf(child(one, 'name')) === name) ||
    new RegExp(`\\b${name}\\b`).test(plain);
  const name = taken(wanted) ? `${wanted}_PARAM` : wanted;
  const list = env === undefined || env.kind === 'list';
  if (taken(name) || !/^[A-Z_]\w*$/.test(name) || /[\r\n"\\]/.test(written) || !list || env?.alias !== undefined)
    return { name, added: undefined };
  const added = addVariable(text, container, env, script, name, written);
  return { name, added: added.length === 0 ? undefined : added };
}

function addVariable(
  text: string,
  container: ConfigEntry,
  env: ConfigEntry | undefined,
  script: ConfigEntry,
  name: string,
  written: string,
): TextEdit[] {
  const flow = `{name: ${name}, value: "${written}"}`;
  const json = text[container.valueRange.start] === '{' && text[items(container)[0]?.keyRange?.start ?? 0] === '"';
  if (json) return [];
  if (env !== undefined) return configEdit.addItem(text, env, env.flow ? flow : `name: ${name}\nvalue: "${written}"`);
  if (container.flow) return configEdit.addEntry(text, container, 'env', `[${flow}]`);
  // In front of the script, which may be long.
  const first = [script, ...ancestorsBelow(script, container)].find(({ parent }) => parent === container);
  if (first?.keyRange === undefined) return [];
  const at = first.keyRange.start;
  const indent = ' '.repeat(at - (text.lastIndexOf('\n', at - 1) + 1));
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = ['env:', `${indent}  - name: ${name}`, `${indent}    value: "${written}"`, indent];
  return [{ range: { start: at, end: at }, newText: lines.join(end) }];
}

function ancestorsBelow(entry: ConfigEntry, top: ConfigEntry): ConfigEntry[] {
  const found: ConfigEntry[] = [];
  for (let at = entry.parent; at !== undefined && at !== top; at = at.parent) found.push(at);
  return found;
}

/** `model-name` is `MODEL_NAME`. */
export function variableFor(parameter: string): string {
  return parameter.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
}
