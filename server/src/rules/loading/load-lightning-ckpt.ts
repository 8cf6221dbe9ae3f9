import {
  argumentOf,
  type CallFact,
  defineRule,
  type Expression,
  edit,
  passesUnknown,
  python,
  type Report,
  type RuleContext,
} from '../../engine/index.js';
import { isBelow } from '../../engine/versions.js';
import { LIGHTNING_CHECKPOINTS, LIGHTNING_LIBRARIES, LIGHTNING_TRAINERS } from '../../knowledge/loaders/checkpoints.js';
import { TORCH_CHECKPOINTS } from '../../knowledge/loaders/torch.js';
import { originOf } from './_source.js';
import { reportByTier } from './_tiers.js';

const TORCH_SAFE = TORCH_CHECKPOINTS.loaders[0]!.switch!.safeByDefaultFrom!;
/** A class of the user's own, by the convention for class names, from a library that is not one with another method. */
const CLASS = /(^|\.)(?!self\b|cls\b)[A-Z]\w*\.load_from_checkpoint$/;
const OTHERS = /^(darts|fairseq|ray|allennlp)\./;
const IMPORT = /^\s*(?:import|from)\s+(?:pytorch_lightning|lightning)\b/m;
/** Checkpoints that the trainer of this run has written itself. */
const OWN = /\b(best_model_path|last_model_path)\b/;

export default defineRule({
  summary: 'A Lightning checkpoint is loaded with unpickling left on.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'OWASP-ML07:2023',
    'AML.T0011.000',
    'CVE-2026-37572',
    'https://lightning.ai/docs/pytorch/stable/common/checkpointing_basic.html',
  ],
  docs: {
    why: 'A `.ckpt` file keeps hyperparameters and the state of callbacks as pickles beside the weights. Before 2.6 Lightning opens it without any check, whatever the release of torch: a checkpoint from a shared bucket runs code in the job that resumes from it.',
    instead: 'Use Lightning 2.6 or newer with `weights_only=True`, or load a state dict from safetensors.',
    fixSafety:
      'Checkpoints whose hyperparameters are more than plain values stop loading, so the fix is offered for review, and not for releases that do not know the argument.',
    limits:
      'Modules are told by the name of the class in projects that use Lightning. For `Trainer` only checkpoints from outside are reported: what it writes itself it may read again.',
    ignoreWhen: 'The checkpoint was written by the same project and its digest is checked.',
  },
  messages: {
    unpickles: '`{callee}` runs code stored in the checkpoint: Lightning {version} always unpickles',
    unknownVersion: '`{callee}` without `weights_only=True` runs code stored in the checkpoint',
    switchedOff: '`weights_only=False` turns the safe loader off, so the checkpoint can run code',
    ignored: '`weights_only=True` has no effect before Lightning 2.6, so the checkpoint can run code; update it',
    remote: '`{callee}` unpickles a checkpoint from outside ({source}): whoever supplies it runs code here',
  },
  query: python.calls(...LIGHTNING_CHECKPOINTS.names, ...LIGHTNING_TRAINERS.names),
  check(call: CallFact, context) {
    const { report, python: py, version, text, path } = context;
    const trainer = LIGHTNING_TRAINERS.named(call.name);
    const loader = trainer ?? LIGHTNING_CHECKPOINTS.named(call.name);
    const source = loader === undefined ? undefined : argumentOf(call, loader.argument, loader.position)?.value;
    if (loader?.switch === undefined || source === undefined || (trainer === undefined && !isModule(call, context)))
      return;
    const { keyword, position, since } = loader.switch;
    const flag = argumentOf(call, keyword, position);
    const value = flag === undefined ? undefined : py.value(flag.value);
    if (flag === undefined ? passesUnknown(call) : value?.kind !== 'boolean' && value?.kind !== 'none') return;
    const origin = originOf(source, py);
    const outside = origin.tier === 'T1' && !origin.operator;
    if (trainer !== undefined && !outside) return;
    const lightning = LIGHTNING_LIBRARIES.map((name) => version(name)).find((found) => found !== undefined);
    const old = lightning === undefined ? undefined : isBelow(lightning, since!);
    const callee = call.name.split('.').slice(-2).join('.').replace('()', '');
    const start = (): Report | undefined => {
      // Without a parameter of that name it becomes a hyperparameter, which nobody asks for.
      if (value?.kind === 'boolean' && value.value)
        return old === true && trainer === undefined ? report(flag!.range, 'ignored') : undefined;
      if (value?.kind === 'boolean') return report(flag!.range, 'switchedOff');
      if (old === false && safeFrom26(source, context)) return undefined;
      if (outside) return report(call.calleeRange, 'remote', { callee, source: origin.description });
      if (old !== true) return report(call.calleeRange, 'unknownVersion', { callee });
      return report(call.calleeRange, 'unpickles', { callee, version: lightning!.exact ?? lightning!.specifier });
    };
    const finding = start();
    if (finding === undefined) return;
    reportByTier(finding, isOwn(source, context) ? { ...origin, tier: 'T3' } : origin, path);
    if (trainer === undefined && !IMPORT.test(text)) finding.confidence('medium');
    if (old === true) {
      finding.related(lightning!.place, 'Lightning is pinned here');
      return;
    }
    finding.fix(
      `${flag === undefined ? 'Add' : 'Set'} \`weights_only=True\``,
      'review',
      flag !== undefined && flag.name === undefined
        ? edit.replace(flag.value.range, 'True')
        : edit.setKeyword(text, call.expression, keyword, 'True'),
      'needs Lightning 2.6, and checkpoints that hold more than plain values stop loading',
    );
  },
  examples: [
    {
      bad: 'from net import Net\ndef model(path):\n    return «Net.load_from_checkpoint»(path)\n',
      message: 'unpickles',
      good: 'from net import Net\nfrom safetensors.torch import load_file\ndef model(path):\n    net = Net()\n    net.load_state_dict(load_file(path))\n    return net\n',
      byHand: true,
      given: { lightning: '2.5.5' },
    },
    {
      bad: 'import lightning as L\nclass Net(L.LightningModule):\n    pass\n\nnet = «Net.load_from_checkpoint»("net.ckpt", map_location="cpu")\n',
      message: 'unknownVersion',
      good: 'import lightning as L\nclass Net(L.LightningModule):\n    pass\n\nnet = Net.load_from_checkpoint("net.ckpt", map_location="cpu", weights_only=True)\n',
    },
    {
      bad: 'from net import Net as Model\nnet = Model.load_from_checkpoint("net.ckpt", «weights_only=False»)\n',
      message: 'switchedOff',
      good: 'from net import Net as Model\nnet = Model.load_from_checkpoint("net.ckpt", weights_only=True)\n',
      given: { lightning: '2.6.1' },
    },
    {
      bad: 'from lightning.pytorch import Trainer\ntrainer = Trainer(max_epochs=3)\n«trainer.fit»(net, rows, ckpt_path="https://models.example.org/net.ckpt")\n',
      message: 'remote',
      good: 'from lightning.pytorch import Trainer\ntrainer = Trainer(max_epochs=3)\ntrainer.fit(net, rows, ckpt_path="https://models.example.org/net.ckpt", weights_only=True)\n',
      given: { lightning: '2.6.1' },
    },
    {
      bad: 'from net import Net\nnet = Net.load_from_checkpoint("net.ckpt", «weights_only=True»)\n',
      message: 'ignored',
      good: 'from net import Net\nfrom safetensors.torch import load_file\nnet = Net()\nnet.load_state_dict(load_file("net.safetensors"))\n',
      byHand: true,
      given: { 'pytorch-lightning': '2.4.0' },
    },
    {
      good: 'from net import Net\nnet = Net.load_from_checkpoint(path, weights_only=True)\n',
      given: { lightning: '2.6.1' },
      because: 'the safe loader is on',
    },
    {
      good: 'from net import Net\nnet = Net.load_from_checkpoint(path)\n',
      given: { lightning: '2.6.1', torch: '2.8.0' },
      because: 'torch 2.6 and Lightning 2.6 are safe together',
    },
    {
      good: 'from lightning import Trainer\nTrainer().fit(net, rows, ckpt_path="last")\n',
      because: 'a checkpoint the trainer wrote',
    },
    {
      good: 'from net import Net\nnet = Net.load_from_checkpoint(path)\n',
      because: 'nothing says that this is Lightning',
    },
    {
      good: 'import lightning\nclass Store:\n    def load_from_checkpoint(self, path):\n        return read(path)\n\nStore.load_from_checkpoint(store, path)\n',
      because: 'a method of the project',
    },
  ],
});

type Asked = Pick<RuleContext<Record<never, string>>, 'text' | 'version' | 'python'>;

/** A class method in a file or project that uses Lightning, which the file does not define itself. */
function isModule(call: CallFact, { text, version }: Asked): boolean {
  if (!CLASS.test(call.name) || OTHERS.test(call.name) || text.includes('def load_from_checkpoint')) return false;
  return IMPORT.test(text) || LIGHTNING_LIBRARIES.some((name) => version(name) !== undefined);
}

/** From Lightning 2.6 on torch decides about files, and addresses are still unpickled. */
function safeFrom26(source: Expression, { version, python: py }: Asked): boolean {
  const value = py.value(source);
  const start = value.kind === 'string' ? value.value : value.kind === 'partial' ? value.prefix : '';
  const torch = version('torch');
  return !/^https?:/.test(start) && (torch === undefined || isBelow(torch, TORCH_SAFE) !== true);
}

function isOwn(source: Expression, { text, python: py }: Asked): boolean {
  return [source, py.definition(source)].some(({ range }) => OWN.test(text.slice(range.start, range.end)));
}
