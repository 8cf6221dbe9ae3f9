import type { Range } from '../../base/range.js';
import {
  type Argument,
  argumentOf,
  type CallFact,
  edit,
  type PythonQuestions,
  passesUnknown,
} from '../../engine/index.js';
import {
  CODE_AGENTS,
  CODE_RUNNERS,
  CREW_AGENTS,
  CREW_INTERPRETER,
  EXECUTING_AGENTS,
  TOOL_LOADERS,
} from '../../knowledge/code-tools.js';
import { isText, isTrue } from './_values.js';

/** What lets a model run code: where it stands, its name, and a way to switch it off. */
export interface CodeExecution {
  readonly kind: 'runner' | 'allowed' | 'anyImport' | 'local';
  readonly place: Range;
  /** The callee, or the flag as it is written. */
  readonly name: string;
  readonly fix?: { readonly title: string; readonly edits: ReturnType<typeof edit.replace>; readonly reason: string };
}

const DOCKER = 'Docker has to run where the agent runs';

/** How a call lets a model run code on this machine; undefined when it does not, or when that is not known. */
export function codeExecution(call: CallFact, py: PythonQuestions, text: string): CodeExecution | undefined {
  if (CODE_RUNNERS.includes(call.name))
    return { kind: 'runner', place: call.calleeRange, name: call.name.slice(call.name.lastIndexOf('.') + 1) };
  if (TOOL_LOADERS.includes(call.name)) return byToolName(call, py);
  if (CODE_AGENTS.includes(call.name)) return ofSmolagents(call, py, text);
  if (EXECUTING_AGENTS.includes(call.name)) return ofAutogen(call, py);
  if (CREW_AGENTS.includes(call.name)) {
    const mode = argumentOf(call, 'code_execution_mode');
    const allowed = isTrue(argumentOf(call, 'allow_code_execution'), py);
    if (!allowed || mode === undefined || !isText(mode.value, 'unsafe', py)) return undefined;
    return flag(call, mode, text, '"safe"', DOCKER);
  }
  const argument = argumentOf(call, call.name === CREW_INTERPRETER ? 'unsafe_mode' : 'allow_dangerous_code');
  if (argument === undefined || !isTrue(argument, py)) return undefined;
  return flag(call, argument, text, 'False', 'the agent no longer runs code, or refuses to start');
}

function flag(call: CallFact, argument: Argument, text: string, value: string, reason: string): CodeExecution {
  const name = text.slice(argument.range.start, argument.range.end).replace(/\s+/g, ' ').slice(0, 40);
  const edits = edit.setKeyword(text, call.expression, argument.name!, value);
  const fix = { title: `Set \`${argument.name}=${value}\``, edits, reason };
  return { kind: 'allowed', place: argument.range, name, fix };
}

function byToolName(call: CallFact, py: PythonQuestions): CodeExecution | undefined {
  const names = argumentOf(call, 'tool_names', 0);
  const listed = names === undefined ? undefined : py.value(names.value);
  const shell = listed?.kind === 'list' && listed.items.some((n) => n.kind === 'string' && n.value === 'terminal');
  return shell ? { kind: 'runner', place: names!.range, name: 'terminal' } : undefined;
}

function ofSmolagents(call: CallFact, py: PythonQuestions, text: string): CodeExecution | undefined {
  const type = argumentOf(call, 'executor_type');
  const given = ['executor', 'use_e2b_executor'].some((name) => argumentOf(call, name) !== undefined);
  if (passesUnknown(call) || given || (type !== undefined && !isText(type.value, 'local', py))) return undefined;
  const imports = argumentOf(call, 'additional_authorized_imports');
  const listed = imports === undefined ? undefined : py.value(imports.value);
  const any = listed?.kind === 'list' && listed.items.some((item) => item.kind === 'string' && item.value === '*');
  const edits = edit.setKeyword(text, call.expression, 'executor_type', '"docker"');
  const fix = { title: 'Set `executor_type="docker"`', edits, reason: DOCKER };
  return any
    ? { kind: 'anyImport', place: imports!.range, name: '*', fix }
    : { kind: 'local', place: call.calleeRange, name: 'CodeAgent', fix };
}

/** `code_execution_config={"use_docker": False}` */
function ofAutogen(call: CallFact, py: PythonQuestions): CodeExecution | undefined {
  const passed = argumentOf(call, 'code_execution_config');
  const options = passed === undefined ? undefined : py.definition(passed.value);
  if (options?.kind !== 'dict') return undefined;
  const option = options.entries.find(({ key }) => key?.kind === 'string' && key.value === 'use_docker');
  const value = option === undefined ? undefined : py.value(option.value);
  if (option?.key === undefined || value?.kind !== 'boolean' || value.value) return undefined;
  return {
    kind: 'allowed',
    place: { start: option.key.range.start, end: option.value.range.end },
    name: '"use_docker": False',
    fix: { title: 'Set `use_docker` to `True`', edits: edit.replace(option.value.range, 'True'), reason: DOCKER },
  };
}
