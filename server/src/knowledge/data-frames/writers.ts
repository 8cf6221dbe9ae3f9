/**
 * Calls that put rows into a file, database or object store.
 * https://pandas.pydata.org/docs/reference/io.html, https://docs.pola.rs/api/python/stable/reference/io.html,
 * https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/io.html
 */

/** Methods of frames and columns; the value is the position of the target. */
export const FRAME_WRITERS: ReadonlyMap<string, number> = new Map([
  ...'to_csv to_parquet to_pickle to_json to_excel to_feather to_hdf to_orc to_stata to_xml to_html to_markdown to_latex'
    .split(' ')
    .map((name): [string, number] => [name, 0]),
  ...'write_csv write_parquet write_json write_ndjson write_excel write_ipc write_avro write_delta'
    .split(' ')
    .map((name): [string, number] => [name, 0]),
  ...'sink_csv sink_parquet sink_ipc sink_ndjson save_to_disk'.split(' ').map((name): [string, number] => [name, 0]),
  ['to_sql', 1],
]);

/** Methods of a Spark writer (`df.write`). */
export const SPARK_WRITERS: ReadonlySet<string> = new Set(['csv', 'parquet', 'json', 'orc', 'text', 'save']);

/** Functions: positions of the data and of the target. */
export interface WriteFunction {
  readonly name: string;
  readonly data: number;
  readonly target: number;
}

export const WRITE_FUNCTIONS: readonly WriteFunction[] = [
  { name: 'json.dump', data: 0, target: 1 },
  { name: 'pickle.dump', data: 0, target: 1 },
  { name: 'cloudpickle.dump', data: 0, target: 1 },
  { name: 'dill.dump', data: 0, target: 1 },
  { name: 'joblib.dump', data: 0, target: 1 },
  { name: 'yaml.dump', data: 0, target: 1 },
  { name: 'yaml.safe_dump', data: 0, target: 1 },
  { name: 'numpy.save', data: 1, target: 0 },
  { name: 'numpy.savetxt', data: 1, target: 0 },
  { name: 'numpy.savez', data: 1, target: 0 },
  { name: 'numpy.savez_compressed', data: 1, target: 0 },
  { name: 'pyarrow.parquet.write_table', data: 0, target: 1 },
  { name: 'pyarrow.csv.write_csv', data: 0, target: 1 },
  { name: 'pyarrow.feather.write_feather', data: 0, target: 1 },
  { name: 'csv.writer().writerow', data: 0, target: -1 },
  { name: 'csv.writer().writerows', data: 0, target: -1 },
  { name: 'csv.DictWriter().writerow', data: 0, target: -1 },
  { name: 'csv.DictWriter().writerows', data: 0, target: -1 },
  { name: 'pathlib.Path().write_text', data: 0, target: -2 },
  { name: 'awswrangler.s3.to_csv', data: 0, target: 1 },
  { name: 'awswrangler.s3.to_parquet', data: 0, target: 1 },
  { name: 'awswrangler.s3.to_json', data: 0, target: 1 },
];

/** Keywords that switch encryption on (unless they are `None` or `False`). */
export const ENCRYPTION_KEYWORDS: ReadonlySet<string> = new Set([
  'encryption',
  'encryption_properties',
  'encryption_config',
  'sse_kms_key_id',
  'kms_key_id',
  'password',
]);

/** Words in a target, a receiver or an option that say the bytes are encrypted on the way. */
export const ENCRYPTED_TARGET = /encrypt|fernet|\bgpg\b|\.gpg$|\.age$|\.enc$|\.aes$|kms|luks|veracrypt|cryptfs/i;

/** Streams that stay in memory. */
export const MEMORY_STREAMS = /(?:^|\.)(?:BytesIO|StringIO|SpooledTemporaryFile|BufferOutputStream)\(\)$/;
