import type { TextEdit } from '../../base/range.js';
import { child, configEdit, edit, items, text as textOf } from '../../engine/index.js';
import type { Step } from './_steps.js';

/** Files a stage reads that are no code and no settings. */
const CODE = /\.(?:py|ipynb|sh|ya?ml|toml|json|cfg|ini|lock|txt)$/;

/** How a script beside the one of a command is run, and its name: `src/validate.py`, or `-m churn.validate`. */
function scriptBeside(command: string): { readonly argument: string; readonly name: string } | undefined {
  const file = /\bpython3?\s+([\w./-]*\/)?[\w-]+\.py\b/.exec(command);
  if (file !== null) return { argument: `${file[1] ?? ''}validate.py`, name: `${file[1] ?? ''}validate.py` };
  const module = /\bpython3?\s+-m\s+((?:\w+\.)+)\w+/.exec(command);
  return module === null ? undefined : { argument: `-m ${module[1]}validate`, name: `${module[1]}validate` };
}

/** A stage in front of a training that checks what it reads, and the dependency on its report; only in plain block style. */
export function validateStage(
  step: Step,
  steps: readonly Step[],
  text: string,
): { readonly edits: TextEdit[]; readonly script: string } | undefined {
  const { entry } = step;
  const deps = child(entry, 'deps');
  const first = entry.children[0]?.keyRange;
  const start = entry.keyRange?.start;
  if (deps === undefined || deps.flow || entry.flow || first === undefined || start === undefined) return undefined;
  if (child(entry, 'do') !== undefined || child(entry, 'wdir') !== undefined) return undefined;
  if (steps.some(({ name }) => name === 'validate')) return undefined;
  const data = items(deps)
    .flatMap((dep) => textOf(dep) ?? [])
    .filter((path) => !CODE.test(path) && !path.includes('${'));
  const script = scriptBeside(textOf(child(entry, 'cmd')) ?? '');
  const last = items(deps)[items(deps).length - 1];
  if (data.length === 0 || script === undefined || last === undefined) return undefined;
  const indent = edit.indentAt(text, first.start).slice(edit.indentAt(text, start).length) || '  ';
  const report = 'reports/validation.json';
  const lines = [
    'validate:',
    `${indent}cmd: python ${script.argument}`,
    `${indent}deps:`,
    ...data.map((one) => `${indent.repeat(2)}- ${one}`),
    `${indent}outs:`,
    `${indent.repeat(2)}- ${report}`,
  ];
  return {
    script: script.name,
    edits: [...edit.insertLinesAbove(text, start, lines.join('\n')), ...configEdit.addItem(text, deps, report)],
  };
}

/** Adds the first output of a stage, or its first metrics, to the dependencies of another. */
export function dependOn(step: Step, check: Step, text: string): TextEdit[] {
  const first = ['outs', 'metrics'].flatMap((key) => items(child(check.entry, key)))[0];
  const output = first === undefined ? undefined : (textOf(first) ?? first.children[0]?.key);
  const deps = child(step.entry, 'deps');
  const last = items(deps)[items(deps).length - 1];
  if (
    output === undefined ||
    deps === undefined ||
    last === undefined ||
    deps.flow ||
    child(step.entry, 'wdir') !== undefined
  )
    return [];
  return edit.insertLinesBelow(text, last.range.end, `- ${output}`, edit.indentAt(text, last.range.start));
}
