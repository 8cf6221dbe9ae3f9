import { CONFIDENCES, PROFILES, SEVERITIES } from '../base/severity.js';
import { DEFAULT_CONFIG } from './config.js';

/** What a value of a config key may be. */
export type ValueShape =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly minimum: number }
  | { readonly kind: 'string'; readonly of: TextKind }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: TextKind; readonly values?: readonly string[] }
  /** Rule id or family → level. */
  | { readonly kind: 'levels'; readonly values: readonly string[] }
  | { readonly kind: 'table'; readonly keys: readonly ConfigKey[] }
  /** Glob → table. */
  | { readonly kind: 'tables'; readonly keys: readonly ConfigKey[] };

/** What a text stands for; `rule` is a rule id or a family. */
export type TextKind = 'path' | 'version' | 'rule' | 'glob' | 'host' | 'organization' | 'comment' | 'reason';

export type Setting = boolean | number | string;

export interface ConfigKey {
  readonly name: string;
  readonly description: string;
  readonly shape: ValueShape;
  readonly default?: Setting | readonly string[];
  readonly required?: boolean;
  /** Value shown in the template and the documentation. */
  readonly example: string;
}

const rules = { kind: 'list', of: 'rule' } as const;

const PER_FILE: readonly ConfigKey[] = [
  {
    name: 'ignore',
    description: 'Rule ids or families that are not reported in these files.',
    shape: rules,
    required: true,
    example: '[load-pickle]',
  },
  {
    name: 'reason',
    description: 'Why these rules do not matter here. An entry without a reason has no effect.',
    shape: { kind: 'string', of: 'reason' },
    required: true,
    example: 'exploratory code that is never deployed',
  },
];

const IGNORES: readonly ConfigKey[] = [
  {
    name: 'require-reason',
    description: 'Whether an ignore comment without a reason of at least 10 characters has no effect.',
    shape: { kind: 'boolean' },
    default: DEFAULT_CONFIG.requireReason,
    example: 'true',
  },
  {
    name: 'honour-foreign',
    description: 'Ignore comments of other tools that are obeyed where they name a rule about the same weakness.',
    shape: { kind: 'list', of: 'comment', values: ['nosec', 'noqa'] },
    default: DEFAULT_CONFIG.honourForeign,
    example: '[nosec, noqa]',
  },
];

const HOSTS = { kind: 'list', of: 'host' } as const;
const ORGANIZATIONS = { kind: 'list', of: 'organization' } as const;

const TRUSTED: readonly ConfigKey[] = [
  {
    name: 'hosts',
    description: 'Hosts of your own whose data and models are trusted. `*.example.com` covers every host below it.',
    shape: HOSTS,
    default: [],
    example: '[models.example.com]',
  },
  {
    name: 'extend-hosts',
    description: 'Hosts trusted besides those of the configuration around.',
    shape: HOSTS,
    example: '[data.example.com]',
  },
  {
    name: 'organizations',
    description: 'Organisations and users on model hubs whose repositories are trusted.',
    shape: ORGANIZATIONS,
    default: [],
    example: '[my-company]',
  },
  {
    name: 'extend-organizations',
    description: 'Organisations trusted besides those of the configuration around.',
    shape: ORGANIZATIONS,
    example: '[my-team]',
  },
];

/** Every key of `tidegate.yaml` and `[tool.tidegate]`: validation, JSON schema, template and docs are made from it. */
export const CONFIG_KEYS: readonly ConfigKey[] = [
  {
    name: 'root',
    description: 'Stops looking for configuration in the folders above.',
    shape: { kind: 'boolean' },
    default: false,
    example: 'true',
  },
  {
    name: 'extends',
    description:
      'YAML files of this workspace that are read first, relative to this file; what stands here outweighs them.',
    shape: { kind: 'list', of: 'path' },
    default: [],
    example: '[shared/tidegate-base.yaml]',
  },
  {
    name: 'required-version',
    description: 'Versions of Tidegate this configuration is written for.',
    shape: { kind: 'string', of: 'version' },
    example: '">=0.1"',
  },
  {
    name: 'profile',
    description: 'Set of rules: `essential` holds the most certain and severe, `strict` holds all.',
    shape: { kind: 'choice', values: PROFILES },
    default: DEFAULT_CONFIG.profile,
    example: 'recommended',
  },
  {
    name: 'select',
    description: 'Rule ids or families switched on besides the profile.',
    shape: rules,
    default: [],
    example: '[supply-chain]',
  },
  {
    name: 'extend-select',
    description: 'Adds to `select` of the configuration around.',
    shape: rules,
    example: '[load-numpy]',
  },
  {
    name: 'ignore',
    description: 'Rule ids or families switched off.',
    shape: rules,
    default: [],
    example: '[train-hf-unpinned]',
  },
  {
    name: 'extend-ignore',
    description: 'Adds to `ignore` of the configuration around.',
    shape: rules,
    example: '[load-numpy]',
  },
  {
    name: 'severity',
    description: 'Level of a rule or family; `off` switches it off.',
    shape: { kind: 'levels', values: [...SEVERITIES, 'off'] },
    example: '{ load-torch: error }',
  },
  {
    name: 'minimum-confidence',
    description: 'Findings that are less sure than this are not reported.',
    shape: { kind: 'choice', values: CONFIDENCES },
    default: DEFAULT_CONFIG.minimumConfidence,
    example: 'medium',
  },
  {
    name: 'exclude',
    description:
      'Files and folders that are not checked, as globs relative to this file. They add to those of the configuration around.',
    shape: { kind: 'list', of: 'glob' },
    default: [],
    example: '[data/, "*.generated.py"]',
  },
  {
    name: 'max-size-kb',
    description: 'Larger files are not checked; notebooks may be 20 times as large because they hold their outputs.',
    shape: { kind: 'integer', minimum: 1 },
    default: DEFAULT_CONFIG.maxSizeKB,
    example: '1024',
  },
  {
    name: 'per-file',
    description: 'Rules that are not reported in some files, by glob relative to this file.',
    shape: { kind: 'tables', keys: PER_FILE },
    example: '',
  },
  { name: 'ignores', description: 'How ignore comments work.', shape: { kind: 'table', keys: IGNORES }, example: '' },
  { name: 'trusted', description: 'Sources that are your own.', shape: { kind: 'table', keys: TRUSTED }, example: '' },
];
