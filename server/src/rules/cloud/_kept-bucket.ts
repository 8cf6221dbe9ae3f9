import type { Place } from '../../base/place.js';
import { child, type Report, type RuleContext, text as textOf } from '../../engine/index.js';
import { nearest } from '../_nearest.js';
import type { Resource } from './_resource.js';

/** Words for what a training depends on, and for what may be lost. */
const KEPT =
  /^(?:models?|datasets?|data|features?|artifacts?|mlflow|dvc|training|train|checkpoints?|weights|registry)$/;
const PASSING = /^(?:logs?|tmp|temp|temporary|cache|scratch|website|web|site|state|tfstate|code|replica|backups?)$/;

/** Whether the name of a bucket says that it holds models or data. */
export function holdsModelsOrData(bucket: Resource): boolean {
  const named = textOf(child(bucket.body, bucket.syntax === 'terraform' ? 'bucket' : 'BucketName')) ?? '';
  const words = `${bucket.name} ${named}`
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/data[^a-z\d]*(?:scien|engineer|analy)/g, '')
    .split(/[^a-z\d]+/);
  return words.some((word) => KEPT.test(word)) && !words.some((word) => PASSING.test(word));
}

type Where = Pick<RuleContext<never>, 'facts' | 'path' | 'text' | 'workspace'>;

/**
 * Where the project reads or writes data in a bucket: remotes of DVC and addresses in the code, the nearest ones. Nothing when the
 * name of the bucket is computed from anything but a variable of the module with a default.
 */
export function usesOf(bucket: Resource, { facts, path, text, workspace }: Where): readonly Place[] {
  const named = child(bucket.body, bucket.syntax === 'terraform' ? 'bucket' : 'BucketName');
  if (named === undefined) return [];
  let name = typeof named.value === 'string' ? named.value : undefined;
  const variable = /^(?:"\$\{)?var\.([\w-]+)\}?"?$/.exec(text.slice(named.valueRange.start, named.valueRange.end))?.[1];
  if (variable !== undefined) {
    const roots = [...(facts?.roots ?? []), ...workspace.configsBeside(path).flatMap((file) => file.facts.roots)];
    name = textOf(roots.flatMap((root) => child(child(child(root, 'variable'), variable), 'default') ?? [])[0]);
  }
  return name === undefined || /[${}]/.test(name) ? [] : nearest(path, workspace.bucketUses(name));
}

/** Shows some of the places that use a bucket. */
export function relateUses(finding: Report, uses: readonly Place[]): void {
  for (const place of uses.slice(0, 3)) finding.related(place, 'The project keeps data in this bucket');
}
