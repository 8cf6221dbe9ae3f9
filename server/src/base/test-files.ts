import { memoise } from './bounded-cache.js';

/**
 * True for files that hold tests by the conventions of pytest and unittest
 * (https://docs.pytest.org/en/stable/explanation/goodpractices.html), of helm-unittest and of chart-testing, whose values
 * lie in `ci/`: what they load is a fixture of the project.
 */
export function isTestFile(path: string): boolean {
  return judged(path);
}

/** Rules ask for every fact of a file. */
const judged = memoise(100, (path) =>
  /(^|\/)((?:unit|integration|functional|system|smoke|e2e)?[-_]?tests?|e2e|fvt|test[-_]?data|testing|fixtures|mocks?|mock-[\w-]+)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$|(^|\/)(?:[^/]*[-_.])?(?:e2e|fvt)\.ya?ml$|(^|\/)(?:docker-)?compose[^/]*[-.](?:tests?|testing|ci|e2e)\.ya?ml$|(^|\/)ci\/[^/]*values[^/]*\.ya?ml$/.test(
    path,
  ),
);
