import { argumentOf, type Expression, type PythonQuestions } from '../../engine/index.js';
import { isSecretName, looksLikeSecretValue } from '../../knowledge/secrets/index.js';
import { PARSED_ARGUMENTS } from '../../knowledge/settings.js';

const ENVIRONMENT = ['os.environ', 'os.environ.copy()', 'os.environb'];
/** Calls whose result is the secret itself. */
const READERS = ['os.getenv', 'os.environ.get', 'os.environ.pop', 'getpass.getpass'];
export const NAMESPACES = ['argparse.Namespace()', ...PARSED_ARGUMENTS];

/** What is wrong with a mapping; `keys` are the secret ones. */
export type Verdict = { readonly whole: 'environment' } | { readonly keys: readonly string[]; readonly at: Expression };

/** The worst that is known of a mapping; follows names, copies and unpacked parts. */
export function judge(mapping: Expression, py: PythonQuestions, text: string, depth: number): Verdict | undefined {
  if (depth > 4) return undefined;
  const names = py.names(mapping);
  if (names.some((name) => ENVIRONMENT.includes(name))) return { whole: 'environment' };
  const namespace = NAMESPACES.find((name) => names.includes(name) || names.includes(`${name}.__dict__`));
  if (namespace !== undefined) return secretOptions(mapping, py, text);
  const found = py.definition(mapping);
  if (found.kind === 'call') {
    const copies = py.names(found.callee).some((name) => ['dict', 'vars', 'copy.copy', 'copy.deepcopy'].includes(name));
    const [first] = found.arguments;
    const inner = copies && first?.position === 0 ? judge(first.value, py, text, depth + 1) : undefined;
    return inner !== undefined && 'keys' in inner ? { ...inner, at: mapping } : inner;
  }
  if (found.kind !== 'dict') return found === mapping ? undefined : judge(found, py, text, depth + 1);
  const keys: string[] = [];
  for (const { key, value } of found.entries) {
    if (key === undefined) {
      const inner = judge(value, py, text, depth + 1);
      if (inner !== undefined) return 'keys' in inner ? { ...inner, at: mapping } : inner;
    } else if (key.kind === 'string' && isSecretName(key.value) && mayBeSecret(value, py)) {
      if (found === mapping) return { keys: [key.value], at: key };
      keys.push(key.value);
    }
  }
  return keys.length === 0 ? undefined : { keys, at: mapping };
}

/** Not a constant that is none: a mask, nothing, a switch, a number; not computed from it by a call. */
function mayBeSecret(expression: Expression, py: PythonQuestions): boolean {
  const found = py.definition(expression);
  if (found.kind === 'call' && py.names(found.callee).some((name) => READERS.includes(name))) return true;
  const value = py.value(expression);
  if (value.kind === 'string') return looksLikeSecretValue(value.value);
  if (value.kind !== 'unknown' && value.kind !== 'partial') return false;
  return found.kind !== 'operation' && found.kind !== 'conditional' && found.kind !== 'call';
}

/** Options with secret names that this file declares for its command line. */
function secretOptions(at: Expression, py: PythonQuestions, text: string): Verdict | undefined {
  const keys = py.callsIn({ start: 0, end: text.length }).flatMap((call) => {
    if (!/ArgumentParser\(\)(?:\.add_argument_group\(\))?\.add_argument$/.test(call.name)) return [];
    const flags = call.arguments.flatMap(({ name, value }) =>
      name === undefined && value.kind === 'string' ? [value.value] : [],
    );
    const long = flags.find((flag) => flag.startsWith('--')) ?? flags[0];
    const destination = argumentOf(call, 'dest')?.value;
    const option = destination?.kind === 'string' ? destination.value : long?.replace(/^-+/, '').replaceAll('-', '_');
    const action = argumentOf(call, 'action')?.value;
    const isSwitch = action?.kind === 'string' && action.value.startsWith('store_');
    return option !== undefined && !isSwitch && isSecretName(option) ? [option] : [];
  });
  return keys.length === 0 ? undefined : { keys: [...new Set(keys)], at };
}
