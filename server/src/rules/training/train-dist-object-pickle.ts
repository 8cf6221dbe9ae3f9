import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, python } from '../../engine/index.js';
import { runsOnOneMachine } from './_network.js';

const NAMES = [
  'all_gather_object',
  'gather_object',
  'broadcast_object_list',
  'scatter_object_list',
  'send_object_list',
  'recv_object_list',
];
const MODULES = ['torch.distributed', 'torch.distributed.distributed_c10d'];

export default defineRule({
  summary: 'Ranks of a training job exchange pickled objects.',
  stages: ['training', 'evaluation'],
  severity: 'info',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML10:2023',
    'AML.T0011.000',
    'https://docs.pytorch.org/docs/stable/distributed.html#torch.distributed.all_gather_object',
    'https://docs.pytorch.org/docs/stable/distributed.html#torch.distributed.broadcast_object_list',
  ],
  docs: {
    why: 'Object collectives pickle on one rank and unpickle on the others, over connections that neither sign nor encrypt. One rank that was taken over, or a machine that slips into the rendezvous, runs code on every other node of the job in one step.',
    instead:
      'Exchange tensors: `broadcast`, `all_gather`, `all_gather_into_tensor`. A flag or a metric fits into a tensor of one element, and a record into JSON that is encoded as a `uint8` tensor.',
    fixSafety: 'There is no automatic fix: the shape and type of the tensor depend on what is exchanged.',
    limits:
      'Whether the network of the job is closed cannot be seen here, so this is information. Files that put the rendezvous on the own machine, and tests, are passed over, as are wrappers of other libraries.',
    ignoreWhen: 'All ranks run the same trusted code in a network of their own.',
  },
  messages: {
    unpickles: '`{callee}` unpickles what the other ranks send, so one bad rank runs code on all; exchange tensors',
    oneFlag: '`{callee}` unpickles what another rank sends, for a value that a tensor of one element can hold',
  },
  query: python.calls(...MODULES.flatMap((module) => NAMES.map((name) => `${module}.${name}`))),
  check(call: CallFact, { report, python: py, path, text }) {
    if (isTestFile(path) || runsOnOneMachine(text)) return;
    const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
    // What is sent and never received on this rank: the finding is where it arrives.
    const gathered = callee === 'gather_object' ? argumentOf(call, 'object_gather_list', 1) : undefined;
    if (callee === 'send_object_list' || (gathered !== undefined && py.value(gathered.value).kind === 'none')) return;
    const list = callee === 'broadcast_object_list' ? argumentOf(call, 'object_list', 0) : undefined;
    const sent = list === undefined ? undefined : py.definition(list.value);
    const [only] = sent?.kind === 'list' ? sent.items : [];
    const value = only === undefined || sent?.kind !== 'list' || sent.items.length > 1 ? undefined : py.value(only);
    const small = value?.kind === 'boolean' || value?.kind === 'number';
    report(call.calleeRange, small ? 'oneFlag' : 'unpickles', { callee });
  },
  examples: [
    {
      bad: 'import torch.distributed as dist\n«dist.all_gather_object»(results, scores)\n',
      message: 'unpickles',
      good: 'import torch.distributed as dist\ndist.all_gather_into_tensor(results, scores)\n',
      byHand: true,
    },
    {
      bad: 'from torch import distributed\nstop = [False]\n«distributed.broadcast_object_list»(stop, 0)\n',
      message: 'oneFlag',
      good: 'import torch\nfrom torch import distributed\nstop = torch.zeros(1)\ndistributed.broadcast(stop, 0)\n',
      byHand: true,
    },
    { good: 'import torch.distributed as dist\ndist.broadcast(weights, 0)\n', because: 'a tensor is no pickle' },
    {
      good: 'import os\nimport torch.distributed as dist\nos.environ["MASTER_ADDR"] = "localhost"\ndist.all_gather_object(results, scores)\n',
      because: 'all ranks run on one machine',
    },
    { good: 'import torch.distributed as dist\ndist.send_object_list(rows, dst=1)\n', because: 'sending runs nothing' },
    { good: 'comm.all_gather_object(results, scores)\n', because: 'nothing says which library this is' },
  ],
});
