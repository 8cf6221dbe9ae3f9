import { LineIndex } from '../base/line-index.js';
import type { Place } from '../base/place.js';
import type { IndexedKind } from './file-index.js';
import { placeIn } from './place-in.js';

/** UTF-16 units: longer files hold data. */
const MAX_TEXT = 500_000;
/** More places would not be shown. */
const MAX_USES = 50;

const NAME = '[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]';
/** A remote of DVC, whatever it is called. */
const REMOTE = new RegExp(`^[ \\t]*url[ \\t]*=[ \\t]*s3://(${NAME})(?=[/\\s]|$)`, 'gm');
/** An address of a table, a file of arrays or a model. */
const DATA = new RegExp(
  `\\bs3[an]?://(${NAME})/[^\\s"'\`<>{}]{0,300}\\.(?:csv|tsv|parquet|feather|arrow|orc|avro|jsonl|npy|npz|h5|hdf5|tfrecords?|pkl|pickle|joblib|skops|onnx|pt|pth|ckpt|safetensors|keras|zarr)\\b`,
  'g',
);

/** A bucket of S3 whose data a project reads or writes. */
export interface BucketUse {
  readonly bucket: string;
  readonly place: Place;
}

/** Remotes of DVC, and addresses of data and models in Python and YAML files. */
export const BUCKET_USES: IndexedKind<readonly BucketUse[]> = {
  takes: (path) =>
    /\.(?:py|ya?ml|dvc)$|(?:^|\/)\.dvc\/config$/.test(path) &&
    !/(?:^|\/)(?:tests?|docs?)\/|(?:^|\/)test_[^/]*$/.test(path),
  read(path, text) {
    if (text.length > MAX_TEXT || !/\bs3[an]?:\/\//.test(text)) return undefined;
    const found = [...text.matchAll(/\.dvc\/config$/.test(path) ? REMOTE : DATA)].slice(0, MAX_USES);
    if (found.length === 0) return undefined;
    const lines = new LineIndex(text);
    return found.map((match) => {
      const start = match.index + match[0].indexOf('s3');
      const range = { start, end: match.index + match[0].length };
      return { bucket: match[1]!, place: placeIn(path, text, range, lines) };
    });
  },
};
