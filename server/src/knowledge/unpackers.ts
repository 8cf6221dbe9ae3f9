const ZIP_METHODS = ['extractall', 'extract', 'read'].map((method) => `zipfile.ZipFile().${method}`);
const TAR_METHODS = ['tarfile.open()', 'tarfile.TarFile()'].flatMap((archive) => [
  `${archive}.extractall`,
  `${archive}.extract`,
]);

/** Methods of an archive that unpack its members. */
export const ARCHIVE_METHODS: readonly string[] = [...ZIP_METHODS, ...TAR_METHODS];

/** Functions that unpack everything they are given: the argument it comes in. */
export const UNPACKERS: Readonly<Record<string, string>> = {
  'shutil.unpack_archive': 'filename',
  'gzip.decompress': 'data',
  'bz2.decompress': 'data',
  'lzma.decompress': 'data',
  'zlib.decompress': 'data',
  'zstandard.decompress': 'data',
  'zstandard.ZstdDecompressor().decompress': 'data',
  'zstd.decompress': 'data',
  'brotli.decompress': 'data',
  'lz4.frame.decompress': 'data',
};
