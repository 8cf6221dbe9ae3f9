import { LoaderTable, underNames } from './index.js';
import type { Loader } from './loader.js';

/** Array files. jax hands its arguments on to numpy. */
export const ARRAY_LOADERS = new LoaderTable(
  ...underNames(
    {
      library: 'numpy',
      argument: 'file',
      position: 0,
      loadedAs: 'pickle',
      switch: { keyword: 'allow_pickle', position: 2, safe: 'False', safeByDefaultFrom: '1.16.3' },
    },
    'numpy.load',
    'numpy.lib.npyio.load',
    'jax.numpy.load',
  ),
);

export const JOBLIB_LOADERS = new LoaderTable(
  ...underNames(
    { library: 'joblib', argument: 'filename', position: 0, loadedAs: 'pickle' },
    'joblib.load',
    'sklearn.externals.joblib.load',
  ),
);

const frame: Omit<Loader, 'name'> = {
  library: 'pandas',
  argument: 'filepath_or_buffer',
  position: 0,
  loadedAs: 'pickle',
};

/** Pickled frames: pandas and the libraries that keep its interface. */
export const FRAME_PICKLES = new LoaderTable(
  ...underNames(
    frame,
    'pandas.read_pickle',
    'pandas.io.pickle.read_pickle',
    'pandas.io.api.read_pickle',
    'modin.pandas.read_pickle',
    'modin.experimental.pandas.read_pickle_glob',
  ),
  { ...frame, name: 'pandas.compat.pickle_compat.load', argument: 'fh' },
);

/** HDF5 files: columns of objects are kept as pickles in them. */
export const FRAME_HDF = new LoaderTable(
  ...underNames({ ...frame, argument: 'path_or_buf' }, 'pandas.read_hdf', 'modin.pandas.read_hdf'),
  { ...frame, name: 'dask.dataframe.read_hdf', argument: 'pattern' },
  ...underNames(
    { ...frame, argument: 'path' },
    'pandas.HDFStore().get',
    'pandas.HDFStore().select',
    'pandas.io.pytables.HDFStore().get',
    'pandas.io.pytables.HDFStore().select',
  ),
);
