import { NamePatterns } from '../../base/name-pattern.js';
import type { Range, TextEdit } from '../../base/range.js';
import { isTestFile } from '../../base/test-files.js';
import {
  argumentOf,
  type CallFact,
  type Expression,
  edit,
  type PythonQuestions,
  passesUnknown,
} from '../../engine/index.js';
import {
  type JobOption,
  type JobShape,
  type OptionPath,
  SAGEMAKER_DEFAULTS,
  SAGEMAKER_JOBS,
} from '../../knowledge/cloud-sdk-options.js';

const SHAPES = new NamePatterns<JobShape>();
for (const shape of SAGEMAKER_JOBS) for (const name of shape.names) SHAPES.add(name, shape);

/** Names of all calls that describe or start a job. */
export const JOB_CALLS = SAGEMAKER_JOBS.flatMap(({ names }) => names);

type Call = Extract<Expression, { kind: 'call' }>;

/** An option of a call: passed, left out, or not to be seen. `holder` is the call that would take it. */
export type Found =
  | { readonly state: 'passed'; readonly value: Expression; readonly range: Range; readonly holder: Call | undefined }
  | { readonly state: 'absent'; readonly holder: Call | undefined }
  | { readonly state: 'unknown' };

interface Context {
  readonly python: PythonQuestions;
  readonly text: string;
  readonly path: string;
}

/** A job of SageMaker whose options can be read; undefined when the call may take them from elsewhere. */
export class SageMakerJob {
  readonly #call: CallFact;
  readonly #shape: JobShape;
  readonly #python: PythonQuestions;

  private constructor(call: CallFact, shape: JobShape, python: PythonQuestions) {
    this.#call = call;
    this.#shape = shape;
    this.#python = python;
  }

  static of(call: CallFact, { python, text, path }: Context): SageMakerJob | undefined {
    const [shape] = SHAPES.match(call.name);
    if (shape === undefined || passesUnknown(call) || isTestFile(path) || SAGEMAKER_DEFAULTS.test(text))
      return undefined;
    const known = Math.max(-1, ...Object.values(shape.options).map(({ position }) => position ?? -1));
    if (call.arguments.some(({ position }) => (position ?? 0) > known + 2)) return undefined;
    const job = new SageMakerJob(call, shape, python);
    return /^local/.test(job.text('instance') ?? '') ? undefined : job;
  }

  /** What the job is called in a message: `Estimator`, `create_training_job`. */
  get callee(): string {
    return this.#call.name.slice(this.#call.name.lastIndexOf('.') + 1);
  }

  /** The name at the end of the callee. */
  get place(): Range {
    return this.#call.callee.kind === 'attribute' ? this.#call.callee.nameRange : this.#call.calleeRange;
  }

  /** The argument as it is written in this shape of job. */
  nameOf(option: JobOption): string {
    const described = this.#shape.options[option];
    const old = argumentOf(this.#call, 'train_instance_type') !== undefined;
    return (old ? described?.former : undefined) ?? described?.path.at(-1) ?? '';
  }

  find(option: JobOption): Found {
    const path = this.#shape.options[option];
    return path === undefined ? { state: 'unknown' } : findOption(this.#call, path, this.#python);
  }

  /** The string an option is known to be. */
  text(option: JobOption): string | undefined {
    const found = this.find(option);
    const value = found.state === 'passed' ? this.#python.value(found.value) : undefined;
    return value?.kind === 'string' ? value.value : undefined;
  }

  /** True when an option is off by its value, false when it may be on; `'absent'` when it is left out. */
  isOff(option: JobOption): boolean | 'absent' {
    const found = this.find(option);
    if (found.state === 'unknown') return false;
    if (found.state === 'absent') return 'absent';
    const value = this.#python.value(found.value);
    return value.kind === 'none' ? 'absent' : value.kind === 'boolean' && !value.value;
  }

  /** Switches an option on where it belongs; no edits where the object that holds it stands elsewhere. */
  switchOn(option: JobOption, text: string): TextEdit[] {
    const edits = this.pass(option, 'True', text);
    const network = this.#shape.network;
    const found = this.find(option);
    if (edits.length > 0 || found.state !== 'absent' || network === undefined) return edits;
    if (argumentOf(this.#call, network.argument) !== undefined) return [];
    const holder = `${network.type}(${this.nameOf(option)}=True)`;
    return [
      ...edit.addImport(text, `from ${network.module} import ${network.type}`),
      ...edit.setKeyword(text, this.#call.expression, network.argument, holder),
    ];
  }

  /** Passes a value for an option in the call that takes it; no edits when there is none in sight. */
  pass(option: JobOption, value: string, text: string): TextEdit[] {
    const found = this.find(option);
    if (found.state === 'passed') return edit.replace(found.value.range, value);
    if (found.state === 'unknown' || found.holder === undefined) return [];
    return edit.setKeyword(text, found.holder, this.nameOf(option), value);
  }
}

/** Follows a path from the arguments of a call into the dictionaries and objects that are passed. */
function findOption(call: CallFact, { path, position, former }: OptionPath, python: PythonQuestions): Found {
  const [first, ...rest] = path;
  const argument = argumentOf(call, first, position) ?? (former === undefined ? undefined : argumentOf(call, former));
  if (argument === undefined) return { state: 'absent', holder: rest.length === 0 ? call.expression : undefined };
  let found: Found = { state: 'passed', value: argument.value, range: argument.range, holder: call.expression };
  for (const name of rest) {
    const inside: Expression = python.definition(found.value);
    if (inside.kind === 'constant' && inside.value === null) return { state: 'absent', holder: undefined };
    const next = memberOf(inside, name, python);
    if (next.state !== 'passed') return next;
    found = next;
  }
  return found;
}

function memberOf(inside: Expression, name: string, python: PythonQuestions): Found {
  if (inside.kind === 'call') {
    if (passesUnknown(inside) || inside.arguments.some(({ position }) => position !== undefined))
      return { state: 'unknown' };
    const argument = argumentOf(inside, name);
    if (argument === undefined)
      return python.names(inside).some((made) => made.startsWith('sagemaker'))
        ? { state: 'absent', holder: inside }
        : { state: 'unknown' };
    return { state: 'passed', value: argument.value, range: argument.range, holder: inside };
  }
  if (inside.kind !== 'dict' || inside.entries.some(({ key }) => key === undefined)) return { state: 'unknown' };
  for (const { key, value } of inside.entries) {
    const text = python.value(key!);
    if (text.kind !== 'string') return { state: 'unknown' };
    const range = { start: key!.range.start, end: value.range.end };
    if (text.value === name) return { state: 'passed', value, range, holder: undefined };
  }
  return { state: 'absent', holder: undefined };
}
