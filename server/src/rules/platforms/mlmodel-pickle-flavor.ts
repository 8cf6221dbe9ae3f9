import { type ConfigEntry, child, config, defineRule, items, text as textOf } from '../../engine/index.js';

const PICKLES = /^(?:cloudpickle|pickle|joblib|dill)$/;
/** Keys of flavors that name a file which is unpickled. */
const FILES: readonly string[] = ['pickled_model', 'python_model', 'pickle_module_info'];

export default defineRule({
  summary: 'An MLflow model is stored as a pickle.',
  stages: ['training', 'deployment'],
  severity: 'hint',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'AML.T0010.003',
    'AML.T0011.000',
    'https://mlflow.org/docs/latest/ml/model/',
    'https://docs.python.org/3/library/pickle.html',
  ],
  docs: {
    why: 'Whoever loads this model runs what is in its file, wherever it came from. In a registry or bucket that others write to, one replaced `model.pkl` is code on every machine that scores with it, and `MLmodel` looks as it did before.',
    instead:
      'Log the model in a format that holds data only: `serialization_format="skops"` for scikit-learn where your MLflow has it, ONNX, or the own format of XGBoost, LightGBM and CatBoost. Until then scan the file, and load it only from where a few may write.',
    fixSafety: 'There is no fix: the model has to be logged again in another format.',
    limits:
      'The description of the model is read, not the model. Flavors that pickle without saying so here, PyTorch among them, are left to the rules about loading. Recorded runs in `mlruns` are not looked at.',
    ignoreWhen: 'The model is loaded from this repository only, where every change of it is reviewed.',
  },
  messages: {
    format: 'The model is stored with `{format}`, so loading it runs code that whoever can write the file puts in',
    file: '`{file}` is a pickled Python object, so loading the model runs code that whoever can write it puts in',
  },
  query: config.entries(['mlflow-model'], 'flavors.*'),
  check(flavor: ConfigEntry, { report }) {
    const format = child(flavor, 'serialization_format');
    const written = textOf(format);
    if (format !== undefined && written !== undefined) {
      if (PICKLES.test(written)) report(format.valueRange, 'format', { format: written });
      return;
    }
    const file = items(flavor).find(
      ({ key, value }) => FILES.includes(key ?? '') && /\.(?:pkl|pickle|joblib|cloudpickle)$/.test(String(value)),
    );
    if (file !== undefined) report(file.valueRange, 'file', { file: (textOf(file) ?? '').slice(0, 40) });
  },
  examples: [
    {
      path: 'model/MLmodel',
      bad: 'artifact_path: model\nflavors:\n  python_function:\n    loader_module: mlflow.sklearn\n    model_path: model.pkl\n  sklearn:\n    pickled_model: model.pkl\n    serialization_format: «cloudpickle»\n    sklearn_version: 1.7.2\n',
      message: 'format',
      good: 'artifact_path: model\nflavors:\n  python_function:\n    loader_module: mlflow.sklearn\n    model_path: model.skops\n  sklearn:\n    pickled_model: model.skops\n    serialization_format: skops\n    sklearn_version: 1.7.2\n',
      byHand: true,
    },
    {
      path: 'model/MLmodel',
      bad: 'flavors:\n  python_function:\n    loader_module: mlflow.pyfunc.model\n    python_model: «python_model.pkl»\n',
      message: 'file',
    },
    {
      path: 'model/MLmodel',
      good: 'flavors:\n  onnx:\n    data: model.onnx\n    onnx_version: 1.17.0\n',
      because: 'ONNX holds data only',
    },
    {
      path: 'model/MLmodel',
      good: 'flavors:\n  xgboost:\n    data: model.ubj\n    model_format: ubj\n',
      because: 'the own format of XGBoost',
    },
    {
      path: 'model.yaml',
      good: 'flavors:\n  sklearn:\n    serialization_format: cloudpickle\n',
      because: 'not the description of an MLflow model',
    },
  ],
});
