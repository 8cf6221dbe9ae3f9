import { memoise } from './bounded-cache.js';

/**
 * True for files that hold tests by the conventions of pytest and unittest
 * (https://docs.pytest.org/en/stable/explanation/goodpractices.html): what they load is a fixture of the project.
 */
export function isTestFile(path: string): boolean {
  return judged(path);
}

/** Rules ask for every fact of a file. */
const judged = memoise(100, (path) =>
  /(^|\/)(tests?|test[-_]?data|testing|fixtures|mocks?|mock-[\w-]+)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/.test(
    path,
  ),
);
