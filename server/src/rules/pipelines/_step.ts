import type { ConfigEntry } from '../../engine/index.js';

/** One step of a pipeline, whatever the format. */
export interface Step {
  readonly name: string;
  /** Name and everything that says what the step runs: commands, component and template names. */
  readonly words: readonly string[];
  /** Names of the steps that run before it, as far as the file says. */
  readonly after: readonly string[];
  /** What to underline: the step's key or name. */
  readonly entry: ConfigEntry;
}

export interface Pipeline {
  readonly steps: readonly Step[];
  /** False where the format has no order of its own (MLproject): steps are run by whoever calls them. */
  readonly ordered: boolean;
}
