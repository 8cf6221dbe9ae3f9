import { isEveryInterface, option, type Words } from './_command-line.js';

/** Programs that start a notebook server, those of the Jupyter images included. */
export const PROGRAMS = [
  'jupyter',
  'jupyter-lab',
  'jupyter-notebook',
  'jupyter-server',
  'start-notebook.sh',
  'start-notebook.py',
  'start.sh',
];
/** Classes of settings; the same name means the same in each. */
export const CLASSES = ['NotebookApp', 'ServerApp', 'LabApp', 'IdentityProvider', 'PasswordIdentityProvider'];

/** A line of a configuration file that a build writes. */
export const WRITTEN = /\bc\.((?:NotebookApp|ServerApp|LabApp|IdentityProvider)\.token\s*=\s*u?(?:''|""))/;
/** A password in a configuration file, in its text or in the command that writes it; one that is not known counts. */
export const PASSWORD = /\.(?:hashed_)?password\s*=\s*(?!u?(?:\\?"\\?"|'')\s*(?:["'\\#]|$))\S/m;

/** What a server is told, whatever way: last names of the settings, values as text. */
export type Settings = ReadonlyMap<string, string>;

/** What is wrong with a setting: the messages of the rule. */
export type JupyterFault = 'token' | 'origin' | 'xsrf' | 'address';

/** What is wrong with one setting, judged beside the others. */
export function wrong(name: string, value: string, all: Settings, contained: boolean): JupyterFault | undefined {
  const guarded = (all.get('password') ?? all.get('hashed_password') ?? '') !== '';
  if (name === 'token') return value === '' && !guarded ? 'token' : undefined;
  if (name === 'allow_origin') return value === '*' ? 'origin' : undefined;
  if (name === 'disable_check_xsrf') return /^true$/i.test(value) ? 'xsrf' : undefined;
  if (name !== 'ip' || contained || all.get('token') === '') return undefined;
  return isEveryInterface(value) ? 'address' : undefined;
}

export function spellings(name: string): string[] {
  return [...CLASSES.map((group) => `--${group}.${name}`), ...(name === 'ip' ? ['--ip'] : [])];
}

export function settingsOf(words: Words): Settings {
  const names = ['token', 'password', 'hashed_password', 'ip'];
  return new Map(
    names.flatMap((name) => {
      const found = option(words, ...spellings(name));
      return found === undefined ? [] : [[name, unquoted(found.value)] as const];
    }),
  );
}

/** Quotes that reach the program through an exec form are read by it. */
export function unquoted(value: string): string {
  return value.replace(/^(["'])(.*)\1$/s, '$2');
}

export function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
