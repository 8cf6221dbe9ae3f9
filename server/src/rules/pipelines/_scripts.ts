import { child, type RuleContext, text as textOf } from '../../engine/index.js';
import type { Step } from './_step.js';

/** Libraries that check data: https://pypi.org/project/ of the same names. */
const VALIDATORS =
  /^[ \t]*(?:from|import)[ \t]+(?:great_expectations|pandera|soda|deepchecks|evidently|whylogs|tensorflow_data_validation|pointblank|frictionless|dataframely|patito|cuallee|pydeequ)\b/m;
/** More scripts than a step has. */
const MAX_SCRIPTS = 8;

/**
 * Whether a script that a step starts imports a library that checks data. Scripts are looked for from the folder of the pipeline,
 * from the folder the step names, and from the root; modules also below `src`.
 */
export function checksInside(step: Step, { path, workspace }: Pick<RuleContext<never>, 'path' | 'workspace'>): boolean {
  const own = path.split('/').slice(0, -1);
  const body = step.entry.kind === 'map' ? step.entry : step.entry.parent;
  const named = textOf(child(body, 'wdir')) ?? textOf(child(body, 'code')) ?? '.';
  const folders = [below(own, named), own, []].filter((folder) => folder !== undefined);
  return scriptsOf(step).some((script) =>
    folders.some((folder) => {
      const file = below(folder, script);
      return file !== undefined && VALIDATORS.test(workspace.textOf(file.join('/')) ?? '');
    }),
  );
}

/** Paths of Python files in the commands of a step. */
function scriptsOf({ words }: Step): readonly string[] {
  const found = words.slice(1).flatMap((word) => [
    ...[...word.matchAll(/(?<![\w./-])([\w./-]+\.py)\b/g)].map((match) => match[1]!),
    ...[...word.matchAll(/(?:^|\s)-m\s+([A-Za-z_][\w.]*)/g)].flatMap((match) => {
      const file = `${match[1]!.replaceAll('.', '/')}.py`;
      return [file, `src/${file}`];
    }),
  ]);
  return found.slice(0, MAX_SCRIPTS);
}

/** A relative path behind a folder; undefined when it leaves the workspace, is absolute or holds a variable. */
function below(folder: readonly string[], relative: string): readonly string[] | undefined {
  if (/^\/|[$:{]/.test(relative)) return undefined;
  const parts = [...folder];
  for (const part of relative.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts;
}
