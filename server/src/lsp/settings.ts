import { CONFIDENCES, PROFILES, SEVERITIES, type Severity } from '../base/severity.js';
import type { EffectiveConfig } from '../workspace/config.js';

/** When open documents are checked. */
export type RunMode = 'onType' | 'onSave' | 'manual';

/** The client's settings of section `tidegate`, for one folder. */
export interface Settings {
  readonly enable: boolean;
  readonly run: RunMode;
  /** Part that is merged with the repository's configuration, which is stronger. */
  readonly editor: Partial<EffectiveConfig>;
}

export const DEFAULT_SETTINGS: Settings = { enable: true, run: 'onType', editor: {} };

const RUN_MODES: readonly RunMode[] = ['onType', 'onSave', 'manual'];

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((item) => item === value);
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function levels(value: unknown): Record<string, Severity | 'off'> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const result: Record<string, Severity | 'off'> = {};
  for (const [id, level] of Object.entries(value)) {
    const known = oneOf<Severity | 'off'>(level, [...SEVERITIES, 'off']);
    if (known !== undefined) result[id] = known;
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

/** Reads settings as a client sent them. Values that are missing or of a wrong type are as if they were not set. */
export function readSettings(raw: unknown): Settings {
  const profile = oneOf(member(raw, 'profile'), PROFILES);
  const minimumConfidence = oneOf(member(raw, 'minimumConfidence'), CONFIDENCES);
  const severity = levels(member(raw, 'severityOverrides'));
  const files = member(raw, 'files');
  const excluded = member(files, 'exclude');
  const exclude = Array.isArray(excluded) ? excluded.filter((glob) => typeof glob === 'string' && glob !== '') : [];
  const size = member(files, 'maxSizeKB');
  return {
    enable: member(raw, 'enable') !== false,
    run: oneOf(member(raw, 'run'), RUN_MODES) ?? 'onType',
    editor: {
      ...(profile === undefined ? {} : { profile }),
      ...(minimumConfidence === undefined ? {} : { minimumConfidence }),
      ...(severity === undefined ? {} : { severity }),
      ...(exclude.length === 0 ? {} : { exclude }),
      ...(typeof size === 'number' && size >= 1 ? { maxSizeKB: size } : {}),
    },
  };
}

export function sameSettings(a: Settings, b: Settings): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
