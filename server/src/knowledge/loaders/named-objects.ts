import type { Loader } from './loader.js';

/** A loader that calls what a configuration names: the configuration is a program. */
export interface ConfiguredLoader extends Loader {
  /** The library fetches ids of the Hugging Face Hub itself; its own organisation there. */
  readonly publisher?: string;
}

const named = (library: string, argument: string, ...names: string[]): ConfiguredLoader[] =>
  names.map((name) => ({ name, library, argument, position: 0, loadedAs: 'named-objects' }));

export const CONFIGURED_LOADERS: readonly ConfiguredLoader[] = [
  ...named('hydra-core', 'config', 'hydra.utils.instantiate', 'hydra.utils.call'),
  ...named('hydra-core', 'path', 'hydra.utils.get_class', 'hydra.utils.get_method', 'hydra.utils.get_object'),
  ...named('hyperpyyaml', 'yaml_stream', 'hyperpyyaml.load_hyperpyyaml', 'hyperpyyaml.core.load_hyperpyyaml'),
  ...named('nemo-toolkit', 'restore_path', 'nemo.**.restore_from'),
  ...named('mmengine', 'filename', 'mmengine.Config.fromfile', 'mmengine.config.Config.fromfile'),
  ...named('mmcv', 'filename', 'mmcv.Config.fromfile'),
  ...named('detectron2', 'filename', 'detectron2.config.LazyConfig.load'),
  ...named(
    'speechbrain',
    'source',
    'speechbrain.inference.**.from_hparams',
    'speechbrain.pretrained.**.from_hparams',
  ).map((loader) => ({ ...loader, publisher: 'speechbrain' })),
  // The argument lost its suffix in pyannote.audio 4.
  ...['checkpoint_path', 'checkpoint'].flatMap((argument) =>
    named('pyannote.audio', argument, 'pyannote.audio.Pipeline.from_pretrained').map((loader) => ({
      ...loader,
      publisher: 'pyannote',
    })),
  ),
];

/** Calls that turn a file or text into a configuration without building anything yet. */
export const CONFIG_READERS: ReadonlySet<string> = new Set([
  'omegaconf.OmegaConf.load()',
  'omegaconf.OmegaConf.create()',
  'yaml.safe_load()',
  'json.load()',
  'json.loads()',
]);
