import { type ConfigEntry, child, text as textOf } from '../../engine/index.js';
import { saysProduction } from './_production.js';

/** A value of an Azure Machine Learning file as it is written; undefined for aliases, tags and what a tool fills in. */
export function literal(entry: ConfigEntry | undefined): string | undefined {
  if (entry === undefined || entry.alias !== undefined || entry.tag !== undefined) return undefined;
  const value = textOf(entry);
  return value === undefined || /\$\{|\{\{|\$\(|<[^<>]*>/.test(value) ? undefined : value;
}

/** Name of the schema a file declares: `workspace`, `managedOnlineEndpoint`; undefined where it names none. */
export function schemaOf(root: ConfigEntry): string | undefined {
  return /(\w+)\.schema\.json/.exec(textOf(child(root, '$schema')) ?? '')?.[1];
}

/** Whether the name, a tag or the path of a file says that it is about production. */
export function isProduction(root: ConfigEntry, path: string): boolean {
  const tags = child(root, 'tags')?.children ?? [];
  const words = [child(root, 'name'), child(root, 'endpoint_name'), ...tags].map((entry) => literal(entry) ?? '');
  return [path, ...words].some(saysProduction);
}
