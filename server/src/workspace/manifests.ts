import type { ConfigFile } from './config-neighbours.js';
import { configFacts, isLoaded } from './drivers.js';
import type { IndexedKind } from './file-index.js';

/** UTF-16 units: longer files are generated bundles, which repeat what others say. */
const MAX_TEXT = 200_000;
/** What leads to pods, what pods are given, and pods themselves, whatever resource starts them. */
const LINKED = /^[ \t]*["']?kind["']?:[ \t]*["']?(?:Service|Ingress|Route|Secret)\b|\bcontainers["']?:/m;

/** Manifests of Kubernetes that hold a Service, an Ingress, a Route, a Secret or containers. */
export const MANIFESTS: IndexedKind<ConfigFile> = {
  takes: (path) => /\.ya?ml$/.test(path),
  ready: () => isLoaded('yaml'),
  read(path, text) {
    if (text.length > MAX_TEXT || !text.includes('apiVersion') || !LINKED.test(text)) return undefined;
    return { path, text, facts: configFacts(path, 'yaml', text) };
  },
};
