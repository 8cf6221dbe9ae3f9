import { argumentOf, type CallFact, type Expression, type PythonQuestions } from '../../engine/index.js';
import { LLM_CALLS, type LlmCall } from '../../knowledge/llm-clients.js';

const CALLS: ReadonlyMap<string, LlmCall> = new Map(LLM_CALLS.map((call) => [call.name, call]));
/** Constructors of system messages of LangChain. */
const SYSTEM_MESSAGES = ['langchain_core.messages', 'langchain.schema', 'langchain.schema.messages'].map(
  (module) => `${module}.SystemMessage`,
);
const SYSTEM_ROLES: ReadonlySet<string> = new Set(['system', 'developer']);

/** Calls that may hold such a text. */
export const INSTRUCTING: readonly string[] = [...CALLS.keys(), ...SYSTEM_MESSAGES];

/** A text with the authority of the developer, and the role it is sent under. */
export interface Instruction {
  readonly content: Expression;
  /** Role of the message; the keyword, for an argument of its own. */
  readonly role: string;
  readonly message: 'system' | 'instructions';
  readonly rolePlace: Expression | undefined;
}

/** Texts of a call that the model takes for instructions of the developer. */
export function instructions(call: CallFact, py: PythonQuestions): Instruction[] {
  const llm = CALLS.get(call.name);
  if (llm === undefined) {
    const content = argumentOf(call, 'content', 0)?.value;
    return content === undefined ? [] : [{ content, role: 'system', message: 'system', rolePlace: undefined }];
  }
  const above = llm.system === undefined ? undefined : argumentOf(call, llm.system)?.value;
  const own =
    above === undefined
      ? []
      : [{ content: above, role: llm.system!, message: 'instructions' as const, rolePlace: undefined }];
  const passed = argumentOf(call, llm.messages)?.value;
  const messages = passed === undefined ? undefined : py.definition(passed);
  const items = messages?.kind === 'list' ? messages.items.map((item) => py.definition(item)) : [];
  return [...own, ...items.flatMap((message) => inMessage(message))];
}

function inMessage(message: Expression): Instruction[] {
  if (message.kind !== 'dict') return [];
  const value = (name: string) =>
    message.entries.find(({ key }) => key?.kind === 'string' && key.value === name)?.value;
  const role = value('role');
  const content = value('content');
  if (role?.kind !== 'string' || !SYSTEM_ROLES.has(role.value) || content === undefined) return [];
  return [{ content, role: role.value, message: 'system', rolePlace: role }];
}
