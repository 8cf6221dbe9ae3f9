import { type ConfigEntry, config, text as textOf } from '../../engine/index.js';

const FORMATS = ['kserve', 'seldon'] as const;

/** Where KServe and Seldon are told to fetch a model from. */
export const modelUris = [
  config.entries(FORMATS, '**.storageUri'),
  config.entries(FORMATS, '**.modelUri'),
  config.entries(FORMATS, '**.storageUris.*.uri'),
  config.entries(FORMATS, 'spec.model.uri'),
  config.entries(FORMATS, 'spec.model.lora.adapters.*.uri'),
] as const;

/** The address as it is written; undefined for aliases and for what is filled in elsewhere. */
export function modelUriOf(entry: ConfigEntry): string | undefined {
  const written = textOf(entry);
  if (written === undefined || entry.alias !== undefined || entry.tag !== undefined) return undefined;
  return /[${}<>\s]/.test(written) ? undefined : written;
}
