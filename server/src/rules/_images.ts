import { type ConfigEntry, type ContainerFact, descendants, placeholder, text as textOf } from '../engine/index.js';
import { type ImageReference, imageReference, isMovingImage } from '../knowledge/container-images.js';

/** Filled in by another tool: variables, templates, `ko://` and Bazel labels, names in brackets. */
const FILLED_IN = /[${}<>\s]|^\/|:\/\/|^image$|placeholder|your[-_]|replace[-_]?me/i;

/** The image a container names, as far as the manifest itself says. */
export function imageOf(container: ContainerFact): { written: string; reference: ImageReference } | undefined {
  const { image } = container;
  const written = textOf(image);
  if (image === undefined || written === undefined || image.alias !== undefined || image.tag !== undefined)
    return undefined;
  if (written === '' || FILLED_IN.test(written)) return undefined;
  // Names of images have no capitals: `PROJECT_ID` is a stand-in.
  if (/[A-Z]/.test(written.replace(/[:@][^/]*$/, ''))) return undefined;
  return { written, reference: imageReference(written) };
}

/** The one other reference to the same image in these documents that stays what it is. */
export function fixedTwin(reference: ImageReference, roots: readonly ConfigEntry[]): string | undefined {
  const found = new Set<string>();
  for (const root of roots) {
    for (const entry of descendants(root)) {
      if (entry.key !== 'image' || typeof entry.value !== 'string' || FILLED_IN.test(entry.value)) continue;
      const other = imageReference(entry.value);
      if (other.repository === reference.repository && !isMovingImage(other)) found.add(entry.value);
    }
  }
  return found.size === 1 ? [...found][0] : undefined;
}

/** The same image by a version somebody fills in. */
export function withVersion(image: string): string {
  return `${image.replace(/:[^:/@]*$/, '')}:${placeholder('version')}`;
}

/** The same image with a digest somebody fills in. */
export function withDigest(image: string): string {
  return `${image}@${placeholder('sha256:digest')}`;
}

/** What to put in place of `sha256:digest`, for the title of a fix. */
export const WHERE_DIGESTS_ARE = 'the digest `docker buildx imagetools inspect` prints';
