import { argumentOf, type CallExpression, type Expression } from '../facts/python/expression.js';
import type { PythonModule } from '../facts/python/module.js';
import type { Binding } from '../facts/python/scope.js';
import { DEFAULTED_COMMANDS, OPTION_DECORATORS, OPTION_DEFAULTS } from '../knowledge/settings.js';
import { flagDestination } from './argument-defaults.js';
import type { NameResolver } from './names.js';

const COMMANDS: ReadonlySet<string> = new Set(DEFAULTED_COMMANDS);

/**
 * The value a command-line framework passes for a parameter when the option is not given: `default=` of `@click.option`
 * (https://click.palletsprojects.com/en/stable/options/), the default of a parameter of a typer command. Undefined when the
 * function is no command or the option has no default.
 */
export function commandDefault(module: PythonModule, names: NameResolver, parameter: Binding): Expression | undefined {
  const owner = parameter.body;
  if (owner === undefined) return undefined;
  const decorators = module.decorators(owner);
  if (decorators.length === 0) return undefined;
  for (const decorator of decorators) {
    if (decorator.kind !== 'call') continue;
    if (
      names.names(decorator.callee).some((name) => OPTION_DECORATORS.has(name)) &&
      declares(decorator, parameter.name)
    )
      return argumentOf(decorator, 'default')?.value;
  }
  const isCommand = decorators.some((decorator) => names.names(decorator).some((name) => COMMANDS.has(name)));
  return isCommand ? typerDefault(names, parameter.value) : undefined;
}

/** `@click.option("--bind-host", "host", …)`: a bare name is the parameter, else the longest flag names it. */
function declares(decorator: CallExpression, parameter: string): boolean {
  const flags = decorator.arguments.flatMap(({ position, value }) =>
    position !== undefined && value.kind === 'string' ? [value.value] : [],
  );
  const bare = flags.find((flag) => !flag.startsWith('-'));
  return (bare ?? flagDestination(flags)) === parameter;
}

function typerDefault(names: NameResolver, value: Expression | undefined): Expression | undefined {
  if (value?.kind !== 'call' || !names.names(value).some((name) => OPTION_DEFAULTS.has(name))) return value;
  return argumentOf(value, 'default', 0)?.value;
}

/** Path of the file Hydra composes a parameter from: `@hydra.main(config_path="conf", config_name="config")`. */
export function configuredBy(module: PythonModule, names: NameResolver, parameter: Binding): string | undefined {
  const owner = parameter.body;
  if (owner === undefined || module.parameterNames(owner)[0] !== parameter.name) return undefined;
  for (const decorator of module.decorators(owner)) {
    if (decorator.kind !== 'call' || !names.names(decorator.callee).includes('hydra.main')) continue;
    const folder = argumentOf(decorator, 'config_path', 0)?.value;
    const file = argumentOf(decorator, 'config_name', 1)?.value;
    if (folder?.kind !== 'string' || file?.kind !== 'string') return undefined;
    return `${folder.value}/${file.value.replace(/\.ya?ml$/, '')}.yaml`;
  }
  return undefined;
}
