import type { Range } from '../../base/range.js';
import {
  type CommandFact,
  commands,
  installCommand,
  type RuleContext,
  type TextFact,
  texts,
} from '../../engine/index.js';

/** A package index that a line, a command, a variable or a configuration file names. */
export interface IndexSetting {
  /** pip's long option without dashes. */
  readonly option: 'index-url' | 'extra-index-url' | 'find-links';
  /** The name as it is written: `--extra-index-url`, `PIP_INDEX_URL`. */
  readonly written: string;
  readonly writtenRange: Range;
  readonly address: string;
  readonly addressRange: Range;
  /** uv takes a package from the first index that has its name. */
  readonly tool: 'pip' | 'uv';
  readonly command: boolean;
}

type Context = Pick<RuleContext<Record<string, string>>, 'language' | 'path' | 'text'>;

const NAMES: Readonly<Record<string, IndexSetting['option']>> = {
  '-i': 'index-url',
  '-f': 'find-links',
  '--index-url': 'index-url',
  '--pypi-url': 'index-url',
  '--default-index': 'index-url',
  '--index': 'extra-index-url',
  '--extra-index-url': 'extra-index-url',
  '--find-links': 'find-links',
  PIP_INDEX_URL: 'index-url',
  PIP_EXTRA_INDEX_URL: 'extra-index-url',
  PIP_FIND_LINKS: 'find-links',
  UV_DEFAULT_INDEX: 'index-url',
  UV_INDEX_URL: 'index-url',
  UV_INDEX: 'extra-index-url',
  UV_EXTRA_INDEX_URL: 'extra-index-url',
  UV_FIND_LINKS: 'find-links',
};
const OPTION =
  /(?:^|[\s"'])(-[if]|--(?:index-url|pypi-url|extra-index-url|find-links))(?:[ \t]*=[ \t]*|[\s\\]+)["']?([^\s"']+)/g;
const SETTING = /^(?:extra[-_])?index[-_]url$|^find[-_]links$/;

/** Facts that may name an index, for the query of a rule. */
export const INDEX_QUERIES = [texts.any(), commands.named('pip', 'pip3', 'uv')] as const;

/** Words one of which stands wherever an index is named. */
export const INDEX_WORDS = ['index-url', 'index_url', 'find-links', 'find_links', '--index', 'default-index'] as const;

/** The indexes that a text or command names. Values of variables are given as written. */
export function indexSettings(fact: TextFact | CommandFact, context: Context): IndexSetting[] {
  if (fact.kind === 'command') return ofCommand(fact, context.text);
  if (context.language === 'python' || context.language === 'notebook') return [];
  const { range, name } = fact;
  // Values of several lines stand as they are written in INI files.
  if (fact.escaped && context.language !== 'ini') return [];
  const text = fact.escaped ? context.text.slice(range.start, range.end) : fact.text;
  if (context.language === 'requirements') return ofOptions(text, range.start);
  if (name === undefined)
    return /^--?[a-z]/.test(text) && context.language === 'yaml' ? ofOptions(text, range.start) : [];
  const prefix = text.startsWith(`${name}=`) ? name.length + 1 : 0;
  const option = settingOf(name, context.path);
  if (option === undefined) return [];
  return [...text.slice(prefix).matchAll(/[^\s"']+/g)].map((match) => {
    const start = range.start + prefix + match.index;
    const written = context.text.lastIndexOf(name, start - 1);
    return {
      option,
      written: name,
      writtenRange: { start: written, end: written + name.length },
      address: match[0],
      addressRange: { start, end: start + match[0].length },
      tool: name.startsWith('UV_') ? 'uv' : 'pip',
      command: false,
    };
  });
}

/** Keys of pip's configuration files, of BentoML's build options, and environment variables. */
function settingOf(name: string, path: string): IndexSetting['option'] | undefined {
  if (/^(?:PIP|UV)_/.test(name)) return NAMES[name];
  if (!SETTING.test(name) || !/(?:^|\/)(?:\.?pip\.(?:conf|ini)|[^/]*bento[^/]*\.ya?ml)$/.test(path)) return undefined;
  return NAMES[`--${name.replaceAll('_', '-')}`];
}

function ofOptions(text: string, offset: number): IndexSetting[] {
  return [...text.matchAll(OPTION)].map((match) => {
    const start = offset + match.index + match[0].indexOf(match[1]!);
    const end = offset + match.index + match[0].length;
    return {
      option: NAMES[match[1]!]!,
      written: match[1]!,
      writtenRange: { start, end: start + match[1]!.length },
      address: match[2]!,
      addressRange: { start: end - match[2]!.length, end },
      tool: 'pip',
      command: false,
    };
  });
}

function ofCommand({ command }: CommandFact, text: string): IndexSetting[] {
  const install = installCommand(command);
  if (install === undefined || (install.tool !== 'pip' && install.tool !== 'uv')) return [];
  const { tool } = install;
  return install.options.flatMap(({ name, value, range }) => {
    const option = NAMES[name];
    if (option === undefined || value === '') return [];
    const shown = text.slice(range.start, range.end);
    const at = shown.lastIndexOf(value);
    const written = /^["']?(-[\w-]+)/.exec(shown);
    const start = range.start + (written === null ? 0 : written[0].length - written[1]!.length);
    return [
      {
        option,
        written: name,
        writtenRange: { start, end: start + (written?.[1]?.length ?? 0) },
        address: value,
        addressRange: at < 0 ? range : { start: range.start + at, end: range.start + at + value.length },
        tool,
        command: true,
      },
    ];
  });
}
