import { argumentOf, type CallFact, defineRule, python } from '../../engine/index.js';
import { PADDLE_LOADERS } from '../../knowledge/loaders/paddle.js';
import { reportByTier } from './_tiers.js';

export default defineRule({
  summary: 'PaddlePaddle parameters are unpickled.',
  stages: ['training', 'evaluation', 'deployment'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-502',
    'OWASP-ML06:2023',
    'AML.T0011.000',
    'https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/load_en.html',
  ],
  docs: {
    why: 'A `.pdparams` file is a plain pickle and Paddle has no mode that reads numbers only. A parameter file offered as an OCR or speech model runs code of its author on the machine that loads it.',
    instead:
      'Keep parameters as safetensors and read them with `safetensors.paddle.load_file`; convert files of others where nothing else is at stake.',
    fixSafety: 'There is no automatic fix: the file has to be written in another format first.',
    limits: 'A file that another module of the project writes counts as unknown.',
    ignoreWhen: 'The file was written by the same pipeline and its digest is compared before it is loaded.',
  },
  messages: {
    unpickles: '`{callee}` runs code stored in the file; read safetensors with `safetensors.paddle.load_file`',
    program: '`{callee}` builds and runs the program in the file; load parameters into a layer of your own',
    untrusted: '`{callee}` reads a file from outside ({source}): whoever supplies it runs code here',
  },
  query: python.calls(...PADDLE_LOADERS.map((loader) => loader.name)),
  check(call: CallFact, { report, python: py, path }) {
    const loader = PADDLE_LOADERS.find((entry) => entry.name === call.name);
    const source = loader && argumentOf(call, loader.argument, loader.position);
    if (source === undefined) return;
    const callee = loader!.loadedAs === 'program' ? 'paddle.jit.load' : 'paddle.load';
    const origin = py.origin(source.value);
    const finding =
      origin.tier === 'T1'
        ? report(call.calleeRange, 'untrusted', { callee, source: origin.description })
        : report(call.calleeRange, loader!.loadedAs === 'program' ? 'program' : 'unpickles', { callee });
    reportByTier(finding, origin, path);
  },
  examples: [
    {
      bad: 'import paddle\ndef restore(net, path):\n    net.set_state_dict(«paddle.load»(path))\n',
      message: 'unpickles',
      good: 'from safetensors.paddle import load_file\ndef restore(net, path):\n    net.set_state_dict(load_file(path))\n',
      byHand: true,
    },
    {
      bad: 'import paddle\nfrom huggingface_hub import hf_hub_download\nstate = «paddle.load»(hf_hub_download("org/ocr", "ocr.pdparams"))\n',
      message: 'untrusted',
      good: 'from huggingface_hub import hf_hub_download\nfrom safetensors.paddle import load_file\nstate = load_file(hf_hub_download("org/ocr", "ocr.safetensors"))\n',
      byHand: true,
    },
    {
      bad: 'from paddle import jit\nnet = «jit.load»(path=prefix)\n',
      message: 'program',
      good: 'from safetensors.paddle import load_file\nnet = build()\nnet.set_state_dict(load_file(path))\n',
      byHand: true,
    },
    {
      good: 'import paddle\npaddle.save(net.state_dict(), "net.pdparams")\n',
      because: 'writing runs nothing',
    },
    {
      good: 'from safetensors.paddle import load_file\nstate = load_file("net.safetensors")\n',
      because: 'a format that holds numbers only',
    },
    {
      good: 'from mylib import paddle\nstate = paddle.load(path)\n',
      because: 'another library of that name',
    },
    { good: 'state = paddle.load(path)\n', because: 'nothing says which library this is' },
  ],
});
