import type { Loader } from './loader.js';

const native = (library: string, argument: string, ...names: string[]): Loader[] =>
  names.map((name) => ({ name, library, argument, position: 0, loadedAs: 'native-code' }));

/** Functions that load machine code into the process: operators of frameworks and shared libraries. */
export const NATIVE_LOADERS: readonly Loader[] = [
  ...native('torch', 'path', 'torch.ops.load_library', 'torch.classes.load_library'),
  ...native('tensorflow', 'library_filename', 'tensorflow.load_op_library'),
  ...native('tensorflow', 'library_location', 'tensorflow.load_library'),
  ...native('onnxruntime', 'path', 'onnxruntime.SessionOptions().register_custom_ops_library'),
  ...native('numpy', 'libname', 'numpy.ctypeslib.load_library'),
  ...native('python', 'name', 'ctypes.CDLL', 'ctypes.PyDLL', 'ctypes.WinDLL', 'ctypes.OleDLL'),
  ...native('python', 'name', 'ctypes.cdll.LoadLibrary', 'ctypes.pydll.LoadLibrary', 'ctypes.windll.LoadLibrary'),
];
