/** What Spark leaves open when a property is `false`, by property (https://spark.apache.org/docs/latest/security.html). */
const PROTECTIONS: Readonly<Record<string, string>> = {
  'spark.authenticate': 'lets any program on the network join the job',
  'spark.network.crypto.enabled': 'sends rows between executors unencrypted',
  'spark.authenticate.enableSaslEncryption': 'sends rows between executors unencrypted',
  'spark.io.encryption.enabled': 'leaves shuffled rows on disk unencrypted',
  'spark.ssl.enabled': 'serves the web pages of the job unencrypted',
  'fs.s3a.connection.ssl.enabled': 'sends data and signatures to S3 unencrypted',
  'spark.hadoop.fs.s3a.connection.ssl.enabled': 'sends data and signatures to S3 unencrypted',
};

const S3A_SECRET = /^(?:spark\.hadoop\.)?fs\.s3a\.(?:bucket\.[\w.-]+\.)?(?:secret\.key|session\.token)$/;

/** True for a property that holds the secret with which Spark reaches a bucket. */
export function isS3aSecret(property: string): boolean {
  return S3A_SECRET.test(property);
}

/** What follows when this property of Spark is `false`; undefined for properties that protect nothing. */
export function consequenceOf(property: string): string | undefined {
  return Object.hasOwn(PROTECTIONS, property) ? PROTECTIONS[property] : undefined;
}

/** Properties that hold the secret of a store: S3 and Azure as Hadoop names them, and the secret of the cluster itself. */
const SECRETS =
  /^(?:(?:spark\.hadoop\.)?fs\.(?:s3[an]?\.(?:bucket\.[\w.-]+\.)?(?:secret\.key|awsSecretAccessKey|session\.token)|azure\.(?:account\.key|sas|account\.oauth2\.client\.secret)\.[\w.-]+)|spark\.authenticate\.secret)$/;

/** True for a property of Spark or Hadoop whose value is a secret. */
export function isSecretProperty(property: string): boolean {
  return SECRETS.test(property);
}
