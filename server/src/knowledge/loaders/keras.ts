import { LoaderTable, underNames } from './index.js';
import type { Loader } from './loader.js';

/** The package itself, the copy inside TensorFlow, and the one that keeps Keras 2. */
export const KERAS_PACKAGES: readonly string[] = ['keras', 'tensorflow.keras', 'tf_keras'];

/** Whole models. `safe_mode` exists since 2.13, where it is on, and covers the `.keras` format only. */
const model: Omit<Loader, 'name'> = {
  library: 'keras',
  argument: 'filepath',
  position: 0,
  loadedAs: 'program',
  switch: { keyword: 'safe_mode', position: 3, safe: 'True', since: '2.13', safeByDefaultFrom: '2.13' },
};
/** Objects that their `config` describes. */
const described: Omit<Loader, 'name'> = { ...model, argument: 'config' };

export const KERAS_MODELS = new LoaderTable(
  ...KERAS_PACKAGES.flatMap((keras) => underNames(model, `${keras}.models.load_model`, `${keras}.saving.load_model`)),
  { ...model, name: 'keras.src.saving.saving_api.load_model' },
);

export const KERAS_OBJECTS = new LoaderTable(
  ...KERAS_PACKAGES.flatMap((keras) => [
    {
      ...described,
      name: `${keras}.saving.deserialize_keras_object`,
      switch: { keyword: 'safe_mode', position: 2, safe: 'True', safeByDefaultFrom: '2.13' },
    },
    ...underNames(
      { ...described, switch: { keyword: 'safe_mode', safe: 'True', safeByDefaultFrom: '2.13' } },
      `${keras}.layers.TFSMLayer.from_config`,
      `${keras}.layers.Lambda.from_config`,
    ),
  ]),
);

/** Models described in YAML, which Keras read with an unsafe loader before 2.6 and refuses since. */
export const KERAS_YAML = new LoaderTable(
  ...underNames(
    { library: 'keras', argument: 'yaml_string', position: 0, loadedAs: 'named-objects' },
    ...KERAS_PACKAGES.map((keras) => `${keras}.models.model_from_yaml`),
  ),
);

/** Graphs of TensorFlow, by folder. */
export const TF_SAVED_MODELS = new LoaderTable(
  ...underNames(
    { library: 'tensorflow', argument: 'export_dir', position: 0, loadedAs: 'program' },
    'tensorflow.saved_model.load',
    'tensorflow.compat.v2.saved_model.load',
  ),
  ...underNames(
    { library: 'tensorflow', argument: 'export_dir', position: 2, loadedAs: 'program' },
    'tensorflow.compat.v1.saved_model.load',
    'tensorflow.compat.v1.saved_model.loader.load',
  ),
);

/** Graphs by the handle of a hub: a web address, a bucket or a folder. */
export const TF_HUB_MODELS = new LoaderTable(
  ...underNames(
    { library: 'tensorflow-hub', argument: 'handle', position: 0, loadedAs: 'program' },
    'tensorflow_hub.load',
    'tensorflow_hub.KerasLayer',
  ),
  ...underNames(
    { library: 'tensorflow-hub', argument: 'spec', position: 0, loadedAs: 'program' },
    'tensorflow_hub.Module',
  ),
);
