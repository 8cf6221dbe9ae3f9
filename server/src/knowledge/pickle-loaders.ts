/** A function that unpickles, and the argument it unpickles from. */
export interface PickleLoader {
  readonly name: string;
  readonly argument: string;
  readonly position: number;
  /** True when it takes the bytes themselves, so that it can be handed over as a deserializer. */
  readonly fromBytes: boolean;
}

const pair = (module: string): PickleLoader[] => [
  { name: `${module}.load`, argument: 'file', position: 0, fromBytes: false },
  { name: `${module}.loads`, argument: 'data', position: 0, fromBytes: true },
];

/** The pickle family: standard library, its accelerator, and the libraries that extend it. */
export const PICKLE_LOADERS: readonly PickleLoader[] = [
  ...['pickle', '_pickle', 'cPickle', 'six.moves.cPickle', 'pickle5', 'dill', 'cloudpickle'].flatMap(pair),
  ...['pickle', '_pickle', 'dill'].map((module) => ({
    name: `${module}.Unpickler().load`,
    argument: 'file',
    position: 0,
    fromBytes: false,
  })),
  { name: 'jsonpickle.decode', argument: 'string', position: 0, fromBytes: true },
  { name: 'jsonpickle.loads', argument: 'string', position: 0, fromBytes: true },
  { name: 'shelve.open', argument: 'filename', position: 0, fromBytes: false },
];
