/*
 * Ids that the security linters of other projects know. Bandit's are `B` and three digits
 * (https://bandit.readthedocs.io/en/latest/plugins/index.html#complete-test-plugin-listing and
 * https://bandit.readthedocs.io/en/latest/blacklists/index.html); Ruff and flake8-bandit number the same tests with `S`
 * (https://docs.astral.sh/ruff/rules/#flake8-bandit-s). Tests that were dropped are listed: an old comment naming them is
 * no typing error.
 */

/** First and last number of each run of test numbers. */
const TEST_RUNS: readonly (readonly [number, number])[] = [
  [101, 113],
  [201, 202],
  [301, 325],
  [401, 415],
  [501, 509],
  [601, 615],
  [701, 704],
];

/** Whether Bandit knows an id such as `B301`, or Ruff one such as `S301`; upper or lower case. */
export function isForeignRule(id: string): boolean {
  const number = /^[BS](\d{3})$/i.exec(id)?.[1];
  return number !== undefined && TEST_RUNS.some(([first, last]) => Number(number) >= first && Number(number) <= last);
}
