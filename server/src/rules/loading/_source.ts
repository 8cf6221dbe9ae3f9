import { argumentOf, type CallFact, type Expression, type Origin, type PythonQuestions } from '../../engine/index.js';
import type { Loader } from '../../knowledge/loaders/index.js';

/**
 * What a loader reads: its argument, or for `Reader(file).load()` what the reader was made of; undefined when not passed.
 * With `python` a reader that has a name of its own is followed to where it was made.
 */
export function sourceOf(call: CallFact, loader: Loader, python?: PythonQuestions): Expression | undefined {
  if (!loader.name.includes('().')) return argumentOf(call, loader.argument, loader.position)?.value;
  const reader = call.callee.kind === 'attribute' ? call.callee.object : call.callee;
  const made = python?.definition(reader) ?? reader;
  return made.kind === 'call' ? argumentOf(made, loader.argument, loader.position)?.value : reader;
}

/**
 * File names an expression ends in, as far as they are written out: the end of a path, or the strings handed to the
 * call that gives it (`hf_hub_download("org/net", "model.safetensors")`).
 */
export function fileNames(source: Expression, python: PythonQuestions, depth = 0): readonly string[] {
  const value = python.value(source);
  if (value.kind === 'string') return [value.value];
  if (value.kind === 'partial') return value.pieces.slice(-1);
  const made = python.definition(source);
  if (depth > 2) return [];
  if (made.kind === 'operation') return fileNames(made.operands[made.operands.length - 1]!, python, depth + 1);
  if (made.kind === 'formatted') return made.parts.slice(-1).filter((part) => typeof part === 'string');
  return made.kind === 'call'
    ? made.arguments.flatMap(({ value: passed }) => fileNames(passed, python, depth + 1))
    : [];
}

/** True for a buffer in memory that this file fills itself: `torch.jit.save(net, buffer)` before `torch.jit.load(buffer)`. */
export function isOwnBuffer(source: Expression, python: PythonQuestions, text: string): boolean {
  if (source.kind !== 'name') return false;
  const made = python.definition(source);
  if (made.kind !== 'call' || made.arguments.length > 0) return false;
  if (!python.names(made.callee).includes('io.BytesIO')) return false;
  return new RegExp(`\\b(save|dump|to_pickle)\\([^()\\n]*\\b${source.name}\\b`).test(text);
}

const TEMPORARY = /^tempfile\.(mkdtemp|mkstemp|TemporaryDirectory|NamedTemporaryFile)\(\)/;

/** The origin of what a loader reads; in a temporary folder is what the program itself put there. */
export function originOf(source: Expression, python: PythonQuestions): Origin {
  const origin = python.origin(source);
  const own = origin.tier === 'T2' && python.names(source).some((name) => TEMPORARY.test(name));
  return own ? { ...origin, tier: 'T3' } : origin;
}
