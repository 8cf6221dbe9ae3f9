import { type ConfigEntry, child, config, defineRule, items, text as textOf } from '../../engine/index.js';
import { isGivenFromOutside, parametersIn, specOf, templateOf } from './_argo-parameters.js';
import { isComment, offerVariable, type Placeholder, variableFor } from './_script-env.js';

const SHELL = /(?:^|\/)(?:ba|da|z|k|a)?sh$/;
const PYTHON = /(?:^|\/)python[\d.]*$/;
const template = (body: string, kind = 'WorkflowTemplate'): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nspec:\n  entrypoint: main\n  arguments:\n    parameters: [{name: model}]\n  templates:\n    - name: main\n${body}`;

export default defineRule({
  summary: 'A workflow of Argo puts a parameter into a script.',
  stages: ['training', 'deployment'],
  severity: 'warning',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-78',
    'CWE-94',
    'CICD-SEC-4',
    'AML.T0010',
    'https://argo-workflows.readthedocs.io/en/latest/variables/',
  ],
  docs: {
    why: 'Argo replaces the parameter before the script runs and escapes nothing. Whoever may start the template, or sends the event that does, gives a model the name `x; curl …` and runs commands with the service account and the registry password of the step.',
    instead:
      'Give the parameter to the container in `env` and write `"$NAME"` in the script; read `os.environ` in Python. An `enum` restricts a parameter to values that are known.',
    fixSafety:
      'In single quotes a variable is the same text, so that fix is safe. Elsewhere the shell splits or expands the text today and no longer will, so the fix is offered for review. A parameter that is a whole command has no fix.',
    limits:
      'Scripts and arguments of `sh -c` and `python -c` are read. Parameters of which the file gives all values, items of loops, outputs of steps and expressions are passed over. In a `Workflow` the starter wrote the script as well: information. In a sensor an event fills the parameter: an error.',
    ignoreWhen: 'Only those who may change the template can start it.',
  },
  messages: {
    shell: '`{parameter}` becomes code of this script, so who starts it runs commands here; pass it through `env`',
    script: '`{parameter}` becomes code of this script, so who starts it runs it here; read it from `os.environ`',
  },
  words: ['parameters'],
  query: [
    config.entries(['argo-workflow', 'kubernetes'], '**.script.source'),
    config.entries(['argo-workflow', 'kubernetes'], '**.command.*'),
    config.entries(['argo-workflow', 'kubernetes'], '**.args.*'),
  ],
  check(entry: ConfigEntry, { report, text, facts }) {
    const spec = specOf(entry);
    const kind = textOf(child(facts?.roots[entry.document], 'kind')) ?? '';
    const container = entry.key === 'source' ? entry.parent : entry.parent?.parent;
    if (
      spec === undefined ||
      container === undefined ||
      !/^(?:Sensor|(?:Cron|Cluster)?Workflow(?:Template)?)$/.test(kind)
    )
      return;
    const language = languageOf(entry, container);
    if (language === undefined) return;
    const { start } = entry.valueRange;
    const references = parametersIn(text.slice(start, entry.valueRange.end)).map((one) => ({
      ...one,
      range: { start: start + one.start, end: start + one.start + one.written.length },
    }));
    const all: readonly Placeholder[] = references;
    const seen = new Set<string>();
    for (const reference of references) {
      if (seen.has(reference.written) || (entry.style !== 'double' && isComment(reference, text))) continue;
      if (!isGivenFromOutside(reference, templateOf(entry), spec, kind.endsWith('Template'))) continue;
      seen.add(reference.written);
      const shown = { parameter: reference.name.slice(0, 30) };
      const finding = report(reference.range, language === 'shell' ? 'shell' : 'script', shown);
      if (kind === 'Sensor') finding.severity('error');
      else if (!kind.endsWith('Template')) finding.severity('info');
      if (language === 'shell')
        offerVariable(finding, text, container, entry, all, variableFor(reference.name), reference.written);
    }
  },
  examples: [
    {
      path: 'workflows/train.yaml',
      bad: template(
        '      script:\n        image: trainer:1.4\n        command: [bash]\n        source: |\n          # the nightly training\n          python train.py --model "«{{workflow.parameters.model}}»"\n',
      ),
      message: 'shell',
      good: template(
        '      script:\n        image: trainer:1.4\n        command: [bash]\n        env:\n          - name: MODEL\n            value: "{{workflow.parameters.model}}"\n        source: |\n          # the nightly training\n          python train.py --model "$MODEL"\n',
      ),
    },
    {
      path: 'workflows/train.yaml',
      bad: template(
        '      inputs: {parameters: [{name: model}]}\n      container: {image: "trainer:1.4", command: [sh, -c], args: ["train \'«{{inputs.parameters.model}}»\'"]}\n',
      ),
      message: 'shell',
      good: template(
        '      inputs: {parameters: [{name: model}]}\n      container: {image: "trainer:1.4", command: [sh, -c], args: ["train \\"$MODEL\\""], env: [{name: MODEL, value: "{{inputs.parameters.model}}"}]}\n',
      ),
    },
    {
      path: 'workflows/train.yaml',
      bad: template(
        '      script:\n        image: trainer:1.4\n        command: [python]\n        source: |\n          train("«{{workflow.parameters.model}}»")\n',
        'Workflow',
      ),
      message: 'script',
      good: template(
        '      script:\n        image: trainer:1.4\n        command: [python]\n        env: [{name: MODEL, value: "{{workflow.parameters.model}}"}]\n        source: |\n          train(os.environ["MODEL"])\n',
        'Workflow',
      ),
      byHand: true,
    },
    {
      path: 'workflows/train.yaml',
      good: template(
        '      container:\n        image: trainer:1.4\n        command: [python, train.py]\n        args: ["--model", "{{workflow.parameters.model}}"]\n',
      ),
      because: 'an argument of its own is data',
    },
    {
      path: 'workflows/train.yaml',
      good: template(
        '      script:\n        image: trainer:1.4\n        command: [sh]\n        source: train --seed {{=asInt(workflow.parameters.model)}} --out {{outputs.parameters.model.path}}\n',
      ),
      because: 'a number and a path',
    },
    {
      path: 'workflows/train.yaml',
      good: template(
        '      steps:\n        - - {name: a, template: run, arguments: {parameters: [{name: size, value: small}]}}\n    - name: run\n      inputs: {parameters: [{name: size}]}\n      script: {image: "a:1", command: [sh], source: "echo {{inputs.parameters.size}}"}\n',
      ),
      because: 'the file gives the value',
    },
  ],
});

/** What reads the text of an entry: the source of a script, or the one word behind `-c`. */
function languageOf(entry: ConfigEntry, container: ConfigEntry): 'shell' | 'python' | undefined {
  const words = [...items(child(container, 'command')), ...items(child(container, 'args'))];
  const program = textOf(words[0]) ?? '';
  const language = SHELL.test(program) ? 'shell' : PYTHON.test(program) ? 'python' : undefined;
  if (entry.key === 'source') return language;
  const flag = words.findIndex((word) => /^-[a-z]*c$/.test(textOf(word) ?? ''));
  return flag > 0 && words[flag + 1] === entry ? language : undefined;
}
