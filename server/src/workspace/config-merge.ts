import { PROFILES, type Profile } from '../base/severity.js';
import type { EffectiveConfig } from './config.js';
import type { Settings, SettingValue } from './config-values.js';
import { rebaseGlob } from './globs.js';

/** One source of settings, in the form of its file, with the folder its globs are relative to. */
export interface Layer {
  readonly values: Settings;
  readonly folder: string;
  readonly path: string;
}

/** Puts a layer on top: single values and arrays replace, `extend-*` and `exclude` add, maps merge key by key. */
export function mergeLayer(base: EffectiveConfig, layer: Layer): EffectiveConfig {
  const { values, folder } = layer;
  const trusted = table(values.trusted);
  const ignores = table(values.ignores);
  const glob = (g: string) => rebaseGlob(g, folder);
  return {
    profile: choice(values.profile) ?? base.profile,
    select: extended(base.select, values.select, values['extend-select']),
    ignore: extended(base.ignore, values.ignore, values['extend-ignore']),
    severity: { ...base.severity, ...(table(values.severity) as EffectiveConfig['severity']) },
    minimumConfidence: choice(values['minimum-confidence']) ?? base.minimumConfidence,
    exclude: [...base.exclude, ...list(values.exclude).map(glob)],
    maxSizeKB: typeof values['max-size-kb'] === 'number' ? values['max-size-kb'] : base.maxSizeKB,
    requireReason: typeof ignores['require-reason'] === 'boolean' ? ignores['require-reason'] : base.requireReason,
    honourForeign:
      (texts(ignores['honour-foreign']) as EffectiveConfig['honourForeign'] | undefined) ?? base.honourForeign,
    perFile: mergePerFile(base.perFile, table(values['per-file']), glob),
    trusted: {
      hosts: extended(base.trusted.hosts, trusted.hosts, trusted['extend-hosts']),
      organizations: extended(base.trusted.organizations, trusted.organizations, trusted['extend-organizations']),
    },
    source: layer.path,
  };
}

/** Puts settings that did not come from a file on top, by the same rules. Globs are relative to the root. */
export function mergePartial(base: EffectiveConfig, partial: Partial<EffectiveConfig>): EffectiveConfig {
  const given = Object.fromEntries(Object.entries(partial).filter(([, value]) => value !== undefined));
  return {
    ...base,
    ...given,
    severity: { ...base.severity, ...partial.severity },
    exclude: [...base.exclude, ...(partial.exclude ?? []).map((glob) => rebaseGlob(glob, ''))],
  };
}

type PerFile = EffectiveConfig['perFile'];

function mergePerFile(base: PerFile, added: Settings, glob: (g: string) => string): PerFile {
  const entries = Object.entries(added).map(([files, value]) => {
    const entry = table(value);
    return { files: glob(files), ignore: list(entry.ignore), reason: String(entry.reason) };
  });
  return [...base.filter((old) => !entries.some((entry) => entry.files === old.files)), ...entries];
}

/** The key table has already checked that the value is one of the choices. */
function choice<T extends string>(value: SettingValue | undefined): T | undefined {
  return typeof value === 'string' ? (value as T) : undefined;
}

function texts(value: SettingValue | undefined): readonly string[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function list(value: SettingValue | undefined): readonly string[] {
  return texts(value) ?? [];
}

function table(value: SettingValue | undefined): Settings {
  return typeof value === 'object' && !Array.isArray(value) ? (value as Settings) : {};
}

function extended(
  base: readonly string[],
  replaced: SettingValue | undefined,
  added: SettingValue | undefined,
): readonly string[] {
  return [...new Set([...(texts(replaced) ?? base), ...list(added)])];
}

/**
 * Puts a layer nobody vouches for on top: it may ask for more rules, but it cannot switch any off, hide files or name
 * hosts to trust.
 */
export function mergeUntrusted(base: EffectiveConfig, layer: Layer): EffectiveConfig {
  const { values } = layer;
  const wanted = choice<Profile>(values.profile) ?? base.profile;
  return {
    ...base,
    profile: PROFILES.indexOf(wanted) > PROFILES.indexOf(base.profile) ? wanted : base.profile,
    select: [...new Set([...base.select, ...list(values.select), ...list(values['extend-select'])])],
    source: layer.path,
  };
}
