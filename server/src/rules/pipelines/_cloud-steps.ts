import { at, type ConfigEntry, child, descendants, items, text as textOf } from '../../engine/index.js';
import type { Pipeline, Step } from './_step.js';

/**
 * Jobs of a pipeline of Azure Machine Learning; a job follows those whose outputs are its inputs. One job by itself is no pipeline.
 * https://learn.microsoft.com/en-us/azure/machine-learning/reference-yaml-job-pipeline
 */
export function azurePipelines(root: ConfigEntry): readonly Pipeline[] {
  const steps = items(child(root, 'jobs')).map((job): Step => {
    const name = job.key ?? '';
    const type = textOf(child(job, 'type')) ?? '';
    const command = textOf(child(job, 'command')) ?? textOf(at(job, 'trial', 'command')) ?? '';
    const component = textOf(child(job, 'component')) ?? textOf(child(job, 'trial')) ?? '';
    const after = items(child(job, 'inputs'))
      .flatMap((input) => [textOf(input) ?? '', textOf(child(input, 'path')) ?? ''])
      .flatMap((value) => [...value.matchAll(/\bparent\.jobs\.([\w-]+)\.outputs\b/g)].map((match) => match[1]!));
    return {
      name,
      words: [
        name,
        // What is passed in says what the data are called, not what is done to them.
        command.replace(/\$\{\{.*?\}\}/g, ''),
        component.replace(/^azureml:|^file:|@\w+$|:[\w.]+$/g, ''),
        /^(?:sweep|automl)$/.test(type) ? 'train' : '',
        // It compares what it trained by a metric and hands on the best.
        type === 'automl' ? 'evaluate' : '',
      ],
      after,
      entry: job,
    };
  });
  return steps.length < 2 ? [] : [{ ordered: true, steps }];
}

/** What the kinds of steps do whose names may say something else. */
const KINDS: Readonly<Record<string, string>> = {
  Training: 'train',
  Tuning: 'train',
  AutoML: 'train',
  QualityCheck: 'quality check',
  ClarifyCheck: 'check data',
  Condition: 'condition',
  RegisterModel: 'register model',
};

/**
 * Steps of a SageMaker pipeline, those behind its conditions included; a step follows those it depends on or takes values of. One
 * step by itself is no pipeline. https://aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema/
 */
export function sageMakerPipelines(root: ConfigEntry): readonly Pipeline[] {
  const steps = stepsIn(child(root, 'Steps'), undefined);
  return steps.length < 2 ? [] : [{ ordered: true, steps }];
}

function stepsIn(list: ConfigEntry | undefined, condition: string | undefined): readonly Step[] {
  return items(list).flatMap((step) => {
    const name = textOf(child(step, 'Name')) ?? '';
    const own = child(step, 'Arguments');
    const branches = ['IfSteps', 'ElseSteps'].flatMap((key) => child(own, key) ?? []);
    const listed = items(child(step, 'DependsOn')).flatMap((one) => textOf(one) ?? []);
    const entryPoint = items(at(own, 'AppSpecification', 'ContainerEntrypoint')).map((word) => textOf(word) ?? '');
    const self: Step = {
      name,
      words: [name, entryPoint.join(' '), KINDS[textOf(child(step, 'Type')) ?? ''] ?? ''],
      after: [...listed, ...takenFrom(own, branches), ...(condition === undefined ? [] : [condition])],
      entry: child(step, 'Name') ?? step,
    };
    return [self, ...branches.flatMap((branch) => stepsIn(branch, name))];
  });
}

/** Steps whose values stand in the arguments: `{"Get": "Steps.Train.ModelArtifacts…"}`; the branches are steps of their own. */
function takenFrom(own: ConfigEntry | undefined, branches: readonly ConfigEntry[]): readonly string[] {
  if (own === undefined) return [];
  const inside = (entry: ConfigEntry): boolean =>
    branches.some(({ range }) => range.start <= entry.range.start && entry.range.end <= range.end);
  return [...descendants(own)]
    .filter((entry) => entry.key === 'Get' && !inside(entry))
    .flatMap((entry) => /^Steps\.([\w-]+)/.exec(textOf(entry) ?? '')?.[1] ?? []);
}
