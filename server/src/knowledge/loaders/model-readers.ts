/** A call that opens a model or a program file and that no rule about a single loader speaks of. */
export interface ModelReader {
  readonly names: readonly string[];
  readonly argument: string;
  readonly position?: number;
  /** What the file can do: run code by design, or reach native code that was written for files of friends. */
  readonly effect: 'runs' | 'parses';
}

const BOOSTERS = ['XGBClassifier', 'XGBRegressor', 'XGBRanker', 'XGBModel', 'Booster'];
const CATBOOST = ['CatBoost', 'CatBoostClassifier', 'CatBoostRegressor', 'CatBoostRanker'];

export const MODEL_READERS: readonly ModelReader[] = [
  // https://docs.python.org/3/library/runpy.html, https://docs.python.org/3/library/importlib.html
  { names: ['runpy.run_path'], argument: 'path_name', position: 0, effect: 'runs' },
  { names: ['importlib.util.spec_from_file_location'], argument: 'location', position: 1, effect: 'runs' },
  { names: ['importlib.machinery.SourceFileLoader'], argument: 'path', position: 1, effect: 'runs' },
  // https://docs.nvidia.com/deeplearning/tensorrt: an engine holds machine code for the device and names plugins
  { names: ['tensorrt.Runtime().deserialize_cuda_engine'], argument: 'serialized_engine', position: 0, effect: 'runs' },
  // https://onnxruntime.ai/docs/api/python/api_summary.html
  { names: ['onnxruntime.InferenceSession'], argument: 'path_or_bytes', position: 0, effect: 'parses' },
  // https://xgboost.readthedocs.io/en/stable/python/python_api.html
  { names: BOOSTERS.map((name) => `xgboost.${name}().load_model`), argument: 'fname', position: 0, effect: 'parses' },
  { names: ['xgboost.Booster'], argument: 'model_file', position: 2, effect: 'parses' },
  // https://lightgbm.readthedocs.io/en/stable/pythonapi/lightgbm.Booster.html
  { names: ['lightgbm.Booster'], argument: 'model_file', position: 2, effect: 'parses' },
  { names: ['lightgbm.Booster'], argument: 'model_str', position: 3, effect: 'parses' },
  // https://catboost.ai/docs/en/concepts/python-reference_catboost_load_model
  { names: CATBOOST.map((name) => `catboost.${name}().load_model`), argument: 'fname', position: 0, effect: 'parses' },
  // https://www.tensorflow.org/api_docs/python/tf/lite/Interpreter
  ...['tensorflow.lite.Interpreter', 'tflite_runtime.interpreter.Interpreter'].flatMap((name): ModelReader[] => [
    { names: [name], argument: 'model_path', position: 0, effect: 'parses' },
    { names: [name], argument: 'model_content', effect: 'parses' },
  ]),
  // https://docs.opencv.org/4.x/d6/d0f/group__dnn.html
  ...['readNet', 'readNetFromONNX', 'readNetFromTensorflow', 'readNetFromTorch'].map((name): ModelReader => {
    return { names: [`cv2.dnn.${name}`], argument: 'model', position: 0, effect: 'parses' };
  }),
  // https://llama-cpp-python.readthedocs.io/en/latest/api-reference/
  { names: ['llama_cpp.Llama'], argument: 'model_path', position: 0, effect: 'parses' },
  // https://github.com/facebookresearch/faiss/wiki/Index-IO,-cloning-and-hyper-parameter-tuning
  { names: ['faiss.read_index'], argument: 'fname', position: 0, effect: 'parses' },
  // https://docs.openvino.ai/2024/api/ie_python_api/_autosummary/openvino.Core.html
  {
    names: ['openvino.Core().read_model', 'openvino.runtime.Core().read_model'],
    argument: 'model',
    position: 0,
    effect: 'parses',
  },
];
