import { CLUSTER_FORMATS } from './cluster.js';
import { DATA_FORMATS } from './data.js';
import { DELIVERY_FORMATS } from './delivery.js';
import { PACKAGE_FORMATS } from './packages.js';
import { PIPELINE_FORMATS } from './pipelines.js';
import type { FormatRow } from './row.js';
import { SERVING_FORMATS } from './serving.js';
import { TRAINING_FORMATS } from './training.js';

export { KUBERNETES_LIKE } from './cluster.js';

/** Formats from the specific to the general. Ids are listed in `FormatId`; a new format is one new row. */
export const FORMATS: readonly FormatRow[] = [
  {
    id: 'tidegate-config',
    label: 'Tidegate configuration',
    languages: ['yaml'],
    name: /^\.?tidegate\.ya?ml$/,
    keys: ({ name }) => `the file is named ${name}`,
  },
  ...CLUSTER_FORMATS,
  ...DELIVERY_FORMATS,
  ...PIPELINE_FORMATS,
  ...DATA_FORMATS,
  ...PACKAGE_FORMATS,
  ...SERVING_FORMATS,
  ...TRAINING_FORMATS,
];
