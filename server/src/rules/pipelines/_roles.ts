import type { Step } from './_steps.js';

/** What a step does, by the words of its name and of what it runs. Splitting and preparing is no validation. */
const TRAINS = /^(?:train|trains|trainer|training|retrain|fit|finetune|finetuning|pretrain|pretraining|sft)$/;
const CHECKS =
  /^(?:validate|validates|validated|validator|validation|validations|verify|expectation|expectations|expect|pandera|soda|deepchecks|evidently|tfdv|gx|quality|dq|datacheck|sanity|drift)$/;
const CHECK_VERB = /^(?:check|checks|test|tests|assert|monitor|profile)$/;
const DATA_NOUN = /^(?:data|dataset|datasets|schema|schemas|input|inputs|features|table|rows)$/;
/** Validation of something else than data. */
const OTHER_CHECK = /^(?:cross|model|models|split|loss|score|scores|accuracy|config|params)$/;

/** Words of names and commands; option names and paths of data say nothing about what a step does. */
function wordsOf(texts: readonly string[]): string[][] {
  return texts.flatMap((text) =>
    text
      .split(/[\s&|;]+/)
      .filter((word) => !word.startsWith('-') && !/\.(?:csv|parquet|json|ya?ml|pkl|joblib|skops|pt|txt)$/.test(word))
      .map((word) =>
        word
          .replace(/([a-z\d])([A-Z])/g, '$1 $2')
          .toLowerCase()
          .split(/[^a-z\d]+/),
      ),
  );
}

/** True for a step that fits a model. */
export function trains(step: Step): boolean {
  const [name, ...commands] = step.words;
  const own = wordsOf([name ?? '']).flat();
  if (
    /\b(?:split|prep|prepare|preprocess|convert|transform|data|features|test|eval|evaluate|download|upload|deploy|register|plot|report|calculate|compute|parameters|params|config)\b/.test(
      own.join(' '),
    )
  )
    return false;
  return (
    own.some((word) => TRAINS.test(word)) ||
    (own.includes('model') && own.includes('building')) ||
    wordsOf(commands.map(programs)).some(
      (words) =>
        words.some((word) => TRAINS.test(word)) && !words.some((word) => /^(?:test|split|data|eval|prep)/.test(word)),
    )
  );
}

/** The program and module names of a command line: what stands in front of its arguments. */
function programs(command: string): string {
  return command
    .split(/&&|\|\||[;|\n]/)
    .map((part) => part.trim().split(/\s+/).slice(0, 3).join(' '))
    .join(' ; ');
}

/** True for a step that checks data. */
export function validates(step: Step): boolean {
  return wordsOf(step.words).some((words) => {
    if (words.some((word) => OTHER_CHECK.test(word))) return false;
    return (
      words.some((word) => CHECKS.test(word)) ||
      (words.some((word) => CHECK_VERB.test(word)) && words.some((word) => DATA_NOUN.test(word)))
    );
  });
}

/** Steps that run before a step, as far as the pipeline says. */
export function ancestors(step: Step, steps: readonly Step[]): readonly Step[] {
  const byName = new Map(steps.map((one) => [one.name, one]));
  const found = new Set<Step>();
  const pending = [...step.after];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const before = byName.get(name);
    if (before === undefined || found.has(before)) continue;
    found.add(before);
    pending.push(...before.after);
  }
  return [...found];
}

const RELEASES =
  /^(?:register|registers|registering|registration|deploy|deploys|deploying|deployment|promote|promotes|promotion)$/;
/** Verbs that are about models only where the word `model` stands beside them. */
const HANDS_OUT = /^(?:publish|release|push|serve|upload)$/;
/** What is registered or deployed besides models. */
const NO_MODEL =
  /^(?:data|dataset|datasets|feature|features|schema|schemas|infra|infrastructure|docs|env|environment|pipeline|dashboard|monitor|monitoring|user|users)$/;
const EVALUATES =
  /^(?:evaluate|evaluates|evaluated|evaluating|eval|evaluation|evaluator|test|tests|testing|validate|validation|validator|score|metrics|compare|comparison|benchmark|check|checks|gate|condition|approve|approval|review|quality|verify|verification|assess|assessment|judge|threshold|accuracy|champion|challenger)$/;

/** True for a step that hands a model on: registers, promotes or deploys it. */
export function releases(step: Step): boolean {
  const [name = '', ...commands] = step.words;
  return wordsOf([name, ...commands.map(programs)]).some((words) => {
    if (words.some((word) => NO_MODEL.test(word) || EVALUATES.test(word))) return false;
    return (
      words.some((word) => RELEASES.test(word)) ||
      (words.includes('model') && words.some((word) => HANDS_OUT.test(word)))
    );
  });
}

/** True for a step that judges a model. Splitting into train and test is no judgement. */
export function evaluates(step: Step): boolean {
  const [name = '', ...commands] = step.words;
  return wordsOf([name, ...commands.map(programs)]).some(
    (words) => !words.includes('split') && words.some((word) => EVALUATES.test(word)),
  );
}
