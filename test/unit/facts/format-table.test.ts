import { beforeAll, describe, expect, test } from 'vitest';
import { languageOf } from '../../../server/src/base/language.js';
import type { ConfigLanguage } from '../../../server/src/facts/config/facts.js';
import { FORMATS, KUBERNETES_LIKE } from '../../../server/src/facts/formats/table.js';
import { configFacts, loadDrivers } from '../../../server/src/workspace/drivers.js';
import { FORMAT_EXAMPLES } from './format-examples.js';

beforeAll(() => loadDrivers(['yaml', 'json', 'toml', 'ini', 'hcl', 'textproto']));

function recognised(path: string, text: string, beside: readonly string[] = []): string | undefined {
  const language = languageOf(path) as ConfigLanguage;
  const [format] = configFacts(path, language, text, { has: (file) => beside.includes(file) }).formats;
  return format?.id;
}

describe.each(FORMAT_EXAMPLES)('$id', ({ id, path, text, beside, near }) => {
  test(`is recognised in ${path}`, () => expect(recognised(path, text, beside)).toBe(id));

  test.each(near)('%s is something else', (other, content) => {
    expect(recognised(other, content)).not.toBe(id);
  });
});

test('each format has an example and a near miss', () => {
  const shown = new Set(FORMAT_EXAMPLES.filter(({ near }) => near.length > 0).map(({ id }) => id));
  expect(FORMATS.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
});

test('a document that two formats claim with equal right is of neither', () => {
  const model = 'model_name_or_path: m\noutput_dir: out\n';
  expect(recognised('train.yaml', model)).toBe('hf-training');
  expect(recognised('train.yaml', `${model}stage: sft\n`)).toBe('llama-factory');
  expect(recognised('train.yaml', `${model}dataset_name: d\nbeta: 0.1\n`)).toBe('trl');
  expect(recognised('train.yaml', `${model}stage: sft\ndataset_name: d\nbeta: 0.1\n`)).toBeUndefined();
});

test('formats that may describe pods are all formats of resources', () => {
  const document = (group: string, kind: string) => recognised('a.yaml', `apiVersion: ${group}\nkind: ${kind}\n`);
  const found = [
    document('apps/v1', 'Deployment'),
    document('serving.kserve.io/v1alpha1', 'ServingRuntime'),
    document('argoproj.io/v1alpha1', 'CronWorkflow'),
    document('kubeflow.org/v1', 'PyTorchJob'),
    document('ray.io/v1', 'RayJob'),
    document('mlops.seldon.io/v1alpha1', 'Model'),
    document('sparkoperator.k8s.io/v1beta2', 'SparkApplication'),
    document('tekton.dev/v1', 'Task'),
  ];
  expect(found).toEqual(KUBERNETES_LIKE);
});
