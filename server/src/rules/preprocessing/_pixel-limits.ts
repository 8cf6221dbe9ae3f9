import { argumentOf, type Expression, type PythonQuestions, type StoreFact } from '../../engine/index.js';

const OPENCV = 'OPENCV_IO_MAX_IMAGE_PIXELS';
/** From here on one picture takes gigabytes: Pillow refuses at twice its limit, and a pixel has three bytes. */
const HUGE = 1_000_000_000;
const OPENCV_DEFAULT = 2 ** 30;
const ENDLESS = ['math.inf', 'numpy.inf', 'numpy.Inf', 'sys.maxsize'];
/** True for no limit, and for one that a picture of gigabytes stays below. */
export function isUnlimited(expression: Expression, py: PythonQuestions): boolean {
  const value = py.value(expression);
  if (value.kind === 'none') return true;
  if ((numberOf(expression, py) ?? 0) >= HUGE) return true;
  if (py.names(expression).some((name) => ENDLESS.includes(name))) return true;
  const written = py.definition(expression);
  if (written.kind !== 'call' || !py.names(written.callee).includes('float')) return false;
  const passed = argumentOf(written, undefined, 0);
  const text = passed === undefined ? undefined : py.value(passed.value);
  return text?.kind === 'string' && /^\+?inf(?:inity)?$/i.test(text.value);
}

/** True for a limit of OpenCV above its own. */
export function raisesOpenCv(store: StoreFact, py: PythonQuestions): boolean {
  if (store.key !== OPENCV) return false;
  const written = py.definition(store.value);
  const inner = written.kind === 'call' && written.arguments.length === 1 ? written.arguments[0]!.value : store.value;
  const value = py.value(inner);
  const pixels = value.kind === 'string' ? Number(value.value) : numberOf(inner, py);
  return pixels !== undefined && pixels > OPENCV_DEFAULT;
}

/** A number as it is written, or a power of two of them: `2**40`, `pow(2, 40)`. */
function numberOf(expression: Expression, py: PythonQuestions): number | undefined {
  const value = py.value(expression);
  if (value.kind === 'number') return value.value;
  const written = py.definition(expression);
  const isPower = written.kind === 'call' && py.names(written.callee).includes('pow');
  const operands = isPower ? written.arguments.map((argument) => argument.value) : [];
  const [base, exponent] = (
    written.kind === 'operation' && written.operator === '**' ? written.operands : operands
  ).map((operand) => py.value(operand));
  return base?.kind === 'number' && exponent?.kind === 'number' ? base.value ** exponent.value : undefined;
}
