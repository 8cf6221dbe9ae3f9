import {
  type ConfigEntry,
  child,
  refersTo,
  resourcesOf,
  siblingsOf,
  type TerraformFile,
  type TerraformResource,
} from '../../engine/index.js';

/** The bucket that a resource configures by its argument `bucket`, when the module holds it. */
export function bucketOf(
  entry: ConfigEntry,
  text: string,
  files: readonly TerraformFile[],
): TerraformResource | undefined {
  const named = child(entry, 'bucket');
  return resourcesOf(files, 'aws_s3_bucket').find(
    (bucket) =>
      refersTo(named, text, bucket) ||
      (typeof named?.value === 'string' && child(bucket.body, 'bucket')?.value === named.value),
  );
}

/** Whether a block of public access in the module sets a switch for the bucket, or may do so. */
export function mayBlock(bucket: TerraformResource, files: readonly TerraformFile[], name: string): boolean {
  const blocks = siblingsOf(bucket, resourcesOf(files, 'aws_s3_bucket_public_access_block'), 'bucket');
  if (blocks === undefined) return true;
  return blocks.some(({ body }) => {
    const value = child(body, name);
    return value !== undefined && (value.value === true || value.value === undefined);
  });
}
