import { expect, it } from 'vitest';
import { CheckedFiles } from './check-files.js';

/** Rule, import, call and the level of each value; a value that is not listed is silent. */
const LEVELS: readonly (readonly [rule: string, head: string, call: string, levels: Levels])[] = [
  [
    'load-paddle',
    'import paddle',
    'paddle.load({v})',
    { hub: 'error', operator: 'warning', unknown: 'warning', own: 'info' },
  ],
  [
    'load-native-lib',
    'import torch',
    'torch.ops.load_library({v})',
    { hub: 'error', operator: 'warning', unknown: 'warning' },
  ],
  ['load-native-lib', 'import ctypes', 'ctypes.CDLL({v})', { hub: 'error', operator: 'warning', unknown: 'info' }],
  [
    'load-pickle-backed',
    'from ultralytics import YOLO',
    'YOLO({v})',
    { hub: 'error', operator: 'warning', unknown: 'warning', own: 'info' },
  ],
  [
    'load-langchain',
    'from langchain_community.vectorstores import FAISS',
    'FAISS.load_local({v}, e, allow_dangerous_deserialization=True)',
    { hub: 'error', operator: 'warning', unknown: 'warning', own: 'info' },
  ],
  ['load-hydra-target', 'from mmengine import Config', 'Config.fromfile({v})', { hub: 'error' }],
  ['load-onnx-external', 'import onnx', 'onnx.load({v})', { hub: 'warning' }],
  ['load-msgpack-numpy', 'import msgpack_numpy', 'msgpack_numpy.unpackb({v})', { hub: 'warning' }],
];

interface Levels {
  readonly hub?: string;
  readonly operator?: string;
  readonly unknown?: string;
  readonly own?: string;
}

const VALUES: Readonly<Record<keyof Levels, string>> = {
  hub: 'hf_hub_download("org/model", "model.pt")',
  operator: 'sys.argv[1]',
  unknown: 'path',
  own: '"models/net.pt"',
};

it.each(LEVELS)('%s: %s', async (rule, head, call, levels) => {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(VALUES)) {
    const text = `import sys\n${head}\nfrom huggingface_hub import hf_hub_download\nmodel = ${call.replace('{v}', value)}\n`;
    const files = await CheckedFiles.open({ 'load.py': text }, [rule]);
    for (const finding of files.check('load.py').findings) found[name] = finding.severity;
  }
  expect(found).toEqual(levels);
});
