/** What a loader does with the bytes it is given beyond reading them. */
export type LoadedAs =
  /** Rebuilds pickled objects: runs whatever the author of the file stored. */
  | 'pickle'
  | 'marshal'
  /** A graph or script that is executed: TorchScript, SavedModel, Keras layers with code. */
  | 'program'
  | 'native-code'
  /** Builds objects from class names in the data: Hydra targets, LangChain chains. */
  | 'named-objects';

/** The argument that turns the dangerous part of a loader off or on. */
export interface SafetySwitch {
  readonly keyword: string;
  /** 0-based; undefined when it can be passed by keyword only. */
  readonly position?: number;
  /** Python text of the value that is safe, e.g. `True`. */
  readonly safe: string;
  /** The switch exists from this release of the library on; undefined when it always did. */
  readonly since?: string;
  /** The default is the safe value from this release on; undefined when it never is. */
  readonly safeByDefaultFrom?: string;
}

/** One function that loads an artefact and may run code while it does. */
export interface Loader {
  /** Resolved dotted name; `*` is one segment. */
  readonly name: string;
  /** Name of the distribution whose version decides, as in a requirements file. */
  readonly library: string;
  /** The argument the artefact comes from. */
  readonly argument: string;
  /** 0-based position of that argument. */
  readonly position: number;
  readonly loadedAs: LoadedAs;
  readonly switch?: SafetySwitch;
  /** True when it takes the bytes themselves, so that it can be handed over as a deserializer. */
  readonly fromBytes?: boolean;
}
