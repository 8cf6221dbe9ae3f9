import type { Variable } from '../_environment.js';

/** Label Studio reads each setting under three names (`label_studio/core/utils/params.py`). */
const PREFIX = /^(?:LABEL_STUDIO_|HEARTEX_)/;

/** The setting of Label Studio that a variable stands for; one without prefix counts in a file that speaks of the program. */
export function labelStudioSetting({ name }: Pick<Variable, 'name'>, text: string): string | undefined {
  const setting = name.replace(PREFIX, '');
  return setting !== name || /label[-_ ]?studio/i.test(text) ? setting : undefined;
}
