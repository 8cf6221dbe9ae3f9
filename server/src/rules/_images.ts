import {
  type ConfigEntry,
  type ContainerFact,
  descendants,
  edit,
  placeholder,
  type Report,
  type RuleContext,
  text as textOf,
} from '../engine/index.js';
import { type ImageReference, imageReference, isMovingImage, mayBeLocal } from '../knowledge/container-images.js';

/** Filled in by another tool: variables, templates, `ko://` and Bazel labels, names in brackets. */
const FILLED_IN = /[$%{}<>\s]|^\/|:\/\/|^image$|placeholder|your[-_]|replace[-_]?me/i;

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

/**
 * An image that a container names by a tag alone, which can be replaced under it; undefined for moving images, which have
 * rules of their own, and for bare names that may be local ones.
 */
export function namedByTag(container: ContainerFact): { place: ConfigEntry; shown: string } | undefined {
  const known = imageOf(container);
  if (container.image === undefined || known === undefined) return undefined;
  const { reference, written } = known;
  if (reference.digest !== undefined || isMovingImage(reference) || mayBeLocal(reference)) return undefined;
  return { place: container.image, shown: shownImage(written) };
}

const fixedImages = new WeakMap<readonly ConfigEntry[], ReadonlyMap<string, ReadonlySet<string>>>();

/** Offers the one other reference to the same image in the file that stays what it is, and a place for a version. */
export function offerVersion(
  finding: Report,
  place: ConfigEntry,
  reference: ImageReference,
  { facts, text }: Pick<RuleContext<never>, 'facts' | 'text'>,
  reason: string,
): void {
  const twin = fixedTwin(reference, facts?.roots ?? []);
  if (twin !== undefined)
    finding.fix(`Use \`${twin.slice(0, 60)}\``, 'review', edit.setScalar(text, place, twin), reason);
  if (place.tag === undefined)
    finding.fix('Name a version', 'placeholder', edit.setScalar(text, place, withVersion(textOf(place)!)));
}

/** Offers a place for the digest of an image. */
export function offerDigest(finding: Report, place: ConfigEntry, text: string): void {
  const edits = edit.setScalar(text, place, `${textOf(place)}@${placeholder('sha256:digest')}`);
  finding.fix('Add the digest', 'placeholder', edits, WHERE_DIGESTS_ARE);
}

/** Linear in the entries of a file for its first image, constant for the others. */
function fixedTwin(reference: ImageReference, roots: readonly ConfigEntry[]): string | undefined {
  const known = fixedImages.get(roots) ?? fixedImagesOf(roots);
  fixedImages.set(roots, known);
  const found = [...(known.get(reference.repository) ?? [])];
  return found.length === 1 ? found[0] : undefined;
}

/** What stands under the keys by which manifests and pipelines name images, by repository. */
function fixedImagesOf(roots: readonly ConfigEntry[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { key, value } of roots.flatMap((root) => [...descendants(root)])) {
    if (typeof value !== 'string' || FILLED_IN.test(value) || !/^(?:image|name|container)$/.test(key ?? '')) continue;
    const reference = imageReference(value);
    if (isMovingImage(reference)) continue;
    const same = found.get(reference.repository) ?? new Set();
    found.set(reference.repository, same.add(value));
  }
  return found;
}

/** The same image by a version somebody fills in. */
export function withVersion(image: string): string {
  return `${image.replace(/:[^:/@]*$/, '')}:${placeholder('version')}`;
}

/** What to put in place of `sha256:digest`, for the title of a fix. */
const WHERE_DIGESTS_ARE = 'the digest `docker buildx imagetools inspect` prints';

/** An image for a message: of a long name the parts behind a slash, whole, as far as about 60 characters go. */
export function shownImage(written: string): string {
  if (written.length <= 60) return written;
  const end = written.slice(-58);
  const slash = end.indexOf('/');
  return slash < 0 ? `…${end}` : `…${end.slice(slash)}`;
}
