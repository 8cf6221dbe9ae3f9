import { LoaderTable, underNames } from './index.js';
import type { Loader } from './loader.js';

const pair = (module: string): Loader[] => [
  { name: `${module}.load`, library: 'python', argument: 'file', position: 0, loadedAs: 'pickle' },
  { name: `${module}.loads`, library: 'python', argument: 'data', position: 0, loadedAs: 'pickle', fromBytes: true },
];

/** The pickle family: standard library, its accelerator, and the libraries that extend it. */
export const PICKLE_LOADERS = new LoaderTable(
  ...['pickle', '_pickle', 'cPickle', 'six.moves.cPickle', 'pickle5', 'dill', 'cloudpickle'].flatMap(pair),
  ...underNames(
    { library: 'python', argument: 'file', position: 0, loadedAs: 'pickle' },
    'pickle.Unpickler().load',
    '_pickle.Unpickler().load',
    'dill.Unpickler().load',
  ),
  ...underNames(
    { library: 'jsonpickle', argument: 'string', position: 0, loadedAs: 'pickle', fromBytes: true },
    'jsonpickle.decode',
    'jsonpickle.loads',
  ),
  { name: 'shelve.open', library: 'python', argument: 'filename', position: 0, loadedAs: 'pickle' },
);

/** Both parameters are positional only (https://docs.python.org/3/library/marshal.html). */
export const MARSHAL_LOADERS = new LoaderTable(
  { name: 'marshal.load', library: 'python', argument: 'file', position: 0, loadedAs: 'marshal' },
  { name: 'marshal.loads', library: 'python', argument: 'bytes', position: 0, loadedAs: 'marshal', fromBytes: true },
);
