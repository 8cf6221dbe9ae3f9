/** Clients of S3, by resolved name. */
export const S3_CLIENTS: readonly string[] = [
  'boto3.client()',
  'boto3.Session().client()',
  'boto3.session.Session().client()',
  'aioboto3.Session().client()',
];

/** Objects and buckets of the resource interface of S3. */
export const S3_RESOURCES: readonly string[] = [
  'boto3.resource()',
  'boto3.Session().resource()',
  'boto3.session.Session().resource()',
];

/** Methods of a client that take a bucket and `ExpectedBucketOwner` (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html). */
export const S3_OBJECT_CALLS: readonly string[] = [
  'get_object',
  'put_object',
  'copy_object',
  'head_object',
  'delete_object',
  'delete_objects',
  'list_objects',
  'list_objects_v2',
  'create_multipart_upload',
];

/** Managed transfers: where they take the bucket, and their options in `ExtraArgs`. */
export const S3_TRANSFERS: Readonly<Record<string, { readonly bucket: number; readonly options: number }>> = {
  upload_file: { bucket: 1, options: 3 },
  upload_fileobj: { bucket: 1, options: 3 },
  download_file: { bucket: 0, options: 3 },
  download_fileobj: { bucket: 0, options: 3 },
};

/** Methods of a client that store an object and take the key it is encrypted with. */
export const S3_WRITES: readonly string[] = [
  'put_object',
  'copy_object',
  'create_multipart_upload',
  'upload_file',
  'upload_fileobj',
];
