/** What a parameter of private training decides. */
export type PrivacyParameter = 'noise' | 'epsilon' | 'delta' | 'sampling';

/** Calls that make a training private: kind, name and position of the parameters that bound what a row gives away. */
export interface PrivateTraining {
  readonly names: readonly string[];
  readonly parameters: readonly (readonly [kind: PrivacyParameter, name: string, position: number | undefined])[];
}

const ENGINES = ['opacus.PrivacyEngine()', 'opacus.privacy_engine.PrivacyEngine()'];
const TF_MODULES = [
  'tensorflow_privacy',
  'tensorflow_privacy.privacy.optimizers.dp_optimizer_keras',
  'tensorflow_privacy.privacy.optimizers.dp_optimizer_keras_vectorized',
];
const TF_OPTIMIZERS = ['SGD', 'Adam', 'Adagrad'].flatMap((name) => [
  `DPKeras${name}Optimizer`,
  `VectorizedDPKeras${name}Optimizer`,
]);

/** Opacus 1.5 (all by keyword) and TensorFlow Privacy 0.9. */
export const DP_TRAININGS: readonly PrivateTraining[] = [
  {
    names: ENGINES.map((engine) => `${engine}.make_private`),
    parameters: [
      ['noise', 'noise_multiplier', undefined],
      ['sampling', 'poisson_sampling', undefined],
    ],
  },
  {
    names: ENGINES.map((engine) => `${engine}.make_private_with_epsilon`),
    parameters: [
      ['epsilon', 'target_epsilon', undefined],
      ['delta', 'target_delta', undefined],
      ['sampling', 'poisson_sampling', undefined],
    ],
  },
  {
    names: TF_MODULES.flatMap((module) => TF_OPTIMIZERS.map((name) => `${module}.${name}`)),
    parameters: [['noise', 'noise_multiplier', 1]],
  },
];

const ESTIMATORS: Readonly<Record<string, readonly string[]>> = {
  GaussianNB: ['bounds'],
  KMeans: ['bounds'],
  LinearRegression: ['bounds_X', 'bounds_y'],
  LogisticRegression: ['data_norm'],
  PCA: ['data_norm'],
  StandardScaler: ['bounds'],
  RandomForestClassifier: ['bounds'],
  DecisionTreeClassifier: ['bounds'],
};

/** Estimators of diffprivlib 0.6, by resolved name, and the keywords without which they take the limits from the data. */
export const DP_ESTIMATORS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(ESTIMATORS).map(([name, keywords]) => [`diffprivlib.models.${name}`, keywords]),
);
