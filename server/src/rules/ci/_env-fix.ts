import type { TextEdit } from '../../base/range.js';
import { type ConfigEntry, child, configEdit, edit, items, rootOf, text as textOf } from '../../engine/index.js';
import { isReparsed, placeIn, type Quoting, toVariable } from '../_quoting.js';
import type { Insertion } from './_expression.js';
import { jobOf, runsInPosixShell, stepOf, variableAt } from './_workflow.js';

export interface EnvironmentFix {
  readonly name: string;
  readonly edits: readonly TextEdit[];
  /** Quoting of the places in the script. */
  readonly quotings: ReadonlySet<Quoting>;
}

/** Name of the variable for a context: `github.event.pull_request.title` is `PR_TITLE`. */
export function variableFor(reference: string): string {
  const parts = reference.split('.').filter((part) => part !== '*' && !/^(?:github|event|secrets)$/.test(part));
  return (parts.length === 0 ? 'EVENT' : parts.join('_'))
    .replace(/^pull_request/, 'PR')
    .replace(/-/g, '_')
    .toUpperCase();
}

/**
 * Hands an expression to a script in a variable: adds it to the step's `env` and writes `"$NAME"` in each place of the same
 * expression. Undefined where the shell, the quoting or the shape of the YAML leaves a doubt.
 */
export function throughEnvironment(
  text: string,
  run: ConfigEntry,
  all: readonly Insertion[],
  wanted: string,
  body: string,
): EnvironmentFix | undefined {
  const step = stepOf(run);
  if (step === undefined || run.alias !== undefined || !runsInPosixShell(run)) return undefined;
  const source = text.slice(run.valueRange.start, run.valueRange.end);
  if ((run.style === 'double' && source.includes('\\')) || (run.style === 'single' && source.includes("''")))
    return undefined;
  const { name, edits: added } = variable(text, step, run, wanted, body);
  if (added === undefined) return undefined;
  const quotings = new Set<Quoting>();
  const edits: TextEdit[] = [...added];
  const offset = run.valueRange.start + (run.style === 'plain' ? 0 : 1);
  const script = text.slice(offset, run.valueRange.end);
  for (const { range } of all.filter((one) => one.body === body)) {
    const place = placeIn(script, range.start - offset);
    if (place === undefined || isReparsed(place)) return undefined;
    quotings.add(place.quoting);
    edits.push(toVariable(text, range, name, place.quoting, run.style === 'double'));
  }
  return { name, edits, quotings };
}

/** A variable of the step that holds the expression: one it has already, or a new one with the edits that add it. */
function variable(
  text: string,
  step: ConfigEntry,
  run: ConfigEntry,
  wanted: string,
  body: string,
): { name: string; edits: readonly TextEdit[] | undefined } {
  const env = child(step, 'env');
  const value = `\${{ ${body} }}`;
  const script = textOf(run) ?? '';
  const scopes = [step, jobOf(run), rootOf(run)].flatMap((scope) => items(child(scope, 'env')));
  const known = scopes.find((one) => /^\$\{\{(.*)\}\}$/s.exec(textOf(one) ?? '')?.[1]?.trim() === body);
  const key = known?.key ?? '';
  const named = /^[A-Za-z_]\w*$/.test(key) && variableAt(run, key) === known;
  if (named && !new RegExp(`\\b${key}=`).test(script)) return { name: key, edits: [] };
  const code = script.replace(/\$\{\{.*?\}\}/gs, '');
  const taken = (name: string): boolean =>
    variableAt(run, name) !== undefined || new RegExp(`\\b${name}\\b`).test(code);
  const name = taken(wanted) ? `${wanted}_VALUE` : wanted;
  if (taken(name) || !/^[A-Za-z_]\w*$/.test(name) || /[\r\n"\\]/.test(body)) return { name, edits: undefined };
  return { name, edits: addVariable(text, env, run, name, value) };
}

function addVariable(
  text: string,
  env: ConfigEntry | undefined,
  run: ConfigEntry,
  name: string,
  value: string,
): readonly TextEdit[] | undefined {
  const plain = /: | #/.test(value) ? `"${value}"` : value;
  if (env !== undefined) {
    const edits = configEdit.addEntry(text, env, name, env.flow ? `"${value}"` : plain);
    return edits.length === 0 ? undefined : edits;
  }
  const start = run.keyRange?.start;
  if (start === undefined) return undefined;
  if (run.parent?.flow) return edit.insert(start, `env: {${name}: "${value}"}, `);
  const indent = column(text, start);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return edit.insert(start, `env:${end}${indent}  ${name}: ${plain}${end}${indent}`);
}

/** Blanks up to the column of an offset, a dash in front of it included. */
function column(text: string, offset: number): string {
  return ' '.repeat(offset - (text.lastIndexOf('\n', offset - 1) + 1));
}
