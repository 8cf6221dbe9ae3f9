import { expect, test } from 'vitest';
import { languageOf } from '../../../server/src/base/language.js';
import { isTestFile } from '../../../server/src/base/test-files.js';

test.each([
  'tests/test_train.py',
  'src/conftest.py',
  'charts/mlflow/unittests/secret_test.yaml',
  'charts/mlflow/ci/full-values.yaml',
  'dbt/integration_tests/docker-compose.yml',
  'e2e/language/env.yaml',
  'config/dependencies/fvt.yaml',
  'lib/testdata/a.yaml',
])('%s holds tests', (path) => expect(isTestFile(path)).toBe(true));

test.each(['src/train.py', 'ci/build.yaml', 'contests/values.yaml', 'charts/mlflow/values.yaml', 'latest/pod.yaml'])(
  '%s holds none',
  (path) => expect(isTestFile(path)).toBe(false),
);

test('what is left out of an image is no Dockerfile', () => {
  expect(['Dockerfile', 'Dockerfile.gpu', 'Dockerfile.dockerignore'].map(languageOf)).toEqual([
    'dockerfile',
    'dockerfile',
    undefined,
  ]);
});
