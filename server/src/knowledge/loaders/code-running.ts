import { NamePatterns } from '../../base/name-pattern.js';

/** What a callable gives to whoever may name it in a pickle: it runs code itself, or it reaches callables that do. */
export type Power = 'runs' | 'reaches';

const CALLABLES = new NamePatterns<Power>();
const add = (power: Power, ...names: string[]): void => {
  for (const name of names) CALLABLES.add(name, power);
};

for (const name of ['eval', 'exec', 'compile', '__import__', 'breakpoint']) add('runs', name, `builtins.${name}`);
for (const name of ['getattr', 'setattr', 'globals', 'vars', 'map', 'open']) add('reaches', name, `builtins.${name}`);
add('runs', ...['system', 'popen', 'startfile', 'posix_spawn', 'posix_spawnp'].map((name) => `os.${name}`));
add('runs', ...['l', 'le', 'lp', 'lpe', 'v', 've', 'vp', 'vpe'].flatMap((end) => [`os.exec${end}`, `os.spawn${end}`]));
add('runs', 'posix.system', 'nt.system', 'subprocess.*', 'pty.spawn', 'runpy.*', 'code.interact', 'timeit.timeit');
add('runs', 'importlib.import_module', 'importlib.reload', 'importlib.__import__', 'ctypes.CDLL', 'ctypes.PyDLL');
add('runs', 'types.FunctionType', 'types.CodeType', 'types.LambdaType', 'torch.load', 'torch.hub.load', 'joblib.load');
for (const module of ['pickle', '_pickle', 'dill', 'cloudpickle', 'marshal'])
  add('runs', `${module}.load`, `${module}.loads`, `${module}.Unpickler`);
add('runs', 'cloudpickle.cloudpickle.*', 'dill._dill.*');
add('reaches', 'functools.partial', 'functools.reduce', 'operator.attrgetter', 'operator.methodcaller');
add('reaches', 'os.remove', 'os.unlink', 'os.rename', 'os.replace', 'os.chmod', 'os.putenv', 'shutil.*', 'io.open');

/** The power of a callable by its resolved name; undefined for classes that hold data and for what is not known. */
export function powerOf(name: string): Power | undefined {
  return CALLABLES.match(name)[0];
}
