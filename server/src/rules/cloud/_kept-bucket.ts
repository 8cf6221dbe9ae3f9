import { child, text as textOf } from '../../engine/index.js';
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
