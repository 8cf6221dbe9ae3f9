import type { Range } from '../../base/range.js';
import type { ConfigEntry } from '../../engine/index.js';
import { type Resource, resourceOf, setting } from './_resource.js';

/** A switch of a SageMaker notebook instance that is `Enabled`. */
export interface EnabledSwitch {
  readonly notebook: Resource;
  /** The value, or the name of the notebook where its default is left. */
  readonly at: Range;
  readonly byDefault: boolean;
}

/** A switch that is on unless it is written out as off; undefined for other resources, other values and computed ones. */
export function enabledSwitch(
  entry: ConfigEntry,
  names: readonly [terraform: string, cloudformation: string],
): EnabledSwitch | undefined {
  const notebook = resourceOf(entry, 'aws_sagemaker_notebook_instance', 'AWS::SageMaker::NotebookInstance');
  const value = notebook === undefined ? undefined : setting(notebook, ...names);
  if (notebook === undefined || value === undefined || value.state === 'unknown') return undefined;
  if (value.state !== 'set') return { notebook, at: notebook.at, byDefault: true };
  return value.value === 'Enabled' ? { notebook, at: value.entry.valueRange, byDefault: false } : undefined;
}
