import type { FormatId } from '../server/src/facts/config/entry.js';

export interface FormatSchema {
  /** Formats of the documents that the schema describes. */
  readonly formats: readonly FormatId[];
  /** Below `schemas/formats/`, without `.schema.json`. */
  readonly file: string;
  /**
   * File names that belong to this format alone. A schema of an extension takes the place of one from SchemaStore, so a
   * pattern must not fit any name that SchemaStore gives to another format; `!` takes names out again.
   */
  readonly patterns: readonly string[];
  readonly languages: readonly ('yaml' | 'json')[];
}

const yaml = (...names: readonly string[]): string[] => names.flatMap((name) => [`${name}.yaml`, `${name}.yml`]);

const YAML = ['yaml'] as const;
/** Workflows may have any name. */
const NO_WORKFLOWS = '!**/.github/**';
const LLAMA_FACTORY_RUNS = ['pretrain', 'sft', 'reward', 'ppo', 'dpo', 'kto'].flatMap((stage) => [
  `*_lora_${stage}`,
  `*_full_${stage}`,
]);

/** Schemas of formats that have no schema of their own elsewhere. */
export const FORMAT_SCHEMAS: readonly FormatSchema[] = [
  { formats: ['mlproject'], file: 'mlproject', patterns: ['MLproject'], languages: YAML },
  { formats: ['python-env'], file: 'python-env', patterns: yaml('python_env'), languages: YAML },
  {
    formats: ['kfp', 'kfp-platform'],
    file: 'kfp',
    // Compiled pipelines have no name of their own, and `pipeline.yaml` has other owners.
    patterns: yaml('*.kfp', 'kfp_pipeline*', 'kfp-pipeline*', '*_kfp_pipeline', '*-kfp-pipeline'),
    languages: YAML,
  },
  {
    formats: ['conda'],
    file: 'conda-environment',
    patterns: [
      ...yaml('environment', 'conda', 'conda_env', 'conda-env', 'conda_environment', 'conda-environment'),
      NO_WORKFLOWS,
      '!**/modules/nf-core/**',
    ],
    languages: YAML,
  },
  { formats: ['feast'], file: 'feast', patterns: yaml('feature_store'), languages: YAML },
  {
    formats: ['kedro-catalog'],
    file: 'kedro-catalog',
    patterns: [...yaml('conf/*/catalog', 'conf/*/catalog_*', 'conf/*/catalog/*'), '!**/conf/yaml/**'],
    languages: YAML,
  },
  {
    formats: ['kedro-credentials'],
    file: 'kedro-credentials',
    patterns: [...yaml('conf/*/credentials', 'conf/*/credentials_*'), '!**/conf/yaml/**'],
    languages: YAML,
  },
  {
    formats: ['great-expectations'],
    file: 'great-expectations',
    patterns: yaml('great_expectations'),
    languages: YAML,
  },
  {
    formats: ['gx-checkpoint'],
    file: 'gx-checkpoint',
    patterns: yaml('great_expectations/checkpoints/*', 'gx/checkpoints/*'),
    languages: YAML,
  },
  { formats: ['dagster-instance'], file: 'dagster', patterns: yaml('dagster'), languages: YAML },
  { formats: ['bentofile'], file: 'bentofile', patterns: yaml('bentofile'), languages: YAML },
  { formats: ['mlserver-model'], file: 'mlserver-model', patterns: ['model-settings.json'], languages: ['json'] },
  {
    formats: ['axolotl'],
    file: 'axolotl',
    patterns: [...yaml('axolotl', 'axolotl_*', 'axolotl-*', '*.axolotl'), NO_WORKFLOWS],
    languages: YAML,
  },
  {
    formats: ['llama-factory'],
    file: 'llama-factory',
    patterns: yaml('llamafactory*', 'llama_factory*', 'llama-factory*', ...LLAMA_FACTORY_RUNS).concat(NO_WORKFLOWS),
    languages: YAML,
  },
  {
    formats: ['accelerate'],
    file: 'accelerate',
    patterns: [
      ...yaml('accelerate', 'accelerate_*', '*_accelerate', 'accelerate_configs/*', 'accelerate/default_config'),
      NO_WORKFLOWS,
    ],
    languages: YAML,
  },
  {
    formats: ['wandb-sweep'],
    file: 'wandb-sweep',
    patterns: [...yaml('sweep', 'sweep_*', 'sweep-*', '*_sweep'), NO_WORKFLOWS],
    languages: YAML,
  },
];

interface Contribution {
  readonly fileMatch: readonly string[];
  readonly url: string;
}

/** The entries of `yamlValidation` or `jsonValidation` in `package.json`. */
export function schemaContributions(language: 'yaml' | 'json'): Contribution[] {
  return FORMAT_SCHEMAS.filter(({ languages }) => languages.includes(language)).map(({ file, patterns }) => ({
    fileMatch: patterns,
    url: `./schemas/formats/${file}.schema.json`,
  }));
}
