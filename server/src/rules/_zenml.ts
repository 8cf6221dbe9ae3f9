import type { Range } from '../base/range.js';
import { type ConfigEntry, descendants, type RuleContext } from '../engine/index.js';

/** True for a variable that ZenML writes into the image of a pipeline: below `settings.docker.environment`. */
export function isImageVariable({ path }: ConfigEntry): boolean {
  return path.at(-2) === 'environment' && path.at(-3) === 'docker' && path.at(-4) === 'settings';
}

/** True for a place in the value of such a variable. Linear in the entries of ZenML documents, none elsewhere. */
export function isInImageEnvironment(facts: RuleContext<Record<never, never>>['facts'], { start }: Range): boolean {
  return (facts?.roots ?? []).some(
    (root, document) =>
      facts?.formats[document]?.id === 'zenml' &&
      [...descendants(root)].some(
        (entry) => isImageVariable(entry) && entry.valueRange.start <= start && start < entry.valueRange.end,
      ),
  );
}
