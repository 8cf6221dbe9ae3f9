import { expect, test } from 'vitest';
import { CheckedFiles } from './check-files.js';

type Step = Record<string, unknown>;

/** Messages about a SageMaker pipeline, whose JSON has no room for marks. */
async function messages(steps: readonly Step[], rule: string): Promise<string[]> {
  const text = JSON.stringify({ Version: '2020-12-01', Steps: steps }, undefined, 2);
  const files = await CheckedFiles.open({ 'pipeline.json': text }, [rule]);
  return files.check('pipeline.json').findings.map(({ message }) => message);
}

const script = (name: string) => ({ AppSpecification: { ContainerEntrypoint: ['python3', `/opt/ml/code/${name}`] } });
const prepare = { Name: 'Prepare', Type: 'Processing', Arguments: script('prepare.py') };
const train = {
  Name: 'Estimator',
  Type: 'Training',
  Arguments: { InputDataConfig: [{ S3Uri: { Get: 'Steps.Prepare.ProcessingOutputConfig.Outputs' } }] },
};

test('a training that follows no check of the data is found by its kind', async () => {
  const [message, ...others] = await messages([prepare, train], 'pipeline-no-data-validation');
  expect(message).toMatch(/^Step `Estimator` trains on data that no step before it validates/);
  expect(others).toEqual([]);
});

test('a check of the data counts where the training waits for it, over other steps too', async () => {
  const check = { Name: 'Baseline', Type: 'QualityCheck', Arguments: {} };
  const waits = { ...prepare, DependsOn: ['Baseline'] };
  expect(await messages([check, waits, train], 'pipeline-no-data-validation')).toEqual([]);
  const [message] = await messages([check, prepare, train], 'pipeline-no-data-validation');
  expect(message).toMatch(/does not wait for `Baseline`/);
});

test('one step by itself is no pipeline', async () => {
  expect(await messages([train], 'pipeline-no-data-validation')).toEqual([]);
});

test('a registration behind a condition is gated, one beside it is not', async () => {
  const register = { Name: 'Catalogue', Type: 'RegisterModel', DependsOn: ['Estimator'], Arguments: {} };
  const condition = (steps: readonly Step[]) => ({
    Name: 'GoodEnough',
    Type: 'Condition',
    DependsOn: ['Estimator'],
    Arguments: { Conditions: [], IfSteps: steps, ElseSteps: [] },
  });
  expect(await messages([prepare, train, condition([register])], 'pipeline-no-eval-gate')).toEqual([]);
  expect(await messages([prepare, train, condition([]), register], 'pipeline-no-eval-gate')).toHaveLength(1);
  expect(await messages([prepare, train, register], 'pipeline-no-eval-gate')).toHaveLength(1);
});
