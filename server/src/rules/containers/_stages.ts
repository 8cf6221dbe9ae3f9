import type { DockerfileFacts } from '../../engine/index.js';

/** Indexes of the stages whose layers are in the image that is shipped: the last stage and those it is built on. */
export function shippedStages({ stages }: DockerfileFacts): ReadonlySet<number> {
  const shipped = new Set<number>();
  for (let at: number | undefined = stages.length - 1; at !== undefined && at >= 0 && !shipped.has(at); ) {
    shipped.add(at);
    at = stages[at]!.baseStage;
  }
  return shipped;
}

/** True for the container of an editor, which holds no model and serves nobody. */
export function isDevelopmentContainer(path: string): boolean {
  return /(?:^|\/)\.devcontainer\//.test(path);
}
