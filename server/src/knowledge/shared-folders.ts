/** Folders in which every user of a machine may create files. */
export const TEMPORARY_FOLDER = /^(\/tmp|\/var\/tmp|\/dev\/shm)(\/|$)/;

/** Places that several machines mount: network and cluster file systems, shares, buckets. */
const SHARED_MOUNT =
  /^(?:\/(?:nfs|efs|fsx|gpfs|lustre|beegfs|cephfs|shared?|scratch|dbfs|mnt\/(?![a-z](?:\/|$))[^/]+)(?:\/|$)|\\\\[\w.-]+\\|(?:s3a?|gs|gcs|abfss?|az|hdfs|dbfs):\/)/;

/** Whether files below a path can be written by others, as far as the path tells. */
export function sharedBy(path: string): 'users' | 'machines' | undefined {
  if (TEMPORARY_FOLDER.test(path)) return 'users';
  return SHARED_MOUNT.test(path) ? 'machines' : undefined;
}
