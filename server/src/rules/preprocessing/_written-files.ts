import { argumentOf, type CallFact, type Expression, type PythonQuestions } from '../../engine/index.js';
import { FRAME_WRITERS } from '../../knowledge/data-frames/writers.js';

/** Functions that write a file, and where they take its name. */
const WRITERS: Readonly<Record<string, readonly [argument: string, position: number]>> = {
  'torch.save': ['f', 1],
  'joblib.dump': ['filename', 1],
  'numpy.save': ['file', 0],
  'numpy.savez': ['file', 0],
  'numpy.savez_compressed': ['file', 0],
  'numpy.savetxt': ['fname', 0],
  'pyarrow.parquet.write_table': ['where', 1],
  'safetensors.torch.save_file': ['filename', 1],
  'safetensors.numpy.save_file': ['filename', 1],
  'cv2.imwrite': ['filename', 0],
  'urllib.request.urlretrieve': ['filename', 1],
  'shutil.copy': ['dst', 1],
  'shutil.copy2': ['dst', 1],
  'shutil.copyfile': ['dst', 1],
  'logging.FileHandler': ['filename', 0],
  'torch.hub.download_url_to_file': ['dst', 1],
};
const OPENERS = ['open', 'io.open', 'gzip.open', 'bz2.open', 'lzma.open'];
const PATH_METHODS = ['pathlib.Path().write_text', 'pathlib.Path().write_bytes', 'pathlib.Path().open'];
const FRAMES = [...FRAME_WRITERS].filter(([, position]) => position === 0).map(([name]) => name);

/** Calls that may write a file, by resolved name. */
export const FILE_WRITERS: readonly string[] = [
  ...Object.keys(WRITERS),
  ...OPENERS,
  ...PATH_METHODS,
  ...['pandas', 'polars'].flatMap((library) => FRAMES.map((name) => `${library}.**.${name}`)),
];

/** The name of the file a call writes; undefined when it only reads or creates the file itself. */
export function targetOf(call: CallFact, py: PythonQuestions): Expression | undefined {
  if (OPENERS.includes(call.name)) return writes(call, 1, py) ? argumentOf(call, 'file', 0)?.value : undefined;
  if (PATH_METHODS.includes(call.name)) {
    if (call.name.endsWith('.open') && !writes(call, 0, py)) return undefined;
    return call.callee.kind === 'attribute' ? call.callee.object : undefined;
  }
  const place = WRITERS[call.name];
  if (place !== undefined) return argumentOf(call, place[0], place[1])?.value;
  return argumentOf(call, undefined, 0)?.value;
}

function writes(call: CallFact, position: number, py: PythonQuestions): boolean {
  const mode = argumentOf(call, 'mode', position);
  const value = mode === undefined ? undefined : py.value(mode.value);
  return value?.kind === 'string' && /[wa]/.test(value.value);
}
