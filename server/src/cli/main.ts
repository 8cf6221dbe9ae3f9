import { Command, CommanderError, Option } from 'commander';
import { VERSION } from '../base/version.js';
import {
  CHECK_DEFAULTS,
  type CheckOptions,
  parseConfidence,
  parseFormat,
  parseLevel,
  parseList,
  parseProfile,
  parseSeverities,
  parseThreads,
} from './check/options.js';
import type { Commands } from './commands.js';
import { Exit, isUsageError, UsageError } from './exit.js';
import type { CliHost } from './host.js';

/** Loads the commands when one is called. */
export type LoadCommands = () => Promise<Commands>;

/**
 * Runs the command line; answers with the exit code. Findings go to standard output, everything else to standard error.
 *
 * @param argv arguments behind the program's name
 */
export async function main(argv: readonly string[], host: CliHost, load: LoadCommands): Promise<number> {
  const state = { exit: Exit.clean as number };
  const program = createProgram(host, load, (exit) => {
    state.exit = exit;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return state.exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.clean : Exit.error;
    if (!isUsageError(error)) throw error;
    host.stderr.write(`error: ${error.message}\n`);
    return Exit.error;
  }
}

function createProgram(host: CliHost, load: LoadCommands, done: (exit: number) => void): Command {
  const program = new Command('tidegate');
  program
    .description('Finds insecure patterns in machine-learning code, notebooks and configuration.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('(add --help for the options)');
  addCheck(program, host, load, done);
  addOthers(program, host, load, done);
  return program;
}

function addCheck(program: Command, host: CliHost, load: LoadCommands, done: (exit: number) => void): void {
  const command = program
    .command('check')
    .description('Check files, folders and globs (default: the current folder).')
    .argument('[paths...]', 'what to check; files are checked even when an ignore file hides them');
  for (const option of checkOptions()) command.addOption(option);
  command
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage or read errors, 3 no files to check, 130 interrupted.',
    )
    .action(async (paths: string[], given: Partial<CheckOptions>) => {
      const { runCheck, engine } = await load();
      done(await runCheck(host, paths, { ...CHECK_DEFAULTS, ...given }, engine));
    });
}

function checkOptions(): readonly Option[] {
  const levels = 'error, warning, info or hint';
  return [
    new Option('-f, --format <format[=file]>', 'text, concise, json or sarif; repeatable').argParser(
      (text, before?: CheckOptions['format']) => parseFormat(text, before ?? []),
    ),
    new Option('--fix', 'apply safe fixes'),
    new Option('--review-fixes', 'apply safe fixes and those that need a review'),
    new Option('--diff', 'show what the fixes would change; write nothing'),
    new Option('--profile <name>', 'essential, recommended or strict').argParser(parseProfile),
    new Option('--select <rules>', 'rules or families to add to the profile').argParser(parseList),
    new Option('--ignore <rules>', 'rules or families to switch off').argParser(parseList),
    new Option('--severity <rule=level>', 'level of a rule or family; off switches it off').argParser(parseSeverities),
    new Option('--min-severity <level>', `show nothing below ${levels}`).argParser(parseLevel),
    new Option('--min-confidence <level>', 'show nothing below high, medium or low').argParser(parseConfidence),
    new Option('--fail-on <level>', `exit with 1 from this level on: ${levels} (default: info)`).argParser(parseLevel),
    new Option('--exit-zero', 'exit with 0 even when there are findings'),
    new Option('--config <file>', 'use this configuration file alone'),
    new Option('--no-config', 'use no configuration file'),
    new Option('--exclude <globs>', 'files and folders to leave out').argParser(parseList),
    new Option('--force-exclude', 'leave out excluded files even when they are named'),
    new Option('--stdin', 'check standard input'),
    new Option('--stdin-filename <path>', 'where the text of standard input belongs'),
    new Option('--threads <count>', 'threads for many files (default: the cores, up to 4)').argParser(parseThreads),
    new Option('--statistics', 'count the findings of each rule'),
    new Option('--show-skipped', 'list what was not checked, with the reason'),
    new Option('-q, --quiet', 'print findings and errors only'),
    new Option('--color', 'use colours'),
    new Option('--no-color', 'use no colours'),
  ];
}

function addOthers(program: Command, host: CliHost, load: LoadCommands, done: (exit: number) => void): void {
  program
    .command('explain <rule>')
    .description('Print the page of a rule.')
    .action(async (id: string) => {
      const { explain, engine } = await load();
      done(explain(host, id, engine.rules));
    });
  program
    .command('rules')
    .description('List the rules.')
    .addOption(new Option('-f, --format <format>', 'text or json').choices(['text', 'json']).default('text'))
    .action(async ({ format }: { format: 'text' | 'json' }) => {
      const { listRules, engine } = await load();
      done(listRules(host, format, engine.rules));
    });
  program
    .command('why <file>')
    .description('Say what a file is checked as, or why it is not checked.')
    .action(async (file: string) => {
      const { why, engine } = await load();
      done(await why(host, file, engine.rules));
    });
  program
    .command('config')
    .description('Write a configuration file, or show the settings of a file.')
    .option('--init', 'write a commented tidegate.yaml into the current folder')
    .option('--show <file>', 'show the settings the file is checked with')
    .action(async ({ init, show }: { init?: boolean; show?: string }) => {
      if ((init === true) === (show !== undefined)) throw new UsageError('Give either --init or --show FILE');
      const { initConfig, showConfig, engine } = await load();
      done(show === undefined ? initConfig(host) : await showConfig(host, show, engine.rules));
    });
  program
    .command('server')
    .description('Serve the Language Server Protocol.')
    .option('--stdio', 'over standard input and output (the only transport)')
    .action(async () => done(await host.serve()));
}
