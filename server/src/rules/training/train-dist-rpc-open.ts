import { isTestFile } from '../../base/test-files.js';
import { type CallFact, type CommandFact, commands, defineRule, python, type StoreFact } from '../../engine/index.js';
import { isContained, offerLoopback, runsOnOneMachine, toLoopback } from './_network.js';
import { openRendezvous, openRendezvousOf, RENDEZVOUS_CALLS, RENDEZVOUS_COMMANDS } from './_rendezvous.js';

const RPC = ['torch.distributed.rpc.init_rpc', 'torch.distributed.rpc.api.init_rpc'];
const REASON = 'ranks on other machines no longer find the job';

export default defineRule({
  summary: 'Workers of a distributed job take calls from any machine on the network.',
  stages: ['training'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-502',
    'CWE-306',
    'OWASP-ML10:2023',
    'AML.T0049',
    'CVE-2024-5480',
    'https://docs.pytorch.org/docs/stable/rpc.html',
    'https://github.com/pytorch/pytorch/security/policy#using-distributed-features',
  ],
  docs: {
    why: 'The distributed parts of PyTorch are made for a closed network: nothing signs a message, and the RPC framework runs whatever pickled function it is sent. A notebook next door in the same cluster network joins the job, changes gradients, or reads files through a worker.',
    instead:
      'Keep the job in a network of its own, give the address of a private interface, and use collectives on tensors instead of RPC.',
    fixSafety:
      'With the loopback as address only ranks on the same machine find each other, so the fix is offered for review.',
    limits:
      'Addresses that are not known are passed over, as are tests and files that put the rendezvous on the own machine. The store of PyTorch may listen on more interfaces than its address names; only the network closes it for certain. In a container the level of a command is lower.',
    ignoreWhen: 'The job runs in a network that only its own machines are in.',
  },
  messages: {
    rpc: '`init_rpc` runs any function that a machine which reaches its port asks for, without a sign-in; exchange tensors',
    rendezvous:
      '`{setting}` opens the rendezvous to every network of the machine; name a private address or `127.0.0.1`',
  },
  words: ['init_rpc', 'init_method', 'master_addr', 'master-addr', 'rdzv', 'init_process_group'],
  query: [
    python.calls(...RPC, ...RENDEZVOUS_CALLS),
    python.stores('os.environ[]'),
    commands.named(...RENDEZVOUS_COMMANDS),
  ],
  check(fact: CallFact | StoreFact | CommandFact, context) {
    const { report, python: py, path, text } = context;
    if (isTestFile(path)) return;
    if (fact.kind === 'call' && RPC.includes(fact.name)) {
      if (!runsOnOneMachine(text)) report(fact.calleeRange, 'rpc').severity('warning');
      return;
    }
    const open = fact.kind === 'command' ? openRendezvousOf(fact) : openRendezvous(fact, py);
    if (open === undefined) return;
    const finding = report(open.range, 'rendezvous', { setting: open.setting });
    if (fact.kind === 'command' && isContained(fact)) finding.severity('warning');
    if ('kind' in open.written) offerLoopback(finding, { expression: open.written, host: open.host }, REASON, context);
    else finding.fix('Use `127.0.0.1`', 'review', toLoopback(text, open.written, open.host), REASON);
  },
  examples: [
    {
      bad: 'from torch.distributed import rpc\n«rpc.init_rpc»("worker0", rank=0, world_size=2)\n',
      message: 'rpc',
      good: 'import torch.distributed as dist\ndist.init_process_group("nccl", rank=0, world_size=2)\n',
      byHand: true,
    },
    {
      bad: 'import torch.distributed as dist\ndist.init_process_group("gloo", init_method=«"tcp://0.0.0.0:29500"», rank=0, world_size=2)\n',
      message: 'rendezvous',
      good: 'import torch.distributed as dist\ndist.init_process_group("gloo", init_method="tcp://127.0.0.1:29500", rank=0, world_size=2)\n',
    },
    {
      bad: 'import os\nos.environ["MASTER_ADDR"] = «"0.0.0.0"»\n',
      message: 'rendezvous',
      good: 'import os\nos.environ["MASTER_ADDR"] = "127.0.0.1"\n',
    },
    {
      bad: 'import os\nos.system("torchrun «--rdzv-endpoint=0.0.0.0:29400» --nnodes=2 train.py")\n',
      message: 'rendezvous',
      good: 'import os\nos.system("torchrun --rdzv-endpoint=127.0.0.1:29400 --nnodes=2 train.py")\n',
    },
    {
      good: 'import os\nfrom torch.distributed import rpc\nos.environ["MASTER_ADDR"] = "localhost"\nrpc.init_rpc("worker0", rank=0, world_size=2)\n',
      because: 'all workers run on one machine',
    },
    {
      good: 'import torch.distributed as dist\ndist.init_process_group("nccl", init_method="env://")\n',
      because: 'the address comes from the launcher',
    },
    {
      good: 'import torch.distributed as dist\ndist.init_process_group("nccl", init_method=f"tcp://{host}:29500")\n',
      because: 'the address is not known',
    },
    { good: 'import os\nos.environ["MASTER_ADDR"] = "10.0.0.4"\n', because: 'a private address' },
    { good: 'rpc.init_rpc("worker0", rank=0, world_size=2)\n', because: 'nothing says which library this is' },
  ],
});
