import { LoaderTable, underNames } from './index.js';

/** Checkpoints by the helpers of the Hugging Face Hub (`huggingface_hub/serialization/_torch.py`, 0.34). */
export const HUB_CHECKPOINTS = new LoaderTable(
  ...['huggingface_hub', 'huggingface_hub.serialization', 'huggingface_hub.serialization._torch'].flatMap((module) => [
    {
      name: `${module}.load_torch_model`,
      library: 'huggingface-hub',
      argument: 'checkpoint_path',
      position: 1,
      loadedAs: 'pickle' as const,
      switch: { keyword: 'weights_only', safe: 'True' },
    },
    {
      name: `${module}.load_state_dict_from_file`,
      library: 'huggingface-hub',
      argument: 'checkpoint_file',
      position: 0,
      loadedAs: 'pickle' as const,
      switch: { keyword: 'weights_only', position: 2, safe: 'True' },
    },
  ]),
);

/** Distributions that PyTorch Lightning is published as. */
export const LIGHTNING_LIBRARIES: readonly string[] = ['lightning', 'pytorch-lightning'];

/** Releases before 2.6 always unpickle; from then on `torch.load` decides, but for addresses. */
const LIGHTNING_SWITCH = { keyword: 'weights_only', safe: 'True', since: '2.6' } as const;

/**
 * `load_from_checkpoint` is a class method of every module and data module, so the class is the user's own: from another
 * module, or of the file itself, whose names begin with a dot.
 */
export const LIGHTNING_CHECKPOINTS = new LoaderTable(
  ...underNames(
    {
      library: 'lightning',
      argument: 'checkpoint_path',
      position: 0,
      loadedAs: 'pickle',
      switch: { ...LIGHTNING_SWITCH, position: 4 },
    },
    '**.load_from_checkpoint',
    '.*.load_from_checkpoint',
  ),
);

const TRAINERS = ['pytorch_lightning', 'lightning', 'lightning.pytorch'];

/** Loops of the trainer that restore a checkpoint first. */
export const LIGHTNING_TRAINERS = new LoaderTable(
  ...TRAINERS.flatMap((module) => [
    ...underNames(
      {
        library: 'lightning',
        argument: 'ckpt_path',
        position: 4,
        loadedAs: 'pickle',
        switch: { ...LIGHTNING_SWITCH, position: 5 },
      },
      `${module}.Trainer().fit`,
    ),
    ...underNames(
      { library: 'lightning', argument: 'ckpt_path', position: 2, loadedAs: 'pickle', switch: LIGHTNING_SWITCH },
      `${module}.Trainer().validate`,
      `${module}.Trainer().test`,
    ),
    ...underNames(
      { library: 'lightning', argument: 'ckpt_path', position: 4, loadedAs: 'pickle', switch: LIGHTNING_SWITCH },
      `${module}.Trainer().predict`,
    ),
  ]),
);
