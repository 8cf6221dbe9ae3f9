import { atLeastAsSevere } from '../../base/severity.js';
import { counted, locationOf } from '../../report/labels.js';
import type { ReportError, RunReport } from '../../report/run-report.js';
import { filesSummary, findingsSummary, statistics } from '../../report/statistics.js';
import { printable } from '../../report/terminal-text.js';
import type { EffectiveConfig } from '../../workspace/config.js';
import { didYouMean } from '../../workspace/config-values.js';
import { Exit, UsageError } from '../exit.js';
import type { CliHost } from '../host.js';
import { assembleReport, reportError, withPaths } from './assemble.js';
import { diffOf } from './diff.js';
import { fixAll } from './fix-loop.js';
import { Frames } from './frames.js';
import { collectInputs, type InputRequest, type Inputs, openForStdin } from './inputs.js';
import type { CheckOptions } from './options.js';
import { chosenFormats, printReports, shownPath } from './print-reports.js';
import { CheckSession, type Engine } from './session.js';
import { checkTogether, helpfulThreads, sharedRun } from './shared-run.js';
import { type Changes, writeChanges } from './write-changes.js';

/**
 * `tidegate check`: checks files, applies fixes, writes reports; answers with the exit code.
 *
 * @throws UsageError for a mistake on the command line
 */
export async function runCheck(
  host: CliHost,
  paths: readonly string[],
  options: CheckOptions,
  engine: Engine,
): Promise<number> {
  return new CheckCommand(host, options, engine).run(paths);
}

/** Each thread has a heap of its own. */
const MAX_THREADS = 4;

class CheckCommand {
  readonly #host: CliHost;
  readonly #options: CheckOptions;
  readonly #engine: Engine;
  readonly #errors: ReportError[] = [];

  constructor(host: CliHost, options: CheckOptions, engine: Engine) {
    this.#host = host;
    this.#options = options;
    this.#engine = engine;
  }

  async run(paths: readonly string[]): Promise<number> {
    const { minSeverity } = this.#options;
    const formats = chosenFormats(this.#host, this.#options);
    const inputs = await this.#inputs(paths);
    const session = new CheckSession(inputs.workspace, this.#engine, this.#host, minSeverity);
    for (const note of inputs.notes) this.#say(`note: ${note}`);
    for (const { path, message } of inputs.errors) this.#errors.push({ kind: 'file', message, path });
    this.#configProblems(inputs);
    if (!(await this.#checkAll(session, inputs))) return this.#interrupted(session, inputs);
    const first = this.#failing(session);
    const original = new Frames(new Map(session.checked), this.#engine.rules);
    const fixes = await this.#fix(session, inputs);
    if (fixes === undefined) return this.#interrupted(session, inputs);
    this.#unreadableNamed(session, inputs);
    const report = assembleReport(session, inputs.workspace, this.#engine.rules, inputs.skipped, this.#errors);
    const frames = new Frames(session.checked, this.#engine.rules);
    if (this.#options.diff) await this.#printDiff(inputs, fixes.changes, [original, frames]);
    for (const problem of await printReports(this.#host, inputs.root, report, formats, this.#options, frames)) {
      this.#errors.push({ kind: 'file', message: problem, path: '' });
      this.#host.stderr.write(`error: ${printable(problem)}\n`);
    }
    this.#summary(withPaths(report, shownPath(this.#host, inputs.root)), fixes);
    return this.#exitCode(session, report, this.#options.diff ? first : this.#failing(session));
  }

  async #inputs(paths: readonly string[]): Promise<Inputs> {
    const { stdin, stdinFilename, config } = this.#options;
    const request = this.#request(paths);
    if (typeof config === 'string' && this.#host.locate(config).kind !== 'file')
      throw new UsageError(`${config}: no such configuration file`);
    if (!stdin) return collectInputs(this.#host, request);
    if (paths.length > 0)
      throw new UsageError('--stdin takes no paths; say where the text belongs with --stdin-filename');
    const name = stdinFilename ?? 'stdin.py';
    const inputs = await openForStdin(this.#host, name, request);
    const text = await this.#host.readStdin();
    if ('unreadable' in text) throw new UsageError(`Standard input cannot be read: ${text.unreadable}`);
    inputs.workspace.overlay(inputs.files[0]!, text.text);
    const never = inputs.workspace.whyNever(inputs.files[0]!);
    if (never !== undefined) throw new UsageError(`${name}: ${never}`);
    return inputs;
  }

  #checkAll(session: CheckSession, { root, options, files }: Inputs): Promise<boolean> {
    const threads = helpfulThreads(
      files.length,
      this.#options.threads ?? Math.min(this.#host.parallelism, MAX_THREADS),
    );
    return threads === 0
      ? session.checkAll(files)
      : checkTogether(session, sharedRun(root, options, files), this.#host, threads);
  }

  #request(paths: readonly string[]): InputRequest {
    const { rules } = this.#engine;
    const { profile, select, ignore, severity, minConfidence, config, exclude, forceExclude } = this.#options;
    const ruleIds = rules.map((rule) => rule.id);
    const families = [...new Set(rules.map((rule) => rule.family))];
    const names = new Set([...ruleIds, ...families]);
    for (const name of [...(select ?? []), ...(ignore ?? []), ...Object.keys(severity ?? {})]) {
      if (!names.has(name))
        throw new UsageError(`Unknown rule or family "${name}"${didYouMean(name, names).replaceAll('`', '"')}`);
    }
    const overrides: Partial<EffectiveConfig> = {
      ...(profile && { profile }),
      ...(select && { select }),
      ...(ignore && { ignore }),
      ...(severity && { severity }),
      ...(minConfidence && { minimumConfidence: minConfidence }),
    };
    return { paths: paths.length === 0 ? ['.'] : paths, config, exclude, forceExclude, overrides, ruleIds, families };
  }

  #configProblems({ workspace, files }: Inputs): void {
    const problems = new Set([...files, ''].flatMap((path) => workspace.configFor(path).problems));
    for (const problem of problems) this.#errors.push(reportError(problem));
  }

  async #fix(
    session: CheckSession,
    inputs: Inputs,
  ): Promise<{ fixed: number; written: number; changes: Changes } | undefined> {
    const { fix, reviewFixes, diff, stdin } = this.#options;
    if (!fix && !reviewFixes && !diff) return { fixed: 0, written: 0, changes: new Map() };
    const outcome = await fixAll(
      session,
      inputs.workspace,
      inputs.files,
      reviewFixes ? 'review' : 'safe',
      stdin && !diff ? 'the checked one' : 'all files',
    );
    if (outcome.interrupted) return undefined;
    this.#errors.push(...outcome.errors);
    const { fixed, changes } = outcome;
    if (diff) return { fixed, written: 0, changes };
    if (stdin) {
      const document = inputs.workspace.source(inputs.files[0]!);
      if (!('skipped' in document)) this.#host.stdout.write(document.text ?? '');
      return { fixed, written: 0, changes };
    }
    const { written, errors } = writeChanges(this.#host, inputs.root, changes, outcome.together);
    this.#errors.push(...errors);
    return { fixed, written: written.length, changes };
  }

  /** A file that was named and cannot be read is an error; one that was found is skipped. */
  #unreadableNamed(session: CheckSession, { explicit }: Inputs): void {
    for (const [path, { skipped, broken }] of session.unreadable) {
      if (explicit.has(path) && broken) this.#errors.push({ kind: 'file', message: skipped, path });
    }
  }

  async #printDiff(inputs: Inputs, changes: Changes, frames: readonly Frames[]): Promise<void> {
    const show = shownPath(this.#host, inputs.root);
    // A fix may carry a secret from one file to another.
    const paths = [...changes.keys()];
    const hide = (text: string) =>
      frames.reduce((hidden, one) => paths.reduce((rest, path) => one.hide(path, rest), hidden), text);
    this.#host.stdout.write(await diffOf(changes, show, hide));
  }

  #failing(session: CheckSession): boolean {
    const { failOn } = this.#options;
    return [...session.checked.values()].some((file) =>
      session.findings(file).some((finding) => atLeastAsSevere(finding.severity, failOn)),
    );
  }

  #summary(report: RunReport, fixes: { fixed: number; written: number }): void {
    const { showSkipped, statistics: wanted, diff } = this.#options;
    const { stderr } = this.#host;
    for (const error of report.errors) {
      const serious = error.kind === 'internal' || error.kind === 'file';
      const place = error.place === undefined ? error.path : locationOf(error.place);
      const line = `${serious ? 'error' : 'warning'}: ${place === '' ? '' : `${place}: `}${error.message}`;
      if (serious) stderr.write(`${printable(line)}\n`);
      else this.#say(line);
    }
    if (showSkipped) for (const { path, reason } of report.files.skipped) this.#say(`skipped: ${path}: ${reason}`);
    if (wanted) stderr.write(statistics(report));
    if (fixes.fixed > 0)
      this.#say(diff ? `${fixes.fixed} can be fixed` : `${fixes.fixed} fixed in ${counted(fixes.written, 'file')}`);
    this.#say(findingsSummary(report));
    this.#say(filesSummary(report));
  }

  #say(line: string): void {
    if (!this.#options.quiet) this.#host.stderr.write(`${printable(line)}\n`);
  }

  #interrupted(session: CheckSession, inputs: Inputs): number {
    this.#host.stderr.write(`Interrupted after ${session.checked.size} of ${inputs.files.length} files\n`);
    return Exit.interrupted;
  }

  #exitCode(session: CheckSession, report: RunReport, failing: boolean): number {
    if ([...this.#errors, ...report.errors].some(({ kind }) => kind === 'internal' || kind === 'file'))
      return Exit.error;
    if (session.checked.size === 0) {
      this.#say('No files to check');
      return Exit.noFiles;
    }
    return failing && !this.#options.exitZero ? Exit.findings : Exit.clean;
  }
}
