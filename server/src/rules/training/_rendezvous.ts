import type { Range } from '../../base/range.js';
import {
  argumentOf,
  type CallFact,
  type CommandFact,
  type Expression,
  type PythonQuestions,
  type StoreFact,
} from '../../engine/index.js';
import { hostOf, isEveryInterface } from '../../knowledge/bind-addresses.js';
import { commandOption } from './_network.js';

/** Calls that take the address of the rendezvous of a job, and where. */
const CALLS: Readonly<Record<string, { readonly argument: string; readonly position?: number }>> = {
  'torch.distributed.init_process_group': { argument: 'init_method', position: 1 },
  'torch.distributed.distributed_c10d.init_process_group': { argument: 'init_method', position: 1 },
  'torch.distributed.rpc.TensorPipeRpcBackendOptions': { argument: 'init_method' },
};
const SETTERS = ['os.environ.setdefault', 'os.putenv'];
const VARIABLE = 'MASTER_ADDR';

export const RENDEZVOUS_CALLS: readonly string[] = [...Object.keys(CALLS), ...SETTERS];
export const RENDEZVOUS_COMMANDS = ['torchrun', 'torch.distributed.run', 'torch.distributed.launch', 'export'];

/** An address of a rendezvous that is open to every network of the machine. */
export interface OpenRendezvous {
  readonly setting: string;
  readonly host: string;
  readonly range: Range;
  /** Where the host is written: a word of a command, or what Python passes. */
  readonly written: Range | Expression;
}

/** The open address a call or an assignment gives to the rendezvous. */
export function openRendezvous(fact: CallFact | StoreFact, py: PythonQuestions): OpenRendezvous | undefined {
  if (fact.kind === 'store') return fact.key === VARIABLE ? open(VARIABLE, fact.value, py) : undefined;
  const entry = CALLS[fact.name];
  if (entry !== undefined) {
    const passed = argumentOf(fact, entry.argument, entry.position);
    return passed === undefined ? undefined : open(entry.argument, passed.value, py);
  }
  const key = argumentOf(fact, 'key', 0);
  const value = argumentOf(fact, 'value', 1);
  const name = key === undefined ? undefined : py.value(key.value);
  return name?.kind === 'string' && name.value === VARIABLE && value !== undefined
    ? open(VARIABLE, value.value, py)
    : undefined;
}

/** The same for the launchers of PyTorch and for `export`. */
export function openRendezvousOf({ command: { words } }: CommandFact): OpenRendezvous | undefined {
  const names = ['--rdzv-endpoint', '--rdzv_endpoint', '--master-addr', '--master_addr'];
  const option = commandOption(words, ...(words[0]?.text === 'export' ? [VARIABLE] : names));
  const host = option === undefined ? '' : hostOf(option.value);
  if (option === undefined || host === '' || !isEveryInterface(host)) return undefined;
  return { setting: option.name, host, range: option.range, written: option.word };
}

function open(setting: string, expression: Expression, py: PythonQuestions): OpenRendezvous | undefined {
  const value = py.value(expression);
  const known = value.kind === 'string' ? value.value : value.kind === 'partial' ? value.prefix : '';
  // A file or the environment is a rendezvous without an address; of a text that goes on the host has to be complete.
  if (/^(?:env|file):/.test(known) || (value.kind === 'partial' && !/^tcp:\/\/[^/]+:/.test(known))) return undefined;
  const host = hostOf(known);
  if (host === '' || !isEveryInterface(host)) return undefined;
  return { setting, host, range: expression.range, written: expression };
}
