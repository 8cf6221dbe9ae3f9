import { LoaderTable, underNames } from './index.js';

/** `torch.load` takes `weights_only` by keyword since 1.13; 2.6 turned it on. */
export const TORCH_CHECKPOINTS = new LoaderTable(
  ...underNames(
    {
      library: 'torch',
      argument: 'f',
      position: 0,
      loadedAs: 'pickle',
      switch: { keyword: 'weights_only', safe: 'True', since: '1.13', safeByDefaultFrom: '2.6' },
    },
    'torch.load',
    'torch.serialization.load',
  ),
);

/** Download and unpickle in one call; the switch is off in every release up to 2.15. */
export const TORCH_DOWNLOADS = new LoaderTable(
  ...underNames(
    {
      library: 'torch',
      argument: 'url',
      position: 0,
      loadedAs: 'pickle',
      switch: { keyword: 'weights_only', position: 6, safe: 'True', since: '2.1' },
    },
    'torch.hub.load_state_dict_from_url',
    'torch.utils.model_zoo.load_url',
    'torchvision.models.utils.load_state_dict_from_url',
  ),
);

const PROGRAM = { library: 'torch', argument: 'f', position: 0, loadedAs: 'program' } as const;
const NATIVE = { library: 'torch', position: 0, loadedAs: 'native-code' } as const;

/** Compiled models: TorchScript, exported programs (their constants are pickles), shared libraries of AOTInductor. */
export const TORCH_PROGRAMS = new LoaderTable(
  ...underNames(PROGRAM, 'torch.jit.load', 'torch.jit._serialization.load'),
  { ...PROGRAM, name: 'torch.export.load', loadedAs: 'pickle' },
  { ...NATIVE, name: 'torch._inductor.aoti_load_package', argument: 'path' },
  { ...NATIVE, name: 'torch._inductor.package.load_package', argument: 'path' },
  { ...NATIVE, name: 'torch._export.aot_load', argument: 'so_path' },
);

/** What an importer of a package runs: a pickle, or a module of the package. */
export const TORCH_PACKAGES = new LoaderTable(
  ...['torch.package.PackageImporter', 'torch.package.package_importer.PackageImporter'].flatMap((importer) =>
    underNames(
      { library: 'torch', argument: 'file_or_buffer', position: 0, loadedAs: 'pickle' },
      `${importer}().load_pickle`,
      `${importer}().import_module`,
    ),
  ),
);
