import type { Confidence, Profile, Severity } from '../base/severity.js';

/** The settings a document is checked with, after all layers are merged. */
export interface EffectiveConfig {
  readonly profile: Profile;
  /** Rule ids or families that run instead of the profile's; empty: the profile decides. */
  readonly select: readonly string[];
  /** Rule ids or families switched off. */
  readonly ignore: readonly string[];
  /** Rule id or family → level. */
  readonly severity: Readonly<Record<string, Severity | 'off'>>;
  readonly minimumConfidence: Confidence;
  /** Globs, always additive. */
  readonly exclude: readonly string[];
  readonly maxSizeKB: number;
  readonly requireReason: boolean;
  /** Comments of other tools that are honoured. */
  readonly honourForeign: readonly ('nosec' | 'noqa')[];
  /** Glob → ignored rules, with the reason. */
  readonly perFile: readonly { readonly files: string; readonly ignore: readonly string[]; readonly reason: string }[];
  readonly trusted: { readonly hosts: readonly string[]; readonly organizations: readonly string[] };
  /** File the strongest settings came from; undefined: defaults only. */
  readonly source: string | undefined;
}

export const DEFAULT_CONFIG: EffectiveConfig = {
  profile: 'recommended',
  select: [],
  ignore: [],
  severity: {},
  minimumConfidence: 'medium',
  exclude: [],
  maxSizeKB: 1024,
  requireReason: true,
  honourForeign: ['nosec', 'noqa'],
  perFile: [],
  trusted: { hosts: [], organizations: [] },
  source: undefined,
};
