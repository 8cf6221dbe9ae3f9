/**
 * Built-in functions and types of Python 3 that rules ask about (https://docs.python.org/3/library/functions.html), and what
 * IPython and Jupyter put beside them: `get_config` stands in every configuration file of theirs.
 */
export const BUILTINS: ReadonlySet<string> = new Set(
  (
    'abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict ' +
    'dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id input int ' +
    'isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range ' +
    'repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip __import__ display ' +
    'get_ipython get_config'
  ).split(' '),
);

/** Names that files of settings find set: `c` is the configuration in those of Jupyter, with `get_config()` or without. */
export const PRESET_NAMES: ReadonlyMap<string, readonly string[]> = new Map([['c', ['get_config()']]]);
