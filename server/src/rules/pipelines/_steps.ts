import { at, type ConfigEntry, child, items, text as textOf } from '../../engine/index.js';
import { azurePipelines, sageMakerPipelines } from './_cloud-steps.js';
import type { Pipeline, Step } from './_step.js';

export type { Pipeline, Step } from './_step.js';

/** Stages of a dvc.yaml; a stage follows those whose outputs it depends on. */
export function dvcPipeline(root: ConfigEntry): Pipeline {
  const stages = items(child(root, 'stages')).map((stage) => ({ stage, body: child(stage, 'do') ?? stage }));
  const outputs = stages.map(({ stage, body }) => ({
    name: stage.key ?? '',
    paths: ['outs', 'metrics', 'plots'].flatMap((key) => items(child(body, key)).flatMap((out) => pathOf(out, body))),
  }));
  return {
    ordered: true,
    steps: stages.map(({ stage, body }) => {
      const name = stage.key ?? '';
      const needs = items(child(body, 'deps')).flatMap((dep) => pathOf(dep, body));
      const after = outputs.filter(
        (other) =>
          other.name !== name && other.paths.some((out) => needs.some((dep) => within(dep, out) || within(out, dep))),
      );
      return {
        name,
        words: [name, ...commandLines(child(body, 'cmd'))],
        after: after.map((other) => other.name),
        entry: stage,
      };
    }),
  };
}

/** `- data/raw` and `- data/raw: {cache: false}`; relative to `wdir`. */
function pathOf(entry: ConfigEntry, stage: ConfigEntry): string[] {
  const written = entry.kind === 'map' ? (entry.key ?? entry.children[0]?.key) : textOf(entry);
  const folder = textOf(child(stage, 'wdir'));
  if (written === undefined) return [];
  return [normalized(folder === undefined ? written : `${folder}/${written}`)];
}

function normalized(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function within(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function commandLines(entry: ConfigEntry | undefined): string[] {
  return entry?.kind === 'list' ? items(entry).flatMap((item) => textOf(item) ?? []) : [textOf(entry) ?? ''];
}

/** Entry points of an MLproject. */
function mlprojectPipeline(root: ConfigEntry): Pipeline {
  const steps = items(child(root, 'entry_points')).map((entry) => ({
    name: entry.key ?? '',
    words: [entry.key ?? '', textOf(child(entry, 'command')) ?? ''],
    after: [],
    entry,
  }));
  return { ordered: false, steps };
}

/** Tasks of a compiled Kubeflow pipeline: its root and every component that is a pipeline itself. */
function kfpPipelines(root: ConfigEntry): Pipeline[] {
  const spec = child(root, 'pipelineSpec') ?? root;
  const graphs = [
    at(spec, 'root', 'dag', 'tasks'),
    ...items(child(spec, 'components')).map((component) => at(component, 'dag', 'tasks')),
  ];
  return graphs.flatMap((tasks) => {
    const steps = items(tasks).map((task) => kfpStep(task, spec));
    return steps.length === 0 ? [] : [{ ordered: true, steps }];
  });
}

function kfpStep(task: ConfigEntry, spec: ConfigEntry): Step {
  const component = textOf(at(task, 'componentRef', 'name')) ?? '';
  const executor = textOf(at(spec, 'components', component, 'executorLabel')) ?? '';
  const container = at(spec, 'deploymentSpec', 'executors', executor, 'container');
  const image = textOf(child(container, 'image')) ?? '';
  const inner = items(at(spec, 'components', component, 'dag', 'tasks')).map((inside) => inside.key ?? '');
  const producers = [...items(at(task, 'inputs', 'artifacts')), ...items(at(task, 'inputs', 'parameters'))].flatMap(
    (input) => {
      return (
        textOf(at(input, 'taskOutputArtifact', 'producerTask')) ??
        textOf(at(input, 'taskOutputParameter', 'producerTask')) ??
        []
      );
    },
  );
  const after = [...items(child(task, 'dependentTasks')).flatMap((name) => textOf(name) ?? []), ...producers];
  const name = task.key ?? '';
  return {
    name,
    words: [name, component.replace(/^comp-/, ''), image.slice(image.lastIndexOf('/') + 1), ...inner],
    after,
    entry: task,
  };
}

/** DAG templates of Argo workflows. */
function argoPipelines(root: ConfigEntry): Pipeline[] {
  if (!textOf(child(root, 'apiVersion'))?.startsWith('argoproj.io/')) return [];
  const spec = at(root, 'spec', 'workflowSpec') ?? child(root, 'spec');
  return items(child(spec, 'templates')).flatMap((template) => {
    // Kubeflow puts a driver of its own in front of each step.
    const own = (task: ConfigEntry): boolean => !textOf(child(task, 'template'))?.startsWith('system-');
    const steps = items(at(template, 'dag', 'tasks'))
      .filter(own)
      .map(argoStep);
    return steps.length === 0 ? [] : [{ ordered: true, steps }];
  });
}

function argoStep(task: ConfigEntry): Step {
  const name = textOf(child(task, 'name')) ?? '';
  const listed = items(child(task, 'dependencies')).flatMap((dependency) => textOf(dependency) ?? []);
  const depends = textOf(child(task, 'depends'))?.match(/[A-Za-z_][\w-]*/g) ?? [];
  return {
    name,
    words: [name, textOf(child(task, 'template')) ?? ''],
    after: [...listed, ...depends],
    entry: child(task, 'name') ?? task,
  };
}

/** Jobs of a Databricks bundle. */
function databricksPipelines(root: ConfigEntry): Pipeline[] {
  return items(at(root, 'resources', 'jobs')).flatMap((job) => {
    const steps = items(child(job, 'tasks')).map((task): Step => {
      const name = textOf(child(task, 'task_key')) ?? '';
      const runs = [
        at(task, 'notebook_task', 'notebook_path'),
        at(task, 'spark_python_task', 'python_file'),
        at(task, 'python_wheel_task', 'entry_point'),
      ];
      const after = items(child(task, 'depends_on')).flatMap(
        (dependency) => textOf(child(dependency, 'task_key')) ?? [],
      );
      return {
        name,
        words: [name, ...runs.flatMap((entry) => textOf(entry) ?? [])],
        after,
        entry: child(task, 'task_key') ?? task,
      };
    });
    return steps.length === 0 ? [] : [{ ordered: true, steps }];
  });
}

/** Pipelines of a document, by its format. */
export function pipelinesOf(root: ConfigEntry, format: string | undefined): readonly Pipeline[] {
  switch (format) {
    case 'dvc-pipeline':
      return [dvcPipeline(root)];
    case 'mlproject':
      return [mlprojectPipeline(root)];
    case 'kfp':
      return kfpPipelines(root);
    case 'argo-workflow':
      return argoPipelines(root);
    case 'databricks-bundle':
      return databricksPipelines(root);
    case 'azureml':
      return azurePipelines(root);
    case 'sagemaker-pipeline':
      return sageMakerPipelines(root);
    default:
      return [];
  }
}
