import { type ConfigEntry, child, text as textOf } from '../../engine/index.js';

/** Commands that run what stands in the repository: scripts, tests, builds, installations of the project. */
const RUNS_PROJECT =
  /(?:^|[\n;&|(]|\brun\s)\s*(?:sudo\s+)?(?:python[\d.]*\s+(?!-c\b|-V\b|--version|-m\s+(?:pip|venv|ensurepip)\b)\S|(?:python[\d.]*\s+-m\s+)?pip3?\s+install\s+(?:\S+\s+)*?(?:-r|-e|\.(?:\s|\[|$))|(?:py\.?test|tox|nox|make|cmake|dvc\s+(?:repro|exp)|mlflow\s+run|npm\s+(?:ci|i(?:nstall)?(?!\s+(?:-g|--global))|run|test)|yarn|pnpm|mvn|gradle|cargo|go\s+(?:build|test|run|generate)|docker\s+compose|docker-compose|pre-commit|uv\s+(?:run|sync)|poetry\s+(?:install|run|build)|hatch|papermill|jupyter\s+nbconvert|terraform\s+(?:init|plan|apply)|kedro|feast\s+(?:plan|apply)|dbt\s+(?:run|build|test)|snakemake|source\s|(?:ba|z)?sh\s+\S+\.sh)(?=\s|$)|\.{1,2}\/[\w./-]+)/;

/** True for a step that runs code of the repository that was checked out. */
export function runsProjectCode(step: ConfigEntry): boolean {
  const run = textOf(child(step, 'run'));
  const uses = textOf(child(step, 'uses')) ?? '';
  return (run !== undefined && RUNS_PROJECT.test(run)) || /^\.{1,2}\//.test(uses);
}

export function isCheckout(step: ConfigEntry): boolean {
  return textOf(child(step, 'uses'))?.startsWith('actions/checkout@') === true;
}
