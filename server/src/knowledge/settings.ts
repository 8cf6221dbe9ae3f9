/** What argparse returns: its attributes are the options. */
export const PARSED_ARGUMENTS: ReadonlySet<string> = new Set([
  'argparse.ArgumentParser().parse_args()',
  'argparse.ArgumentParser().parse_known_args()[]',
  'configargparse.ArgumentParser().parse_args()',
  'simple_parsing.ArgumentParser().parse_args()',
]);

/** Calls that return a setting, and the argument that is returned when nobody set it. */
export const DEFAULT_GETTERS: ReadonlyMap<string, { readonly keyword: string; readonly position?: number }> = new Map([
  ['os.environ.get', { keyword: 'default', position: 1 }],
  ['os.getenv', { keyword: 'default', position: 1 }],
  ['decouple.config', { keyword: 'default' }],
  ['environ.Env()', { keyword: 'default' }],
]);

/** Functions that declare a field of a class, and the 0-based position of its default. */
export const FIELD_MAKERS: ReadonlyMap<string, number | undefined> = new Map<string, number | undefined>([
  ['pydantic.Field', 0],
  ['pydantic.fields.Field', 0],
  ['dataclasses.field', undefined],
  ['attr.ib', 0],
  ['attrs.field', undefined],
]);

/** Functions that read a YAML, JSON or TOML file the way it stands in the workspace. */
export const CONFIG_READERS: ReadonlySet<string> = new Set([
  'yaml.safe_load',
  'yaml.load',
  'yaml.full_load',
  'json.load',
  'toml.load',
  'tomllib.load',
  'tomli.load',
  'omegaconf.OmegaConf.load',
]);

/** Decorators that declare an option of a command: names of the flag, and `default=`. */
export const OPTION_DECORATORS: ReadonlySet<string> = new Set([
  'click.option',
  'click.argument',
  'rich_click.option',
  'asyncclick.option',
]);

/** Calls that stand as a parameter's default and carry the real one as their first argument. */
export const OPTION_DEFAULTS: ReadonlySet<string> = new Set(['typer.Option()', 'typer.Argument()']);

/** Commands whose parameters are options: their own defaults are those of the options. */
export const DEFAULTED_COMMANDS: readonly string[] = [
  'typer.Typer().command()',
  'typer.Typer().callback()',
  'cyclopts.App().default()',
  'cyclopts.App().command()',
];
