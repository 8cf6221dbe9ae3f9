import { at, type ConfigEntry, child, items, text as textOf } from '../../engine/index.js';
import { isSecretName } from '../../knowledge/secrets/index.js';

/** What stands in front of `secret` when a value is meant; alone, or behind others, it is mostly the name of a Secret. */
const SECRET_OF = /(?:client|api|app|access|consumer|oauth2?|shared|webhook|jwt|session)[_-]?secret$/i;

/** Whether the name of a parameter says that its value opens something. */
export function asksForSecret(name: string): boolean {
  const plain = name.trim().replace(/[\s-]+/g, '_');
  if (/secret$/i.test(plain) && !SECRET_OF.test(plain)) return false;
  return isSecretName(plain);
}

/** S3's `access_key` is only a name where a secret key stands beside it. */
export function isHalfOfPair(name: string, siblings: readonly string[]): boolean {
  return (
    !/secret/i.test(name) &&
    /access[\s_-]?key$/i.test(name) &&
    siblings.some((one) => /secret/i.test(one) && asksForSecret(one))
  );
}

/** Text, or nothing that says otherwise. Files and numbers come under other types. */
export function isTextParameter(declaration: ConfigEntry): boolean {
  const type = child(declaration, 'parameterType') ?? child(declaration, 'type');
  return type === undefined || /^(?:STRING|string|str)$/i.test(textOf(type) ?? '');
}

/**
 * True when every task that runs a component hands the parameter on from one that asks for a secret itself, so that the
 * pipeline's own parameter is the place to repair.
 */
export function isHandedOn(declaration: ConfigEntry, root: ConfigEntry): boolean {
  const component = declaration.parent?.parent?.parent?.key;
  const name = declaration.key ?? '';
  if (component === undefined || component === 'root') return false;
  const spec = child(root, 'pipelineSpec') ?? root;
  const graphs = [child(spec, 'root'), ...items(child(spec, 'components'))].map((one) => at(one, 'dag', 'tasks'));
  const uses = graphs
    .flatMap((tasks) => items(tasks))
    .filter((task) => textOf(at(task, 'componentRef', 'name')) === component)
    .map((task) => textOf(at(task, 'inputs', 'parameters', name, 'componentInputParameter')));
  return uses.length > 0 && uses.every((source) => source !== undefined && asksForSecret(source));
}
