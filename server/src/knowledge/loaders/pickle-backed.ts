import type { Loader } from './loader.js';

/** A loader of a higher library that unpickles without saying so. */
export interface PickleBackedLoader extends Loader {
  /** It calls `torch.load` with the default of the installed torch, which is safe from 2.6 on. */
  readonly followsTorch?: boolean;
  /** A distribution of the same module that loads safely. */
  readonly safeFork?: string;
  /** Files it unpickles; others hold a graph or a configuration. */
  readonly suffix?: RegExp;
}

const loaders = (
  library: string,
  argument: string,
  names: readonly string[],
  more: Partial<PickleBackedLoader> = {},
): PickleBackedLoader[] => names.map((name) => ({ name, library, argument, position: 0, loadedAs: 'pickle', ...more }));

const YOLO = ['YOLO', 'YOLOWorld', 'YOLOE', 'RTDETR', 'NAS', 'SAM', 'FastSAM'];

export const PICKLE_BACKED_LOADERS: readonly PickleBackedLoader[] = [
  ...loaders(
    'ultralytics',
    'model',
    ['ultralytics', 'ultralytics.models'].flatMap((module) => YOLO.map((name) => `${module}.${name}`)),
    { suffix: /\.(pt|pth)$|(^|\/)[^./]+$/i },
  ),
  ...loaders('stable-baselines3', 'path', [
    'stable_baselines3.*.load',
    'stable_baselines3.*().load',
    'stable_baselines3.*().load_replay_buffer',
    'stable_baselines3.common.save_util.load_from_pkl',
  ]),
  ...loaders('stable-baselines3', 'load_path', ['stable_baselines3.common.vec_env.VecNormalize.load']),
  ...loaders('sb3-contrib', 'path', ['sb3_contrib.*.load', 'sb3_contrib.*().load']),
  ...loaders('ray', 'path', [
    'ray.rllib.algorithms.Algorithm.from_checkpoint',
    'ray.rllib.algorithms.algorithm.Algorithm.from_checkpoint',
    'ray.rllib.policy.policy.Policy.from_checkpoint',
  ]),
  ...loaders('autogluon', 'path', ['autogluon.*.*Predictor.load']),
  ...loaders('pycaret', 'model_name', ['pycaret.*.load_model']),
  ...loaders('gensim', 'fname', [
    'gensim.models.**.load',
    'gensim.corpora.Dictionary.load',
    'gensim.corpora.dictionary.Dictionary.load',
    'gensim.similarities.**.load',
    'gensim.utils.SaveLoad.load',
    'gensim.utils.unpickle',
  ]),
  ...loaders('fastai', 'fname', ['fastai.**.load_learner']),
  ...loaders('statsmodels', 'fname', ['statsmodels.api.load', 'statsmodels.iolib.smpickle.load_pickle']),
  ...loaders(
    'mmdet',
    'checkpoint',
    ['mmdet.apis.init_detector', 'mmseg.apis.init_model', 'mmseg.apis.init_segmentor', 'mmpose.apis.init_model'],
    { position: 1, followsTorch: true },
  ),
  ...loaders('TTS', 'model_path', ['TTS.api.TTS'], { position: 1, safeFork: 'coqui-tts' }),
];
