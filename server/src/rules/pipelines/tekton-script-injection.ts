import { type ConfigEntry, child, config, defineRule, items, text as textOf } from '../../engine/index.js';
import { isComment, offerVariable, variableFor } from './_script-env.js';

const REFERENCE = /\$\((?:inputs\.)?params(?:\.([\w-]+)|\[(?:'([\w.-]+)'|"([\w.-]+)")\])\)/g;
/** The interpreter a script names in its first line: the last part of its path, or the first word behind `env`. */
const INTERPRETER = /^#!\s*(?:\S*\/env\s+(?:-\S+\s+)*)?(\S+)/;

const task = (steps: string): string =>
  `apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  params: [{name: model, type: string}]\n  steps:\n${steps}`;

export default defineRule({
  summary: 'A task of Tekton puts a parameter into a script.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-78',
    'CWE-94',
    'CICD-SEC-4',
    'AML.T0010',
    'https://tekton.dev/docs/pipelines/variables/',
    'https://tekton.dev/docs/pipelines/tasks/#running-scripts-within-steps',
  ],
  docs: {
    why: 'Tekton replaces parameters by their text and escapes nothing. A trigger that fills `branch` from a pull request lets its author choose the name `x$(curl …)`, whose command runs in the step that builds and signs the image of the model.',
    instead:
      'Give the parameter to the step in `env` and write `"$NAME"` in the script; read `os.environ` in Python. An `enum` restricts a parameter to values that are known.',
    fixSafety:
      'In single quotes a variable is the same text, so that fix is safe. Elsewhere the shell splits or expands the text today and no longer will, so the fix is offered for review. A parameter that is a whole command has no fix.',
    limits:
      'The scripts of steps and sidecars are read, not their arguments. Parameters with an `enum` and those to which the file itself gives a constant are passed over, as are results of tasks and names that Tekton makes. A task alone, whose callers are not known, is a hint, since nearly all of them do it; in a pipeline, a run or beside a trigger it is a warning.',
    ignoreWhen: 'Only those who may change the task can start it.',
  },
  messages: {
    shell: '`{parameter}` becomes code of this script, so who sets it runs commands here; pass it through `env`',
    script: '`{parameter}` becomes code of this script, so who sets it runs it here; read it from the environment',
  },
  words: ['params'],
  query: [config.entries(['tekton'], '**.steps.*.script'), config.entries(['tekton'], '**.sidecars.*.script')],
  check(entry: ConfigEntry, { report, text, facts }) {
    const container = entry.parent;
    const script = textOf(entry);
    if (container === undefined || script === undefined) return;
    const interpreter = INTERPRETER.exec(script.trimStart().slice(0, 200))?.[1];
    const shell = interpreter === undefined || /(?:^|\/)(?:ba|da|z|k|a)?sh$/.test(interpreter);
    const { start } = entry.valueRange;
    const all = [...text.slice(start, entry.valueRange.end).matchAll(REFERENCE)].map((match) => ({
      name: match[1] ?? match[2] ?? match[3] ?? '',
      written: match[0],
      range: { start: start + match.index, end: start + match.index + match[0].length },
    }));
    const seen = new Set<string>();
    for (const one of all) {
      if (seen.has(one.written) || isFixed(one.name, entry)) continue;
      if (entry.style !== 'double' && isComment(one, text)) continue;
      seen.add(one.written);
      const finding = report(one.range, shell ? 'shell' : 'script', { parameter: one.name.slice(0, 30) });
      if (isLibrary(facts?.roots ?? [], entry)) finding.severity('hint');
      if (shell) offerVariable(finding, text, container, entry, all, variableFor(one.name), one.written);
    }
  },
  examples: [
    {
      path: 'tasks/train.yaml',
      bad: task(
        '    - name: train\n      image: trainer:1.4\n      script: |\n        #!/usr/bin/env bash\n        # the nightly training\n        python train.py --model "«$(params.model)»"\n',
      ),
      message: 'shell',
      good: task(
        '    - name: train\n      image: trainer:1.4\n      env:\n        - name: MODEL\n          value: "$(params.model)"\n      script: |\n        #!/usr/bin/env bash\n        # the nightly training\n        python train.py --model "$MODEL"\n',
      ),
    },
    {
      path: 'tasks/train.yaml',
      bad: task('    - {name: train, image: "trainer:1.4", script: "train --model \'«$(params.model)»\'"}\n'),
      message: 'shell',
      good: task(
        '    - {name: train, image: "trainer:1.4", script: "train --model \\"$MODEL\\"", env: [{name: MODEL, value: "$(params.model)"}]}\n',
      ),
    },
    {
      path: 'tasks/train.yaml',
      bad: task(
        '    - name: train\n      image: trainer:1.4\n      script: |\n        #!/usr/bin/env python3\n        train("«$(params.model)»")\n',
      ),
      message: 'script',
      good: task(
        '    - name: train\n      image: trainer:1.4\n      env: [{name: MODEL, value: $(params.model)}]\n      script: |\n        #!/usr/bin/env python3\n        train(os.environ["MODEL"])\n',
      ),
      byHand: true,
    },
    {
      path: 'tasks/train.yaml',
      good: task(
        '    - name: train\n      image: trainer:1.4\n      command: [python, train.py]\n      args: [--model, $(params.model)]\n',
      ),
      because: 'an argument of its own is data',
    },
    {
      path: 'tasks/train.yaml',
      good: task(
        '    - name: train\n      image: trainer:1.4\n      script: |\n        date > $(results.time.path)\n        ls $(workspaces.data.path) $(context.taskRun.name)\n',
      ),
      because: 'paths and names that Tekton makes',
    },
    {
      path: 'tasks/train.yaml',
      good: 'apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  params: [{name: size, enum: [small, large]}]\n  steps:\n    - {name: a, image: "a:1", script: "train $(params.size)"}\n',
      because: 'one of two values',
    },
  ],
});

/** True when an `enum` restricts a parameter, or the nearest place that gives it a value writes a constant. */
function isFixed(name: string, script: ConfigEntry): boolean {
  for (let up = script.parent; up !== undefined; up = up.parent) {
    const declared = items(child(up, 'params')).find((one) => textOf(child(one, 'name')) === name);
    if (child(declared, 'enum') !== undefined) return true;
    const value = child(declared, 'value');
    if (value !== undefined) return value.kind === 'scalar' && !/\$\(|\{\{|\$\{/.test(textOf(value) ?? '');
  }
  return false;
}

/** A task on its own, without a trigger in the same file: whether strangers fill its parameters is not known. */
function isLibrary(roots: readonly ConfigEntry[], entry: ConfigEntry): boolean {
  const kinds = roots.map((root) => textOf(child(root, 'kind')) ?? '');
  const own = kinds[entry.document] ?? '';
  return /^(?:Cluster)?Task$|^StepAction$/.test(own) && !kinds.some((kind) => /^(?:Trigger|EventListener)/.test(kind));
}
